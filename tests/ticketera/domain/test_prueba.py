"""What a delivery is asked for, and what counts as given: the policy as a table."""

import json
from dataclasses import replace
from typing import Any

import pytest

from belgrano.contract import PRUEBAS, read
from tests.ticketera.cast import SECRETO
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.prueba import pide, pin_de, probar
from ticketera.domain.ticket import Estado, Ticket

NUMERO = "PED-20261124-7K3M9QWX"
TICKET = Ticket(
    NUMERO, "Ana", "Mitre 1", "[]", 1245000, metodo_pago="efectivo", id=1, estado=Estado.ASIGNADO, repartidor_id=2,
    repartidor_nombre="Rita", lugar="a0",
)  # fmt: skip
PIN = pin_de(SECRETO, NUMERO)
WRONG = f"{(int(PIN) + 1) % 10_000:04d}"


@pytest.mark.parametrize(
    ("politica", "metodo", "asked"),
    [
        ({}, "efectivo", {}),
        ({"prueba_foto": "obligatoria"}, "efectivo", {"foto": "obligatoria"}),
        ({"prueba_foto": "opcional", "prueba_pin": "avisar"}, "", {"foto": "opcional", "pin": "avisar"}),
        ({"prueba_firma": "avisar", "prueba_desde": 12_450}, "efectivo", {"firma": "avisar"}),
        ({"prueba_firma": "avisar", "prueba_desde": 12_451}, "efectivo", {}),
        ({"prueba_pin": "avisar", "prueba_medios": "tarjeta, Efectivo"}, "EFECTIVO", {"pin": "avisar"}),
        ({"prueba_pin": "avisar", "prueba_medios": "tarjeta,mercadopago"}, "efectivo", {}),
        ({"prueba_pin": "avisar", "prueba_medios": " , "}, "transferencia", {"pin": "avisar"}),
        ({"prueba_receptor": "no", "prueba_pin": "no"}, "efectivo", {}),
    ],
)
def test_what_is_asked(politica: dict[str, Any], metodo: str, asked: dict[str, str]) -> None:
    assert pide(Configuracion(**politica), replace(TICKET, metodo_pago=metodo)) == asked


def test_the_phone_and_the_server_ask_the_same() -> None:
    """tests/js/caja.test.js holds the phone to the same file."""
    for each in read("cases/prueba.json"):
        said, ticket = each["politica"], each["ticket"]
        niveles = {f"prueba_{clase}": nivel for clase, nivel in said["niveles"].items()}
        c = Configuracion(**niveles, prueba_desde=said["desde"], prueba_medios=",".join(said["medios"]))
        asked = pide(c, replace(TICKET, total=round(ticket["total"] * 100), metodo_pago=ticket["metodo_pago"]))
        assert asked == each["pide"], each


@pytest.mark.parametrize("nivel", ["opcional", "avisar", "obligatoria"])
@pytest.mark.parametrize(
    ("clase", "brought", "there"),
    [
        ("foto", {}, False),
        ("foto", {"fotos": []}, False),
        ("foto", {"fotos": ["f1", "f2"]}, True),
        ("foto", {"firma": "s1"}, False),
        ("firma", {"firma": "s1"}, True),
        ("firma", {"fotos": ["f1"]}, False),
        ("receptor", {"receptor": "vecino"}, True),
        ("receptor", {"receptor_nombre": "Nora"}, False),
        ("pin", {"pin": PIN}, True),
        ("pin", {"pin": f" {PIN} "}, True),
        ("pin", {"pin": WRONG}, False),
        ("pin", {"pin": "ñ"}, False),
        ("pin", {"sin_codigo": True}, False),
        ("pin", {"sin_codigo": True, "fotos": ["f1"]}, False),
        ("pin", {}, False),
    ],
)
def test_what_is_missing_is_named_from_avisar_on_and_holds_back_when_obligatoria(
    nivel: str, clase: str, brought: dict[str, Any], there: bool
) -> None:
    probado = probar({clase: nivel}, NUMERO, json.dumps(brought), SECRETO)

    kept = json.loads(probado.prueba or '{"faltan": []}')
    missing = [] if there else [clase]
    assert kept["faltan"] == ([] if nivel == "opcional" else missing)
    assert list(probado.retiene) == (missing if nivel == "obligatoria" else [])


def test_the_pin_itself_is_never_kept() -> None:
    for brought, verdict in (
        ({"pin": PIN}, "correcto"),
        ({"pin": WRONG}, "incorrecto"),
        ({"sin_codigo": True}, "sin_codigo"),
    ):
        kept = probar({}, NUMERO, json.dumps(brought), SECRETO).prueba or ""
        assert json.loads(kept)["pin"] == verdict
        assert PIN not in kept and WRONG not in kept


def test_without_the_secret_no_pin_is_right() -> None:
    assert probar({"pin": "obligatoria"}, NUMERO, json.dumps({"pin": PIN}), None).retiene == ("pin",)


def test_nothing_asked_and_nothing_brought_leaves_nothing() -> None:
    assert probar({}, NUMERO, None, SECRETO).prueba is None
    assert probar(dict.fromkeys(PRUEBAS, "opcional"), NUMERO, "{}", SECRETO).prueba is None
