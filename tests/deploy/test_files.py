"""The files for hosts: each is what its host reads, and says of the apps only what is so."""

import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ahorro.routes import admin
from ahorro.routes.pages import admin as pages
from belgrano.env import PREFIX, Survey, new_secrets
from belgrano.operator.launcher import APPS
from tests.deploy.files import Env, compose_env, example, load
from tests.deploy.proxy import WRITTEN
from tests.servers import ROOT
from ticketera.routes import fotos
from ticketera.routes.pages import importar

UNITS = ROOT / "deploy" / "systemd"
CADDYFILE = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
# Contract, section 10: what both apps may be told besides.
MAY_BE_SAID = ("BELGRANO_BACKUP_", "BELGRANO_ALERT_")
# Of development and of tests; no operator sets them.
NOT_SHOWN = {"AHORRO_MAILBOX", "BELGRANO_LIMITS", "BELGRANO_HTTP", "TICKETS_PUSH_ORIGINS"}


def survey(env: Env) -> Survey:
    """What both apps say of an environment."""
    found = Survey(env)
    for app in PREFIX:
        importlib.import_module(f"{app}.settings").Settings.read(found)
    return found


def unknown(env: Survey) -> list[str]:
    return [name for name in env.unknown() if not name.startswith(MAY_BE_SAID)]


def megabytes(pattern: str, text: str) -> list[int]:
    return [int(found) * 1024 * 1024 for found in re.findall(pattern, text)]


def test_the_example_with_new_secrets_is_an_environment_that_production_takes() -> None:
    found = survey({**example(), **new_secrets()})

    assert found.production
    assert found.refused == unknown(found) == []


def test_the_example_shows_every_variable_that_an_operator_may_set() -> None:
    shown = set(example(commented=True))
    asked = {name for name in survey({}).asked if name.startswith(("BELGRANO_", "AHORRO_", "TICKET"))}
    plain = {"AHORRO_URL", "TICKETS_URL"}  # of hosts that give each app an environment of its own

    assert asked - plain - NOT_SHOWN - shown == set()
    assert {"METRICS_TOKEN", "REDIS_URL"} <= shown


def test_each_app_of_compose_starts_with_what_it_is_given_and_reaches_the_other() -> None:
    services = load("compose.yaml")["services"]
    given = {**example(), **new_secrets(), "POSTGRES_PASSWORD": "una-clave"}

    for app in APPS:
        service = services[app]
        env = compose_env(app, given)
        found = survey(env)
        read = importlib.import_module(f"{app}.settings").Settings.read(Survey(env))
        assert found.refused == unknown(found) == []
        assert service["command"] == ["belgrano", "run", app]
        assert read.host == "0.0.0.0"
        assert read.database.startswith("postgresql://belgrano:una-clave@postgres:")
        other = env["TICKETERA_URL" if app == "ahorro" else "BELGRANO_AHORRO_URL"]
        assert other == f"http://{'ticketera' if app == 'ahorro' else 'ahorro'}:{read.port}"
        assert services["caddy"]["environment"][f"{app.upper()}_EN"] == f"{app}:{read.port}"
        assert service["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_only_the_proxy_of_compose_is_open_to_the_world_and_every_volume_is_named() -> None:
    compose = load("compose.yaml")

    assert [name for name, each in compose["services"].items() if "ports" in each] == ["caddy"]
    mounted = {v.split(":")[0] for each in compose["services"].values() for v in each.get("volumes", ())}
    assert {each for each in mounted if not each.startswith(".")} == set(compose["volumes"])
    assert all((ROOT / each).is_file() for each in mounted if each.startswith("."))


def test_compose_and_render_ask_for_a_postgresql_that_the_image_can_copy() -> None:
    client = re.search(r"postgresql-client-(\d+)", (ROOT / "Dockerfile").read_text())

    assert client
    assert load("compose.yaml")["services"]["postgres"]["image"] == f"postgres:{client[1]}"
    assert load("render.yaml")["databases"][0]["postgresMajorVersion"] == client[1]


def test_a_procfile_starts_each_app_once() -> None:
    lines = [line for line in (ROOT / "Procfile").read_text().splitlines() if not line.startswith("#")]

    assert sorted(shlex.split(line.partition(": ")[2]) for line in lines) == [["belgrano", "run", app] for app in APPS]


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    program = Path(sys.executable).with_name("belgrano")
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/belgrano/venv/bin/belgrano", str(program))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    said = [
        subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / f"belgrano@{app}.{kind}")], capture_output=True, text=True,
            env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}, check=False,
        )
        for app in APPS for kind in ("service", "socket")
    ]  # fmt: skip

    assert [line for each in said for line in each.stderr.splitlines() if "belgrano" in line] == []


def test_a_unit_waits_for_the_apps_word_and_leaves_a_wrong_configuration_alone() -> None:
    service = (UNITS / "belgrano@.service").read_text(encoding="utf-8")
    settings = dict(re.findall(r"^(\w+)=(.*)$", service, re.MULTILINE))

    assert (settings["Type"], settings["WatchdogSec"], settings["RestartPreventExitStatus"]) == ("notify", "15s", "78")
    ports = {app: re.search(r"ListenStream=127\.0\.0\.1:(\d+)", (UNITS / f"belgrano@{app}.socket").read_text())[1]  # type: ignore[index]
             for app in APPS}  # fmt: skip
    assert ports == {"ahorro": "5000", "ticketera": "5001"}


def test_proxies_let_through_what_the_apps_take() -> None:
    largest: dict[str, Any] = {
        "ahorro": max(
            admin.planilla.MOST_BYTES, admin.imagenes.MOST_BYTES, pages.importar.MOST_BODY, pages.fotos.MOST_BODY
        ),
        "ticketera": max(fotos.MOST_BYTES, importar.MOST_BODY),
    }

    for limits in (
        megabytes(r"client_max_body_size (\d+)m;", WRITTEN),
        [each * 1_000_000 // 1_048_576 for each in megabytes(r"max_size (\d+)MB", CADDYFILE)],
    ):
        for limit, body in zip(limits, largest.values(), strict=True):
            assert body < limit < 2 * body


def test_caddy_is_told_of_both_names_and_keeps_no_address() -> None:
    assert re.findall(r"^\{\$(\w+):\w+\.ejemplo\.com\.ar\} \{", CADDYFILE, re.MULTILINE) == ["TIENDA", "REPARTO"]
    assert re.findall(r"reverse_proxy \{\$(\w+):127\.0\.0\.1:(\d+)\}", CADDYFILE) == [
        ("AHORRO_EN", "5000"),
        ("TICKETERA_EN", "5001"),
    ]
    assert CADDYFILE.count("{") == CADDYFILE.count("}")
    assert "exclude http.log.error" in CADDYFILE
    assert not re.search(r"^\s+log( \{)?$", CADDYFILE, re.MULTILINE)
    if caddy := shutil.which("caddy"):
        subprocess.run([caddy, "adapt", "--config", str(ROOT / "deploy/Caddyfile")], check=True, capture_output=True)
