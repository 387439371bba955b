"""The owner's act on the settings."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from ahorro.domain.auditoria import Quien, asientos_de
from ahorro.domain.configuracion import COBROS, Configuracion, check_cobros, check_configuracion
from ahorro.domain.errors import VersionVieja
from ahorro.store.auditoria import insert_asientos
from ahorro.store.configuracion import as_data, of_data, select_configuracion, select_dicho, upsert_configuracion
from belgrano.database.work import Work


def huella(configuracion: Configuracion, campos: Iterable[str]) -> str:
    """What says of some fields how they are: the same only while all of them are."""
    data = as_data(configuracion)
    return hashlib.sha256(json.dumps({campo: data[campo] for campo in sorted(campos)}).encode()).hexdigest()[:32]


async def cambiar_configuracion(
    work: Work, quien: Quien, visto: int | str, datos: Mapping[str, Any], *, de_fabrica: Configuracion
) -> Configuracion:
    """Change what `datos` says (as as_data tells it; of `envio` and `franjas` some of it is enough).

    `visto` is the version that was seen, or with the `huella` of just these fields as they were, so that two who change
    different parts do not disturb each other. With nothing new in it nothing is counted. Raises VersionVieja carrying
    the settings, and CampoInvalido.
    """
    actual = await select_configuracion(work.con, de_fabrica)
    if isinstance(visto, int) and actual.version != visto:
        raise VersionVieja("configuracion", actual)
    antes = as_data(actual)
    whole = {
        campo: {**antes[campo], **valor} if isinstance(valor, Mapping) else valor for campo, valor in datos.items()
    }
    configuracion = of_data(antes | whole)
    check_configuracion(configuracion)
    if not COBROS.isdisjoint(datos):
        check_cobros(configuracion)
    despues = as_data(configuracion)
    nuevo = {campo: despues[campo] for campo in whole if despues[campo] != antes[campo]}
    if not nuevo:
        return actual
    if isinstance(visto, str) and huella(actual, datos) != visto:
        raise VersionVieja("configuracion", actual)
    dicho = {campo: valor for campo, valor in (await select_dicho(work.con)).items() if campo != "version"}
    await upsert_configuracion(work.con, dicho | nuevo, actual.version + 1)
    lines = asientos_de("configuracion", None, "Configuración", antes, nuevo)
    await insert_asientos(work.con, quien, lines, work.ahora)
    return await select_configuracion(work.con, de_fabrica)
