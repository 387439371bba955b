"""The catalogue: what is sold, by whom, and how it is found."""
# ruff: noqa: S608  (SQL text is put together from this module's own names, never from values)

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import replace

from ahorro.domain.busqueda import terminos
from ahorro.domain.carrito import KILO
from ahorro.domain.catalogo import POCO_STOCK, TODOS, Categoria, Filtro, Negocio, Producto, Sucursal
from ahorro.domain.errors import CampoInvalido
from ahorro.store.imagenes import select_imagenes
from ahorro.store.palabras import rango, tiene
from belgrano.database.work import Connection, Row

PRODUCTO = """
       p.id, p.clave, p.nombre, p.descripcion, p.unidad, p.contenido, p.medida, p.precio_centavos,
       p.oferta_centavos, p.stock, p.imagen, p.destacado, p.activo, p.negocio_id, n.nombre AS negocio_nombre,
       p.categoria_id, c.nombre AS categoria_nombre, p.iva_por_mil, p.codigo_barras, p.estante, p.ingredientes,
       p.advertencias, p.por_peso, p.mayores, p.internos_por_mil, p.costo_centavos, p.stock_minimo, p.oferta_desde,
       p.oferta_hasta, p.oferta_rige, p.version
  FROM productos p
  JOIN negocios n ON n.id = p.negocio_id
  JOIN categorias c ON c.id = p.categoria_id
"""
# How a list may be ordered: the expression, and whether it goes down. The id settles ties. A search has the best first.
ORDENES = {
    "": ("p.id", False),
    "nombre": ("p.buscado", False),
    "precio": ("p.vigente_centavos", False),
    "-precio": ("p.vigente_centavos", True),
}
MAYOR_ENTERO = 2**63 - 1


def _producto(row: Row) -> Producto:
    return Producto(
        id=row["id"],
        clave=row["clave"],
        nombre=row["nombre"],
        descripcion=row["descripcion"],
        unidad=row["unidad"],
        contenido=row["contenido"],
        medida=row["medida"],
        precio_centavos=row["precio_centavos"],
        oferta_centavos=row["oferta_centavos"],
        stock=row["stock"],
        imagen=row["imagen"],
        destacado=bool(row["destacado"]),
        activo=bool(row["activo"]),
        negocio_id=row["negocio_id"],
        negocio_nombre=row["negocio_nombre"],
        categoria_id=row["categoria_id"],
        categoria_nombre=row["categoria_nombre"],
        iva_por_mil=row["iva_por_mil"],
        codigo_barras=row["codigo_barras"],
        estante=row["estante"],
        ingredientes=row["ingredientes"],
        advertencias=row["advertencias"],
        por_peso=bool(row["por_peso"]),
        mayores=bool(row["mayores"]),
        internos_por_mil=row["internos_por_mil"],
        costo_centavos=row["costo_centavos"],
        stock_minimo=row["stock_minimo"],
        oferta_desde=row["oferta_desde"],
        oferta_hasta=row["oferta_hasta"],
        oferta_rige=bool(row["oferta_rige"]),
        version=row["version"],
    )


async def select_producto(con: Connection, producto_id: int) -> Producto | None:
    """A product that is on sale, without its pictures."""
    row = await con.fetch_one(f"SELECT {PRODUCTO} WHERE p.id = :id AND p.activo", {"id": producto_id})
    return _producto(row) if row else None


async def select_producto_aun(con: Connection, producto_id: int) -> Producto | None:
    """A product, on sale or not."""
    row = await con.fetch_one(f"SELECT {PRODUCTO} WHERE p.id = :id", {"id": producto_id})
    return (await _with_pictures(con, [_producto(row)]))[0] if row else None


async def select_parecidos(
    con: Connection, producto_id: int, precio: int, sin: Sequence[int], limite: int = 5
) -> list[Producto]:
    """What may stand in for a product: of its categoria, sold the same way, there, and of about that price (centavos).

    The nearest in price come first; `sin` are left out.
    """
    como = await con.fetch_one("SELECT categoria_id, por_peso FROM productos WHERE id = :id", {"id": producto_id})
    if como is None:
        return []
    fuera = {f"sin{n}": each for n, each in enumerate({producto_id, *sin})}
    rows = await con.fetch_all(
        f"""
        SELECT {PRODUCTO}
         WHERE p.categoria_id = :categoria AND p.por_peso = :por_peso AND p.activo AND COALESCE(p.stock, 1) > 0
           AND p.vigente_centavos BETWEEN CAST(:precio AS BIGINT) / 2 AND CAST(:precio AS BIGINT) * 2
           AND p.id NOT IN ({", ".join(f":{name}" for name in fuera)})
         ORDER BY abs(p.vigente_centavos - CAST(:precio AS BIGINT)), p.id
         LIMIT CAST(:limite AS BIGINT)
        """,
        {
            **fuera,
            "categoria": como["categoria_id"],
            "por_peso": bool(como["por_peso"]),
            "precio": precio,
            "limite": limite,
        },
    )
    return await _with_pictures(con, [_producto(row) for row in rows])


