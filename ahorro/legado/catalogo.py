"""The earlier shop's `productos.json`: negocios, sucursales, categorias and products with their pictures."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ahorro.actions.traer import PRODUCTOS, traer_grupo, traer_producto
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.grupos import CATEGORIA, NEGOCIO, SUCURSAL, Tipo
from ahorro.domain.imagen import LADOS, ImagenNueva
from ahorro.domain.traido import ProductoTraido
from ahorro.legado.traslado import Traslado
from belgrano.env import refuse
from belgrano.http.images import BadImage, clean_sizes
from belgrano.legado.fila import Fila, NoViene, corto, limpio

MOST_BYTES = 8_000_000  # of a picture, as the back office takes them
Grupos = dict[str, str]  # the name of each by its clave


def leer_json(path: Path) -> Mapping[str, Any]:
    """The file as it is. Ends the program (78, one line) where it is no catalogue."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        refuse(f"{path} no es un catálogo: no se entiende ({corto(error)}). No se tocó nada.")
    if not isinstance(found, dict) or not isinstance(found.get("productos"), list | dict):
        refuse(f"{path} no es un catálogo del sistema anterior: le falta productos. No se tocó nada.")
    return found


async def traer_catalogo(traslado: Traslado, catalogo: Mapping[str, Any], imagenes: Path | None) -> None:
    """All of it, what products are filed under first."""
    negocios = await _grupos(traslado, NEGOCIO, _negocios(catalogo))
    await _grupos(traslado, SUCURSAL, _sucursales(catalogo, negocios))
    categorias = await _grupos(traslado, CATEGORIA, _pares(catalogo.get("categorias")))
    productos = _filas(PRODUCTOS, catalogo["productos"])
    traslado.informe.empezar(PRODUCTOS, len(productos))
    vistos: set[str] = set()
    for fila in productos:
        try:
            producto = _producto(fila, negocios, categorias, vistos)
            nueva = await _guardar(traslado, fila, producto, imagenes)
        except (NoViene, CampoInvalido) as error:
            traslado.informe.no_viene(fila, f"{error.campo}: {error}" if isinstance(error, CampoInvalido) else error)
            traslado.informe.pieza(1, nuevas=0, estaban=0)
        else:
            traslado.informe.pieza(1, nuevas=nueva, estaban=not nueva)
            datos = producto.datos
            traslado.productos[producto.clave] = (
                str(datos["nombre"]), negocios[str(datos["negocio"])], categorias[str(datos["categoria"])]
            )  # fmt: skip
        traslado.informe.avisar(fila)
    traslado.informe.terminar()
    if ofertas := catalogo.get("ofertas"):
        cuantas = (
            sum(len(each) for each in ofertas.values() if isinstance(each, list)) if isinstance(ofertas, dict) else 0
        )
        traslado.informe.nota(f"ofertas: {cuantas} no vienen: eran anuncios, ninguna descontaba nada.")


async def _guardar(traslado: Traslado, fila: Fila, producto: ProductoTraido, imagenes: Path | None) -> bool:
    """Keep one product; whether it is new."""
    if await traslado.vinieron(PRODUCTOS, [producto.clave]):
        return False
    imagen = await _imagen(fila, imagenes, keep=traslado.aplicar)
    if not traslado.aplicar or traslado.base is None:
        return True
    return await traslado.base.do(traer_producto, producto, imagen)


async def _grupos(traslado: Traslado, tipo: Tipo, filas: list[Fila]) -> Grupos:
    """What products are filed under: those that came, by their clave."""
    come: Grupos = {}
    traslado.informe.empezar(tipo.tabla, len(filas))
    for fila in filas:
        clave, nombre = limpio(fila.datos["clave"])[:80], fila.texto("nombre", 120) or limpio(fila.datos["clave"])[:80]
        if not clave or clave in come:
            traslado.informe.no_viene(fila, "la clave falta, o es la de otro.")
            continue
        datos = {campo: fila.texto(campo, 200) for campo in tipo.textos}
        if tipo is SUCURSAL:
            datos["negocio"] = fila.datos["negocio"]
        if traslado.aplicar and traslado.base is not None:
            nueva = await traslado.base.do(traer_grupo, tipo, clave, {"nombre": nombre, **datos})
        else:
            nueva = not await traslado.vinieron(tipo.tabla, [clave])
        come[clave] = nombre
        traslado.informe.avisar(fila)
        traslado.informe.pieza(1, nuevas=nueva, estaban=not nueva)
    traslado.informe.terminar()
    return come


