"""The people: who they are, how they stand, the money they carry, and what their phones may do."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from belgrano.http.answers import Amount, Instant, Refusal
from ticketera.domain.configuracion import Nivel
from ticketera.routes.answers.tickets import Alguien, Medio
from ticketera.routes.fields import Permiso


class Cuenta(TypedDict):
    """Who is logged in."""

    id: int
    nombre: str
    email: str
    rol: Literal["admin", "repartidor"]


class Sesion(TypedDict):
    """Who I am."""

    usuario: Cuenta


class Usuario(Cuenta):
    """An admin."""

    telefono: str
    activo: bool
    creado_en: Instant


class Usuarios(TypedDict):
    """Every admin, active or not."""

    usuarios: list[Usuario]


class Ubicacion(TypedDict):
    """Where a phone was."""

    lat: float
    lng: float
    precision_m: float | None
    en: Instant


class PermisosDichos(TypedDict):
    """What a phone said last that it may do; nothing before it did."""

    sonido: NotRequired[Permiso]
    ubicacion: NotRequired[Permiso]
    avisos: NotRequired[Permiso]
    instalada: NotRequired[bool]
    version: NotRequired[str]
    telefono: NotRequired[str]
    problemas: NotRequired[int]
    ayuda: NotRequired[bool]


class Repartidor(TypedDict):
    """A repartidor as the board gets them. `por_rendir` in pesos, negative where the office owes it."""

    id: int
    nombre: str
    email: str
    telefono: str
    activo: bool
    en_turno: bool
    turno_desde: Instant | None
    en_linea: bool
    senal_en: Instant | None
    tickets_abiertos: int
    por_rendir: Amount
    ubicacion: Ubicacion | None
    vehiculo: str
    capacidad: int | None
    zona: str
    negocio: str
    permisos: PermisosDichos


class Repartidores(TypedDict):
    """Every repartidor, active or not."""

    repartidores: list[Repartidor]


class Invitacion(TypedDict):
    """The link with which somebody sets a password, told once."""

    enlace: str
    vence_en: Instant


class Turno(TypedDict):
    """Whether one is on duty, and since when."""

    abierto: bool
    desde: Instant | None


class Niveles(TypedDict):
    """How much is asked of each proof."""

    foto: Nivel
    firma: Nivel
    pin: Nivel
    receptor: Nivel


class Politica(TypedDict):
    """What a delivery is asked for, from a total of `desde` pesos on, for the ways to pay in `medios` (none: all)."""

    niveles: Niveles
    desde: int
    medios: list[str]
    efectivo_maximo: int
    central: str
    orden_propio: bool


class Cobro(TypedDict):
    """One line of a caja; with `corrige` no ticket says it any more."""

    ticket_id: int
    numero: str
    monto: Amount
    medio: Medio
    en: Instant
    corrige: bool


class Caja(TypedDict):
    """What a repartidor has to account for. Pesos."""

    fondo: Amount
    cobrado: list[Cobro]
    por_medio: dict[Medio, Amount]
    a_rendir: Amount
    en_conflicto: Amount
    rendido_hoy: Amount


class Rendicion(TypedDict):
    """A handing in, as counted. Pesos."""

    id: int
    clave: str
    repartidor: Alguien
    esperado: Amount
    contado: Amount
    diferencia: Amount
    nota: str
    por: Alguien
    en: Instant


class CajaCambiada(Refusal):
    """What is to be handed in is not what was shown."""

    a_rendir: Amount