async def select_producto_por_clave(con: Connection, clave: str) -> Producto | None:
    """A product that is on sale, by its name in addresses."""
    row = await con.fetch_one(f"SELECT {PRODUCTO} WHERE p.clave = :clave AND p.activo", {"clave": clave})
    return (await _with_pictures(con, [_producto(row)]))[0] if row else None


async def _with_pictures(con: Connection, productos: list[Producto]) -> list[Producto]:
    found = await select_imagenes(con, [p.id for p in productos])
    return [replace(p, imagenes=found[p.id]) if p.id in found else p for p in productos]


ESTADOS = {
    "activo": "p.activo",
    "inactivo": "NOT p.activo",
    "sin_stock": "p.activo AND p.stock = 0",
    "poco_stock": f"""
        p.activo AND p.stock > 0
        AND p.stock <= COALESCE(p.stock_minimo, CASE WHEN p.por_peso THEN {POCO_STOCK * KILO} ELSE {POCO_STOCK} END)
    """,
    "sin_foto": "p.activo AND p.imagen IS NULL AND p.id NOT IN (SELECT i.producto_id FROM imagenes i)",
}


def el_de(table: str, cual: str) -> str:
    """The id of the one of a table that is called so: whoever has this id, else this clave, else this name."""
    return f"""
        SELECT id FROM {table} WHERE {cual} IN (CAST(id AS TEXT), clave, nombre)
         ORDER BY CAST(id AS TEXT) <> {cual}, clave <> {cual}, id LIMIT 1
    """


# Of a categoria, and of those that stand under it.
EN_LA_CATEGORIA = f"""
    p.categoria_id IN (SELECT k.id FROM categorias k JOIN ({el_de("categorias", ":categoria")}) m
                           ON m.id = k.id OR m.id = k.padre_id)
"""
DEL_NEGOCIO = f"p.negocio_id = ({el_de('negocios', ':negocio')})"


def _donde(filtro: Filtro) -> tuple[list[str], dict[str, object]]:
    """The conditions of a list, all about `productos p`, and their values."""
    values: dict[str, object] = {}
    donde = [ESTADOS[filtro.estado]] if filtro.estado else []
    if filtro.codigo:
        values["codigo"] = filtro.codigo
        donde.append("(p.codigo_barras = :codigo OR p.clave = :codigo)")
    if filtro.ids is not None:
        donde.append(f"p.id IN ({', '.join(map(str, map(int, filtro.ids))) or 'NULL'})")
    for i, termino in enumerate(terminos(filtro.q)):
        donde.append(tiene(termino, f"q{i}", values))
    if filtro.categoria:
        values["categoria"] = filtro.categoria
        donde.append(EN_LA_CATEGORIA)
    if filtro.negocio:
        values["negocio"] = filtro.negocio
        donde.append(DEL_NEGOCIO)
    if filtro.sucursal:
        values["sucursal"] = filtro.sucursal
        donde.append(
            """
            (NOT EXISTS (SELECT 1 FROM producto_sucursales ps WHERE ps.producto_id = p.id)
             OR EXISTS (SELECT 1 FROM producto_sucursales ps JOIN sucursales s ON s.id = ps.sucursal_id
                         WHERE ps.producto_id = p.id AND :sucursal IN (CAST(s.id AS TEXT), s.clave, s.nombre)))
            """
        )
    if filtro.ofertas:
        en = filtro.en_promocion
        ways = [("p.categoria_id", en.categorias), ("p.negocio_id", en.negocios), ("p.id", en.productos)]
        more = [f" OR {column} IN ({', '.join(map(str, map(int, ids)))})" for column, ids in ways if ids]
        donde.append(f"(p.vigente_centavos < p.precio_centavos{''.join(more)})")
    if filtro.destacados:
        donde.append("p.destacado")
    return donde, values


async def select_productos(
    con: Connection,
    filtro: Filtro = TODOS,
    *,
    orden: str = "",
    limite: int = 24,
    cursor: str = "",
    imagenes: bool = True,
) -> tuple[list[Producto], str | None]:
    """A page of what is on sale and the cursor of the next one, None after the last.

    `orden` is a key of ORDENES; whoever reads thousands leaves the `imagenes` out. Raises CampoInvalido for a cursor
    that is not ours or an unknown `orden`.
    """
    if orden not in ORDENES:
        raise CampoInvalido("orden", "No conocemos ese orden.")
    donde, values = _donde(filtro)
    values["limite"] = limite + 1
    clave, baja = ORDENES[orden]
    if buscados := [] if orden else terminos(filtro.q):
        clave = rango(buscados, values)
    sentido = "DESC" if baja else "ASC"
    if cursor:
        values["despues"], values["despues_id"] = _decode(cursor, text=orden == "nombre")
        donde.append(f"({clave} {'<' if baja else '>'} :despues OR ({clave} = :despues AND p.id > :despues_id))")
    rows = await con.fetch_all(
        f"""
        SELECT en_orden.clave AS clave_de_orden, {PRODUCTO}
          JOIN (SELECT p.id, {clave} AS clave
                  FROM productos p
                 WHERE {" AND ".join(donde) or "TRUE"}
                 ORDER BY {clave} {sentido}, p.id
                 LIMIT :limite) en_orden ON en_orden.id = p.id
         ORDER BY en_orden.clave {sentido}, p.id
        """,
        values,
    )
    productos = [_producto(r) for r in rows[:limite]]
    if imagenes:
        productos = await _with_pictures(con, productos)
    if len(rows) <= limite:
        return productos, None
    ultimo = rows[limite - 1]
    return productos, _encode(ultimo["clave_de_orden"], ultimo["id"])


