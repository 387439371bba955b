"""People, times and money in words, as the office's pages say them."""
# ruff: noqa: RUF001  (dashes of a franja are dashes)

import json

import pytest

from belgrano.words.ages import duracion
from belgrano.words.times import DIA, HORA, MINUTO, ms_de_iso
from tests.ticketera.domain.test_asignacion import un_ticket
from ticketera.domain.ticket import PAGAN_ANTES, Rol
from ticketera.domain.usuario import Usuario
from ticketera.routes.pages.informes import por_ciento
from ticketera.routes.pages.personas import en_orden, permisos_en_palabras, visto_en_palabras
from ticketera.routes.pages.tarjeta import bultos, tarjeta

NOW = 1_764_000_000_000  # 24/11/2025 13:00 in Buenos Aires


def somebody(nombre: str = "Rita", **more: object) -> Usuario:
    fields = dict.fromkeys(Usuario.__slots__, 0) | {
        "nombre": nombre, "email": "", "rol": Rol.REPARTIDOR, "vehiculo": "", "zona": "", "negocio": "",
        "permisos": "{}", "en_turno": False,
    }  # fmt: skip
    return Usuario(**{**fields, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (10_000, "recién"), (5 * MINUTO, "hace 5 min"), (2 * HORA, "hoy 11:00"), (20 * HORA, "ayer 17:00"),
        (3 * DIA, "21/11/2025"),
    ],
)  # fmt: skip
def test_when_somebody_was_seen_is_said_as_people_say_it(ago: int, words: str) -> None:
    assert visto_en_palabras(somebody(senal_en=NOW - ago), NOW) == words


def test_who_is_there_is_seen_now_and_who_never_was_never() -> None:
    assert visto_en_palabras(somebody(senal_en=NOW - HORA, en_linea=True), NOW) == "ahora"
    assert visto_en_palabras(somebody(), NOW) == "nunca"


@pytest.mark.parametrize(
    ("told", "lacks"),
    [
        ({"ubicacion": "no", "sonido": "si"}, ["sin permiso de ubicación"]),
        ({"ubicacion": "bloqueado", "avisos": "no_hay"}, ["ubicación bloqueada", "avisos no disponibles"]),
        ({"instalada": False}, ["sin instalar"]), ({"instalada": True, "avisos": "si"}, []), ({}, []),
        ({"ubicacion": None, "otra": "no"}, []), ([], []),
    ],
)  # fmt: skip
def test_what_a_phone_may_not_do_is_said_in_words(told: object, lacks: list[str]) -> None:
    assert permisos_en_palabras(somebody(permisos=json.dumps(told)))[0] == lacks


def test_the_list_is_sorted_both_ways_and_by_name_where_it_is_equal() -> None:
    people = [somebody("beto", tickets_abiertos=2), somebody("Ana", tickets_abiertos=2), somebody("Ciro")]

    def names(orden: str) -> list[str]:
        return [each.nombre for each in en_orden(people, orden)]

    assert names("nombre") == names("nada") == ["Ana", "beto", "Ciro"]
    assert names("-nombre") == ["Ciro", "beto", "Ana"]
    assert names("tickets") == ["Ana", "beto", "Ciro"]
    assert names("-tickets")[0] == "Ciro"


def test_times_and_parts_read_as_people_say_them() -> None:
    assert [duracion(ms) for ms in (None, 0, 45_400, 89_999, 90_000, 38 * MINUTO, HORA, 65 * MINUTO)] == [
        "—", "0 s", "45 s", "90 s", "2 min", "38 min", "1 h 00 min", "1 h 05 min",
    ]  # fmt: skip
    assert [por_ciento(*pair) for pair in ((0, 0), (184, 200), (1, 3), (1, 200), (3, 3))] == [
        "—", "92 %", "33 %", "1 %", "100 %",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("desde", "hasta", "said"),
    [
        ("2025-11-24T15:30Z", "2025-11-24T17:00Z", "12:30–14 h"),
        ("2025-11-25T15:30Z", "2025-11-25T17:00Z", "mañana, 12:30–14 h"),
        ("2025-11-27T15:30Z", "2025-11-27T17:00Z", "jue 27/11, 12:30–14 h"),
        ("2025-11-25T02:00Z", "2025-11-25T03:00Z", "23–0 h"),
        ("2025-11-25T03:00Z", "2025-11-26T03:00Z", "mañana, todo el día"),
        ("2025-11-25T03:00Z", "2025-11-26T02:59Z", "mañana, todo el día"),
        ("2025-11-25T21:00Z", None, "mañana, desde las 18 h"),
        ("2025-11-24T12:00Z", "2025-11-26T23:00Z", "desde las 9 h hasta mié 26/11, 20 h"),
        ("2025-11-23T12:00Z", "2025-11-23T14:00Z", "ayer, 9–11 h"),
        (None, None, ""),
    ],
)
def test_a_card_says_the_day_of_its_hours_but_today(desde: str | None, hasta: str | None, said: str) -> None:
    ticket = un_ticket(
        franja_desde=None if desde is None else ms_de_iso(desde),
        franja_hasta=None if hasta is None else ms_de_iso(hasta),
    )
    drawn = tarjeta(ticket, NOW)

    assert drawn["franja"] == said


@pytest.mark.parametrize(
    ("metodo", "said"),
    [
        ("efectivo", "Cobrar $\u00a01.900"), ("tarjeta", "Cobrar $\u00a01.900"), ("", "Cobrar $\u00a01.900"),
        ("transferencia", "Esperando el pago"), ("mercadopago", "Esperando el pago"),
        ("Transferencia ", "Esperando el pago"),
    ],
)  # fmt: skip
def test_what_is_paid_beforehand_is_waited_for_and_never_paid(metodo: str, said: str) -> None:
    drawn = tarjeta(un_ticket(total=190000, metodo_pago=metodo), NOW)

    assert drawn["cobro"] == said


@pytest.mark.parametrize("metodo", ["efectivo", "transferencia", "mercadopago", ""])
def test_what_the_shop_says_is_paid_is_said_to_be_paid(metodo: str) -> None:
    drawn = tarjeta(un_ticket(total=190000, metodo_pago=metodo, pagado=True), NOW)

    assert (drawn["cobro"], drawn["cobro_clase"]) == ("Pagado", "tarjeta-cobro pagado")
    unpaid = tarjeta(un_ticket(total=190000, metodo_pago=metodo, pagado=False), NOW)
    assert unpaid["cobro"] == ("Esperando el pago" if metodo in PAGAN_ANTES else "Cobrar $\u00a01.900")


def test_a_card_says_that_it_is_packed_until_somebody_has_left_with_it() -> None:
    packed = ms_de_iso("2025-11-24T15:30Z")

    assert tarjeta(un_ticket(preparado_en=packed), NOW)["preparado"] == "Preparado 12:30"
    assert tarjeta(un_ticket(preparado_en=packed, en_camino_en=packed), NOW)["preparado"] == ""
    assert tarjeta(un_ticket(), NOW)["preparado"] == ""


def test_what_is_weighed_is_one_thing_to_carry() -> None:
    lines = [{"nombre": "Arroz", "cantidad": 2}, {"nombre": "Queso", "cantidad": 0.512}, "Pan x2"]

    assert bultos(json.dumps(lines)) == "4 productos"
