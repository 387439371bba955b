"""The checkout's form: what it says, read, and what is wrong with it."""

import re
import secrets

from ahorro.domain.cambio import Visto
from ahorro.domain.carrito import RENGLONES_MAXIMOS, Carrito
from ahorro.domain.domicilio import Domicilio, leer_partes
from ahorro.routes.pages.forms import check, given, number
from ahorro.routes.pages.ubicacion import leer_ubicacion
from ahorro.routes.pedidos import Confirmacion
from belgrano.words.money import pesos

AMOUNT = re.compile(r"(\d{1,9}|\d{1,3}(?:\.\d{3}){1,2})(?:,(\d{1,2}))?", re.ASCII)
DOMICILIO = ("calle", "altura", "piso", "entre", "barrio")
CAMPOS = (
    "clave",
    "total",
    "visto",
    *DOMICILIO,
    "ubicacion",
    "telefono",
    "franja",
    "metodo_pago",
    "paga_con",
    "notas",
    "mayor",
    "envio",
    "codigo",
    "accion",
)
YA = "ya"  # as soon as possible: a form's radio needs a value of its own
EMPTY = dict.fromkeys(CAMPOS, "")


def nueva_clave() -> str:
    """What makes a form sent twice one pedido."""
    return secrets.token_urlsafe(16)


def write_visto(carrito: Carrito) -> str:
    """What the page shows of each line, to come back with its form: `producto_id:cantidad:centavos`."""
    return " ".join(f"{r.producto_id}:{r.cantidad}:{r.precio_centavos}" for r in carrito.renglones)


def read_visto(text: str) -> dict[int, Visto] | None:
    """What the customer was looking at; None for what no page of ours has said."""
    found = {}
    for line in text.split()[: RENGLONES_MAXIMOS + 1]:
        numbers = [number(part) for part in line.split(":")]
        if len(numbers) != 3 or not all(isinstance(n, int) for n in numbers):
            return None
        producto_id, cantidad, centavos = map(int, numbers)
        found[producto_id] = Visto(centavos, cantidad)
    return found or None


def seen_total(datos: dict[str, str]) -> int | None:
    """The total that the customer was looking at, in centavos."""
    total = number(datos["total"])
    return total if isinstance(total, int) else None


def seen_envio(datos: dict[str, str]) -> int:
    """What the customer was told that delivery costs, in centavos; 0 where nothing was said."""
    envio = number(datos["envio"])
    return envio if isinstance(envio, int) else 0


def cash_note(datos: dict[str, str]) -> tuple[str, dict[str, str]]:
    """What the repartidor has to know about the change, or what is wrong with the amount."""
    text, total = datos["paga_con"].strip(), seen_total(datos)
    if not text or total is None or datos["metodo_pago"] != "efectivo":
        return "", {}
    total += seen_envio(datos)
    paga = read_pesos(text)
    if paga is None:
        return "", {"paga_con": "Escribí con cuánto pagás en pesos, como 20.000."}
    if paga < total:
        return "", {"paga_con": f"Con {pesos(paga)} no alcanza: el total es {pesos(total)}."}
    return f"Paga con {pesos(paga)}: vuelto {pesos(paga - total)}." if paga > total else "Paga justo.", {}


def read_pesos(text: str) -> int | None:
    """Centavos of an amount as people write it: `20000`, `20.000`, `$ 20.000,50`."""
    found = AMOUNT.fullmatch(text.replace("$", "").strip())
    if found is None:
        return None
    return int(found[1].replace(".", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def read_form(datos: dict[str, str]) -> tuple[Confirmacion | None, dict[str, str]]:
    """The form in the shape of the JSON, or what is wrong, by the form's own fields."""
    vuelto, errores = cash_note(datos)
    domicilio, faltan = read_domicilio(datos)
    whole = {
        "clave": datos["clave"] or nueva_clave(),
        "direccion": domicilio.direccion,
        "telefono": datos["telefono"],
        "metodo_pago": datos["metodo_pago"],
        "notas": "\n".join(filter(None, (datos["notas"].strip(), vuelto))),
        "piso": domicilio.piso,
        "barrio": domicilio.barrio,
        "franja": "" if datos["franja"] == YA else datos["franja"],
    }
    punto, donde = leer_ubicacion(datos["ubicacion"])
    confirmacion, mas = check(Confirmacion, given(whole, "notas", "piso", "barrio", "franja"))
    if confirmacion is not None:
        confirmacion = confirmacion.model_copy(update={"ubicacion": punto})
    if "direccion" in mas:
        mas["calle"] = mas.pop("direccion")
    if "franja" in mas or not datos["franja"]:
        mas["franja"] = "Elegí cuándo lo querés."
    if donde:
        mas["ubicacion"] = donde
    found = mas | faltan | errores
    return confirmacion, {name: found[name] for name in (*CAMPOS, "") if name in found}


def read_domicilio(datos: dict[str, str]) -> tuple[Domicilio, dict[str, str]]:
    """The address of the form, and what it lacks."""
    domicilio = leer_partes(*(datos[name] for name in DOMICILIO))
    errores = {}
    if not domicilio.calle:
        errores["calle"] = "La calle no puede quedar en blanco."
    elif not domicilio.completo:
        errores["altura"] = "Falta la altura (o S/N)."
    return domicilio, errores
