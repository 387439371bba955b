# Everything a person needs: make run, make test. Each says in one sentence what is missing.

ifeq ($(OS),Windows_NT)
$(error Belgrano corre en Linux y en macOS. En Windows, instalá WSL (wsl --install) y corré make ahí)
endif

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
# Whoever keeps Python from writing down what it compiled has it compile each test again in every process.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
NODE := node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 10) ? 0 : 1)' >/dev/null 2>&1 && \
	command -v npm >/dev/null || { echo "Falta Node.js 20.10 o más nuevo, con npm: instalalo y probá de nuevo."; exit 1; }
FRONT := $(shell find static -path static/dist -prune -o -type f \( -name '*.js' -o -name '*.mjs' -o -name '*.css' \) -print) \
	ticketera/domain/encargo.json $(wildcard belgrano/contract/words/*.json)

.PHONY: help install run test lint format bench screenshots dist clean
.DEFAULT_GOAL := run

install: .venv/.installed static/dist/manifest.json static/img/productos/.drawn

run: install
	@exec $(BIN)/belgrano run --demo-data

# make test T="tests/journeys -k tunnel", T=tests/js/dia.test.js: some of it, in one process.
test: install .venv/.dev
ifneq ($(filter %.js,$(T)),)
	@node --test $(T)
else ifdef T
	@$(PYTEST) $(T)
else
	@$(PYTEST) -n $$(($$(nproc 2>/dev/null || echo 2) + 2)) --dist loadfile --no-loadscope-reorder
	@node --test tests/js/*.test.js
endif

# make format lays out what make lint finds laid out otherwise.
lint: install .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format -q --check . || { echo "ruff format: falta darle formato."; exit 1; }
	@$(BIN)/mypy
	@npm run --silent lint

format: install .venv/.dev
	@$(BIN)/ruff format -q .
	@npm run --silent format

bench: install .venv/.dev
	@$(BIN)/python -m benchmarks

screenshots: install .venv/.dev
	@$(BIN)/python -m tests.browser.screenshots

help:
	@echo "make run         las dos apps con datos de demostración (es lo que hace make solo)"
	@echo "make test        todas las pruebas; make test T=\"tests/journeys -k tunnel\" algunas"
	@echo "make lint        lo que se revisa sin correr nada; make format lo acomoda"
	@echo "make bench       las mediciones; make screenshots las capturas"
	@echo "make dist        una rueda instalable sin Node; make clean borra lo generado"

# A wheel with the front end inside: a server that installs it needs no Node.
dist: install
	@rm -rf static/dist && npm run --silent build
	@$(BIN)/python -m belgrano.operator.dist

clean:
	rm -rf .venv node_modules static/dist build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Falta Python 3.11 o más nuevo: instalalo y probá de nuevo."; exit 1; }
	@$(NODE)
	@echo "Preparando el entorno de Python…"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python no puede crear entornos (falta venv: en Debian, apt install python3-venv)."; exit 1; }

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Instalando las bibliotecas de Python…"
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.installed
	@echo "Instalando lo que usan las pruebas…"
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

node_modules/.installed: package-lock.json
	@$(NODE)
	@echo "Instalando las bibliotecas del navegador…"
	@npm ci --silent --no-audit --no-fund
	@touch $@

static/dist/manifest.json: node_modules/.installed $(FRONT)
	@npm run --silent build
	@touch $@

static/img/productos/.drawn: ahorro/demo/pictures.py ahorro/demo/productos.py ahorro/demo/negocios.py ahorro/demo/shapes.py | .venv/.installed
	@$(BIN)/python -m ahorro.demo.pictures >/dev/null
	@touch $@
