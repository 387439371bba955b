"""Bodies that should never be sent, for every JSON route of both apps.

`ROUTES` says for each route who sends and what a good body looks like; the rest is made from that: bodies that are not
JSON, bodies that are not an object, and each field with values of every wrong kind.
"""

from __future__ import annotations

import copy
import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = Any


@dataclass(frozen=True)
class Good:
    """A route's good body: fields it needs, and fields it may have. Sent by `caller`."""

    caller: str
    needs: dict[str, Json]
    may: dict[str, Json] = field(default_factory=dict)
    by_name: frozenset[str] = frozenset()  # fields that take an id, a clave or a name: any number, any text

    @property
    def body(self) -> dict[str, Json]:
        return copy.deepcopy({**self.needs, **self.may})


PERSONA = {"nombre": "Ana Prueba", "email": "nueva@belgrano.test", "password": "Otra-frase-larga-123"}
TICKET = {
    "numero": "PED-20260101-CORPUS01",
    "cliente_nombre": "Ana Pérez",
    "cliente_direccion": "Av. Belgrano 1234",
    "productos": ["Arroz x2"],
    "total": 1900.5,
}
TICKET_MAY = {
    "cliente_telefono": "11 5555-1234",
    "cliente_email": "ana@belgrano.test",
    "metodo_pago": "efectivo",
    "indicaciones": "Timbre 2B",
    "prioridad": "alta",
    "tipo_cliente": "cliente",
    "estado": "pendiente",
    "repartidor_id": 999_999,
    "cliente_lat": -34.6,
    "cliente_lng": -58.4,
}

FICHA = {
    "descripcion": "Con palo", "oferta": {"precio": 900, "desde": "2026-11-24", "hasta": "2026-11-30"}, "iva": 21,
    "internos": 0, "unidad": "paquete", "contenido": 1000, "medida": "g", "por_peso": False, "stock": 5,
    "stock_minimo": 2, "codigo_barras": "7790000000017", "estante": "A1", "ingredientes": "Yerba",
    "advertencias": "", "mayores": False, "costo": 700, "destacado": False, "activo": True,
}  # fmt: skip

PROMOCION = {
    "lleva": 2, "paga": 1, "alcance": "categoria", "cuales": ["Almacén"], "desde": "2026-11-24", "hasta": "2026-11-30",
    "dias": [1, 2], "medios": ["efectivo"], "sobre_ofertas": False, "mezcla": True,
    "activa": True,
}  # fmt: skip

FILED = frozenset({"negocio", "categoria"})

CATEGORIA = {"descripcion": "De todo", "padre": "Almacén", "orden": 3}
SUCURSAL = {"direccion": "Av. Cabildo 2000", "telefono": "11 5555-1234", "horarios": "Lunes a sábado", "orden": 3}

