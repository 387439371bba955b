"""The owner's acts on what products are filed under: a new categoria, negocio or sucursal, and changes to one."""

from collections.abc import Mapping

from ahorro.domain.auditoria import ALTA, Asiento, Quien, asientos_de
from ahorro.domain.errors import CampoInvalido, NoExiste, VersionVieja
from ahorro.domain.ficha import clave_de
from ahorro.domain.grupos import CATEGORIA, Grupo, Tipo, check_niveles
from ahorro.store.auditoria import insert_asientos
from ahorro.store.fichas import select_clave_libre, select_id_de
from ahorro.store.grupos import has_hijas, insert_grupo, select_grupo, select_orden_ultimo, update_grupo
from belgrano.database.work import Work


async def crear_grupo(work: Work, quien: Quien, tipo: Tipo, datos: Mapping[str, object]) -> Grupo:
    """A new one, after the others unless it says where; what it stands under comes by id, clave or name.

    Raises CampoInvalido naming what cannot be.
    """
    said = await _filed(work, tipo, datos, None)
    wished = said.get("clave") or clave_de(str(said["nombre"]), tipo.noun)
    clave = await select_clave_libre(work.con, str(wished), tipo.tabla)
    if said.get("clave") and clave != wished:
        raise CampoInvalido("clave", "ya está en uso.")
    empty: dict[str, object] = {campo: None if campo == f"{tipo.bajo}_id" else "" for campo in tipo.campos}
    dicho = {**empty, "orden": await select_orden_ultimo(work.con, tipo), **said, "clave": clave}
    grupo_id = await insert_grupo(work.con, tipo, dicho)
    made = Asiento(tipo.noun, grupo_id, str(dicho["nombre"]), ALTA, None, dicho)
    await insert_asientos(work.con, quien, [made], work.ahora)
    return await _grupo(work, tipo, grupo_id)


async def cambiar_grupo(
    work: Work, quien: Quien, tipo: Tipo, grupo_id: int, version: int, datos: Mapping[str, object]
) -> Grupo:
    """Change what `datos` says of it; with nothing new in it nothing is counted.

    Raises NoExiste, VersionVieja carrying it as it is, and CampoInvalido.
    """
    grupo = await _grupo(work, tipo, grupo_id)
    if grupo.version != version:
        raise VersionVieja(tipo.noun, grupo)
    said = await _filed(work, tipo, datos, grupo_id)
    nuevo = {campo: valor for campo, valor in said.items() if grupo.dicho[campo] != valor}
    if not nuevo:
        return grupo
    if "clave" in nuevo and await select_clave_libre(work.con, str(nuevo["clave"]), tipo.tabla) != nuevo["clave"]:
        raise CampoInvalido("clave", "ya está en uso.")
    await update_grupo(work.con, tipo, grupo_id, nuevo)
    await insert_asientos(
        work.con, quien, asientos_de(tipo.noun, grupo_id, grupo.nombre, grupo.dicho, nuevo), work.ahora
    )
    return await _grupo(work, tipo, grupo_id)


async def _filed(work: Work, tipo: Tipo, datos: Mapping[str, object], grupo_id: int | None) -> dict[str, object]:
    """The columns that `datos` says, with the id of what it shall stand under."""
    columns = {campo: valor for campo, valor in datos.items() if campo != tipo.bajo}
    if tipo.bajo not in datos:
        return columns
    cual, bajo_id = datos[tipo.bajo], None
    if cual is not None:
        bajo_id = await select_id_de(work.con, tipo.bajo_tabla, str(cual))
        if bajo_id is None:
            raise CampoInvalido(tipo.bajo, "no está entre los que hay cargados.")
        if tipo is CATEGORIA:
            padre = await _grupo(work, tipo, bajo_id)
            tiene_hijas = grupo_id is not None and await has_hijas(work.con, grupo_id)
            check_niveles(padre, grupo_id, tiene_hijas=tiene_hijas)
    return {**columns, f"{tipo.bajo}_id": bajo_id}


async def _grupo(work: Work, tipo: Tipo, grupo_id: int) -> Grupo:
    grupo = await select_grupo(work.con, tipo, grupo_id)
    if grupo is None:
        raise NoExiste
    return grupo