def _filas(tabla: str, found: object) -> list[Fila]:
    rows = list(found.values()) if isinstance(found, dict) else found if isinstance(found, list) else []
    return [Fila(tabla, row if isinstance(row, dict) else {"id": corto(row)}, "id") for row in rows]


def _pares(found: object, tabla: str = "categorias") -> list[Fila]:
    """The rows of an object, each with its key as `clave`; a list of them is named by its `id`."""
    if isinstance(found, list):
        found = {str(row.get("id", n)): row for n, row in enumerate(found) if isinstance(row, dict)}
    pairs = found.items() if isinstance(found, dict) else ()
    return [Fila(tabla, {**(row if isinstance(row, dict) else {}), "clave": clave}, "clave") for clave, row in pairs]


def _negocios(catalogo: Mapping[str, Any]) -> list[Fila]:
    return _pares(catalogo.get("negocios"), "negocios")


def _sucursales(catalogo: Mapping[str, Any], negocios: Grupos) -> list[Fila]:
    """The branches of the negocios that come; their horario is kept as it was written."""
    found = catalogo.get("sucursales")
    filas = []
    for negocio, suyas in found.items() if isinstance(found, dict) else ():
        for fila in _pares(suyas, "sucursales") if negocio in negocios else ():
            datos = {**fila.datos, "negocio": negocio, "clave": f"{negocio}-{fila.datos['clave']}"}
            filas.append(Fila("sucursales", datos, "clave"))
    return filas


def _producto(fila: Fila, negocios: Grupos, categorias: Grupos, vistos: set[str]) -> ProductoTraido:
    """A product as its owner would have typed it. A `precio` below `precio_original` is an offer. Raises NoViene."""
    clave = limpio(fila.datos.get("id"))
    if not clave or clave in vistos:
        raise NoViene("id: falta." if not clave else "id: es el de otro producto.")
    vistos.add(clave)
    nombre, negocio, categoria = fila.texto("nombre", 120), fila.texto("negocio", 80), fila.texto("categoria", 80)
    if not nombre:
        raise NoViene("nombre: falta.")
    for campo, value, known in (("negocio", negocio, negocios), ("categoria", categoria, categorias)):
        if value not in known:
            raise NoViene(f"{campo}: {value or 'nada'} no está en el catálogo.")
    precio, original = fila.centavos("precio"), 0
    if not precio:
        raise NoViene("precio: es cero.")
    try:
        original = fila.centavos("precio_original") if fila.hay("precio_original") else 0
    except NoViene as error:
        fila.avisos.append(f"{error} Viene sin oferta.")
    en_oferta = precio < original
    suyas = fila.datos.get("sucursales")
    return ProductoTraido(
        clave,
        {
            "nombre": nombre,
            "negocio": negocio,
            "categoria": categoria,
            "descripcion": fila.texto("descripcion", 4000, renglones=True),
            "precio_centavos": original if en_oferta else precio,
            "oferta_centavos": precio if en_oferta else None,
            "stock": _stock(fila),
            "destacado": fila.datos.get("destacado") in (True, 1),
            "activo": fila.datos.get("activo", True) not in (False, 0),
        },
        tuple(f"{negocio}-{limpio(each)}" for each in suyas) if isinstance(suyas, list) else (),
    )


def _stock(fila: Fila) -> int | None:
    stock = fila.datos.get("stock")
    if isinstance(stock, int) and not isinstance(stock, bool) and 0 <= stock < 1_000_000_000:
        return stock
    if stock is not None:
        fila.avisos.append(f"stock: {corto(stock)} no puede ser: viene sin contar.")
    return None


async def _imagen(fila: Fila, folder: Path | None, *, keep: bool) -> ImagenNueva | None:
    """The picture of a product; one that is missing, or is none, is told. Without `keep` it is only looked for."""
    said = fila.texto("imagen", 300)
    if folder is None or not said:
        return None
    path = next((each for each in (folder / said.lstrip("/"), folder / Path(said).name) if _inside(each, folder)), None)
    if path is None:
        fila.avisos.append(f"imagen: {corto(said)} no está en {folder.name}.")
        return None
    if path.stat().st_size > MOST_BYTES:
        fila.avisos.append(f"imagen: {corto(said)} pesa más de 8 MB.")
        return None
    if not keep:
        return None
    try:
        made = await clean_sizes(path.read_bytes(), LADOS)
    except BadImage as error:
        fila.avisos.append(f"imagen: {corto(said)}: {error}")
        return None
    return ImagenNueva(made.digest, made.width, made.height, made.files)


def _inside(path: Path, folder: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False
