"""A supplier's price list: what its columns are, which products of ours its lines mean, and what these would cost."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from ahorro.domain.catalogo import PRECIO_MAXIMO_CENTAVOS, Producto
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.planilla import leer_celda
from ahorro.domain.precios import Aviso, Movida, Regla, avisos_de, movimiento_de
from belgrano.words.estropeado import estropeado
from belgrano.words.planilla import valor
from belgrano.words.text import folded

# What a column may be; nothing: not used.
USOS = {
    "codigo_barras": "Código de barras",
    "clave": "Clave de tu negocio",
    "nombre": "Nombre",
    "costo": "Costo (lo que te cobran)",
    "precio": "Precio de lista",
}
CLAVES, IMPORTES = ("codigo_barras", "clave"), ("costo", "precio")
# How suppliers head them, without accents, signs or blanks.
TITULOS = {
    "codigo_barras": (
        "ean", "ean13", "codigodebarras", "codigobarras", "coddebarras", "codbarras", "codbarra", "codigoean", "codean",
        "barras", "barcode", "gtin", "dun14", "cb", "codbar",
    ),
    "nombre": ("nombre", "detalle", "descripcion", "producto", "articulo", "denominacion", "desc", "descrip"),
    "costo": (
        "costo", "pcosto", "preciocosto", "preciodecosto", "costounitario", "neto", "pneto", "precioneto", "costoneto",
        "preciocompra", "mayorista", "preciomayorista",
    ),
    "precio": (
        "plista", "preciolista", "preciodelista", "precio", "lista", "pvp", "psugerido", "preciosugerido",
        "precioventa", "preciodeventa", "preciounitario", "punitario", "punit", "preciofinal", "importe",
    ),
    "clave": ("clave",),
}  # fmt: skip
_USO_DE = {titulo: uso for uso, titulos in TITULOS.items() for titulo in titulos}
FIRST_ROWS, MUESTRA = 20, 200  # rows in which headings are looked for, and that are looked at to guess
_CODIGO = re.compile(r"[0-9]{4,14}")
_EAN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_AL_REVES = re.compile(r"[^.]*,[0-9]{3}\.[0-9]*|-?\$?\s*[0-9]{1,3}(,[0-9]{3})+")  # 1,234.50 and 1,234
Filas = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Proveedor:
    """Whose lists come again: how they are headed, what each column is (a key of USOS, or nothing), how prices follow.

    `regla` makes the price out of the list's; `sobre` is the column that it is taken from.
    """

    nombre: str
    titulos: tuple[str, ...]
    usos: tuple[str, ...]
    regla: Regla

    @property
    def sobre(self) -> str:
        """The column that prices are made from."""
        return "precio" if "precio" in self.usos else "costo"


@dataclass(frozen=True, slots=True)
class Ajeno:
    """A line that is nobody's product here; `importe` is the list's price, `costo` what it costs (centavos)."""

    linea: int
    codigo_barras: str
    clave: str
    nombre: str
    importe: int
    costo: int | None
    precio: int


@dataclass(slots=True)
class Comparada:
    """What a list brings: prices that move, costs that change, what is as it was, what is not ours, what is wrong."""

    movida: Movida = field(default_factory=lambda: Movida([], []))
    costos: list[tuple[int, Producto, int]] = field(default_factory=list)  # (linea, whose, centavos)
    iguales: int = 0
    ajenos: list[Ajeno] = field(default_factory=list)
    errores: list[tuple[int, str, str]] = field(default_factory=list)  # (linea, column, what is wrong)


def palabra(titulo: str) -> str:
    """A heading as headings are compared."""
    return re.sub(r"[^a-z0-9]", "", folded(valor(titulo)))


def conocidos(celdas: Sequence[str]) -> int:
    """How much a row looks like headings: those that we know count most, then how many cells say something."""
    return 1000 * sum(palabra(each) in _USO_DE for each in celdas) + sum(bool(each.strip()) for each in celdas)


def encabezar(filas: Filas) -> int:
    """Which row has the headings: the first of those that look most like them; above it stands what the list is of."""
    return max(range(min(len(filas), FIRST_ROWS)), key=lambda n: (conocidos(filas[n][1]), -n), default=0)


def titulos_de(celdas: Sequence[str]) -> tuple[str, ...]:
    """Headings as they are remembered."""
    return tuple(" ".join(valor(each).split())[:60] for each in celdas)


def adivinar(
    titulos: Sequence[str], filas: Filas, claves: AbstractSet[str], codigos: AbstractSet[str]
) -> tuple[str, ...]:
    """What each column may be, by its heading and by what stands in it; each of USOS once."""
    usos = [_USO_DE.get(palabra(each), "") for each in titulos]
    some = [cells for _, cells in filas[:MUESTRA]]
    for place in range(len(titulos)):
        said = [texto for cells in some if place < len(cells) and (texto := valor(cells[place]))]
        if usos[place] or not said:
            continue
        if sum(texto in codigos or bool(_EAN.fullmatch(texto)) for texto in said) * 2 > len(said):
            usos[place] = "codigo_barras"
        elif sum(texto in claves for texto in said) * 2 > len(said):
            usos[place] = "clave"
    return tuple(uso if uso not in usos[:place] else "" for place, uso in enumerate(usos))


def check_usos(usos: Sequence[str]) -> None:
    """Raise CampoInvalido where columns say too little, or two say the same."""
    said = [uso for uso in usos if uso]
    for uso in said:
        if uso not in USOS:
            raise CampoInvalido("columnas", f"cada una es una de estas: {', '.join(USOS.values())}.")
        if said.count(uso) > 1:
            raise CampoInvalido("columnas", f"hay dos que dicen {USOS[uso]}: elegí una.")
    if not set(said) & set(CLAVES):
        raise CampoInvalido("columnas", "hace falta una con el código de barras o con la clave: por el nombre no vale.")
    if not set(said) & set(IMPORTES):
        raise CampoInvalido("columnas", "hace falta una con el costo o con el precio.")


def comparar(filas: Filas, proveedor: Proveedor, productos: Iterable[Producto]) -> Comparada:
    """What the lines below the headings bring to the products that there are."""
    came, lines = Comparada(), dict[int, int]()
    ours = _Nuestros(productos)
    places = {uso: place for place, uso in enumerate(proveedor.usos) if uso}
    for linea, cells in filas:
        celdas = {uso: valor(cells[place]) if place < len(cells) else "" for uso, place in places.items()}
        if not any(celdas.get(each) for each in (*CLAVES, *IMPORTES)):
            continue  # the name of a section
        try:
            importes = {uso: _importe(uso, celdas[uso]) for uso in IMPORTES if uso in celdas}
            codigo, clave = _codigo(celdas.get("codigo_barras", "")), celdas.get("clave", "")
            if not codigo and not clave:
                raise CampoInvalido(next(each for each in CLAVES if each in places), "está vacío.")
            producto = ours.find(codigo, clave)
            importe = importes[proveedor.sobre]
            precio = proveedor.regla.precio(importe)
            if not 0 < precio <= PRECIO_MAXIMO_CENTAVOS:
                raise CampoInvalido(proveedor.sobre, "deja un precio en $ 0 o demasiado alto.")
        except CampoInvalido as error:
            came.errores.append((linea, error.campo, error.detalle))
            continue
        costo = importes.get("costo")
        if producto is None:
            came.ajenos.append(Ajeno(linea, codigo, clave, celdas.get("nombre", ""), importe, costo, precio))
        elif (first := lines.setdefault(producto.id, linea)) != linea:
            came.errores.append((linea, "clave", f"{producto.nombre} ya está en la línea {first}."))
        else:
            _sumar(came, linea, producto, precio, costo)
    return came


def _sumar(came: Comparada, linea: int, p: Producto, precio: int, costo: int | None) -> None:
    each = movimiento_de(p, precio)
    otro_costo = costo is not None and costo != p.costo_centavos
    if otro_costo:
        came.costos.append((linea, p, costo or 0))
    if precio != p.precio_centavos:
        came.movida.movimientos.append(each)
        said = avisos_de(each, p.costo_centavos if costo is None else costo, sube=precio > p.precio_centavos)
        came.movida.avisos.extend(Aviso(p.id, p.nombre, que, detalle) for que, detalle in said)
    elif not otro_costo:
        came.iguales += 1


class _Nuestros:
    """Our products by what suppliers may know of them. EAN and UPC are the same but for zeros in front."""

    def __init__(self, productos: Iterable[Producto]) -> None:
        self.by_clave: dict[str, Producto] = {}
        self.by_codigo: dict[str, list[Producto]] = {}
        for p in productos:
            self.by_clave[p.clave] = p
            if p.codigo_barras:
                self.by_codigo.setdefault(p.codigo_barras.lstrip("0"), []).append(p)

    def find(self, codigo: str, clave: str) -> Producto | None:
        """The product that both mean, or the one that says something. Raises CampoInvalido where that is not one."""
        found = self.by_codigo.get(codigo.lstrip("0"), []) if codigo else []
        if len(found) > 1:
            raise CampoInvalido("codigo_barras", "lo tienen varios productos tuyos.")
        by_clave = self.by_clave.get(clave) if clave else None
        if found and by_clave is not None and by_clave is not found[0]:
            detalle = f"es el de {found[0].nombre}, y la clave es la de {by_clave.nombre}."
            raise CampoInvalido("codigo_barras", detalle)
        return found[0] if found else by_clave


def _codigo(texto: str) -> str:
    """A bar code, without what people put between its digits. Raises CampoInvalido."""
    if lost := estropeado(texto, corto=True):
        raise CampoInvalido("codigo_barras", lost)
    bare = re.sub(r"[\s.-]", "", texto)
    if bare and not _CODIGO.fullmatch(bare):
        raise CampoInvalido("codigo_barras", f"“{texto[:30]}” no es un código de barras: son de 4 a 14 números.")
    return bare


def _importe(uso: str, texto: str) -> int:
    """Centavos, half up: suppliers say four decimals. Raises CampoInvalido."""
    if not texto:
        raise CampoInvalido(uso, "está vacío.")
    if _AL_REVES.fullmatch(texto):
        raise CampoInvalido(uso, f"no se sabe si “{texto[:30]}” son miles o decimales: escribilo así, 1.234,50.")
    try:
        said = leer_celda(uso, texto)
    except ValueError as error:
        raise CampoInvalido(uso, str(error)) from None
    centavos = int((Decimal(str(said)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    if not 0 < centavos <= PRECIO_MAXIMO_CENTAVOS:
        raise CampoInvalido(uso, "tiene que ser mayor que 0 y razonable.")
    return centavos


def dicha(proveedor: str, regla: Regla) -> str:
    """A list in words: `Lista de Arcor, + 30 %, redondeado a $ 10`."""
    return f"Lista de {proveedor}" + (f", {regla}" if regla.por_diez_mil else regla.redondeado)
