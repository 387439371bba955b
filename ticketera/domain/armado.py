"""One order out of a row of cells: its parts put together, and the rows of one order joined.

What people keep in columns of its own (`Calle` and `Altura`, `Nombre` and `Apellido`, two phones, one row per product)
is one field of ours. Nothing that is written gets lost: what has no field goes to the indicaciones.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from belgrano.words.estropeado import estropeado
from belgrano.words.planilla import valor
from belgrano.words.telefono import cifras, sin_prefijos
from ticketera.domain.domicilio import con_altura, es_altura, tiene_altura
from ticketera.domain.escrito import leer_horario, leer_pesos, palabras, tiene_cantidad
from ticketera.domain.titulos import Columna

MOST_TELEFONO = 50
_NUMERO = r"\d{1,9}(?:[.,]\d{1,3})?"
_PARTES = ("apellido", "altura", "depto", "entre", "localidad", "cantidad", "horario", "cliente_telefono")
_CORTAS = ("altura", "depto", "cliente_telefono")
_SIN_ALTURA = ("", "0", "-", "sn", "s n", "sin numero")
_IDENTIDAD = ("cliente_nombre", "cliente_direccion")


@dataclass(frozen=True, slots=True)
class Linea:
    """One order: the line of the file where it begins, its cells by field, and what is wrong with its form.

    `lineas` are all the lines that it is made of; `avisos` what a person should look at.
    """

    numero: int
    celdas: Mapping[str, str]
    errores: tuple[tuple[str, str], ...] = ()
    avisos: tuple[str, ...] = ()
    lineas: tuple[int, ...] = field(default=())


def linea_de(numero: int, columnas: Sequence[Columna], fila: Sequence[str], ancho: int) -> Linea:
    """The order of a row; `ancho` is how many headings there are."""
    dicho: dict[str, list[str]] = {each.campo: [] for each in columnas}
    rangos: dict[str, int] = {}
    for each in sorted(columnas, key=lambda columna: columna.rango):
        text = valor(fila[each.lugar]) if each.lugar < len(fila) else ""
        # Where who buys is elsewhere than who receives, only the latter's place counts.
        if text and (each.campo != "localidad" or rangos.setdefault(each.campo, each.rango) == each.rango):
            dicho[each.campo].append(text)
    errores = [
        (campo, lost)
        for campo in _PARTES
        for text in dicho.get(campo, ())
        if (lost := estropeado(text, corto=campo in _CORTAS))
    ]
    if any(cell.strip() for cell in fila[ancho:]):
        errores.append(("Línea", "tiene más celdas que títulos; fijate si falta una comilla."))
    celdas = {campo: next(iter(texts), "") for campo, texts in dicho.items() if campo not in _PARTES}
    avisos: list[str] = []
    _nombre(celdas, dicho)
    _direccion(celdas, dicho, errores)
    _juntar(celdas, "cliente_piso", _piso(celdas.pop("cliente_piso", ""), dicho), {"cliente_piso", "depto"}, dicho)
    lugares = [celdas.pop("cliente_barrio", ""), *dicho.get("localidad", ())]
    _juntar(celdas, "cliente_barrio", _distintos(lugares), {"cliente_barrio", "localidad"}, dicho)
    _indicaciones(celdas, dicho, avisos)
    if dicho.get("cantidad") and celdas.get("productos"):
        celdas["productos"] = _con_cantidad(celdas["productos"], dicho["cantidad"][0])
    return Linea(numero, celdas, tuple(errores), tuple(avisos), (numero,))


def _juntar(celdas: dict[str, str], campo: str, texto: str, de: set[str], dicho: Mapping[str, list[str]]) -> None:
    if de & dicho.keys():
        celdas[campo] = texto


def _nombre(celdas: dict[str, str], dicho: Mapping[str, list[str]]) -> None:
    apellido = next(iter(dicho.get("apellido", ())), "")
    nombre = celdas.get("cliente_nombre", "")
    if apellido and palabras(apellido) not in palabras(nombre):
        celdas["cliente_nombre"] = f"{nombre} {apellido}".strip()


def _direccion(celdas: dict[str, str], dicho: Mapping[str, list[str]], errores: list[tuple[str, str]]) -> None:
    calle = celdas.pop("calle", "") or celdas.get("cliente_direccion", "")
    if "calle" in dicho or "cliente_direccion" in dicho:
        celdas["cliente_direccion"] = calle
    altura = re.sub(r"^(\d{1,2})[.,](\d{3})$", r"\1\2", next(iter(dicho.get("altura", ())), ""))
    altura = re.sub(r"[.,]0{1,2}$", "", altura)
    if not calle or palabras(altura) in ("", "0"):
        return
    if not tiene_altura(calle):
        celdas["cliente_direccion"] = con_altura(calle, altura)
    elif altura in re.findall(r"\d+", calle)[-1:]:
        return
    elif palabras(altura) not in _SIN_ALTURA and es_altura(altura):
        errores.append(("cliente_direccion", f"tiene dos alturas: dice “{calle[:60]}”, y aparte “{altura}”."))


def _piso(piso: str, dicho: Mapping[str, list[str]]) -> str:
    depto = next(iter(dicho.get("depto", ())), "")
    if piso and depto and palabras(piso) != palabras(depto):
        return f"{piso}° {depto}" if piso.isdigit() else f"{piso} {depto}"
    return piso or depto


def _distintos(textos: Sequence[str]) -> str:
    once: dict[str, str] = {}
    for each in filter(None, textos):
        once.setdefault(palabras(each), each)
    return ", ".join(once.values())


def _indicaciones(celdas: dict[str, str], dicho: Mapping[str, list[str]], avisos: list[str]) -> None:
    """The indicaciones, and what is said only there: the streets between, more phones, hours that are none."""
    said = [*dicho.get("indicaciones", ())]
    said += [each if palabras(each).startswith(("entre", "e ")) else f"Entre {each}" for each in dicho.get("entre", ())]
    if "cliente_telefono" in dicho:
        once: dict[str, str] = {}
        for each in dicho["cliente_telefono"]:
            once.setdefault(sin_prefijos(cifras(each)) or each, each)
        phones = list(once.values())
        while len(" / ".join(phones)) > MOST_TELEFONO and len(phones) > 1:
            said.append(f"Otro teléfono: {phones.pop()}")
        celdas["cliente_telefono"] = " / ".join(phones)
    for horario in dicho.get("horario", ()):
        hours = leer_horario(horario)
        if hours and celdas.get("franja_fecha") and not celdas.get("franja_desde") and not celdas.get("franja_hasta"):
            celdas["franja_desde"], celdas["franja_hasta"] = hours
        else:
            said.append(f"Horario: {horario}")
            why = "no tiene fecha" if hours else "no lo entendimos como “18 a 20”"
            avisos.append(f"El horario “{horario[:40]}” quedó en las indicaciones: {why}.")
    if said or "indicaciones" in dicho:
        celdas["indicaciones"] = "\n".join(said)


def _con_cantidad(productos: str, cantidad: str) -> str:
    """One product, and how much of it another column says (`3`, `500 g`); what has its number keeps it."""
    number = re.sub(r"[.,]0+$", "", cantidad)
    if re.search(r"[\r\n|]", productos) or tiene_cantidad(productos):
        return productos
    return f"{number} x {productos}" if re.fullmatch(_NUMERO, number) else f"{productos} ({cantidad})"


def juntar(lineas: Sequence[Linea]) -> list[Linea]:
    """The orders of a file in which one may have a row for each product, all with its numero.

    Rows of one order that say different things are errors, all of them: half of an order is none. A row without
    anything but a product goes on where the one above ends.
    """
    orders: dict[str, list[Linea]] = {}
    made: list[list[Linea]] = []
    for linea in lineas:
        numero = linea.celdas.get("numero", "")
        group = made[-1] if made and _sigue(linea) else orders.get(numero) if numero else None
        if (
            group is not None
            and (_es_el_mismo(group[0], linea) or _otro_producto(group, linea))
            and not _repite(group, linea)
        ):
            group.append(linea)
            continue
        made.append([linea])
        orders.setdefault(numero, made[-1])
    return [each for group in made for each in _unir(group)]


def _sigue(linea: Linea) -> bool:
    said = {campo for campo, text in linea.celdas.items() if text}
    return said == {"productos"}


def _es_el_mismo(primera: Linea, otra: Linea) -> bool:
    """Whether a row is of the order of an earlier one, as far as it says for whom and where."""
    return all(
        not otra.celdas.get(campo) or palabras(otra.celdas[campo]) == palabras(primera.celdas.get(campo, ""))
        for campo in _IDENTIDAD
    )


def _otro_producto(group: Sequence[Linea], linea: Linea) -> bool:
    return all(each.celdas.get("productos") != linea.celdas.get("productos") for each in group)


def _repite(group: Sequence[Linea], linea: Linea) -> bool:
    return any(dict(each.celdas) == dict(linea.celdas) for each in group)


def _unir(group: list[Linea]) -> list[Linea]:
    """The rows of an order as one; all of them as errors where they do not agree."""
    if len(group) == 1:
        return group
    lugares = tuple(each.numero for each in group)
    celdas = dict(group[0].celdas)
    for each in group[1:]:
        for campo, text in each.celdas.items():
            if campo == "productos" or not text:
                continue
            if celdas.get(campo) and _dice(campo, celdas[campo]) != _dice(campo, text):
                said = f"es el mismo pedido en las líneas {_y(lugares)}, y dicen otra cosa: no creamos ninguna."
                return [replace(one, errores=(*one.errores, (campo, said))) for one in group]
            celdas[campo] = celdas.get(campo) or text
    celdas["productos"] = "\n".join(text for each in group if (text := each.celdas.get("productos", "")))
    errores = tuple(error for each in group for error in each.errores)
    avisos = tuple(dict.fromkeys(aviso for each in group for aviso in each.avisos))
    joined = f"Un pedido con los productos de las líneas {_y(lugares)}; el total se cobra una vez."
    return [Linea(group[0].numero, celdas, errores, (*avisos, joined), lugares)]


def _dice(campo: str, texto: str) -> object:
    """What a cell says, however it is written."""
    if campo == "total":
        with contextlib.suppress(ValueError):
            return leer_pesos(texto)
    return palabras(texto)


def _y(lugares: Sequence[int]) -> str:
    *first, last = map(str, lugares)
    return f"{', '.join(first)} y {last}" if first else last
