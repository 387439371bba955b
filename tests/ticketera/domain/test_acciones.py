"""The table of acts, by the cases that the scripts are held to as well (tests/js/acciones.test.js)."""

from typing import Any

import pytest

from belgrano.contract import ESTADOS, read
from belgrano.words.times import iso, ms_de_iso
from ticketera.domain.acciones import Acto, acciones_posibles, aplicar
from ticketera.domain.errors import DomainError
from ticketera.domain.ticket import Estado, Quien, Rol, Ticket

CASES = read("cases/acciones.json")
AHORA = ms_de_iso(CASES["ahora"])
RITA = Quien(7, "Rita", Rol.REPARTIDOR)
INSTANTES = ("asignado_en", "en_camino_en", "llego_en", "cerrado_en")


def ticket_of(said: dict[str, Any]) -> Ticket:
    """The ticket that a script sees like this; what it does not know is as the way to here left it."""
    values = {campo: ms_de_iso(valor) if campo in INSTANTES else valor for campo, valor in said.items()}
    if "cobrado" in said:
        values["cobrado"] = round(said["cobrado"] * 100)
    if not ESTADOS[said["estado"]]["abierto"]:
        values["estado_previo"] = Estado.EN_CAMINO if "en_camino_en" in said else Estado.ASIGNADO
    return Ticket("PED-1", "Ana", "Mitre 1", "[]", 1245050, **values | {"estado": Estado(said["estado"])})


def seen(ticket: Ticket) -> dict[str, Any]:
    """What a script knows of it, without what is null."""
    said = {campo: iso(en) for campo in INSTANTES[1:] if (en := getattr(ticket, campo)) is not None}
    cobrado = None if ticket.cobrado is None else ticket.cobrado / 100
    more = {"estado": str(ticket.estado), "motivo": ticket.motivo, "cobrado": cobrado}
    return said | {campo: valor for campo, valor in more.items() if valor is not None}


@pytest.mark.parametrize(
    "case", CASES["despues"], ids=lambda case: f"{case['ticket']['estado']}-{case['acto']['accion']}"
)
def test_what_an_act_makes_of_a_ticket(case: dict[str, Any]) -> None:
    said = case["acto"]
    cobrado = round(said["cobrado"] * 100) if "cobrado" in said else None
    en = ms_de_iso(said["ocurrido_en"])
    acto = Acto(1, said["accion"], "a1", ocurrido_en=en, motivo=said.get("motivo"), cobrado=cobrado)

    if case["despues"] is None:
        with pytest.raises(DomainError):
            aplicar(ticket_of(case["ticket"]), acto, RITA, AHORA)
    else:
        assert seen(aplicar(ticket_of(case["ticket"]), acto, RITA, AHORA)) == case["despues"]


@pytest.mark.parametrize("case", CASES["posibles"], ids=lambda case: f"{case['ticket']['estado']}-{case['rol']}")
def test_what_may_be_done_with_a_ticket(case: dict[str, Any]) -> None:
    assert acciones_posibles(ticket_of(case["ticket"]), Rol(case["rol"]), AHORA) == case["acciones"]
