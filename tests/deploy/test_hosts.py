"""Render and what is scraped: both services as the blueprint starts them, on PostgreSQL, and their metrics."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.files import Render, expressions, load, metrics_in
from tests.servers import KEPT, ROOT, free_port

APPS = ("ahorro", "ticketera")


class Site:
    """Both services of render.yaml, each in a folder of its own, started by their own commands."""

    def __init__(self, folder: Path, database: str) -> None:
        self.ports = {app: free_port() for app in APPS}
        self.render = Render(database, self.ports)
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.env: dict[str, dict[str, str]] = {}

    def start(self) -> None:
        for app in APPS:
            service = f"belgrano-{app}"
            home = self.folder / app
            home.mkdir()
            path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            base = {key: value for key, value in os.environ.items() if key in KEPT}
            self.env[app] = base | {"PATH": path, "HOME": str(home)} | self.render.environment(service)
            command = self.render.services[service]["dockerCommand"]
            with (self.folder / f"{app}.log").open("wb") as log:
                self.processes.append(
                    subprocess.Popen(
                        ["sh", "-c", f"exec {command}"], cwd=home, env=self.env[app], stdout=log, stderr=log
                    )
                )

    def get(self, app: str, path: str, **headers: str) -> str:
        request = urllib.request.Request(f"http://127.0.0.1:{self.ports[app]}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())

    def wait(self, app: str, path: str) -> str:
        end = time.monotonic() + 120
        while True:
            try:
                return self.get(app, path)
            except OSError:
                ended = [each.poll() for each in self.processes if each.poll() is not None]
                log = (self.folder / f"{app}.log").read_text()
                assert not ended, log
                assert time.monotonic() < end, log
                time.sleep(0.05)

    def stop(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(30)


@pytest.fixture(scope="module")
def site(make_postgres_url: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("render"), make_postgres_url())
    try:
        site.start()
        yield site
    finally:
        site.stop()


def test_both_services_of_the_blueprint_are_well_and_know_each_other(site: Site) -> None:
    healths = [site.wait(app, site.render.services[f"belgrano-{app}"]["healthCheckPath"]) for app in APPS]

    assert all('"connected"' in health for health in healths)
    env = site.env["ahorro"]
    told = {"TICKETERA_URL": f"http://{env['TICKETERA_POR_DENTRO']}", "PUBLIC_URL": env["RENDER_EXTERNAL_URL"]}
    firma = {"TICKETERA_WEBHOOK_SECRET": f"whsec_{env['SEMILLA_DE_LA_FIRMA']}"}
    here = {"BELGRANO_AHORRO_URL": f"http://127.0.0.1:{site.ports['ahorro']}"}
    said = subprocess.run(
        [sys.executable, "-m", "belgrano", "verify"],
        cwd=ROOT, env={**env, **told, **firma, **here}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_images_health_check_is_well_where_the_app_is_and_fails_where_nobody_is(site: Site) -> None:
    site.wait("ahorro", "/health")
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    command = json.loads(re.search(r"^HEALTHCHECK .*\\\n +CMD (\[.*\])$", text, re.MULTILINE)[1])  # type: ignore[index]
    command[0] = sys.executable

    codes = [
        subprocess.run(command, env={"PORT": str(port)}, stderr=subprocess.DEVNULL, check=False).returncode
        for port in (site.ports["ahorro"], free_port())
    ]

    assert codes == [0, 1]


def test_rules_and_dashboard_use_no_metric_that_the_apps_do_not_have(site: Site) -> None:
    there: set[str] = set()
    for app in APPS:
        site.wait(app, "/health")
        token = site.env[app]["METRICS_TOKEN"]
        text = site.get(app, "/metrics", Authorization=f"Bearer {token}")
        there |= set(re.findall(r"^([a-z_]+)(?:\{| )", text, re.MULTILINE))
        there |= set(re.findall(r"^# TYPE ([a-z_]+) ", text, re.MULTILINE))

    used = set().union(*map(metrics_in, expressions()))

    assert len(used) > 10
    assert used <= there


def test_a_panel_has_a_place_of_its_own_and_a_title() -> None:
    panels = load("deploy/dashboard.json")["panels"]

    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]
    assert len(set(places)) == len({panel["title"] for panel in panels}) == len(panels)
    assert all(panel["targets"] and panel["datasource"]["uid"] == "${datos}" for panel in panels)


def test_a_rule_says_how_bad_it_is_and_what_it_is_in_spanish() -> None:
    rules = [rule for group in load("deploy/alerts.yml")["groups"] for rule in group["rules"]]

    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["annotations"]["summary"]
