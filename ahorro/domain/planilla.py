"""Products as lines of a spreadsheet that opens right here, and what the cells of one say."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ahorro.domain.catalogo import Producto
from belgrano.words.estropeado import estropeado
from belgrano.words.planilla import valor
from belgrano.words.text import folded
from belgrano.words.times import iso_o_nada

COLUMNAS = (
    "clave", "nombre", "descripcion", "precio", "oferta", "oferta_desde", "oferta_hasta", "iva", "unidad", "contenido",
    "medida", "por_peso", "stock", "negocio", "categoria", "codigo_barras", "activo", "costo", "stock_minimo",
    "estante", "internos", "ingredientes", "advertencias", "mayores", "stock_exportado",
)  # fmt: skip
# How much there was when the sheet was made. Nobody types in it: where `stock` says the same, it was not typed either.
EXPORTADO = "stock_exportado"
NUMEROS = frozenset(("precio", "oferta", "iva", "contenido", "stock", "costo", "stock_minimo", "internos"))
SI_O_NO = frozenset(("por_peso", "activo", "mayores"))
# Of which a spreadsheet makes dates.
CORTOS = frozenset(("clave", "codigo_barras", "contenido", "stock", "stock_minimo", "precio", "costo"))
PUEDE_FALTAR = frozenset(
    (
        "oferta", "oferta_desde", "oferta_hasta", "unidad", "contenido", "medida", "stock", "codigo_barras", "costo",
        "stock_minimo",
    )
)  # fmt: skip
_MILES = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_NUMERO = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")

Valor = str | bool | int | Decimal | None


def celdas_de(p: Producto) -> dict[str, str]:
    """What a product's owner has said of it, by COLUMNAS."""
    oferta, costo, stock = p.oferta_centavos, p.costo_centavos, _texto(p.stock)
    return {
        "clave": p.clave,
        "nombre": p.nombre,
        "descripcion": p.descripcion,
        "precio": _pesos(p.precio_centavos),
        "oferta": "" if oferta is None else _pesos(oferta),
        "oferta_desde": iso_o_nada(p.oferta_desde) or "",
        "oferta_hasta": iso_o_nada(p.oferta_hasta) or "",
        "iva": _por_ciento(p.iva_por_mil),
        "unidad": p.unidad or "",
        "contenido": _texto(p.contenido),
        "medida": p.medida or "",
        "por_peso": "sí" if p.por_peso else "no",
        "stock": stock,
        "negocio": p.negocio_nombre,
        "categoria": p.categoria_nombre,
        "codigo_barras": p.codigo_barras or "",
        "activo": "sí" if p.activo else "no",
        "costo": "" if costo is None else _pesos(costo),
        "stock_minimo": _texto(p.stock_minimo),
        "estante": p.estante,
        "internos": _por_ciento(p.internos_por_mil),
        "ingredientes": p.ingredientes,
        "advertencias": p.advertencias,
        "mayores": "sí" if p.mayores else "no",
        EXPORTADO: stock,
    }


def columnas_de(titulos: Sequence[str]) -> dict[str, int]:
    """Which column each of COLUMNAS stands in, as far as these headings name them; the first of two."""
    found: dict[str, int] = {}
    for place, titulo in enumerate(titulos):
        campo = folded(valor(titulo)).replace(" ", "_")
        if campo in COLUMNAS:
            found.setdefault(campo, place)
    return found


def leer_celda(campo: str, texto: str) -> Valor:
    """What a cell says, as JSON has it; None for nothing. Raises ValueError in Spanish."""
    if lost := estropeado(texto, corto=campo in CORTOS):
        raise ValueError(lost)
    if not texto and campo in PUEDE_FALTAR:
        return None
    if campo in NUMEROS:
        return _numero(texto)
    if campo in SI_O_NO:
        said = folded(texto)
        if said not in ("si", "no"):
            raise ValueError("tiene que decir sí o no.")
        return said == "si"
    return texto


def celdas_dichas(columnas: Mapping[str, int], fila: Sequence[str]) -> dict[str, str]:
    """The cells of a row by field."""
    return {campo: valor(fila[place]) if place < len(fila) else "" for campo, place in columnas.items()}


def _texto(number: int | None) -> str:
    return "" if number is None else str(number)


def _por_ciento(por_mil: int) -> str:
    return str(por_mil // 10) if por_mil % 10 == 0 else f"{por_mil // 10},{por_mil % 10}"


def _pesos(centavos: int) -> str:
    return f"{centavos // 100},{centavos % 100:02d}"


def _numero(texto: str) -> Decimal | int:
    """`1.234,50`, `1234.5`, `$ 1.234`."""
    bare = re.sub(r"\s|\$", "", texto)
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif _MILES.fullmatch(bare):
        bare = bare.replace(".", "")
    if not _NUMERO.fullmatch(bare):
        raise ValueError("no se entiende como número: escribilo así, 1.234,50.")
    number = Decimal(bare)
    return int(number) if number == int(number) else number
