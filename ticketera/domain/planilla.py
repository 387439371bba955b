"""A spreadsheet of orders as people save it (CSV), read line by line; what the cells of a line say is read by `celdas`.

`texto_de` reads the bytes, `leer` the lines. Raised is only what makes the whole file unreadable (`PlanillaIlegible`).
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ticketera.domain.errors import DomainError
from ticketera.domain.escrito import palabras

MOST_BYTES = 1024 * 1024
MOST_LINES = 2_000
SEPARATORS = ";\t,"
# What ends the file: a quote that is never closed swallows it.
_END = "\x1eend of the file\x1e"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BINARY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
# A cell that a spreadsheet would take for a formula, or one that we kept from being one; a plain number is none.
_FORMULA = re.compile("'*(?!-[0-9]+(?:,[0-9]+)?\\Z)[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

# Each column's heading, as we write it, and what else people call it; compared by `palabras`.
TITULOS: dict[str, tuple[str, ...]] = {
    "numero": ("Número", "nro", "n", "num", "pedido", "ticket", "orden", "número de pedido", "nº"),
    "cliente_nombre": ("Cliente", "nombre", "nombre y apellido", "quién recibe", "destinatario", "nombre del cliente"),
    "cliente_direccion": ("Dirección", "domicilio", "calle", "calle y altura", "dirección de entrega"),
    "cliente_piso": ("Piso", "depto", "departamento", "piso y depto", "piso depto", "piso dpto", "dpto"),
    "cliente_barrio": ("Barrio", "zona", "localidad"),
    "cliente_telefono": ("Teléfono", "celular", "tel", "cel", "whatsapp", "móvil"),
    "cliente_email": ("Mail", "email", "e mail", "correo", "correo electrónico"),
    "negocio": ("Negocio", "local", "tienda", "sucursal", "comercio"),
    "franja_fecha": ("Fecha", "día", "fecha de entrega", "día de entrega"),
    "franja_desde": ("Desde", "franja desde", "hora desde", "entregar desde"),
    "franja_hasta": ("Hasta", "franja hasta", "hora hasta", "entregar hasta"),
    "productos": ("Productos", "items", "ítems", "producto", "artículos", "mercadería"),
    "total": ("Total", "importe", "monto", "a cobrar", "total a cobrar", "precio"),
    "metodo_pago": ("Pago", "forma de pago", "método de pago", "medio de pago"),
    "indicaciones": ("Indicaciones", "observaciones", "notas", "comentarios", "aclaraciones"),
    "prioridad": ("Prioridad", "urgencia"),
    "tipo_cliente": ("Tipo", "tipo de cliente"),
    "repartidor": ("Repartidor", "asignado a", "lleva"),
    "cliente_lat": ("Latitud", "lat"),
    "cliente_lng": ("Longitud", "lng", "lon", "long"),
    "estado": ("Estado",),
}
NECESARIAS = ("cliente_nombre", "cliente_direccion", "productos", "total")
_CAMPOS = {palabras(name): campo for campo, names in TITULOS.items() for name in names}

EJEMPLO = "\r\n".join(
    (
        "Número;Cliente;Dirección;Piso;Barrio;Teléfono;Fecha;Desde;Hasta;Productos;Total;Pago;Indicaciones;Prioridad",
        "A-1001;Ana Gómez;Moreno 1840;4° B;Monserrat;11 5555-1234;24/11/2026;18:00;20:00;"
        "2 x Yerba 1 kg | 1 x Azúcar 1 kg;12.450,50;Efectivo;Timbre roto: llamar al llegar;Alta",
        'A-1002;Luis Pérez;"Defensa 455, local 2";;San Telmo;11 4444-9876;;;;3 x Harina 000;8900;Transferencia;;',
        "",
    )
)


def titulo(campo: str) -> str:
    """What people call a field."""
    return TITULOS[campo][0] if campo in TITULOS else campo


class PlanillaIlegible(DomainError):
    """The file as a whole cannot be read; `detalle` says why and what to do."""

    codigo = "planilla_ilegible"


@dataclass(frozen=True, slots=True)
class Linea:
    """One order: the line of the file where it begins, its cells by field, and what is wrong with its form."""

    numero: int
    celdas: Mapping[str, str]
    sobran: bool = False


@dataclass(frozen=True, slots=True)
class Planilla:
    """A file that could be read; `sin_usar` are headings that mean nothing here."""

    lineas: list[Linea] = field(default_factory=list)
    sin_usar: list[str] = field(default_factory=list)


def ilegible(texto: str) -> bool:
    """Whether there is something in a text that no person writes."""
    return _BINARY.search(texto) is not None


def armar(celda: str) -> str:
    """A cell as we write it: what a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{celda}" if _FORMULA.match(celda) else celda


