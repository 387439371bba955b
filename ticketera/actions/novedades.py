"""What a phone says about its tickets: it has them; a person opened one. Changes no version and no number."""

from typing import Any

from belgrano.database.work import Work
from ticketera.domain.events import Acuse
from ticketera.store import novedades


async def registrar_recibido(work: Work, repartidor_id: int, epoca: str | None, seq: int) -> None:
    """This phone has everything up to `seq`. Another epoca, or a number above the newest, does nothing."""
    now_epoca, newest = await novedades.select_posicion(work.con, repartidor_id)
    if (epoca is None or epoca == now_epoca) and seq <= newest:
        for row in await novedades.set_recibidos(work.con, repartidor_id, seq, work.ahora):
            _decir(work, row, work.ahora - row["asignado_en"])


async def registrar_visto(work: Work, repartidor_id: int, ticket_id: int) -> None:
    """A person opened this ticket of theirs. Somebody else's, or opened before: nothing."""
    row = await novedades.set_visto(work.con, repartidor_id, ticket_id, work.ahora)
    if row is not None:
        _decir(work, row)


def _decir(work: Work, row: Any, tardo_ms: int | None = None) -> None:
    work.tell(Acuse(row["id"], row["recibido_en"], row["visto_en"], tardo_ms))
