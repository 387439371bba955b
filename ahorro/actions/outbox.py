"""The acts on the outbox: send again what was set aside."""

from ahorro.domain.events import ColaCambiada
from belgrano.database.work import Work
from belgrano.outbox.outgoing import retry_outgoing


async def reintentar(work: Work, *, numero: str | None = None, desde: int | None = None) -> int:
    """Queue again the set-aside rows of one pedido, or all such rows; with `desde` (ms UTC) all since then too.

    How many rows that is.
    """
    cuantos = await retry_outgoing(work, None if numero else desde, lane=numero)
    work.tell(ColaCambiada())
    return cuantos
