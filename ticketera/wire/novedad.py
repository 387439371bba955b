"""What a listener is told. One function builds a novedad, for push and pull alike."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from belgrano.words.times import iso, iso_o_nada
from ticketera.domain.encargo import TEXTOS
from ticketera.wire.text import Json, encode


def novedad(oyente: int, seq: int, tipo: str, epoca: str, cambio: Mapping[str, Any]) -> str:
    """The JSON text of a novedad, the same when pushed and when pulled.

    `cambio` is a row of `cambios`: `ticket` and `conflicto` are JSON text. `por` is there when a person did it.
    Whoever lost the ticket gets its id only. A conflicto is for the tablero only, and so is `antes`: how a ticket that
    was closed counted before it changed.
    """
    en, ticket_id = iso(cambio["en"]), cambio["ticket_id"]
    text = f'{{"epoca":"{epoca}","seq":{seq},"tipo":"{tipo}","en":"{en}","ticket_id":{ticket_id}'
    if tipo != "ticket.retirado":
        text += f',"ticket":{cambio["ticket"]}'
    if cambio["clave"] is not None:
        text += f',"clave":{encode(cambio["clave"])}'
    if cambio["quien_id"] is not None:
        text += f',"por":{{"id":{cambio["quien_id"]},"nombre":{encode(cambio["quien_nombre"])}}}'
    if cambio["conflicto"] is not None and oyente == 0:
        text += f',"conflicto":{cambio["conflicto"]}'
    if cambio["antes"] is not None and oyente == 0:
        text += f',"antes":{cambio["antes"]}'
    return text + "}"


# What of a ticket a repartidor may still read who had it once: what the app works with, and nothing of the customer.
_DE_TODOS = frozenset(
    {
        "id", "numero", "estado", "prioridad", "repartidor_id", "lugar", "version", "intento", "creado_en",
        "asignado_en", "recibido_en", "visto_en", "en_camino_en", "llego_en", "cerrado_en", "revision",
    }
)  # fmt: skip
# What the rest becomes where null is no value of it.
_VACIO: Mapping[str, object] = dict.fromkeys(TEXTOS, "") | {"tipo_cliente": "cliente", "productos": [], "total": 0}


def novedades(oyente: int, epoca: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a listener missed, out of the rows of `select_perdidas`: of a ticket that is not theirs any more the number
    and the form stay, and nothing of the customer."""
    return [
        novedad(oyente, r["seq"], r["tipo"], epoca, r if oyente in (0, r["repartidor_id"]) else _ajeno(r)) for r in rows
    ]


def _ajeno(cambio: Mapping[str, Any]) -> Json:
    """A row of `cambios` for a repartidor who does not have the ticket any more: of the same form, and emptied."""
    ticket = msgspec.json.decode(cambio["ticket"])
    emptied = {name: value if name in _DE_TODOS else _VACIO.get(name) for name, value in ticket.items()}
    return {**dict(cambio), "ticket": encode(emptied)}


def acuse_json(ticket_id: int, recibido_en: int | None, visto_en: int | None) -> Json:
    """What the tablero hears when a phone has a ticket, or a person opened it."""
    return {"ticket_id": ticket_id, "recibido_en": iso_o_nada(recibido_en), "visto_en": iso_o_nada(visto_en)}
