"""A customer takes their account away (law 25.326): the person goes, the pedidos stay as numbers for the books."""

from ahorro.domain.auditoria import BAJA, EL_SISTEMA, Asiento
from ahorro.domain.errors import PedidosAbiertos
from ahorro.domain.events import ColaCambiada
from ahorro.store import borrado
from ahorro.store.auditoria import insert_asientos
from ahorro.store.cuentas import select_usuario
from ahorro.store.pedidos import count_abiertos
from belgrano.accounts.sessions import end_sessions_of
from belgrano.database.work import Work


async def borrar_cuenta(work: Work, usuario_id: int, *, otra_vez: bool = False) -> None:
    """Take out what is known of a customer and end their sessions; whoever asks has just given the password.

    Ticketera is told to forget whose their pedidos were, also when it is away just now. The book says only that it
    happened. `otra_vez`: a copy brought back somebody who was erased, who had nothing open then.
    Raises PedidosAbiertos while something is still to be delivered.
    """
    usuario = await select_usuario(work.con, usuario_id)
    if usuario is None or (not usuario.activo and not otra_vez):
        return
    if not otra_vez and (abiertos := await count_abiertos(work.con, usuario_id)):
        raise PedidosAbiertos(abiertos)
    await borrado.clear_arrepentimientos(work.con, usuario_id, usuario.email)
    await borrado.clear_actos(work.con, usuario_id)
    await borrado.delete_enviados_de(work.con, usuario_id)
    if await borrado.insert_olvidos_de(work.con, usuario_id, work.ahora):
        work.tell(ColaCambiada())
    await borrado.clear_pedidos(work.con, usuario_id)
    await borrado.delete_paquetes_de(work.con, usuario_id)
    await borrado.delete_carritos_de(work.con, usuario_id)
    await borrado.delete_correos_a(work.con, usuario.email)
    await borrado.delete_recuperaciones_de(work.con, usuario_id)
    await borrado.clear_usuario(work.con, usuario_id)
    await borrado.clear_auditoria(work.con, usuario_id)
    await end_sessions_of(work, usuario_id)
    await borrado.clear_sesiones(work.con, usuario_id)
    gone = Asiento("cliente", usuario_id, borrado.NADIE, BAJA, None, None)
    await insert_asientos(work.con, EL_SISTEMA, [gone], work.ahora)
