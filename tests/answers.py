"""Real answers held to what the app publishes at /openapi.json: nothing undocumented, nothing left out.

Outside programs are told open objects, which may grow; here they are closed, so that nothing grows unsaid.
"""

from __future__ import annotations

import re
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from tests.people import Json, Person

Seen = tuple[str, str, str]  # method, path, status


class Published:
    """What one app says that it answers, and what was seen of it."""

    def __init__(self, document: Json) -> None:
        self.paths: Json = document["paths"]
        self.schemas: Json = closed(document["components"]["schemas"])
        self.seen: set[Seen] = set()
        self.faults: list[str] = []
        self.pushed: list[tuple[float, str, Any]] = []  # what a board heard

    @classmethod
    async def of(cls, person: Person) -> Published:
        """As this person's app publishes it."""
        return cls(await person.ok("GET", "/openapi.json"))

    @property
    def promised(self) -> set[Seen]:
        """Every answer that is spelled out."""
        return {
            (method.upper(), path, status)
            for path, methods in self.paths.items()
            for method, operation in methods.items()
            for status in operation["responses"]
            if status != "default"
        }

    def watch(self, *people: Person) -> None:
        """Hold every answer that they get from now on to what is published; what is wrong goes into `faults`."""
        for person in people:
            person.client.event_hooks["response"].append(self._hear)

    async def _hear(self, answer: httpx.Response) -> None:
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            await answer.aread()
        if fault := self.wrong_with(answer):
            self.faults.append(fault)

    def wrong_with(self, answer: httpx.Response) -> str:
        """What is wrong with an answer; empty where it is as published, or of a page."""
        method, path = answer.request.method, self.template(answer.request.url.path)
        if path is None or method.lower() not in self.paths[path]:
            return ""
        what = f"{method} {path} {answer.status_code}"
        responses = self.paths[path][method.lower()]["responses"]
        status = str(answer.status_code)
        said = responses.get(status)
        if said is None and answer.is_success:
            return f"{what}: not documented"
        self.seen.add((method, path, status))
        content = (said or responses["default"]).get("content", {})
        media = answer.headers.get("content-type", "").partition(";")[0]
        if media not in content:
            return "" if not content and not answer.content else f"{what}: {media or 'no content'}, not {list(content)}"
        if "json" not in media:
            return ""
        return self.unlike(content[media]["schema"], answer.json(), what)

    def unlike(self, schema: Json, value: Any, what: str) -> str:
        """What of a value is not as a schema has it; empty where all is."""
        validator = Draft202012Validator({**schema, "components": {"schemas": self.schemas}})
        return "\n".join(f"{what}: {_told(error)}" for error in validator.iter_errors(value))

    def named(self, shape: str, value: Any) -> str:
        """The same for a shape by its name."""
        return self.unlike({"$ref": f"#/components/schemas/{shape}"}, value, shape)

    def template(self, path: str) -> str | None:
        """The published path that an address is of: the one with the most of it spelled out."""
        fitting = [each for each in self.paths if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each), path)]
        return min(fitting, key=lambda each: each.count("{"), default=None)


def closed(schema: Any) -> Any:
    """The schema with nothing allowed that it does not name, but where it says that there may be more."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {name: closed(each) for name, each in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        inside.setdefault("additionalProperties", False)
    return inside


def _told(error: Any) -> str:
    """Where, and what: of a union, what is wrong with the form that fits best."""
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return f"{error.json_path}: {error.message[:300]}"
