"""The settings by parts, as forms: what each part shows, and what was typed into it as the JSON has it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ahorro.domain.configuracion import DIAS, Configuracion
from ahorro.domain.legales import ARREPENTIMIENTO, PRIVACIDAD, TERMINOS
from ahorro.domain.pedido import METODOS_DE_PAGO
from ahorro.domain.zona import Zona
from ahorro.routes.admin.configuracion import CostoDeEnvio, ZonaNueva
from ahorro.routes.pages.admin.horario import leer_franjas, muestra_franjas
from ahorro.routes.pages.admin.productos import monto, pesos_de
from ahorro.routes.pages.forms import check
from ahorro.routes.pages.ubicacion import leer_coordenadas
from belgrano.contract import PAGOS
from belgrano.words.money import pesos
from belgrano.words.numbers import whole

Textos = Mapping[str, str]
Leido = tuple[dict[str, object], dict[str, str]]  # what is said, and what is wrong with it

IDENTIDAD = (
    "nombre", "razon_social", "cuit", "domicilio", "telefono", "whatsapp", "email", "horarios", "data_fiscal",
)  # fmt: skip
ENLACE = re.compile(r"href\s*=\s*[\"']([^\"']*)[\"']")  # ARCA gives its Data Fiscal as HTML to paste
LEGALES = {"terminos": TERMINOS, "privacidad": PRIVACIDAD, "arrepentimiento": ARREPENTIMIENTO}
DE_UNA_ZONA = ("nombre", "barrios", "costo", "minimo", "area")
DEL_MAPA = ("mapa_teselas", "mapa_atribucion")
ZONAS_MAXIMAS = 200


@dataclass(frozen=True, slots=True)
class Apartado:
    """One part: its place in the address, what it is called, the settings it has (`de`), and both ways of its form.

    `tildes` are the ticks that belong together: the name of the group, and of each tick its field and its words.
    `campos` says where a sentence of the domain about a whole setting stands.
    """

    clave: str
    titulo: str
    bajada: str
    de: tuple[str, ...]
    muestra: Callable[[Configuracion], dict[str, str]]
    lee: Callable[[Textos], Leido]
    tildes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    campos: Mapping[str, str] = field(default_factory=dict)

    def ahora(self, actual: Configuracion, textos: Textos) -> dict[str, str]:
        """What stands by now beside each field that was typed otherwise."""
        if self.clave == "zonas":
            mapa = {campo: getattr(actual, campo) for campo in DEL_MAPA}
            zonas = "; ".join(_en_palabras(zona) for zona in actual.zonas) or "ninguna"
            return {"zonas": zonas} | {
                campo: text or "nada" for campo, text in mapa.items() if text != textos.get(campo, "")
            }
        dice = self.muestra(actual)
        ticks = {tilde for each in self.tildes.values() for tilde in each}
        other = {campo for campo in dice if dice[campo] != textos.get(campo, "").replace("\r\n", "\n")}
        return {campo: dice[campo] or "nada" for campo in other - ticks} | {
            group: ", ".join(nombre for tilde, nombre in each.items() if dice[tilde])
            for group, each in self.tildes.items()
            if other & each.keys()
        }


def _identidad(c: Configuracion) -> dict[str, str]:
    return {campo: getattr(c, campo) for campo in IDENTIDAD}


def _leer_identidad(textos: Textos) -> Leido:
    typed = {campo: textos.get(campo, "") for campo in IDENTIDAD}
    pasted = ENLACE.search(typed["data_fiscal"])
    return {**typed, "data_fiscal": pasted[1] if pasted else typed["data_fiscal"]}, {}


def _cobros(c: Configuracion) -> dict[str, str]:
    ticks = {f"medio_{medio}": "1" if medio in c.medios_de_pago else "" for medio in METODOS_DE_PAGO}
    return {**ticks, "alias": c.alias, "cbu": c.cbu}


def _leer_cobros(textos: Textos) -> Leido:
    medios = [medio for medio in METODOS_DE_PAGO if textos.get(f"medio_{medio}")]
    data: dict[str, object] = {
        "medios_de_pago": medios,
        "alias": textos.get("alias", ""),
        "cbu": re.sub(r"[\s-]", "", textos.get("cbu", "")),
    }
    return data, {} if medios else {"medios_de_pago": "Elegí al menos una forma de pagar."}


def _envio(c: Configuracion) -> dict[str, str]:
    return {
        "costo": pesos_de(c.envio.costo_centavos),
        "gratis_desde": pesos_de(c.envio.gratis_desde_centavos),
        "minimo": pesos_de(c.envio.minimo_centavos),
    }


def _leer_envio(textos: Textos) -> Leido:
    typed = {campo: textos.get(campo, "").strip() for campo in ("costo", "gratis_desde", "minimo")}
    data = {campo: monto(text) if text else None if campo == "gratis_desde" else 0 for campo, text in typed.items()}
    return {"envio": data}, check(CostoDeEnvio, data)[1]


def _zonas(c: Configuracion) -> dict[str, str]:
    rows = {
        f"zona_{campo}_{n}": text
        for n, zona in enumerate(c.zonas, 1)
        for campo, text in (
            ("nombre", zona.nombre),
            ("barrios", ", ".join(zona.barrios)),
            ("costo", pesos_de(zona.costo_centavos)),
            ("minimo", pesos_de(zona.minimo_centavos)),
            ("area", "\n".join(f"{lat}, {lng}" for lat, lng in zona.area)),
        )
    }
    return {**rows, "filas": str(len(c.zonas)), **{campo: getattr(c, campo) for campo in DEL_MAPA}}


def filas_de(textos: Textos) -> int:
    """How many rows of zones a form has."""
    return min(whole(textos.get("filas", "")) or 0, ZONAS_MAXIMAS)


def otras_filas(textos: Textos, *, sin: int = 0) -> dict[str, str]:
    """The form with one row less, the one that is taken out (from 1), or else with one more."""
    kept = [n for n in range(1, filas_de(textos) + 1) if n != sin]
    rows = {
        f"zona_{campo}_{n}": textos.get(f"zona_{campo}_{was}", "")
        for n, was in enumerate(kept, 1)
        for campo in DE_UNA_ZONA
    }
    mapa = {campo: textos.get(campo, "") for campo in DEL_MAPA}
    return {**rows, "filas": str(min(len(kept) + (not sin), ZONAS_MAXIMAS)), **mapa}


def _leer_zonas(textos: Textos) -> Leido:
    zonas: list[dict[str, object]] = []
    errores: dict[str, str] = {}
    for n in range(1, filas_de(textos) + 1):
        typed = {campo: textos.get(f"zona_{campo}_{n}", "").strip() for campo in DE_UNA_ZONA}
        if not any(typed.values()):
            continue
        barrios = [barrio.strip() for barrio in re.split(r"[,;\n]", typed["barrios"]) if barrio.strip()]
        area, unread = _area(typed["area"])
        zona: dict[str, object] = {
            "nombre": typed["nombre"],
            "barrios": barrios,
            **{campo: monto(typed[campo]) if typed[campo] else None for campo in ("costo", "minimo")},
            "area": area,
        }
        wrong = check(ZonaNueva, zona)[1]
        if unread:
            wrong["area"] = unread
        if not barrios and not typed["area"]:
            wrong["barrios"] = "Escribí al menos un barrio, o dibujá un área."
        errores |= {f"zona_{campo}_{n}": detalle for campo, detalle in wrong.items()}
        zonas.append(zona)
    return {"zonas": zonas, **{campo: textos.get(campo, "") for campo in DEL_MAPA}}, errores


def _area(text: str) -> tuple[list[list[Decimal]], str]:
    """The corners of a text with one a line, and what could not be read."""
    corners: list[list[Decimal]] = []
    for n, line in enumerate(filter(None, (each.strip() for each in text.splitlines())), 1):
        found = leer_coordenadas(line)
        if found is None:
            return [], f"«{line[:40]}» no es un punto: van latitud y longitud, como -34.5627, -58.4565 (renglón {n})."
        corners.append(list(found))
    return corners, ""


def _en_palabras(zona: Zona) -> str:
    own = ((", envío {}", zona.costo_centavos), (", mínimo {}", zona.minimo_centavos))
    money = "".join(words.format(pesos(centavos)) for words, centavos in own if centavos is not None)
    where = [*zona.barrios, *([f"área de {len(zona.area)} puntos"] if zona.area else [])]
    return f"{zona.nombre} ({', '.join(where)}){money}"


def _textos(c: Configuracion) -> dict[str, str]:
    return {campo: getattr(c, campo) for campo in LEGALES}


def _leer_textos(textos: Textos) -> Leido:
    return {campo: textos.get(campo, "").strip() or nuestro for campo, nuestro in LEGALES.items()}, {}


APARTADOS = {
    each.clave: each
    for each in (
        Apartado(
            "identidad",
            "Identidad",
            "Quién vende. Sale al pie de cada página, en la ayuda y en los correos.",
            IDENTIDAD,
            _identidad,
            _leer_identidad,
        ),
        Apartado(
            "cobros",
            "Cobros",
            "Cómo te pagan, y adónde te transfieren.",
            ("medios_de_pago", "alias", "cbu"),
            _cobros,
            _leer_cobros,
            {"medios_de_pago": {f"medio_{medio}": PAGOS[medio]["elegir"] for medio in METODOS_DE_PAGO}},
        ),
        Apartado("envio", "Envío", "Lo que cuesta llevarlo, en pesos.", ("envio",), _envio, _leer_envio),
        Apartado(
            "zonas",
            "Zonas",
            "Adónde llegás. Sin ninguna zona, a todos lados.",
            ("zonas", *DEL_MAPA),
            _zonas,
            _leer_zonas,
            campos={"zonas": ""},
        ),
        Apartado(
            "franjas",
            "Franjas",
            "Cuándo repartís, y cuántos pedidos entran en cada franja.",
            ("franjas",),
            muestra_franjas,
            leer_franjas,
            {"dias": {f"dia_{n}": dia for n, dia in enumerate(DIAS, 1)}},
            {"franjas": "hasta"},
        ),
        Apartado(
            "textos",
            "Textos legales",
            "Lo que firmás con quien compra. Hacelos mirar por quien te asesora.",
            tuple(LEGALES),
            _textos,
            _leer_textos,
        ),
    )
}