def desarmar(celda: str) -> str:
    """A cell as it was before `armar`."""
    return celda[1:] if celda.startswith("'") and _FORMULA.match(celda) else celda


def texto_de(crudo: bytes) -> str:
    """The text of a file in UTF-8, with or without BOM, UTF-16 with one, or Windows-1252; its line ends are `\\n`."""
    if len(crudo) > MOST_BYTES:
        raise PlanillaIlegible("El archivo pesa más de 1 MB. Partilo en varios más chicos.")
    if crudo.startswith(b"PK"):
        raise PlanillaIlegible("Es un archivo de Excel o comprimido. Guardalo como CSV y volvé a subirlo.")
    known = next((encoding for bom, encoding in _BOMS if crudo.startswith(bom)), None)
    for encoding in (known,) if known else ("utf-8", "cp1252"):
        try:
            texto = crudo.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not ilegible(texto):
            return re.sub("\r\n?", "\n", texto)
    raise PlanillaIlegible("No parece un archivo de texto. Guardá la planilla como CSV y volvé a subirla.")


def leer(texto: str) -> Planilla:
    """The orders of a text with headings in its first line; blank lines count for nothing."""
    texto = re.sub("\r\n?", "\n", texto).removeprefix("\ufeff")
    if ilegible(texto):
        raise PlanillaIlegible("No parece un archivo de texto. Guardá la planilla como CSV y volvé a subirla.")
    rows = _rows(texto, _separator(texto))
    _, headings = next(rows, (0, None))
    if headings is None:
        raise PlanillaIlegible("El archivo está vacío.")
    columnas = [_CAMPOS.get(palabras(each)) for each in headings]
    _revisar_titulos(headings, columnas)
    planilla = Planilla(
        sin_usar=[h.strip() for h, c in zip(headings, columnas, strict=True) if c is None and h.strip()]
    )
    for numero, cells in rows:
        if len(planilla.lineas) == MOST_LINES:
            raise PlanillaIlegible("El archivo tiene más de 2.000 pedidos. Partilo en varios más chicos.")
        celdas = {campo: desarmar(cell).strip() for campo, cell in zip(columnas, cells, strict=False) if campo}
        sobran = any(cell.strip() for cell in cells[len(columnas) :])
        planilla.lineas.append(Linea(numero, celdas, sobran))
    if not planilla.lineas:
        raise PlanillaIlegible("El archivo tiene títulos y ningún pedido.")
    return planilla


def _separator(texto: str) -> str:
    """The separator under which most headings are ours."""

    def known(separator: str) -> int:
        try:
            headings = next(csv.reader(io.StringIO(texto.lstrip("\n"), newline=""), delimiter=separator))
        except (csv.Error, StopIteration):
            return 0
        return sum(palabras(each) in _CAMPOS for each in headings)

    return max(SEPARATORS, key=known)


def _rows(texto: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, each with the line it begins in."""
    reader = csv.reader(io.StringIO(f"{texto}\n{_END}", newline=""), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                break
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise PlanillaIlegible(f"La línea {begins} tiene una celda demasiado larga.") from None
    raise PlanillaIlegible(f"En la línea {begins} empiezan unas comillas que no cierran.")


def _revisar_titulos(headings: list[str], columnas: list[str | None]) -> None:
    known = [each for each in columnas if each]
    if not known:
        raise PlanillaIlegible(
            "No encontramos los títulos de las columnas. La primera línea tiene que decir, por ejemplo: "
            "Cliente; Dirección; Teléfono; Productos; Total."
        )
    for campo in known:
        if known.count(campo) > 1:
            twice = " y ".join(f"“{h.strip()[:40]}”" for h, c in zip(headings, columnas, strict=True) if c == campo)
            raise PlanillaIlegible(f"Hay dos columnas para lo mismo: {twice}. Dejá una sola.")
    missing = [titulo(campo) for campo in NECESARIAS if campo not in known]
    if missing:
        raise PlanillaIlegible(f"Faltan columnas: {', '.join(missing)}.")