async def count_productos(con: Connection, filtro: Filtro = TODOS) -> int:
    """How many products a list has in all."""
    donde, values = _donde(filtro)
    row = await con.fetch_one(
        f"SELECT count(*) AS cuantos FROM productos p WHERE {' AND '.join(donde) or 'TRUE'}", values
    )
    return row["cuantos"] if row else 0


async def count_por_estado(con: Connection, filtro: Filtro) -> dict[str, int]:
    """How many products a list has in each of ESTADOS_DE_FICHA, whatever `estado` it asks for itself."""
    donde, values = _donde(replace(filtro, estado=""))
    cuentas = ", ".join(f"count(CASE WHEN {ESTADOS[e]} THEN 1 END) AS {e}" for e in ESTADOS)
    row = await con.fetch_one(
        f"SELECT count(*) AS todos, {cuentas} FROM productos p WHERE {' AND '.join(donde) or 'TRUE'}", values
    )
    assert row is not None  # noqa: S101
    return {"": row["todos"], **{estado: row[estado] for estado in ESTADOS}}


def _encode(clave: object, producto_id: int) -> str:
    text = json.dumps([clave, producto_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, *, text: bool) -> tuple[str | int, int]:
    """The place that a cursor stands for; it comes from outside, so everything about it is checked."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        clave, producto_id = json.loads(raw)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise CampoInvalido("cursor", "Ese cursor no es de esta lista.") from None
    bien = isinstance(clave, str) and clave.isprintable() if text else _entero(clave)
    if not bien or not _entero(producto_id):
        raise CampoInvalido("cursor", "Ese cursor no es de esta lista.")
    return clave, producto_id


def _entero(valor: object) -> bool:
    return type(valor) is int and 0 <= valor <= MAYOR_ENTERO


async def select_negocios(con: Connection) -> list[Negocio]:
    """Every negocio, in its order."""
    rows = await con.fetch_all("SELECT id, clave, nombre, descripcion, logo, color FROM negocios ORDER BY orden, id")
    return [Negocio(r["id"], r["clave"], r["nombre"], r["descripcion"], r["logo"], r["color"]) for r in rows]


async def select_sucursales(con: Connection) -> list[Sucursal]:
    """Every branch, in its order."""
    rows = await con.fetch_all(
        "SELECT id, negocio_id, clave, nombre, direccion, telefono, horarios FROM sucursales ORDER BY orden, id"
    )
    return [
        Sucursal(r["id"], r["negocio_id"], r["clave"], r["nombre"], r["direccion"], r["telefono"], r["horarios"])
        for r in rows
    ]


async def select_categorias(con: Connection, *, contadas: bool = True) -> list[Categoria]:
    """Every shelf, in its order, those under another after it, with how much is on sale there and in those under it.

    Whoever needs only the shelves leaves them uncounted: counting reads an index of the whole catalogue.
    """
    # MATERIALIZED: else PostgreSQL counts the whole catalogue once for each shelf.
    propios = """
        WITH propios AS MATERIALIZED (
                SELECT categoria_id, count(*) AS cuantos FROM productos WHERE activo GROUP BY categoria_id)
    """
    productos = """
        (SELECT COALESCE(sum(p.cuantos), 0) FROM categorias k JOIN propios p ON p.categoria_id = k.id
          WHERE k.id = c.id OR k.padre_id = c.id)
    """
    rows = await con.fetch_all(
        f"""
        {propios if contadas else ""}
        SELECT c.id, c.clave, c.nombre, c.descripcion, c.icono, c.padre_id, {productos if contadas else 0} AS productos
          FROM categorias c LEFT JOIN categorias m ON m.id = c.padre_id
         ORDER BY COALESCE(m.orden, c.orden), COALESCE(m.id, c.id), m.id IS NOT NULL, c.orden, c.id
        """
    )
    return [
        Categoria(r["id"], r["clave"], r["nombre"], r["descripcion"], r["icono"], int(r["productos"]), r["padre_id"])
        for r in rows
    ]
