"""The report of a stretch of time: what came of the tickets that were closed in it, how long it took, and the money."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ticketera.domain.ticket import Estado

# Each stretch of a ticket's way, from which instant to which; of delivered ones only where it ends at the door.
SERIES = {
    "asignar": ("creado_en", "asignado_en"),
    "recibir": ("asignado_en", "recibido_en"),
    "ver": ("asignado_en", "visto_en"),
    "entregar": ("visto_en", "cerrado_en"),
    "todo": ("creado_en", "cerrado_en"),
}
SOLO_ENTREGADOS = frozenset({"entregar", "todo"})
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Recorte:
    """Which tickets: closed from `desde` until before `hasta` (ms UTC); None is any."""

    desde: int
    hasta: int
    repartidor_id: int | None = None
    negocio: str | None = None
    estado: str | None = None


@dataclass(slots=True)
class Cuenta:
    """Counts of closed tickets, money in centavos. `a_tiempo` of the `con_franja`, both delivered ones."""

    entregados: int = 0
    fallidos: int = 0
    cancelados: int = 0
    con_franja: int = 0
    a_tiempo: int = 0
    efectivo: int = 0
    otros_medios: int = 0
    rendido: int = 0
    diferencia: int = 0
    motivos: dict[str, int] = field(default_factory=dict)

    @property
    def cerrados(self) -> int:
        """All of them."""
        return self.entregados + self.fallidos + self.cancelados


@dataclass(frozen=True, slots=True)
class Grupo:
    """Tickets counted in SQL: of one repartidor (None: nobody's), state and reason."""

    repartidor_id: int | None
    estado: str
    motivo: str | None
    cuantos: int
    con_franja: int
    a_tiempo: int
    efectivo: int
    otros_medios: int


@dataclass(frozen=True, slots=True)
class Rendido:
    """Handed in by one repartidor: centavos, and by how much that was off."""

    repartidor_id: int
    rendido: int
    diferencia: int


@dataclass(slots=True)
class Informe:
    """`medidas`: by series, its count and {percentile: ms}. `por_repartidor`: by id, None for nobody's."""

    total: Cuenta
    por_repartidor: dict[int | None, Cuenta]
    medidas: dict[str, tuple[int, dict[int, int]]]


def puesto(cuantos: int, percentil: int) -> int:
    """Which of so many, in order and counted from 1, is the percentile: the nearest rank."""
    return max(1, -(-cuantos * percentil // 100))


def contar(grupos: Iterable[Grupo], rendidos: Iterable[Rendido]) -> tuple[Cuenta, dict[int | None, Cuenta]]:
    """The counts of all, and of each repartidor."""
    total = Cuenta()
    cada: dict[int | None, Cuenta] = {}
    for grupo in grupos:
        for cuenta in (total, cada.setdefault(grupo.repartidor_id, Cuenta())):
            _sumar(cuenta, grupo)
    for each in rendidos:
        for cuenta in (total, cada.setdefault(each.repartidor_id, Cuenta())):
            cuenta.rendido += each.rendido
            cuenta.diferencia += each.diferencia
    return total, cada


def _sumar(cuenta: Cuenta, grupo: Grupo) -> None:
    if grupo.estado == Estado.ENTREGADO:
        cuenta.entregados += grupo.cuantos
        cuenta.con_franja += grupo.con_franja
        cuenta.a_tiempo += grupo.a_tiempo
    elif grupo.estado == Estado.FALLIDO:
        cuenta.fallidos += grupo.cuantos
        motivo = grupo.motivo or "otro"
        cuenta.motivos[motivo] = cuenta.motivos.get(motivo, 0) + grupo.cuantos
    else:
        cuenta.cancelados += grupo.cuantos
    cuenta.efectivo += grupo.efectivo
    cuenta.otros_medios += grupo.otros_medios
