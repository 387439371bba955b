"""Who is given a ticket, who is best for one, and why one waits, in tables."""

from dataclasses import replace
from typing import Any

import pytest

from belgrano.words.times import HORA, MINUTO, comienzo_del_dia
from ticketera.domain.asignacion import elegido, libre, se_ofrece, sugerir, tope_de
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.espera import motivo_de_espera
from ticketera.domain.ticket import Estado, Rol, Ticket
from ticketera.domain.usuario import Usuario

AHORA = 1_795_000_000_000  # 18/11/2026 08:06 in Buenos Aires
EL_18 = comienzo_del_dia(AHORA)
AUTOMATICO = Configuracion()


def con_modo(modo: str) -> Configuracion:
    return replace(AUTOMATICO, modo_asignacion=modo)


def persona(nombre: str, n: int = 1, **cambios: Any) -> Usuario:
    """In turno, seen just now, with nothing to do."""
    fields: dict[str, Any] = {
        "id": n, "nombre": nombre, "email": "", "rol": Rol.REPARTIDOR, "activo": True, "telefono": "", "creado_en": 0,
        "seq": 0, "en_turno": True, "turno_desde": 0, "tickets_abiertos": 0, "ultimo_dado": 0, "senal_en": AHORA,
        "en_linea": False, "lat": None, "lng": None, "precision_m": None, "ubicado_en": None, "vehiculo": "",
        "capacidad": None, "zona": "", "negocio": "", "permisos": "{}", "fondo": 0,
    }  # fmt: skip
    return Usuario(**{**fields, **cambios})


def un_ticket(**cambios: Any) -> Ticket:
    ticket = Ticket("P-1", "Clara", "Belgrano 1", "[]", 0, id=1, lugar="a0")
    return replace(ticket, **cambios)


@pytest.mark.parametrize(("propia", "tope"), [(None, 10), (3, 3), (10, 10), (25, 10)])
def test_ones_own_capacidad_counts_below_the_configured_one_only(propia: int | None, tope: int) -> None:
    assert tope_de(persona("Rita", capacidad=propia), AUTOMATICO) == tope


@pytest.mark.parametrize(
    ("como", "puede"),
    [
        ({}, True),
        ({"activo": False}, False),
        ({"en_turno": False}, False),
        ({"tickets_abiertos": 9}, True),
        ({"tickets_abiertos": 10}, False),
        ({"tickets_abiertos": 2, "capacidad": 2}, False),
        ({"callado": 10 * MINUTO - 1}, True),
        ({"callado": 10 * MINUTO}, False),
        ({"senal_en": AHORA + 2 * MINUTO}, True),
        ({"senal_en": AHORA - 1000 * MINUTO}, True),
    ],
)
def test_who_is_libre(como: dict[str, Any], puede: bool) -> None:
    assert libre(persona("Rita", **como), AUTOMATICO) is puede


@pytest.mark.parametrize(
    ("negocio", "barrio", "quien"),
    [
        ("Panadería Sol", "Núñez", "de Sol"),
        (" panaderia  SOL ", "", "de Sol"),
        ("Otro", "nunez", "de Núñez"),
        ("", "Saavedra", "de Núñez"),
        ("Completo", "Núñez", None),  # it is his, and nobody else's
        ("", "Caballito", None),
        ("", "", None),
    ],
)
def test_fijo_is_by_negocio_else_by_barrio(negocio: str, barrio: str, quien: str | None) -> None:
    personas = [
        persona("sin zona", 1),
        persona("de Núñez", 2, zona="Núñez, Saavedra"),
        persona("de Núñez con más", 3, zona="NUNEZ,Saavedra", tickets_abiertos=2),
        persona("de Sol", 4, negocio="Panadería Sol"),
        persona("completo", 5, negocio="Completo", tickets_abiertos=10),
    ]

    suyo = elegido(negocio, barrio, personas, con_modo("fijo"))

    assert (suyo.nombre if suyo else None) == quien