ROUTES: dict[tuple[str, str, str], Good] = {
    ("ahorro", "POST", "/api/admin/categorias"): Good(
        "encargado", {"nombre": "Yerbas"}, CATEGORIA, frozenset({"padre"})
    ),
    ("ahorro", "PATCH", "/api/admin/categorias/<int:grupo_id>"): Good(
        "encargado", {"version": 1}, {**CATEGORIA, "nombre": "Yerbas"}, frozenset({"padre"})
    ),
    ("ahorro", "POST", "/api/admin/negocios"): Good(
        "encargado", {"nombre": "La esquina"}, {"descripcion": "De todo", "orden": 3}
    ),
    ("ahorro", "PATCH", "/api/admin/negocios/<int:grupo_id>"): Good(
        "encargado", {"version": 1}, {"nombre": "La esquina", "descripcion": "De todo", "orden": 3}
    ),
    ("ahorro", "POST", "/api/admin/sucursales"): Good(
        "encargado", {"nombre": "Centro", "negocio": "mercado"}, SUCURSAL, frozenset({"negocio"})
    ),
    ("ahorro", "PATCH", "/api/admin/sucursales/<int:grupo_id>"): Good(
        "encargado", {"version": 1}, {**SUCURSAL, "nombre": "Centro", "negocio": "mercado"}, frozenset({"negocio"})
    ),
    ("ahorro", "POST", "/api/admin/precios"): Good(
        "encargado",
        {"filtro": {"ids": [1]}, "porcentaje": 10},
        {
            "redondeo": 10,
            "vista_previa": True,
            "forzar": False,
            "clave": str(uuid.uuid4()),
            "desde": "2026-01-01T00:00:00Z",
        },
    ),
    ("ahorro", "POST", "/api/admin/productos"): Good(
        "encargado", {"nombre": "Yerba 1 kg", "precio": 1000, "negocio": "mercado", "categoria": 1}, FICHA, FILED
    ),
    ("ahorro", "POST", "/api/admin/productos/estado"): Good(
        "encargado", {"productos": [{"id": 999_999, "version": 1}], "activo": True, "clave": "lote-de-prueba"}
    ),
    ("ahorro", "PATCH", "/api/admin/productos/<int:producto_id>"): Good(
        "encargado", {"version": 1}, {**FICHA, "stock_visto": 5, "nombre": "Yerba 1 kg", "precio": 1000}
    ),
    ("ahorro", "PATCH", "/api/admin/productos/<int:producto_id>/imagenes"): Good(
        "encargado", {"version": 1, "orden": [1]}
    ),
    ("ahorro", "POST", "/api/admin/pedidos/<numero>/acciones"): Good(
        "admin",
        {"accion": "pagado", "accion_id": "corpus", "medio": "efectivo", "monto": 1.5},
        {"revision": 0, "producto_id": 1, "cantidad": 1, "peso_g": 100, "por": 1, "motivo": "x", "texto": "x"},
    ),
    ("ahorro", "PATCH", "/api/admin/clientes/<int:cliente_id>"): Good(
        "admin", {"version": 1}, {"activo": True, "nota": "Paga a fin de mes", "aprobado": True, "lista": "Mayorista"}
    ),
    ("ahorro", "POST", "/api/cuenta/borrar"): Good("owner", {"password": "no es esta"}),
    ("ahorro", "POST", "/api/segundo-paso"): Good("armador", {"password": "no es esta"}),
    ("ahorro", "POST", "/api/segundo-paso/confirmar"): Good("armador", {"codigo": "123456"}),
    ("ahorro", "POST", "/api/segundo-paso/quitar"): Good("armador", {"password": "no es esta", "codigo": "123456"}),
    ("ahorro", "POST", "/api/admin/personal"): Good(
        "admin", {"nombre": "Ana Prueba", "email": "armadora@belgrano.test", "rol": "armador"}
    ),
    ("ahorro", "PATCH", "/api/admin/personal/<int:persona_id>"): Good(
        "admin", {"version": 1}, {"rol": "armador", "activo": True}
    ),
    ("ahorro", "PATCH", "/api/admin/configuracion"): Good(
        "admin",
        {"version": 1},
        {
            "nombre": "Almacén",
            "cuit": "30-71234567-1",
            "alias": "MERCADO.PRUEBA",
            "cbu": "0" * 22,
            "data_fiscal": "https://qr.afip.gob.ar/?qr=x",
            "email": "hola@belgrano.test",
            "telefono": "11 5555-1234",
            "medios_de_pago": ["efectivo", "transferencia"],
            "envio": {"costo": 0, "gratis_desde": None, "minimo": 0},
            "zonas": [],
            "franjas": {"dias": [1, 2, 3, 4, 5, 6, 7], "cupo": 1000, "anticipacion": 60, "feriados": ["2030-12-25"]},
        },
    ),
    ("ahorro", "POST", "/api/admin/promociones"): Good(
        "encargado", {"nombre": "Dos por uno", "tipo": "nxm"}, PROMOCION
    ),
    ("ahorro", "PATCH", "/api/admin/promociones/<int:promocion_id>"): Good(
        "encargado", {"version": 1}, {**PROMOCION, "nombre": "Dos por uno", "tipo": "nxm"}
    ),
    ("ahorro", "POST", "/api/carrito/cupon"): Good("owner", {"codigo": "LUNES"}),
    ("ahorro", "POST", "/api/carrito/items"): Good("owner", {"producto_id": 1, "cantidad": 1}),
    ("ahorro", "PUT", "/api/carrito/items/<int:producto_id>"): Good("owner", {"cantidad": 1}),
    ("ahorro", "POST", "/api/clientes"): Good("anonymous", PERSONA),
    ("ahorro", "POST", "/api/outbox/reintentar"): Good("admin", {}, {"numero": "PED-X", "desde": "2026-01-01"}),
    ("ahorro", "POST", "/api/pedidos"): Good(
        "owner",
        {
            "clave": str(uuid.uuid4()),
            "direccion": "Av. Belgrano 1",
            "telefono": "11 5555-1234",
            "metodo_pago": "efectivo",
        },
        {"notas": "Timbre 2B"},
    ),
    ("ahorro", "POST", "/api/recuperacion"): Good("anonymous", {"email": "nadie@belgrano.test"}),
    ("ahorro", "POST", "/api/recuperacion/password"): Good(
        "anonymous", {"token": "x" * 43, "nueva": "Otra-frase-larga-123"}
    ),
    ("ahorro", "POST", "/api/sesion"): Good("anonymous", {"email": "nadie@belgrano.test", "password": "x"}),
    ("ahorro", "POST", "/api/sesion/password"): Good("owner", {"actual": "x", "nueva": "Otra-frase-larga-123"}),
    ("ticketera", "PATCH", "/api/configuracion"): Good("admin", {}, {"max_tickets_por_repartidor": 10}),
    ("ticketera", "POST", "/api/conflictos/<int:number>"): Good("admin", {"decision": "quizas"}),
    ("ticketera", "POST", "/api/mudanzas"): Good(
        "admin",
        {"clave": str(uuid.uuid4()), "tickets": [{"id": 999_999, "version": 1}], "repartidor_id": None},
        {"antes_de": None, "forzar": False},
    ),
    ("ticketera", "POST", "/api/avisos"): Good(
        "owner",
        {
            "endpoint": "https://fcm.googleapis.com/fcm/send/corpus",
            "claves": {
                "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg",
            },
        },
    ),
    ("ticketera", "POST", "/api/mi-orden"): Good(
        "owner", {"clave": str(uuid.uuid4()), "ticket_id": 999_999}, {"antes_de": None}
    ),
    ("ticketera", "POST", "/api/ofertas/<int:number>/tomar"): Good("owner", {"accion_id": "corpus"}),
    ("ticketera", "POST", "/api/permisos"): Good(
        "owner", {}, {"sonido": "si", "ubicacion": "no", "instalada": True, "version": "1"}
    ),
    ("ticketera", "PATCH", "/api/preferencias"): Good("admin", {}, {"fijadas": [], "densidad": "comoda"}),
    ("ticketera", "POST", "/api/repartidores"): Good("admin", PERSONA, {"telefono": "11 5555-1234"}),
    ("ticketera", "PATCH", "/api/repartidores/<int:number>"): Good(
        "admin", {}, {"nombre": "Otra", "email": "otra@belgrano.test", "telefono": "1", "en_turno": False}
    ),
    ("ticketera", "POST", "/api/rendiciones"): Good(
        "admin", {"clave": "corpus", "repartidor_id": 999_999, "esperado": 0, "contado": 0}, {"nota": "x"}
    ),
    ("ticketera", "POST", "/api/sesion"): Good("anonymous", {"email": "nadie@belgrano.test", "password": "x"}),
    ("ticketera", "POST", "/api/sesion/password"): Good("owner", {"actual": "x", "nueva": "Otra-frase-larga-123"}),
    ("ticketera", "POST", "/api/tickets"): Good("key", TICKET, TICKET_MAY),
    ("ticketera", "POST", "/api/tickets/recibir"): Good("key", TICKET, TICKET_MAY),
    ("ticketera", "POST", "/api/tickets/olvidos"): Good("key", {"numero": "PED-CORPUS"}),
    ("ticketera", "POST", "/api/tickets/revisiones"): Good(
        "key",
        {"numero": "PED-CORPUS", "revision": 1},
        {"productos": ["Arroz x2"], "total": 1.5, "pagado": True, "preparado": True, "indicaciones": "x"},
    ),
    ("ticketera", "PATCH", "/api/tickets/<int:number>"): Good(
        "admin", {"version": 1}, {"cliente_nombre": "Otra", "indicaciones": "x", "prioridad": "alta"}
    ),
    ("ticketera", "POST", "/api/tickets/<int:number>/acciones"): Good(
        "owner",
        {"accion": "llegar", "accion_id": "corpus"},
        {"version": 0, "ocurrido_en": "2026-01-01T00:00:00.000Z", "nota": "x", "cobrado": 1.5, "prueba": {"fotos": []}},
    ),
    ("ticketera", "POST", "/api/tickets/<int:number>/pin"): Good("owner", {"pin": "0000"}),
    ("ticketera", "POST", "/api/tickets/<int:number>/resuelto"): Good("admin", {"version": 1, "resuelto": True}),
    ("ticketera", "POST", "/api/turno"): Good("owner", {"abierto": True}, {"fondo": 5000}),
    ("ticketera", "POST", "/api/usuarios"): Good("admin", PERSONA),
    ("ticketera", "PATCH", "/api/usuarios/<int:number>"): Good("admin", {}, {"nombre": "Otra"}),
}
# Routes that read no JSON body, or whose body is signed and tried where signatures are.
BODILESS = {
    ("ticketera", "POST", "/api/mudanzas/<clave>/deshacer"),
    ("ticketera", "POST", "/api/repartidores/<int:number>/invitacion"),
    (
        "ticketera",
        "PUT",
        "/api/tickets/<int:number>/fotos/<foto_id>",
    ),  # a picture: tests/ticketera/routes/test_fotos.py
    ("ahorro", "PUT", "/api/admin/productos/<int:producto_id>/imagen"),  # a picture: tests/ahorro/routes/admin
    ("ahorro", "POST", "/api/webhooks/ticketera"),
    ("ahorro", "POST", "/api/admin/personal/<int:persona_id>/invitacion"),
    ("ahorro", "POST", "/api/admin/precios/<lote>/cancelar"),
    ("ahorro", "POST", "/api/admin/precios/<lote>/deshacer"),
    ("ahorro", "POST", "/api/admin/precios/<lote>/visto"),
    ("ahorro", "POST", "/api/admin/productos/importar"),  # a CSV
}

