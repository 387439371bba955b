"""The acts on the outbox: send again what was set aside."""

from ahorro.domain.events import ColaCambiada
from ahorro.store.outbox import retry_row
from belgrano.database.work import Work
from belgrano.outbox.outgoing import retry_outgoing


async def reintentar(work: Work, *, numero: str | None = None, desde: int | None = None) -> int:
    """Queue again the set-aside row of one pedido, or all such rows; with `desde` (ms UTC) all since then too.

    How many rows that is.
    """
    if numero is not None:
        cuantos = await retry_row(work.con, numero)
    else:
        cuantos = await retry_outgoing(work, desde)
    work.tell(ColaCambiada())
    return cuantos
