"""What boards and phones of this process last heard of what has no number, and what the database says of it.

Presencias, acuses, offers and settings are told once, when they change: by the process that changed them, and through
Redis to the others. What is lost on that way (Redis was away, a process died between its commit and its word) is
noticed here, by comparing, and told to the rooms of this process.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from belgrano.database.work import Connection
from ticketera.store import configuracion, novedades, ofertas, usuarios
from ticketera.wire.novedad import acuse_json
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.text import encode

TABLERO = "tablero"
PRESENCIA, ACUSE, CONFIGURACION, OFERTAS = "presencia", "acuse", "configuracion", "ofertas"


@dataclass(frozen=True, slots=True)
class SinNumero:
    """All that is told without a number, as it stands: presencias and acuses in the very texts that are pushed.

    `ofertas` is by repartidor what they are offered, in whatever words: another text is another offer.
    """

    presencias: Mapping[int, str]
    acuses: Mapping[int, str]
    ajustes: str
    ofertas: Mapping[int, str]


async def read_sin_numero(con: Connection, ahora: int) -> SinNumero:
    """All of it, of one snapshot. For `Base.read`."""
    presencias = {u.id: encode(repartidor_json(u)) for u in await usuarios.select_repartidores(con)}
    rows = await novedades.select_acuses(con)
    ofrecidos = await ofertas.select_ofrecidos(con, ahora)
    return SinNumero(
        presencias,
        {r["id"]: encode(acuse_json(r["id"], r["recibido_en"], r["visto_en"])) for r in rows},
        repr(await configuracion.select_configuracion(con)),
        dict.fromkeys(await usuarios.select_para_ofrecer(con), ofrecidos) if ofrecidos else {},
    )


@dataclass
class Eco:
    """Keeps what was said last, and says what is to be said now."""

    _said: dict[tuple[str, int], str] = field(default_factory=dict)
    _news: set[tuple[str, int]] = field(default_factory=set)  # said since the last look began: newer than what it saw
    _ajustes: str | None = None
    _ofertas: Mapping[int, str] | None = None

    def note(self, event: str, body: str) -> None:
        """A presencia or an acuse was pushed here, by this process or through Redis."""
        if event in (PRESENCIA, ACUSE):
            said = json.loads(body)
            key = (event, said["id"] if event == PRESENCIA else said["ticket_id"])
            self._said[key] = body
            self._news.add(key)

    def begin(self) -> None:
        """A look begins."""
        self._news.clear()

    def missing(self, now: SinNumero) -> Iterator[tuple[str, int, str]]:
        """What the look found and nobody here was told: event, of or for whom, text. The first look tells nothing."""
        first = self._ajustes is None
        kept = {}
        for event, texts in ((PRESENCIA, now.presencias), (ACUSE, now.acuses)):
            for number, text in texts.items():
                key = (event, number)
                before = self._said.get(key)
                kept[key] = before if before is not None and key in self._news else text
                if not first and _is_news(event, before, kept[key]):
                    yield event, number, text
        self._said = kept
        if not first:
            if now.ajustes != self._ajustes:
                yield CONFIGURACION, 0, "{}"
            before_ofertas = self._ofertas or {}
            for number in before_ofertas.keys() | now.ofertas.keys():
                if before_ofertas.get(number) != now.ofertas.get(number):
                    yield OFERTAS, number, "{}"
        self._ajustes, self._ofertas = now.ajustes, now.ofertas


def _is_news(event: str, before: str | None, now: str) -> bool:
    """Whether listeners do not know it. A connected phone that was seen again, a ticket by nobody yet, are no news."""
    if before == now:
        return False
    said = json.loads(now)
    if before is None:
        return event == PRESENCIA or bool(said["recibido_en"] or said["visto_en"])
    if said.get("en_linea"):
        return bool({**said, "senal_en": None} != {**json.loads(before), "senal_en": None})
    return True
