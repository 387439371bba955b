"""The headings of a spreadsheet, under all the names that people, Excel and shops' exports give them.

A column is a field of the order or a part of one (`calle` and `altura`, `apellido`, `depto`); `armado` puts parts
together. What `Número` means, the order's number or the house's, the other columns and the lines have to tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from belgrano.words.estropeado import estropeado
from ticketera.domain.domicilio import es_altura, tiene_altura
from ticketera.domain.encargo import CAMPOS
from ticketera.domain.errors import PlanillaIlegible
from ticketera.domain.escrito import palabras

# What else people call the columns of an order's fields, then the columns that hold a part of one. Compared by
# `palabras`.
_OTROS: dict[str, tuple[str, ...]] = {
    "numero": ("pedido", "ticket", "orden"),
    "cliente_nombre": ("nombre", "nombre y apellido", "quién recibe", "destinatario", "nombre del cliente"),
    "cliente_direccion": ("domicilio", "calle y altura"),
    "cliente_piso": ("piso y depto", "piso depto", "piso dpto"),
    "cliente_barrio": ("zona",),
    "cliente_telefono": ("celular", "tel", "cel", "whatsapp", "móvil"),
    "cliente_email": ("email", "e mail", "correo", "correo electrónico"),
    "negocio": ("local", "tienda", "sucursal", "comercio"),
    "franja_desde": ("franja desde", "hora desde", "entregar desde"),
    "franja_hasta": ("franja hasta", "hora hasta", "entregar hasta"),
    "productos": ("items", "ítems", "producto", "artículos", "mercadería"),
    "total": ("importe", "monto", "a cobrar", "total a cobrar", "precio"),
    "metodo_pago": ("forma de pago", "método de pago", "medio de pago"),
    "indicaciones": ("observaciones", "notas", "comentarios", "aclaraciones"),
    "prioridad": ("urgencia",),
    "tipo_cliente": ("tipo de cliente",),
    "cliente_lat": ("lat",),
    "cliente_lng": ("lng", "lon", "long"),
}
_PARTES: dict[str, tuple[str, ...]] = {
    "nro": ("número", "nro", "n", "num", "no", "n o"),
    "apellido": ("Apellido", "apellidos"),
    "calle": ("Calle",),
    "altura": ("Altura",),
    "depto": ("Depto", "departamento", "dpto"),
    "entre": ("Entre calles", "entre", "entrecalles", "e calles"),
    "localidad": ("Localidad", "ciudad", "partido"),
    "franja_fecha": ("Fecha", "día", "fecha de entrega", "día de entrega"),
    "horario": ("Horario",),
    "cantidad": ("Cantidad", "cant", "unidades", "cantidad del producto"),
    "repartidor": ("Repartidor", "asignado a", "lleva"),
    "estado": ("Estado",),
}
# Each column's heading as we write it, and its other names.
TITULOS: dict[str, tuple[str, ...]] = {
    each.name: (each.title, *_OTROS.get(each.name, ())) for each in CAMPOS.values() if each.title
} | _PARTES
# What is understood where nothing above stands for the same: it may mean something else beside it.
TAMBIEN: dict[str, tuple[str, ...]] = {
    "numero": (
        "número de pedido", "nro de pedido", "nro pedido", "n de pedido", "no de pedido", "n o de pedido", "n pedido",
        "no pedido", "num pedido", "pedido n", "pedido no", "pedido nro", "id de pedido", "id pedido",
        "código de pedido", "número de orden", "nro de orden", "nro orden", "n de orden", "no de orden",
        "n o de orden", "n orden", "orden n", "orden nro", "número de la orden", "número de ticket", "nro de ticket",
        "nro ticket", "número de venta", "nro de venta", "n de venta", "de venta", "número de compra", "order number",
    ),
    "cliente_nombre": (
        "nombres", "nombre y apellidos", "apellido y nombre", "nombre completo", "receptor", "recibe",
        "razón social",
    ),
    "cliente_direccion": (
        "calle y número", "calle y nro", "calle y n", "calle altura", "calle número", "calle nro altura",
        "dirección completa", "domicilio completo", "dirección 1", "dirección lineas 1 y 2", "dirección línea 1",
        "lugar",
    ),
    "calle": ("nombre de calle", "nombre de la calle", "calle avenida", "avenida"),
    "altura": (
        "numeración", "altura número", "altura nro", "altura n", "número de calle", "nro de calle", "nro calle",
        "n de calle", "n calle", "calle nro", "calle n", "número de puerta", "nro de puerta", "nro puerta",
        "n de puerta", "n puerta", "puerta", "número de casa", "nro de casa", "altura calle", "número altura",
        "nro altura", "n altura",
    ),
    "cliente_piso": (
        "piso dto", "piso y departamento", "piso departamento", "piso y dpto", "dirección línea 2", "dirección 2",
    ),
    "depto": ("dto", "dep", "unidad", "unidad funcional"),
    "cliente_telefono": (
        "teléfonos", "teléfono celular", "celular whatsapp", "teléfono fijo", "teléfono móvil", "número de teléfono",
        "nro de teléfono", "nro teléfono", "n de teléfono", "número de celular", "nro de celular", "teléfono 1",
        "teléfono 2", "teléfono alternativo", "tel cel", "tel 1", "tel 2", "wsp", "teléfono de contacto",
        "tel contacto", "teléfono whatsapp", "otro teléfono", "celular 1", "celular 2", "tel fijo",
    ),
    "franja_fecha": ("fecha entrega", "entregar el", "fecha y hora de entrega", "día y hora de entrega"),
    "franja_desde": ("horario desde", "desde hora", "hora inicio", "hora de inicio"),
    "franja_hasta": ("horario hasta", "hasta hora", "hora fin", "hora de fin"),
    "horario": ("franja", "franja horaria", "rango horario", "hora", "horarios", "rango"),
    "productos": (
        "artículo", "detalle del pedido", "nombre del producto", "nombre del artículo", "descripción del producto",
        "título de la publicación", "detalle", "item", "ítem",
    ),
    "cantidad": ("cantidades", "cantidad de producto", "cant."),
    "total": (
        "importe total", "monto total", "precio total", "total del pedido", "importe total del pedido",
        "total pedido", "total ars", "monto a cobrar", "importe a cobrar", "total a pagar", "monto a pagar",
    ),
    "metodo_pago": ("título del método de pago", "pago con"),
    "indicaciones": (
        "nota", "comentario", "referencias", "referencia", "observación", "obs", "notas del comprador",
        "nota del cliente", "instrucciones",
    ),
}  # fmt: skip
MOST_COLUMNS = 300
NECESARIAS = ("cliente_nombre", "cliente_direccion", "productos", "total")
# Whom a column is about: who receives counts, whoever bought.
_DE_QUIEN = re.compile(
    r"(?:(?:de|para)(?: l[ao]s?| el)? |del )?\b(entrega|envio|destinatario|cliente|comprador|facturacion)\b"
)
_RECIBE = ("entrega", "envio", "destinatario")
_CON_QUIEN = {each.name for each in CAMPOS.values() if each.part} | {
    "apellido", "calle", "altura", "depto", "localidad", "indicaciones", "horario",
}  # fmt: skip
_DE_LA_VENTA = re.compile(r"fecha de(?:l| la)? (?:pago|envio|compra|venta|pedido|orden|cobro)")
VARIAS = ("cliente_telefono", "indicaciones", "localidad", "cliente_email", "estado")  # may come more than once
RECIBE, NUESTRO, TAMBIEN_NUESTRO, COMPRA = range(4)
_CAMPOS = {
    palabras(name): (campo, rango)
    for rango, table in ((TAMBIEN_NUESTRO, TAMBIEN), (NUESTRO, TITULOS))
    for campo, names in table.items()
    for name in names
}


def titulo(campo: str) -> str:
    """What people call a field."""
    return TITULOS[campo][0] if campo in TITULOS else campo


@dataclass(frozen=True, slots=True)
class Columna:
    """What a column holds. Of several for one field the first by `rango` says it, where it says anything."""

    lugar: int
    titulo: str
    campo: str
    rango: int = NUESTRO


def columnas_de(headings: Sequence[str]) -> list[Columna]:
    """The columns that mean something, in their order."""
    some = headings[:MOST_COLUMNS]
    made = [_columna(place, heading) for place, heading in enumerate(some)]
    known = [each for each in made if each]
    unused = {"fecha"} if any(_DE_LA_VENTA.fullmatch(palabras(heading)) for heading in some) else set()
    if sum(each.campo == "total" for each in known) > 1 or any(each.campo == "cantidad" for each in known):
        unused.add("precio")  # of one
    return [each for each in known if palabras(each.titulo) not in unused]


def _columna(lugar: int, heading: str) -> Columna | None:
    bare = palabras(heading)
    campo, rango = _CAMPOS.get(bare, (None, NUESTRO))
    if campo is not None:
        return Columna(lugar, heading.strip(), campo, rango)
    for found in _DE_QUIEN.finditer(bare):
        campo, _ = _CAMPOS.get(" ".join(f"{bare[: found.start()]} {bare[found.end() :]}".split()), (None, NUESTRO))
        if campo in _CON_QUIEN:
            return Columna(lugar, heading.strip(), campo, RECIBE if found[1] in _RECIBE else COMPRA)
    return Columna(lugar, heading.strip(), "cliente_nombre", COMPRA) if bare == "comprador" else None


def revisar(headings: Sequence[str], filas: Sequence[Sequence[str]]) -> list[Columna]:
    """The columns as they are meant, with `nro` decided. Raises PlanillaIlegible for what is missing or twice."""
    columnas = columnas_de(headings)
    if not columnas:
        raise PlanillaIlegible(
            "No encontramos los títulos de las columnas. La primera línea tiene que decir, por ejemplo: "
            "Cliente; Dirección; Teléfono; Productos; Total."
        )
    columnas = _decidir_nro(columnas, filas)
    for each in columnas:
        same = [other for other in columnas if _mismo(each, other)]
        if len(same) > 1 and each.campo not in VARIAS and each.rango <= NUESTRO:
            twice = " y ".join(f"“{other.titulo[:40]}”" for other in same)
            raise PlanillaIlegible(f"Hay dos columnas para lo mismo: {twice}. Dejá una sola.")
    known = {"cliente_direccion" if each.campo == "calle" else each.campo for each in columnas}
    missing = [titulo(campo) for campo in NECESARIAS if campo not in known]
    if missing:
        used = {each.lugar for each in columnas}
        others = [f"“{h.strip()[:40]}”" for place, h in enumerate(headings) if h.strip() and place not in used]
        unknown = f" No conocemos estas: {', '.join(others[:10])}." if others else ""
        raise PlanillaIlegible(f"Faltan columnas: {', '.join(missing)}.{unknown}")
    return columnas


def _mismo(una: Columna, otra: Columna) -> bool:
    whole = {"calle": "cliente_direccion"}
    return (whole.get(una.campo, una.campo), una.rango) == (whole.get(otra.campo, otra.campo), otra.rango)


def _decidir_nro(columnas: list[Columna], filas: Sequence[Sequence[str]]) -> list[Columna]:
    """`Número` made the house's or the order's."""
    nro = [each for each in columnas if each.campo == "nro"]
    if not nro:
        return columnas
    campo = "altura" if _es_de_la_casa(nro[0], columnas, filas) else "numero"
    return [replace(each, campo=campo) if each.campo == "nro" else each for each in columnas]


def _es_de_la_casa(nro: Columna, columnas: list[Columna], filas: Sequence[Sequence[str]]) -> bool:
    """Whether this number is the house's: the street has none of its own, and the column stands behind it.

    Raises PlanillaIlegible where it may be either: a parcel without a house number is found by nobody.
    """
    campos = {each.campo for each in columnas}
    calle = next((each for each in columnas if each.campo in ("calle", "cliente_direccion")), None)
    if calle is None or "altura" in campos:
        return False
    pairs = [(_celda(fila, calle.lugar), _celda(fila, nro.lugar)) for fila in filas]
    pairs = [(street, number) for street, number in pairs if street and number and not estropeado(number)]
    if not all(es_altura(number) for _, number in pairs):
        return False
    whole = sum(tiene_altura(street) for street, _ in pairs)
    if whole * 2 > len(pairs):
        return False
    beside = nro.lugar == calle.lugar + 1
    if beside or "numero" in campos or (calle.campo == "calle" and nro.lugar > calle.lugar):
        return True
    if whole or not pairs or (calle.campo == "cliente_direccion" and nro.lugar < calle.lugar):
        return False
    raise PlanillaIlegible(
        f"No sabemos si “{nro.titulo[:40]}” es el número del pedido o la altura de la calle. "
        "Ponele de título “Pedido” o “Altura”."
    )


def _celda(fila: Sequence[str], lugar: int) -> str:
    return fila[lugar].strip() if lugar < len(fila) else ""