@pytest.mark.parametrize(
    ("modo", "personas", "ticket", "dice"),
    [
        ("manual", [persona("Ana")], {}, "El reparto es manual"),
        ("automatico", [persona("Ana", en_turno=False)], {}, "Nadie está en turno"),
        ("automatico", [], {}, "Nadie está en turno"),
        (
            "automatico",
            [persona(n, tickets_abiertos=10) for n in ("Ana", "Bea", "Celi")],
            {},
            "Los 3 en turno están completos",
        ),
        ("automatico", [persona("Ana", tickets_abiertos=10)], {}, "Ana ya lleva 10 de 10"),
        ("automatico", [persona("Ana", callado=12 * MINUTO)], {}, "Ana no da señal hace 12 min"),
        ("automatico", [persona("Ana", callado=300 * MINUTO)], {}, "Ana no da señal hace 5 h"),
        (
            "automatico",
            [persona("Ana", senal_en=0, callado=AHORA), persona("Bea", senal_en=0, callado=AHORA)],
            {},
            "Ninguno de los 2 en turno da señal",
        ),
        (
            "automatico",
            [persona("Ana")],
            {"franja_desde": EL_18 + 18 * HORA},
            "Es para las 18:00: se reparte desde las 16:00",
        ),
        ("fijo", [persona("Ana")], {"franja_desde": EL_18 + 33 * HORA}, "Es para mañana: se reparte desde las 07:00"),
        (
            "automatico",
            [persona("Ana")],
            {"franja_desde": EL_18 + 24 * HORA, "apartado_en": AHORA},
            "Es para mañana: se reparte desde hoy a las 22:00",
        ),
        (
            "oferta",
            [],
            {"franja_desde": EL_18 + 48 * HORA + 30 * MINUTO},
            "Es para el vie 20/11: se ofrece desde mañana a las 22:30",
        ),
        ("sugerido", [], {"franja_desde": EL_18 + 57 * HORA}, "Es para el vie 20/11: se propone desde las 07:00"),
        ("manual", [], {"franja_desde": EL_18 + 57 * HORA}, "Es para el vie 20/11. El reparto es manual"),
        ("automatico", [persona("Ana", en_turno=False)], {"franja_desde": AHORA + 120 * MINUTO}, "Nadie está en turno"),
        (
            "automatico",
            [persona("Ana")],
            {"apartado_en": AHORA - 2 * MINUTO},
            "Lo dejó Lucía en Sin asignar: se reparte a las 08:14",
        ),
        ("automatico", [persona("Ana", en_turno=False)], {"apartado_en": AHORA - 11 * MINUTO}, "Nadie está en turno"),
        ("oferta", [persona("Ana")], {"apartado_en": AHORA}, "Lo dejó Lucía en Sin asignar: se ofrece a las 08:16"),
        ("oferta", [persona("Ana")], {}, "Ofrecido a quienes están libres"),
        ("sugerido", [persona("Ana")], {}, "Espera que alguien lo asigne"),
        ("fijo", [persona("Ana", zona="Palermo")], {"cliente_barrio": "Núñez"}, "Nadie reparte en Núñez"),
        ("fijo", [persona("Ana")], {"negocio": "Sol"}, "Nadie lleva lo de Sol"),
        ("fijo", [persona("Ana")], {}, "No dice de qué barrio ni de qué negocio es"),
        (
            "fijo",
            [persona("Ana", zona="Núñez", en_turno=False), persona("Bea")],
            {"cliente_barrio": "Núñez"},
            "Ana no está en turno",
        ),
    ],
)
def test_why_a_ticket_waits(modo: str, personas: list[Usuario], ticket: dict[str, Any], dice: str) -> None:
    assert motivo_de_espera(un_ticket(**ticket), personas, con_modo(modo), AHORA, AHORA, "Lucía") == dice


def test_suggestions_rank_and_say_why() -> None:
    obelisco = (-34.6037, -58.3816)
    ticket = un_ticket(cliente_lat=obelisco[0], cliente_lng=obelisco[1], cliente_barrio="Núñez")
    fresca: dict[str, Any] = {"lng": obelisco[1], "ubicado_en": AHORA - MINUTO}
    personas = [
        persona("fuera", 1, en_turno=False),
        persona("mudo", 2, callado=15 * MINUTO),
        persona("lleno", 3, tickets_abiertos=10),
        persona("lejos", 4, lat=-34.65, **fresca),
        persona("cerca y cargado", 5, lat=-34.605, tickets_abiertos=4, **fresca),
        persona("cerca", 6, lat=-34.606, tickets_abiertos=3, **fresca),
        persona("de la zona", 7, zona="núñez", tickets_abiertos=3),
        persona("posición vieja", 8, lat=-34.6037, lng=obelisco[1], ubicado_en=AHORA - 11 * MINUTO),
    ]

    ranked = sugerir(ticket, personas, {7: (-34.6145, -58.3816)}, con_modo("sugerido"), AHORA)

    assert [s.nombre for s in ranked] == [
        "de la zona", "cerca", "cerca y cargado", "lejos", "posición vieja", "lleno", "mudo"
    ]  # fmt: skip
    assert [s.puede for s in ranked] == [True] * 5 + [False] * 2
    assert ranked[0].motivo == "3 de 10 · a 1,2 km · reparte en Núñez"
    assert ranked[1].motivo == "3 de 10 · a 256 m"
    assert ranked[-1].motivo == "0 de 10 · no da señal hace 15 min"


@pytest.mark.parametrize(
    ("modo", "ticket", "si"),
    [
        ("oferta", {}, True),
        ("automatico", {}, False),
        ("oferta", {"estado": Estado.ASIGNADO}, False),
        ("oferta", {"franja_desde": AHORA + 120 * MINUTO + 1}, False),
        ("oferta", {"franja_desde": AHORA + 120 * MINUTO}, True),
        ("oferta", {"apartado_en": AHORA - 10 * MINUTO}, False),
        ("oferta", {"apartado_en": AHORA - 10 * MINUTO - 1}, True),
    ],
)
def test_what_is_an_open_offer(modo: str, ticket: dict[str, Any], si: bool) -> None:
    assert se_ofrece(un_ticket(**ticket), con_modo(modo), AHORA, AHORA) is si