JSON = "application/json"
DEEP = b'{"a":' * 60 + b"1" + b"}" * 60
# (what it is, bytes, content type, the answer it must get)
WHOLE: list[tuple[str, bytes, str | None, int]] = [
    ("nothing", b"", JSON, 400),
    ("half", b'{"a": ', JSON, 400),
    ("words", b"hola", JSON, 400),
    ("null", b"null", JSON, 400),
    ("a list", b"[]", JSON, 400),
    ("a text", b'"hola"', JSON, 400),
    ("a number", b"17", JSON, 400),
    ("true", b"true", JSON, 400),
    ("two values", b"{} {}", JSON, 400),
    ("a comma too many", b'{"a": 1,}', JSON, 400),
    ("single quotes", b"{'a': 1}", JSON, 400),
    ("not UTF-8", b'{"a": "\xff\xfe"}', JSON, 400),
    ("UTF-16", '{"a": 1}'.encode("utf-16"), JSON, 400),
    ("NaN", b'{"a": NaN}', JSON, 400),
    ("Infinity", b'{"a": -Infinity}', JSON, 400),
    ("a key twice", b'{"a": 1, "a": 2}', JSON, 400),
    ("half a surrogate pair", b'{"a": "\\ud800"}', JSON, 400),
    ("NUL", b'{"a": "\\u0000"}', JSON, 400),
    ("2^70", b'{"a": 1180591620717411303424}', JSON, 400),
    ("sixty deep", DEEP, JSON, 400),
    ("fifty thousand deep", b"[" * 50_000, JSON, 400),
    ("70 KiB", b'{"a": "' + b"x" * 70_000 + b'"}', JSON, 413),
    ("1 MiB", b'{"a": "' + b"x" * 2**20 + b'"}', JSON, 413),
    ("plain text", b"{}", "text/plain", 415),
    ("a form", b"a=1", "application/x-www-form-urlencoded", 415),
    ("multipart", b"--x--", "multipart/form-data; boundary=x", 415),
    ("Latin-1", b"{}", "application/json; charset=latin-1", 415),
    ("no type", b"{}", None, 415),
]

