"""The owner's acts on a customer."""

from collections.abc import Mapping

from ahorro.domain.auditoria import Quien, asientos_de
from ahorro.domain.cliente import Cliente
from ahorro.domain.errors import CampoInvalido, CuentaBorrada, NoExiste, VersionVieja
from ahorro.store.auditoria import insert_asientos
from ahorro.store.clientes import select_cliente, update_cliente, update_comercio
from ahorro.store.cuentas import void_recuperaciones
from belgrano.accounts.sessions import end_sessions_of
from belgrano.database.work import Work


async def cambiar_cliente(
    work: Work, quien: Quien, cliente_id: int, version: int, datos: Mapping[str, object]
) -> Cliente:
    """Change what `datos` says of `activo`, `nota`, `aprobado` and `lista`; the customer as they are then.

    Who is no longer `activo` is out at once, everywhere. Raises NoExiste, VersionVieja carrying the customer,
    CuentaBorrada, and CampoInvalido for what only a comerciante has.
    """
    cliente = await _cliente(work, cliente_id)
    if cliente.borrado:
        raise CuentaBorrada
    if cliente.version != version:
        raise VersionVieja("cliente", cliente)
    antes = _campos(cliente)
    for campo in datos:
        if campo not in antes:
            raise CampoInvalido(campo, "es solo de comerciantes.")
    nuevo = {campo: valor for campo, valor in datos.items() if antes[campo] != valor}
    if not nuevo:
        return cliente
    todo = {**antes, **nuevo}
    if not await update_cliente(work.con, cliente_id, version, activo=bool(todo["activo"]), nota=str(todo["nota"])):
        raise VersionVieja("cliente", await _cliente(work, cliente_id))
    if cliente.comercio is not None:
        await update_comercio(
            work.con, cliente_id, aprobado=bool(todo["aprobado"]), lista=str(todo["lista"]), ahora=work.ahora
        )
    if nuevo.get("activo") is False:
        await end_sessions_of(work, cliente_id)
        await void_recuperaciones(work.con, cliente_id, work.ahora)
    lines = asientos_de("cliente", cliente_id, cliente.nombre, _said(antes), _said(nuevo))
    await insert_asientos(work.con, quien, lines, work.ahora)
    return await _cliente(work, cliente_id)


async def aprobar_comercio(work: Work, quien: Quien, cliente_id: int) -> None:
    """Agree that somebody is a comerciante: their pedidos go first from the next one on. Raises NoExiste."""
    cliente = await _cliente(work, cliente_id)
    if cliente.comercio is not None:
        await cambiar_cliente(work, quien, cliente_id, cliente.version, {"aprobado": True})


def _campos(cliente: Cliente) -> dict[str, object]:
    """What may be changed of a customer, as it is."""
    campos: dict[str, object] = {"activo": cliente.activo, "nota": cliente.nota}
    if cliente.comercio is not None:
        campos |= {"aprobado": cliente.comercio.aprobado, "lista": cliente.comercio.lista}
    return campos


def _said(campos: Mapping[str, object]) -> dict[str, object]:
    """As the book may keep it: of a note only how long it is, because what it says is about a person."""
    return {campo: f"{len(str(v))} caracteres" if campo == "nota" else v for campo, v in campos.items()}


async def _cliente(work: Work, cliente_id: int) -> Cliente:
    cliente = await select_cliente(work.con, cliente_id)
    if cliente is None:
        raise NoExiste("No existe ese cliente.")
    return cliente
