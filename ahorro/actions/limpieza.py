"""The daily clean-up: what nobody needs any more."""

from ahorro.store.carritos import delete_carritos_de_nadie
from ahorro.store.cuentas import delete_recuperaciones_antes
from ahorro.store.entregas import delete_avisos_antes
from belgrano.outgoing import delete_done
from belgrano.running import long_ago
from belgrano.sessions import delete_old_sessions
from belgrano.work import Work

DIA = 24 * 60 * 60 * 1000


async def limpiar(work: Work) -> None:
    """Forget sessions unseen for a month, their guests' carts, links of yesterday, queue rows done for 90 days."""
    await delete_old_sessions(work, 31 * DIA)
    await delete_carritos_de_nadie(work.con)
    await delete_recuperaciones_antes(work.con, await long_ago(work, DIA))
    await delete_avisos_antes(work.con, await long_ago(work, 31 * DIA))
    await delete_done(work, await long_ago(work, 90 * DIA))