NASTY: list[Json] = [
    None, True, False, 0, -1, 1, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 0.1, -0.5, 1e308, 1.005, "", " ", "\t\n", "x",
    "x" * 5000, "ñandú 🧉", "\u202egnirts", "'; DROP TABLE tickets; --", "<script>alert(1)</script>", "{{ 7*7 }}",
    "%s%n", "../../etc/passwd", "1", "true", "null", "2026-01-01", "=1+1", [], [None], [[[]]], {}, {"a": {"b": {}}},
    ["x"] * 600,
]  # fmt: skip
RAW = [
    "1e400",
    "-1e400",
    "1e999999999",
    "1E-400",
    "0.1e1",
    "-0",
    "1.00000000000000000000000000001",
    '"\\ud83d"',
    '"\\u0000"',
]


def other_kinds(value: Json) -> list[Json]:
    """Values of a JSON kind that this field never has."""
    match value:
        case bool():
            return [1, "true", [], {}]
        case int() | float():
            return ["1", [], {}, True]
        case str():
            return [1, 1.5, True, [], {}]
        case list():
            return ["x", 1, {}, True]
        case dict():
            return ["x", 1, [], True]
        case _:
            return []


def wrong_fields(good: Good) -> Iterator[tuple[str, dict[str, Json]]]:
    """Bodies with exactly one wrong field, and its name."""
    for name in good.needs:
        yield name, {k: v for k, v in good.body.items() if k != name}
        if good.needs[name] is not None:
            yield name, {**good.body, name: None}
    for name, value in good.body.items():
        for other in other_kinds(value):
            if name in good.by_name and type(other) in (int, str) and other:
                continue
            yield name, {**good.body, name: other}


def fuzzed(good: Good, rng: random.Random) -> bytes:
    """A body near the good one, with something nasty somewhere."""
    body = good.body
    for _ in range(rng.randint(1, 3)):
        names = [*body, rng.choice(["extra", "__proto__", "id", ""])]
        name = rng.choice(names)
        if rng.random() < 0.15:
            body.pop(name, None)
        elif rng.random() < 0.2 and isinstance(body.get(name), list):
            body[name] = [*body[name], rng.choice(NASTY)]
        else:
            body[name] = rng.choice(NASTY)
    text = json.dumps(body, ensure_ascii=rng.random() < 0.5)
    if body and rng.random() < 0.25:
        text = text[:-1] + f", {json.dumps(rng.choice(list(body)) + '_')}: {rng.choice(RAW)}}}"
    if rng.random() < 0.2:
        name = rng.choice([*good.body, "extra"])
        text = json.dumps({k: v for k, v in body.items() if k != name})[:-1]
        text += f"{', ' if len(text) > 1 else ''}{json.dumps(name)}: {rng.choice(RAW)}}}"
    data = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.1:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + bytes([rng.randrange(256)]) + data[at + rng.randrange(3) :]
    return data
