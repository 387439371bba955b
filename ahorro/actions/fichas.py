"""The owner's acts on a product: a new one, and changes to one that is there."""

from collections.abc import Mapping

from ahorro.domain.auditoria import ALTA, Asiento, Quien, asientos_de
from ahorro.domain.catalogo import Producto
from ahorro.domain.errors import CampoInvalido, NoExiste, VersionVieja
from ahorro.domain.ficha import NUEVA, cambios_de, check_ficha, clave_de, ficha_de
from ahorro.store.auditoria import insert_asientos
from ahorro.store.catalogo import select_producto_aun
from ahorro.store.fichas import (
    insert_ficha,
    insert_precio_cambios,
    select_clave_libre,
    select_con_codigo,
    select_id_de,
    update_ficha,
    update_rige,
)
from belgrano.database.work import Work

FILED = {"negocio": "negocios", "categoria": "categorias"}


async def crear_producto(work: Work, quien: Quien, datos: Mapping[str, object]) -> Producto:
    """A new product, on sale at once unless it says otherwise; `datos` as `filed` takes them.

    Raises CampoInvalido naming what cannot be.
    """
    ficha = {**NUEVA, **await filed(work, datos)}
    wished = ficha.get("clave") or clave_de(str(ficha["nombre"]))
    ficha["clave"] = await select_clave_libre(work.con, str(wished))
    if ficha["clave"] != wished and datos.get("clave"):
        raise CampoInvalido("clave", "ya es la de otro producto.")
    check_ficha(ficha)
    await _check_codigo(work, ficha)
    producto_id = await insert_ficha(work.con, ficha, work.ahora)
    precio, nombre = ficha["precio_centavos"], str(ficha["nombre"])
    assert isinstance(precio, int)  # noqa: S101
    await insert_precio_cambios(work.con, quien, [(producto_id, None, precio)], work.ahora)
    await insert_asientos(work.con, quien, [Asiento("producto", producto_id, nombre, ALTA, None, ficha)], work.ahora)
    return await _producto(work, producto_id)


async def cambiar_producto(
    work: Work, quien: Quien, producto_id: int, version: int, datos: Mapping[str, object]
) -> Producto:
    """Change what `datos` says of a product; with nothing new in it nothing is counted.

    `stock_visto` beside `stock` is how much there was where it was typed: what was sold meanwhile stays sold. What is
    sold by weight from now on, or by the unit, is not counted until somebody says how much there is. Raises NoExiste,
    VersionVieja carrying the product, and CampoInvalido.
    """
    producto = await _producto(work, producto_id)
    if producto.version != version:
        raise VersionVieja("producto", producto)
    cambios = await filed(work, datos)
    visto, stock = cambios.pop("stock_visto", None), cambios.get("stock")
    if isinstance(visto, int) and isinstance(stock, int) and producto.stock is not None:
        cambios["stock"] = max(0, producto.stock + stock - visto)
    antes = ficha_de(producto)
    nuevo = cambios_de(antes, cambios)
    if not nuevo:
        return producto
    if "clave" in nuevo and await select_clave_libre(work.con, str(nuevo["clave"])) != nuevo["clave"]:
        raise CampoInvalido("clave", "ya es la de otro producto.")
    check_ficha({**antes, **nuevo})
    if nuevo.keys() & {"codigo_barras", "negocio_id"}:
        await _check_codigo(work, {**antes, **nuevo}, producto_id)
    await update_ficha(work.con, producto_id, nuevo, work.ahora)
    precio = nuevo.get("precio_centavos")
    if isinstance(precio, int):
        await insert_precio_cambios(work.con, quien, [(producto_id, producto.precio_centavos, precio)], work.ahora)
    lines = asientos_de("producto", producto_id, producto.nombre, antes, nuevo)
    await insert_asientos(work.con, quien, lines, work.ahora)
    return await _producto(work, producto_id)


async def cambiar_varios(
    work: Work, quien: Quien, elegidos: Mapping[int, int | None], activo: bool
) -> tuple[list[Producto], int]:
    """Put these products on sale, or take them off, all in one commit: those that were not so before, as they are now.

    `elegidos` has a version by each id where what somebody touched since shall stay as it is; of those, the number.
    What is not there is left out.
    """
    cambiados, tocados = [], 0
    for producto_id, version in elegidos.items():
        producto = await select_producto_aun(work.con, producto_id)
        if producto is None:
            continue
        if version not in (None, producto.version):
            tocados += 1
        elif producto.activo != activo:
            cambiados.append(await cambiar_producto(work, quien, producto_id, producto.version, {"activo": activo}))
    return cambiados, tocados


async def girar_ofertas(work: Work) -> None:
    """Let offers begin and end as their dates say."""
    await update_rige(work.con, work.ahora)


async def filed(work: Work, datos: Mapping[str, object]) -> dict[str, object]:
    """The columns that `datos` says, `negocio` and `categoria` (by id, clave or name) as what they are filed under.

    Raises CampoInvalido for one that is not there.
    """
    columns = {campo: valor for campo, valor in datos.items() if campo not in FILED}
    for campo, table in FILED.items():
        if campo in datos:
            found = await select_id_de(work.con, table, str(datos[campo]))
            if found is None:
                raise CampoInvalido(campo, "no está entre los que hay cargados.")
            columns[f"{campo}_id"] = found
    return columns


async def _check_codigo(work: Work, ficha: Mapping[str, object], producto_id: int = 0) -> None:
    """Raise CampoInvalido where another product of the same negocio has the bar code: a scanner would find two.

    Two negocios may sell the same thing.
    """
    codigo, negocio_id = ficha["codigo_barras"], ficha["negocio_id"]
    if isinstance(codigo, str) and isinstance(negocio_id, int):
        nombre = await select_con_codigo(work.con, codigo, negocio_id, producto_id)
        if nombre is not None:
            raise CampoInvalido("codigo_barras", f"ya es el de {nombre}.")


async def _producto(work: Work, producto_id: int) -> Producto:
    producto = await select_producto_aun(work.con, producto_id)
    if producto is None:
        raise NoExiste("No existe ese producto.")
    return producto
