"""GET /openapi.json: what programs may ask of an app and what it answers, drawn from the routes themselves.

quart-schema reads the bodies and queries that the handlers document; it is not installed into the app, so no request
pays for it. What they answer is said by `answers`.
"""

import asyncio
import json
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from quart import Quart, Response
from quart_schema import Info, OpenAPIProvider, QuartSchema
from werkzeug.routing.rules import Rule

from belgrano.http.access import access_of, anyone
from belgrano.http.answers import Answer, Refusal, answers_of
from belgrano.http.health import project_version
from belgrano.http.problems import PROBLEM_JSON

PUBLIC = ("/api/", "/health", "/healthz", "/test")
REFUSAL = Answer((PROBLEM_JSON,), Refusal)


def register_openapi(app: Quart, *, title: str, cookie_name: str, key: bool = False) -> None:
    """`GET /openapi.json`, public; `key`: some routes take the API key."""

    @app.get("/openapi.json")
    @anyone
    async def openapi() -> Response:
        # The first time takes a while: not on the loop.
        return Response(await asyncio.to_thread(describe), content_type="application/json")

    @cache
    def describe() -> str:
        extension = QuartSchema(openapi_path=None, info=Info(title=title, version=project_version()))
        app.config.setdefault("QUART_SCHEMA_CONVERSION_PREFERENCE", "pydantic")
        app.config.setdefault("QUART_SCHEMA_CONVERT_CASING", False)
        described = _JsonRoutes(app, extension).schema()
        ways = {"sesion": {"type": "apiKey", "in": "cookie", "name": cookie_name}}
        if key:
            ways["clave"] = {"type": "apiKey", "in": "header", "name": "X-API-Key"}
        described["components"]["securitySchemes"] = ways
        return json.dumps(described, ensure_ascii=False)


class _JsonRoutes(OpenAPIProvider):
    """The routes for programs, each with who may call it and what it answers.

    Raises RuntimeError where a body and an answer give two shapes one name.
    """

    def schema(self) -> dict[str, Any]:
        said = {REFUSAL, *(a for rule in self.generate_rules() for a in self._answers(rule).values())}
        shapes = {answer.shape for answer in said if answer.shape is not None}
        self._shapes, defined = TypeAdapter.json_schemas(
            [(shape, "serialization", TypeAdapter(shape)) for shape in sorted(shapes, key=repr)],
            ref_template="#/components/schemas/{model}",
            schema_generator=_Whole,
        )
        described = super().schema()
        bodies, answered = described["components"]["schemas"], defined["$defs"]
        if twice := [name for name in bodies.keys() & answered.keys() if bodies[name] != answered[name]]:
            raise RuntimeError(f"two shapes of one name: {', '.join(sorted(twice))}")
        described["components"]["schemas"] = bodies | answered
        return described

    def generate_rules(self) -> Iterable[Rule]:
        return (rule for rule in self._app.url_map.iter_rules() if rule.rule.startswith(PUBLIC))

    def build_paths(self, rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
        paths, components = super().build_paths(rule)
        access = access_of(self._app, rule.endpoint)  # type: ignore[arg-type]  # a weak reference
        responses = {str(status): self._response(status, answer) for status, answer in self._answers(rule).items()}
        responses["default"] = self._response(None, REFUSAL)
        for methods in paths.values():
            for operation in methods.values():
                operation["responses"] = responses
                if access is not None and not access.public:
                    ways = [{"sesion": sorted(access.roles)}] if access.roles else []
                    operation["security"] = ways + ([{"clave": []}] if access.key else [])
        return paths, components

    def _answers(self, rule: Rule) -> dict[int, Answer]:
        return dict(sorted(answers_of(self._app.view_functions[rule.endpoint]).items()))

    def _response(self, status: int | None, answer: Answer) -> dict[str, Any]:
        schema = None if answer.shape is None else self._shapes[answer.shape, "serialization"]
        response: dict[str, Any] = {"description": "Refused" if status is None else HTTPStatus(status).phrase}
        if answer.media:
            response["content"] = {media: {} if schema is None else {"schema": schema} for media in answer.media}
        return response


class _Whole(GenerateJsonSchema):
    """A dataclass is answered with all of its fields, those with a default too."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return super().field_is_required(field, total) if field["type"] == "typed-dict-field" else True
