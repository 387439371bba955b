"""What has no number is told exactly when somebody here does not know it yet."""

import json
from typing import Any

from ticketera.live.eco import Eco, SinNumero


def presencia(number: int = 1, **more: Any) -> str:
    return json.dumps({"id": number, "en_linea": True, "senal_en": "10:00", **more})


def acuse(number: int = 1, recibido: str | None = None) -> str:
    return json.dumps({"ticket_id": number, "recibido_en": recibido, "visto_en": None})


def now(*presencias: str, acuses: tuple[str, ...] = (), ajustes: str = "a", **ofertas: str) -> SinNumero:
    return SinNumero(
        {json.loads(each)["id"]: each for each in presencias},
        {json.loads(each)["ticket_id"]: each for each in acuses},
        ajustes,
        {int(name[1:]): text for name, text in ofertas.items()},
    )


def told(eco: Eco, state: SinNumero, *meanwhile: tuple[str, str]) -> list[tuple[str, int]]:
    eco.begin()
    for event, body in meanwhile:
        eco.note(event, body)
    return [(event, number) for event, number, _ in eco.missing(state)]


def test_the_first_look_tells_nothing_and_what_stays_is_never_told() -> None:
    eco = Eco()
    state = now(presencia(), acuses=(acuse(1, "10:01"),), r1="7:1")

    assert [told(eco, state), told(eco, state)] == [[], []]


def test_what_was_said_is_not_told_again_and_what_was_not_is() -> None:
    eco = Eco()
    told(eco, now(presencia(1), presencia(2)))
    eco.note("presencia", presencia(1, nombre="Rita"))

    assert told(eco, now(presencia(1, nombre="Rita"), presencia(2, nombre="Raúl"))) == [("presencia", 2)]


def test_a_new_person_an_acuse_settings_and_offers_are_told() -> None:
    eco = Eco()
    told(eco, now(presencia(1), acuses=(acuse(1),), r1="7:1", r2="7:1"))

    after = now(
        presencia(1), presencia(2), acuses=(acuse(1, "10:01"), acuse(2)), ajustes="b", r1="7:1 8:1", r3="7:1 8:1"
    )

    assert sorted(told(eco, after)) == [
        ("acuse", 1), ("configuracion", 0), ("ofertas", 1), ("ofertas", 2), ("ofertas", 3), ("presencia", 2),
    ]  # fmt: skip
    assert told(eco, after) == []


def test_what_is_said_during_a_look_is_newer_than_what_it_saw() -> None:
    eco = Eco()
    told(eco, now(presencia(1)))

    assert told(eco, now(presencia(1)), ("presencia", presencia(1, en_linea=False))) == []
    assert told(eco, now(presencia(1, en_linea=False))) == []


def test_that_a_connected_phone_was_seen_again_is_no_news_and_that_it_went_is() -> None:
    eco = Eco()
    told(eco, now(presencia(1)))

    assert told(eco, now(presencia(1, senal_en="10:01"))) == []
    assert told(eco, now(presencia(1, senal_en="10:01", en_linea=False))) == [("presencia", 1)]
