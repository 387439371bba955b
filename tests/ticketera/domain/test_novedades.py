"""Who hears of a change, and under which name: the contract's table, row by row."""

from dataclasses import replace

import pytest

from ticketera.domain.encargo import Prioridad
from ticketera.domain.novedades import oyentes
from ticketera.domain.ticket import Estado, Ticket, en_manos_de, reabierto, sin_asignar

RITA, RAUL = 7, 8
E = Estado


def un_ticket(estado: Estado, repartidor_id: int | None) -> Ticket:
    return Ticket(
        id=1,
        numero="A-1",
        huella="",
        estado=estado,
        prioridad=Prioridad.normal,
        tipo_cliente="cliente",
        cliente_nombre="Clara",
        cliente_direccion="Belgrano 1",
        cliente_telefono="",
        cliente_email="",
        cliente_lat=None,
        cliente_lng=None,
        productos="[]",
        total=100,
        metodo_pago="",
        indicaciones="",
        repartidor_id=repartidor_id,
        repartidor_nombre=None if repartidor_id is None else str(repartidor_id),
        lugar="a0",
        version=1,
        intento=1,
        creado_en=1,
        cerrado_en=None if estado in (E.PENDIENTE, E.ASIGNADO, E.EN_CAMINO) else 5,
    )


waiting = un_ticket(E.PENDIENTE, None)
hers = un_ticket(E.ASIGNADO, RITA)
going = un_ticket(E.EN_CAMINO, RITA)
delivered = un_ticket(E.ENTREGADO, RITA)
failed = un_ticket(E.FALLIDO, RITA)
cancelled = un_ticket(E.CANCELADO, RITA)

CASES = {
    "new, waiting": (None, waiting, [(0, "creado")]),
    "new, given at once": (None, hers, [(0, "creado"), (RITA, "asignado")]),
    "given by the rule": (waiting, en_manos_de(waiting, RITA, "", "a1", 1), [(0, "movido"), (RITA, "asignado")]),
    "to another phone": (
        going,
        en_manos_de(going, RAUL, "", "a1", 1),
        [(0, "movido"), (RITA, "retirado"), (RAUL, "asignado")],
    ),
    "to nobody": (hers, sin_asignar(hers, "a1", 1), [(0, "movido"), (RITA, "retirado")]),
    "order, hers": (hers, replace(hers, lugar="a5"), [(0, "movido"), (RITA, "movido")]),
    "order, nobody's": (waiting, replace(waiting, lugar="a5"), [(0, "movido")]),
    "on its way": (hers, going, [(0, "en_camino"), (RITA, "en_camino")]),
    "back": (going, hers, [(0, "actualizado"), (RITA, "asignado")]),
    "arrived": (going, replace(going, llego_en=3), [(0, "actualizado"), (RITA, "actualizado")]),
    "edited": (hers, replace(hers, indicaciones="Timbre"), [(0, "actualizado"), (RITA, "actualizado")]),
    "edited, nobody's": (waiting, replace(waiting, indicaciones="Timbre"), [(0, "actualizado")]),
    "edited, closed": (delivered, replace(delivered, indicaciones="x"), [(0, "actualizado"), (RITA, "actualizado")]),
    "delivered": (going, delivered, [(0, "entregado"), (RITA, "entregado")]),
    "failed": (hers, failed, [(0, "fallido"), (RITA, "fallido")]),
    "cancelled": (hers, cancelled, [(0, "cancelado"), (RITA, "cancelado")]),
    "cancelled, nobody's": (waiting, un_ticket(E.CANCELADO, None), [(0, "cancelado")]),
    "corrected to asignado": (failed, reabierto(failed, E.ASIGNADO), [(0, "actualizado"), (RITA, "asignado")]),
    "corrected to en_camino": (delivered, reabierto(delivered, E.EN_CAMINO), [(0, "en_camino"), (RITA, "asignado")]),
    "retried": (failed, sin_asignar(reabierto(failed, E.PENDIENTE), "a1", None), [(0, "movido"), (RITA, "retirado")]),
    "a conflicto accepted": (
        un_ticket(E.ASIGNADO, RAUL),
        delivered,
        [(0, "entregado"), (RAUL, "retirado"), (RITA, "entregado")],
    ),
    "a conflicto accepted, cancelled before": (cancelled, delivered, [(0, "entregado"), (RITA, "entregado")]),
}


@pytest.mark.parametrize("name", CASES)
def test_who_hears_what(name: str) -> None:
    antes, despues, heard = CASES[name]

    assert oyentes(antes, despues) == [(oyente, f"ticket.{tipo}") for oyente, tipo in heard]
