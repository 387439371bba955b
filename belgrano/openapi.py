"""GET /openapi.json: what programs may ask of an app, drawn from the routes themselves.

quart-schema reads the bodies and queries that the handlers document; it is not installed into the app, so no request
pays for it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from quart import Quart, Response, jsonify
from quart_schema import Info, OpenAPIProvider, QuartSchema
from werkzeug.routing.rules import Rule

from belgrano.access import access_of, anyone
from belgrano.health import project_version

PUBLIC = ("/api/", "/health", "/healthz")
PROBLEM = {
    "description": "RFC 9457, with `codigo` for programs and `errores` where fields are wrong",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail", "codigo", "error"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "codigo": {"type": "string"},
                    "error": {"type": "string"},
                    "errores": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"campo": {"type": "string"}, "detalle": {"type": "string"}},
                        },
                    },
                },
            }
        }
    },
}


def register_openapi(app: Quart, *, title: str, cookie_name: str, key: bool = False) -> None:
    """`GET /openapi.json`, public; `key`: some routes take the API key."""

    @app.get("/openapi.json")
    @anyone
    async def openapi() -> Response:
        return jsonify(describe())

    @cache
    def describe() -> dict[str, Any]:
        extension = QuartSchema(openapi_path=None, info=Info(title=title, version=project_version()))
        app.config.setdefault("QUART_SCHEMA_CONVERSION_PREFERENCE", "pydantic")
        app.config.setdefault("QUART_SCHEMA_CONVERT_CASING", False)
        described = _JsonRoutes(app, extension).schema()
        ways = {"sesion": {"type": "apiKey", "in": "cookie", "name": cookie_name}}
        if key:
            ways["clave"] = {"type": "apiKey", "in": "header", "name": "X-API-Key"}
        described["components"]["securitySchemes"] = ways
        return described


class _JsonRoutes(OpenAPIProvider):
    """The routes for programs, each with who may call it."""

    def generate_rules(self) -> Iterable[Rule]:
        return (rule for rule in self._app.url_map.iter_rules() if rule.rule.startswith(PUBLIC))

    def build_paths(self, rule: Rule) -> tuple[dict[str, Any], dict[str, Any]]:
        paths, components = super().build_paths(rule)
        access = access_of(self._app, rule.endpoint)  # type: ignore[arg-type]  # a weak reference
        for methods in paths.values():
            for operation in methods.values():
                operation["responses"] = {"2XX": {"description": "done"}, "default": PROBLEM, **operation["responses"]}
                if access is not None and not access.public:
                    ways = [{"sesion": sorted(access.roles)}] if access.roles else []
                    operation["security"] = ways + ([{"clave": []}] if access.key else [])
        return paths, components
