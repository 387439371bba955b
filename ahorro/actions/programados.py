"""Prices that were scheduled: applied when their moment has come, or cancelled before it."""

from dataclasses import asdict

from ahorro.actions.precios import NOMBRADOS, aplicar_lote, asiento_de
from ahorro.domain.auditoria import Quien
from ahorro.domain.errors import NoExiste, YaSeAplico
from ahorro.domain.precios import Aviso, Movida, alistar
from ahorro.domain.programado import SE_CANCELO, Programado, al_llegar
from ahorro.store.auditoria import insert_asientos
from ahorro.store.precios import select_vigentes
from ahorro.store.programados import select_programado, select_que_toca, update_aplicado, update_cancelado, update_visto
from belgrano.database.work import Work
from belgrano.words.times import iso


async def aplicar_programado(work: Work, lote: str) -> bool:
    """Move the prices of a change whose moment has come, in the name of whoever scheduled it; whether it did.

    What was confirmed moves from the price that was seen to the one that was seen; a product that costs something else
    by now, or was taken off sale since, is left alone and named for its owner to read (`sin_tocar`). Of several
    processes one does it: acts are serial, and what is not waiting any more is passed over.
    """
    programado = await select_que_toca(work.con, lote, work.ahora)
    if programado is None:
        return False
    confirmados = programado.movida.movimientos
    mueven, quedan = al_llegar(confirmados, await select_vigentes(work.con, [m.id for m in confirmados]))
    avisos = [Aviso(m.id, m.nombre, "sin_oferta", "Su oferta se quitó.") for m in mueven if m.sin_oferta]
    await aplicar_lote(
        work,
        programado.quien,
        lote,
        programado.huella,
        programado.regla,
        alistar(Movida(mueven, avisos)),
        programado_en=iso(programado.creado_en),
        sin_tocar={"cantidad": len(quedan), "nombres": [each.nombre for each in quedan[:NOMBRADOS]]}
        if quedan
        else None,
    )
    await update_aplicado(work.con, lote, quedan, work.ahora)
    return True


async def cancelar_programado(work: Work, quien: Quien, lote: str) -> Programado:
    """Let nothing come of a scheduled change; a second time it is what the first made of it.

    Raises NoExiste, and YaSeAplico where its moment came first.
    """
    programado = await _programado(work, lote)
    if programado.estado == "aplicado":
        raise YaSeAplico
    if programado.estado == "programado":
        await update_cancelado(work.con, lote, quien, work.ahora)
        movimientos = programado.movida.movimientos
        line = asiento_de(lote, SE_CANCELO, movimientos, **asdict(programado.regla), desde=iso(programado.desde))
        await insert_asientos(work.con, quien, [line], work.ahora)
    return await _programado(work, lote)


async def ver_sin_tocar(work: Work, lote: str) -> Programado:
    """Somebody has read what a change left alone: nobody is told of it any more. Raises NoExiste."""
    await _programado(work, lote)
    await update_visto(work.con, lote)
    return await _programado(work, lote)


async def _programado(work: Work, lote: str) -> Programado:
    programado = await select_programado(work.con, lote)
    if programado is None:
        raise NoExiste("No existe ese cambio programado.")
    return programado
