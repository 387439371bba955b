# Una imagen para las dos apps: `belgrano run ahorro`, `belgrano run ticketera`, o las dos con `belgrano run`.
#
#   docker build -t belgrano .
#   docker run --rm belgrano belgrano secrets
#
# La versión se cuenta de la historia: hacé la imagen desde un clon entero. compose.yaml y render.yaml usan esta misma.
FROM node:22-trixie-slim AS node

FROM python:3.13-trixie AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
COPY . .
RUN make dist
RUN python -m venv /opt/belgrano
RUN /opt/belgrano/bin/pip install --no-cache-dir --require-hashes --no-deps -r dist/requirements.lock
RUN /opt/belgrano/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim-trixie
# pg_dump y pg_restore, para las copias de PostgreSQL: de la misma versión que el servidor de compose.yaml o más nuevos.
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /datos belgrano \
    && install -d -o belgrano -g belgrano -m 700 /datos /copias
COPY --from=build /opt/belgrano /opt/belgrano
ENV PATH=/opt/belgrano/bin:$PATH PYTHONUNBUFFERED=1 BELGRANO_ENV=production PORT=8000
USER belgrano
WORKDIR /datos
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health', timeout=4)"]
CMD ["belgrano", "run", "ahorro"]
