"""What an admin may set, with limits and defaults. What is not in the database yet has its default here."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

from belgrano.words.teselas import origen_de_teselas
from ticketera.domain.direccion import es_geocodificador
from ticketera.domain.errors import CamposInvalidos
from ticketera.domain.modos import Modo, NombreDeModo, modo_de

Nivel = Literal["no", "opcional", "avisar", "obligatoria"]
LIMITES = {
    "max_tickets_por_repartidor": (1, 1_000_000),
    "minutos_respeto": (0, 1_440),
    "minutos_sin_senal": (1, 1_440),
    "minutos_antes": (0, 43_200),
    "segundos_sin_ver": (10, 3_600),
    "prueba_desde": (0, 1_000_000_000),
    "fotos_dias": (1, 3_650),
    "efectivo_maximo": (0, 1_000_000_000),
}
TEXTOS = {"prueba_medios": 200, "mapa_teselas": 500, "mapa_atribucion": 200, "geocodificador": 500, "central": 50}
# An http(s) address, or nothing; `{z}` and the like are filled in by whoever asks it.
DIRECCIONES = frozenset({"mapa_teselas", "geocodificador"})
# These are read by the statements that give tickets out, and have columns of their own; the others are one JSON object.
COLUMNAS = ("modo_asignacion", "max_tickets_por_repartidor", "minutos_respeto", "minutos_sin_senal", "minutos_antes")


@dataclass(frozen=True, slots=True)
class Configuracion:
    """The settings of dispatch. Amounts are whole pesos; 0 in `efectivo_maximo` is no limit.

    `prueba_…` is how much is asked of a delivery, from a total of `prueba_desde` on, for the ways to pay in
    `prueba_medios` (by commas; empty: all). `central` is the telephone a repartidor calls.
    """

    modo_asignacion: NombreDeModo = "automatico"
    max_tickets_por_repartidor: int = 10
    minutos_respeto: int = 10
    minutos_sin_senal: int = 10
    minutos_antes: int = 120
    segundos_sin_ver: int = 60
    prueba_foto: Nivel = "no"
    prueba_firma: Nivel = "no"
    prueba_pin: Nivel = "no"
    prueba_receptor: Nivel = "no"
    prueba_desde: int = 0
    prueba_medios: str = ""
    fotos_dias: int = 30
    efectivo_maximo: int = 0
    orden_propio: bool = False
    mapa_teselas: str = ""
    mapa_atribucion: str = ""
    geocodificador: str = ""
    central: str = ""

    @property
    def modo(self) -> Modo:
        """What the mode of assignment does."""
        return modo_de(self.modo_asignacion)


OPCIONES: dict[str, tuple[str, ...]] = {
    each.name: get_args(each.type) for each in fields(Configuracion) if get_args(each.type)
}
SI_O_NO = tuple(each.name for each in fields(Configuracion) if each.type is bool)


def revisar_configuracion(cambios: Mapping[str, object]) -> dict[str, object]:
    """The changes, checked. Raises CamposInvalidos with one entry per field that is unknown or out of its limits."""
    errores = [(campo, wrong) for campo, valor in cambios.items() if (wrong := _wrong(campo, valor))]
    if errores:
        raise CamposInvalidos(*errores)
    return dict(cambios)


def _wrong(campo: str, valor: object) -> str:
    if campo in OPCIONES:
        return "" if valor in OPCIONES[campo] else f"tiene que ser una de: {', '.join(OPCIONES[campo])}"
    if campo in LIMITES:
        least, most = LIMITES[campo]
        fine = isinstance(valor, int) and not isinstance(valor, bool) and least <= valor <= most
        return "" if fine else f"tiene que ser un número entero entre {least} y {most}"
    if campo in TEXTOS:
        if not isinstance(valor, str) or len(valor) > TEXTOS[campo] or not (valor.isprintable() or not valor):
            return f"tiene que ser un texto de hasta {TEXTOS[campo]} caracteres"
        if campo in DIRECCIONES and valor and not valor.startswith(("https://", "http://", "/")):
            return "tiene que empezar con https://, http:// o /"
        if campo == "mapa_teselas" and valor and origen_de_teselas(valor) is None:
            return "tiene que ser como https://servidor/{z}/{x}/{y}.png"
        if campo == "geocodificador" and valor and not es_geocodificador(valor):
            return "tiene que ser como https://servidor/search?format=jsonv2&limit=1&q={q}"
        return ""
    if campo in SI_O_NO:
        return "" if isinstance(valor, bool) else "tiene que ser sí o no"
    return "no se puede configurar"
