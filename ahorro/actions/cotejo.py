"""What is done once the pedidos were compared with what Ticketera has."""

from collections.abc import Sequence

from ahorro.domain.cotejo import Par
from ahorro.domain.errors import NoExiste
from ahorro.domain.events import ColaCambiada
from ahorro.domain.pedido import clave_de_cancelacion, clave_de_revision
from ahorro.store.cotejo import delete_sin_par, insert_sin_par, select_mandados, select_que, update_epoca
from belgrano.database.work import Work
from belgrano.outbox.outgoing import retry_done


async def mandar_otra_vez(work: Work, pedidos: Sequence[Par]) -> None:
    """Post these pedidos again, with the shop's last word on each and the wish to cancel where there was one."""
    for pedido in pedidos:
        await retry_done(work, pedido.numero)
        await retry_done(work, clave_de_cancelacion(pedido.numero))
    await repetir_la_ultima_palabra(work, pedidos)


async def repetir_la_ultima_palabra(work: Work, pedidos: Sequence[Par]) -> None:
    """Post again what the shop said last of each of these pedidos: that says all, and where it is known, nothing."""
    for pedido in pedidos:
        for revision in range(pedido.revision, 0, -1):  # not every change was Ticketera's business
            if await retry_done(work, clave_de_revision(pedido.numero, revision)):
                break
    work.tell(ColaCambiada())


async def anotar_cotejo(work: Work, epoca: str, sin_par: Sequence[tuple[str, Par]]) -> None:
    """Keep with which life of Ticketera the pedidos were compared, and what a person has to look at."""
    await delete_sin_par(work.con)
    for que, par in sin_par:
        await insert_sin_par(work.con, que, par)
    await update_epoca(work.con, epoca, work.ahora)


async def volver_a_mandar(work: Work, numero: str) -> None:
    """A pedido that Ticketera does not have goes out once more, closed as it is. Raises NoExiste."""
    if await select_que(work.con, numero) != "sin_ticket":
        raise NoExiste
    pedido = (await select_mandados(work.con, numero)).get(numero)
    if pedido is not None:
        await mandar_otra_vez(work, [pedido])
    await delete_sin_par(work.con, numero)


async def dar_por_visto(work: Work, numero: str) -> None:
    """A person has seen to it; seen twice is the same."""
    await delete_sin_par(work.con, numero)
