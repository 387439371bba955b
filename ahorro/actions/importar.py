"""Many products at once out of a spreadsheet: what is good of it, in one commit."""

from ahorro.domain.auditoria import Quien
from ahorro.domain.importar import Escritos
from ahorro.store.importar import select_cambiados_desde, select_ocupados, write_escritos
from belgrano.database.work import Work

CAMBIADO = ("clave", "alguien cambió este producto recién: volvé a probar.")
OCUPADO = "ya es de otro producto: volvé a probar."


async def importar_productos(work: Work, quien: Quien, escritos: Escritos) -> dict[int, tuple[str, str]]:
    """Write these lines, if all of them still can be.

    Otherwise nothing is written, and what comes back is, by line, the field and what is wrong with it since the file
    was compared. Orders wait for this act, so whatever can be made ready before it is (`domain/importar.py`).
    """
    errores = dict.fromkeys(await select_cambiados_desde(work.con, escritos.vistos), CAMBIADO)
    errores |= {linea: (campo, OCUPADO) for linea, campo in (await select_ocupados(work.con, escritos.libres)).items()}
    if not errores:
        await write_escritos(work.con, quien, escritos, work.ahora)
    return errores
