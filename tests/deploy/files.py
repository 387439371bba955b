"""The files that hosts read, as the tests read them, and what a host would make of their variables."""

import base64
import re
import secrets
from typing import Any

import yaml

from tests.servers import ROOT

Env = dict[str, str]


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def example(*, commented: bool = False) -> Env:
    """`.env.example`: what it sets, and with `commented` also what it only shows."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    mark = "#?" if commented else ""
    found = (re.fullmatch(rf"{mark}([A-Z_]+)=(.*)", line) for line in lines)
    return {each[1]: each[2].strip('"') for each in found if each}


def compose_env(service: str, given: Env) -> Env:
    """The environment of a service of compose.yaml, with `given` as its .env file."""

    def filled(value: str) -> str:
        return re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: given[found[1]], value)

    environment = load("compose.yaml")["services"][service]["environment"]
    return {**given, **{name: filled(value) for name, value in environment.items()}}


class Render:
    """What Render makes of render.yaml: a value for each variable of a service, as its reference of blueprints says."""

    def __init__(self, database: str, ports: dict[str, int]) -> None:
        self.blueprint = load("render.yaml")
        self.services = {each["name"]: each for each in self.blueprint["services"]}
        self.ports = {f"belgrano-{app}": port for app, port in ports.items()}
        self._database = database
        self._groups = {group["name"]: self._values(group["envVars"]) for group in self.blueprint["envVarGroups"]}

    def environment(self, service: str) -> Env:
        port = self.ports[service]
        own = {"PORT": str(port), "RENDER_EXTERNAL_URL": external(service), "RENDER": "true"}
        return own | self._values(self.services[service]["envVars"])

    def _values(self, entries: list[dict[str, Any]]) -> Env:
        found: Env = {}
        for entry in entries:
            if "fromGroup" in entry:
                found |= self._groups[entry["fromGroup"]]
            else:
                found[entry["key"]] = self._value(entry)
        return found

    def _value(self, entry: dict[str, Any]) -> str:
        if entry.get("generateValue"):
            return base64.b64encode(secrets.token_bytes(32)).decode()
        if "fromDatabase" in entry:
            assert entry["fromDatabase"]["property"] == "connectionString"
            assert entry["fromDatabase"]["name"] in {each["name"] for each in self.blueprint["databases"]}
            return self._database
        if "fromService" in entry:
            name = entry["fromService"]["name"]
            assert self.services[name]["type"] == entry["fromService"]["type"]
            if entry["fromService"].get("envVarKey") == "RENDER_EXTERNAL_URL":
                return external(name)
            assert entry["fromService"]["property"] == "hostport"
            return f"127.0.0.1:{self.ports[name]}"
        return str(entry["value"])


def external(service: str) -> str:
    return f"https://{service}.onrender.com"


def metrics_in(expression: str) -> set[str]:
    """The names of metrics in a PromQL expression, those that Prometheus makes itself (`up`) excepted."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\b(?:by|without) ?\([^)]*\)|\[\w+\]', " ", expression)
    names = set(re.findall(r"\b[a-z][a-z0-9_]*\b(?! *\()", bare))
    return names - {"up", "by", "without", "and", "or", "unless", "on", "ignoring"}


def expressions() -> list[str]:
    """Each PromQL expression that is shipped, of the rules and of the dashboard."""
    rules = [rule["expr"] for group in load("deploy/alerts.yml")["groups"] for rule in group["rules"]]
    panels = load("deploy/dashboard.json")["panels"]
    return [*rules, *(target["expr"] for panel in panels for target in panel["targets"])]
