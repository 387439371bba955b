"""Many products at once out of a spreadsheet: what is good of it, in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ahorro.actions.fichas import cambiar_producto, clave_de, crear_producto
from ahorro.domain.auditoria import Quien
from ahorro.domain.catalogo import Filtro
from ahorro.domain.errors import CampoInvalido, VersionVieja
from ahorro.store.catalogo import select_productos
from ahorro.store.fichas import exists_nombre, select_clave_libre, select_id_de
from belgrano.database.work import Work


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line that is to be written: the product and the version it was read at, None for a new one; its name."""

    linea: int
    producto: tuple[int, int] | None
    datos: Mapping[str, object]
    nombre: str


async def importar_productos(work: Work, quien: Quien, renglones: Sequence[Renglon]) -> dict[int, tuple[str, str]]:
    """Write these lines; of those that cannot be written, by line, the field and what is wrong with it."""
    errores: dict[int, tuple[str, str]] = {}
    for each in renglones:
        try:
            if each.producto is None:
                await _check_codigo(work, each.datos.get("codigo_barras"))
                await _check_nombre(work, each.datos)
                await crear_producto(work, quien, each.datos)
            else:
                await cambiar_producto(work, quien, *each.producto, each.datos)
        except CampoInvalido as error:  # raised before anything of the line was written
            errores[each.linea] = (error.campo, error.detalle)
        except VersionVieja:
            errores[each.linea] = ("clave", "alguien cambió este producto recién: volvé a probar.")
    return errores


async def _check_codigo(work: Work, codigo: object) -> None:
    """Raise CampoInvalido where a product has this bar code since the file was compared."""
    if codigo and (await select_productos(work.con, Filtro(codigo=str(codigo), estado=""), limite=1))[0]:
        raise CampoInvalido("codigo_barras", "ya es el de otro producto: volvé a probar.")


async def _check_nombre(work: Work, datos: Mapping[str, object]) -> None:
    """Raise CampoInvalido where a line without clave and bar code names a product that was made since."""
    if datos.get("clave") or datos.get("codigo_barras"):
        return
    clave = clave_de(str(datos["nombre"]))
    if await select_clave_libre(work.con, clave) == clave:
        return  # nothing has been made of this name; to look for the name itself is to read the whole table
    negocio = await select_id_de(work.con, "negocios", str(datos["negocio"]))
    if negocio is not None and await exists_nombre(work.con, str(datos["nombre"]), negocio):
        raise CampoInvalido("nombre", "ya es el de otro producto: volvé a probar.")
