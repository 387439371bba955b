"""No input of any kind makes a 5xx: every route of the shop, with what should never arrive."""

import itertools
from typing import Any

import pytest

from tests.ahorro.cast import ShopApp, Visitor

PIECES = ["0", "-1", "9" * 30, "%00", "%FF%FE", "%ED%A0%80", "a" * 300, "'%20OR%201=1--", "..%2f..", "%C3%B1"]
ASKED = (
    *("q", "categoria", "negocio", "cursor", "limite", "antes", "desde", "estado", "orden", "numero"),
    *("volver", "token", "aviso", "tipo", "agregado", "ofertas", "pagina"),
)
QUERIES = ["", *("&".join(f"{name}={value}" for name in ASKED) for value in ("%00", "9" * 30, "-1", "%FF", "x" * 500))]
TYPED = (
    *("cantidad", "producto_id", "email", "password", "nombre", "clave", "total", "direccion", "telefono"),
    *("metodo_pago", "notas", "token", "nueva", "repetida", "volver", "item-1", "proxima_el", "frecuencia"),
    *("cuit", "tipo", "cuenta", "numero", "detalle", "sumar", "buscar", "accion", "activo"),
)
VALUES = ("\x00", "9" * 30, "\ud7ff\uffff", "x" * 5000, "1", "٣", "0001-01-01")
FORMS: list[dict[str, str]] = [{}, *({name: value for name in TYPED} for value in VALUES)]
BODIES: list[Any] = [
    *({}, [], None, 1, "x", {"clave": {}}, {"desde": "x"}, {"desde": "9999-12-31T23:59:59-23:59"}),
    *({"producto_id": 2**63 - 1, "cantidad": 999}, {"email": "x", "password": "y" * 201}, {"numero": "\x7f"}),
]


@pytest.fixture(scope="module")
async def everybody(shop: ShopApp) -> list[Visitor]:
    return [shop.visitor(), await shop.customer(), await shop.customer("comerciante"), await shop.customer("admin")]


def paths(rule: Any) -> list[str]:
    """The rule's address, once for each nasty piece in the place of its arguments."""
    if not rule.arguments:
        return [rule.rule]
    made = []
    for piece in PIECES:
        path = rule.rule
        for argument in rule.arguments:
            for kind in ("int:", "path:", "string:", ""):
                path = path.replace(f"<{kind}{argument}>", piece)
        made.append(path)
    return made


async def test_no_address_and_no_query_makes_a_5xx(shop: ShopApp, everybody: list[Visitor]) -> None:
    bad = []
    for rule in shop.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.rule == "/api/pedidos/vivo":
            continue
        for who, path in itertools.product(everybody, paths(rule)):
            queries = QUERIES if who is everybody[-1] and path == paths(rule)[0] else [""]
            for query in queries:
                response = await who.client.get(f"{path}?{query}")
                if response.status_code >= 500:
                    bad.append((rule.rule, path, query, response.status_code))
    assert not bad


async def test_no_form_and_no_body_makes_a_5xx(shop: ShopApp, everybody: list[Visitor]) -> None:
    bad = []
    for rule in shop.app.url_map.iter_rules():
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            path, *others = paths(rule)
            for other in others:
                response = await everybody[-1].client.open(other, method=method)
                if response.status_code >= 500:
                    bad.append((method, rule.rule, other, response.status_code))
            leaves = rule.rule in {"/salir", "/api/sesion"} and method in {"POST", "DELETE"}
            for who in everybody[:1] if leaves else (everybody[0], *everybody[2:]):
                sent: list[dict[str, Any]] = [{"form": form} for form in FORMS]
                sent += [{"json": body} for body in BODIES]
                sent += [{"data": b"\xff\x00", "headers": {"Content-Type": kind}} for kind in (
                    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                    "multipart/form-data", "text/plain; charset=no-hay", "")]  # fmt: skip
                for more in sent:
                    response = await who.client.open(path, method=method, **more)
                    if response.status_code >= 500:
                        bad.append((method, rule.rule, str(more)[:80], response.status_code))
    assert not bad
