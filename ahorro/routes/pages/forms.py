"""Forms as they come from a browser: read, checked by the same shapes as the JSON, wrong fields named in Spanish."""

from collections.abc import Mapping
from urllib.parse import quote

from quart import redirect
from quart.typing import ResponseReturnValue

from ahorro.routes.house import Shape, form
from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from belgrano.words.numbers import whole

__all__ = ["check", "form", "given", "go", "number", "own_path", "sentence"]

# How a sentence about a field begins; the shapes say how it goes on.
ROTULOS = {
    "nombre": "El nombre",
    "email": "El correo",
    "password": "La contraseña",
    "nueva": "La contraseña nueva",
    "actual": "La contraseña actual",
    "codigo": "El código",
    "telefono": "El teléfono",
    "direccion": "La dirección",
    "calle": "La calle",
    "piso": "El piso",
    "barrio": "El barrio",
    "metodo_pago": "La forma de pago",
    "notas": "Lo que escribiste en indicaciones",
    "negocio_nombre": "El nombre del comercio",
    "negocio_direccion": "La dirección del comercio",
    "negocio_telefono": "El teléfono del comercio",
    "cuit": "El CUIT",
    "tipo": "El rubro",
    "cantidad": "La cantidad",
    "peso_g": "El peso",
    "numero": "El número de pedido",
    "detalle": "Lo que escribiste",
    "lleva": "Lo que se lleva",
    "paga": "Lo que se paga",
    "porcentaje": "El porcentaje",
    "monto": "El monto",
    "desde": "El primer día",
    "hasta": "El último día",
    "momento": "El momento",
    "usos": "Las veces que se puede usar",
    "por_cliente": "Las veces de cada cliente",
    "minimo": "La compra mínima",
    "proxima_el": "La fecha",
    "frecuencia": "La frecuencia",
    "padre": "La categoría de arriba",
    "orden": "El orden",
    "horarios": "Lo que escribiste en horarios",
    "precio": "El precio",
    "oferta": "La oferta",
    "costo": "El costo",
    "redondeo": "El redondeo",
    "stock": "El stock",
    "stock_minimo": "La cantidad con la que avisar",
    "codigo_barras": "El código de barras",
    "estante": "El estante",
    "descripcion": "La descripción",
    "unidad": "El envase",
    "contenido": "Cuánto trae",
    "internos": "El porcentaje",
    "negocio": "El negocio",
    "categoria": "La categoría",
    "ingredientes": "Lo que escribiste en ingredientes",
    "advertencias": "Lo que escribiste en advertencias",
    "razon_social": "La razón social",
    "domicilio": "El domicilio",
    "whatsapp": "El WhatsApp",
    "data_fiscal": "El enlace de Data Fiscal",
    "alias": "El alias",
    "cbu": "El CBU",
    "gratis_desde": "El monto desde el que es gratis",
    "area": "El área",
    "mapa_teselas": "La dirección de las imágenes",
    "mapa_atribucion": "De quién son las imágenes",
    "barrios": "En los barrios,",
    "duracion": "La duración",
    "cupo": "El cupo",
    "corte": "La hora límite",
    "anticipacion": "La anticipación",
    "feriados": "En los días cerrados,",
    "terminos": "El texto de los términos",
    "privacidad": "El texto de privacidad",
    "arrepentimiento": "El texto de las excepciones",
}


def check(shape: type[Shape], data: Mapping[str, object]) -> tuple[Shape | None, dict[str, str]]:
    """The data in this shape and no errors, or None and a sentence for each wrong field."""
    try:
        return parse(shape, dict(data)), {}
    except Problem as problem:
        found = {each["campo"]: sentence(each["campo"], each["detalle"]) for each in problem.extra.get("errores", ())}
        return None, found or {"": problem.detail}


def sentence(campo: str, detalle: str) -> str:
    """What is wrong with a field, as a sentence for people."""
    return detalle if detalle[:1].isupper() else f"{ROTULOS.get(campo, campo)} {detalle}"


def given(data: Mapping[str, str], *optional: str) -> dict[str, str]:
    """The data without those optional fields that were left empty."""
    return {name: value for name, value in data.items() if name not in optional or value.strip()}


def number(text: str) -> int | str:
    """The whole number that a field holds, or the text itself, for the shape to refuse."""
    text = text.strip()
    found = whole(text)
    return text if found is None else found


def own_path(text: str, otherwise: str = "/") -> str:
    """An address on this site to go back to; anything else, `otherwise`."""
    odd = any(c <= " " or c in "\\\x7f" for c in text)
    return text if text.startswith("/") and not text.startswith("//") and not odd and len(text) <= 500 else otherwise


def go(path: str, aviso: str = "") -> ResponseReturnValue:
    """See the next page after a form."""
    if aviso:
        path += f"{'&' if '?' in path else '?'}aviso={quote(aviso)}"
    return redirect(path, 303)
