"""What the owner has decided about the shop: who it is, how it is paid, where and when it delivers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ahorro.domain.area import falla_de
from ahorro.domain.envio import Envio
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.franja import Horario
from ahorro.domain.legales import ARREPENTIMIENTO, PRIVACIDAD, TERMINOS
from ahorro.domain.pedido import PAGAN_ANTES
from ahorro.domain.zona import Zona, nombrar
from belgrano.words.numbers import is_whole
from belgrano.words.text import folded

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


@dataclass(frozen=True, slots=True)
class Configuracion:
    """All of it; what nobody has said is as a fresh shop has it. `version` counts the changes, from 1."""

    version: int = 1
    nombre: str = "Belgrano Ahorro"
    razon_social: str = ""
    cuit: str = ""
    domicilio: str = ""
    telefono: str = ""
    whatsapp: str = ""
    email: str = ""
    horarios: str = ""
    alias: str = ""
    cbu: str = ""
    data_fiscal: str = ""  # the address that the tax office's QR leads to
    medios_de_pago: tuple[str, ...] = ("efectivo", "transferencia")
    envio: Envio = field(default_factory=Envio)
    zonas: tuple[Zona, ...] = ()
    mapa_teselas: str = ""  # where the map's pictures come from, for whoever draws zones; empty: no streets
    mapa_atribucion: str = ""
    franjas: Horario = field(default_factory=Horario)
    terminos: str = TERMINOS
    privacidad: str = PRIVACIDAD
    arrepentimiento: str = ARREPENTIMIENTO  # what cannot be given back

    @property
    def dibuja(self) -> bool:
        """Whether it may matter where on the map somebody is."""
        return any(zona.area for zona in self.zonas)

    @property
    def reparte_en(self) -> str:
        """`Belgrano, Núñez y Colegiales`; empty where it delivers everywhere."""
        return nombrar(self.zonas)


def cbu_valido(cbu: str) -> bool:
    """Whether these are the 22 digits of a CBU or CVU, both check digits included."""
    if len(cbu) != 22 or not is_whole(cbu):
        return False
    return all(
        (10 - sum(int(d) * (3, 1, 7, 9)[n % 4] for n, d in enumerate(reversed(part[:-1]))) % 10) % 10 == int(part[-1])
        for part in (cbu[:8], cbu[8:])
    )


COBROS = frozenset({"medios_de_pago", "alias", "cbu"})


def check_cobros(c: Configuracion) -> None:
    """Raise CampoInvalido where some pay beforehand and nobody said where to. A shop that was never asked may go on."""
    if not (c.alias or c.cbu or set(PAGAN_ANTES).isdisjoint(c.medios_de_pago)):
        detalle = "Hace falta el alias o el CBU: es adonde te transfieren quienes pagan antes de recibir."
        raise CampoInvalido("alias", detalle)


def check_configuracion(c: Configuracion) -> None:
    """Raise CampoInvalido, naming the field, where what is said does not go together."""
    barrios = [folded(barrio) for zona in c.zonas for barrio in zona.barrios]
    nombres = [folded(zona.nombre) for zona in c.zonas]
    for campo, wrong, detalle in (
        ("medios_de_pago", not c.medios_de_pago, "Tiene que haber al menos una forma de pagar."),
        ("zonas", len(set(nombres)) < len(nombres), "Hay dos zonas con el mismo nombre."),
        (
            "zonas",
            not all(zona.barrios or zona.area for zona in c.zonas),
            "Cada zona necesita al menos un barrio, o un área dibujada.",
        ),
        ("zonas", bool(area := _mal_dibujada(c.zonas)), area),
        (
            "zonas",
            len(set(barrios)) < len(barrios),
            f"El barrio {_twice(c.zonas)} está repetido: va en una sola zona.",
        ),
        ("franjas", not c.franjas.dias, "Tiene que haber al menos un día de reparto."),
        (
            "franjas",
            len({each.dia for each in c.franjas.por_dia}) < len(c.franjas.por_dia),
            "Hay un día dos veces en por_dia.",
        ),
        ("franjas", bool(corto := _demasiado_corto(c.franjas)), corto),
    ):
        if wrong:
            raise CampoInvalido(campo, detalle)


def _mal_dibujada(zonas: Sequence[Zona]) -> str:
    wrong = ((zona.nombre, falla_de(zona.area)) for zona in zonas if zona.area)
    return next((f"{nombre}: {falla}" for nombre, falla in wrong if falla), "")


def _twice(zonas: Sequence[Zona]) -> str:
    seen: set[str] = set()
    for barrio in (barrio for zona in zonas for barrio in zona.barrios):
        if folded(barrio) in seen:
            return barrio
        seen.add(folded(barrio))
    return ""


def _demasiado_corto(franjas: Horario) -> str:
    for dia in franjas.dias:
        desde, hasta = franjas.horas(dia)
        if desde + franjas.duracion > hasta:
            own = any(each.dia == dia for each in franjas.por_dia)
            return f"{'El ' + DIAS[dia - 1] if own else 'Entre el comienzo y el fin del reparto'} \
tiene que entrar al menos una franja."
    return ""
