"""The owner puts many products on sale at once, or takes them off, once per clave."""

import hashlib
import json
from collections.abc import Mapping

from ahorro.actions.fichas import cambiar_producto
from ahorro.domain.auditoria import Quien
from ahorro.domain.errors import ClaveReusada
from ahorro.domain.ficha import Encendido
from ahorro.store.catalogo import select_producto_aun
from ahorro.store.estados import insert_estado_lote, select_estado_lote
from belgrano.database.once import once
from belgrano.database.work import Work


async def cambiar_estado(
    work: Work, quien: Quien, lote: str, versiones: Mapping[int, int], activo: bool
) -> list[Encendido]:
    """Put these products on sale, or take them off, each from the version that was seen of it, all in one commit.

    What somebody changed since stays as it is, and so does what is not there: the rest is done. Once per `lote`: a
    second time it is what came of the first. Raises ClaveReusada.
    """
    asked = json.dumps([activo, sorted(versiones.items())])
    huella = hashlib.sha256(asked.encode()).hexdigest()

    async def first() -> list[Encendido]:
        found = [await _encender(work, quien, cual, version, activo) for cual, version in versiones.items()]
        await insert_estado_lote(work.con, lote, huella, found, work.ahora)
        return found

    return await once(select_estado_lote(work.con, lote), huella, first, ClaveReusada)


async def _encender(work: Work, quien: Quien, producto_id: int, version: int, activo: bool) -> Encendido:
    producto = await select_producto_aun(work.con, producto_id)
    if producto is None:
        return Encendido(producto_id, "no_existe")
    if producto.version != version:
        return Encendido(producto_id, "version_vieja", producto.version)
    changed = await cambiar_producto(work, quien, producto_id, version, {"activo": activo})
    return Encendido(producto_id, None, changed.version)
