"""The owner's acts on the pictures of a product: one more, one less, another order."""

from collections.abc import Iterable, Mapping, Sequence

from ahorro.actions.fichas import crear_producto
from ahorro.domain.auditoria import Asiento, Quien
from ahorro.domain.catalogo import Producto
from ahorro.domain.errors import CampoInvalido, NoExiste, VersionVieja
from ahorro.domain.imagen import IMAGENES_MAXIMAS, ImagenNueva
from ahorro.store.auditoria import insert_asientos
from ahorro.store.catalogo import select_producto_aun
from ahorro.store.fichas import update_version
from ahorro.store.imagenes import (
    delete_archivos_de_nadie,
    delete_imagen,
    insert_archivo,
    insert_imagen,
    update_orden,
)
from belgrano.database.work import Work

YA_NO_ESTA = "Esa foto ya no está."


async def crear_con_imagenes(
    work: Work, quien: Quien, datos: Mapping[str, object], nuevas: Iterable[ImagenNueva]
) -> Producto:
    """A new product with its pictures, in one commit. Raises as crear_producto and agregar_imagen."""
    producto = await crear_producto(work, quien, datos)
    for nueva in nuevas:
        producto = await agregar_imagen(work, quien, producto.id, nueva)
    return producto


async def agregar_imagen(
    work: Work, quien: Quien, producto_id: int, nueva: ImagenNueva, version: int | None = None
) -> Producto:
    """Put a picture behind those that a product has; one that it has already is no second one.

    Raises NoExiste, CampoInvalido naming `imagen` where there are too many, and VersionVieja carrying the product
    where a version was seen and is another by now.
    """
    producto = await _producto(work, producto_id, version)
    if any(each.huella == nueva.huella for each in producto.imagenes):
        return producto
    if len(producto.imagenes) >= IMAGENES_MAXIMAS:
        raise CampoInvalido("imagen", f"Un producto puede tener hasta {IMAGENES_MAXIMAS} fotos. Quitá una antes.")
    for (lado, formato), datos in nueva.archivos.items():
        await insert_archivo(work.con, nueva.huella, lado, formato, datos)
    await insert_imagen(
        work.con, producto_id, len(producto.imagenes), nueva.huella, nueva.ancho, nueva.alto, work.ahora
    )
    return await _changed(work, quien, producto)


async def quitar_imagen(work: Work, quien: Quien, producto_id: int, imagen_id: int, version: int) -> Producto:
    """Take a picture from a product. Raises NoExiste, VersionVieja carrying the product."""
    producto = await _producto(work, producto_id, version)
    gone = next((each for each in producto.imagenes if each.id == imagen_id), None)
    if gone is None:
        raise NoExiste(YA_NO_ESTA)
    await delete_imagen(work.con, imagen_id)
    await delete_archivos_de_nadie(work.con, gone.huella)
    left = [each.id for each in producto.imagenes if each is not gone]
    for orden, each in enumerate(left):
        await update_orden(work.con, each, orden)
    return await _changed(work, quien, producto)


async def ordenar_imagenes(work: Work, quien: Quien, producto_id: int, orden: Sequence[int], version: int) -> Producto:
    """Set the order of a product's pictures, all of them by id; the first one stands for it in lists.

    Raises NoExiste, VersionVieja carrying the product, and CampoInvalido naming `orden` where it is not all of them.
    """
    producto = await _producto(work, producto_id, version)
    were = [each.id for each in producto.imagenes]
    if sorted(orden) != sorted(were):
        raise CampoInvalido("orden", "tiene que nombrar todas las fotos del producto, una vez cada una.")
    if list(orden) == were:
        return producto
    for place, each in enumerate(orden):
        await update_orden(work.con, each, place)
    return await _changed(work, quien, producto)


async def mover_imagen(
    work: Work, quien: Quien, producto_id: int, imagen_id: int, lugares: int, version: int
) -> Producto:
    """Move a picture of a product so many places to the end (negative: to the beginning), as far as there are any.

    Raises NoExiste, VersionVieja carrying the product.
    """
    producto = await _producto(work, producto_id, version)
    ids = [each.id for each in producto.imagenes]
    if imagen_id not in ids:
        raise NoExiste(YA_NO_ESTA)
    place = min(max(0, ids.index(imagen_id) + lugares), len(ids))
    ids.remove(imagen_id)
    ids.insert(place, imagen_id)
    return await ordenar_imagenes(work, quien, producto_id, ids, version)


async def _changed(work: Work, quien: Quien, antes: Producto) -> Producto:
    """Count the version on and write down which pictures the product had and has."""
    await update_version(work.con, antes.id)
    producto = await _producto(work, antes.id, None)
    were, are = ([each.id for each in p.imagenes] for p in (antes, producto))
    line = Asiento("producto", producto.id, producto.nombre, "imagenes", were, are)
    await insert_asientos(work.con, quien, [line], work.ahora)
    return producto


async def _producto(work: Work, producto_id: int, version: int | None) -> Producto:
    producto = await select_producto_aun(work.con, producto_id)
    if producto is None:
        raise NoExiste("No existe ese producto.")
    if version is not None and producto.version != version:
        raise VersionVieja("producto", producto)
    return producto
