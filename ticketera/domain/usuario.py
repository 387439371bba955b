"""The people of Ticketera: admins and repartidores, one table, told apart by `rol`."""

from dataclasses import dataclass

from ticketera.domain.ticket import Quien, Rol


@dataclass(slots=True)
class Usuario:
    """A person who may log in. Instants in ms UTC; the dispatch fields mean something for a repartidor only.

    `seq` is the number of the newest novedad for this phone; `tickets_abiertos` counts what it holds;
    `ultimo_dado` grows with each ticket given, whoever has the smallest was given one longest ago;
    `senal_en` is when the phone was last seen, as people read it; `callado` for how many ms of running time it has not
    been, 0 while a socket of it is open (`en_linea`): what is decided goes by that, not by a clock that may be set.
    """

    id: int
    nombre: str
    email: str
    rol: Rol
    activo: bool
    telefono: str
    creado_en: int
    seq: int
    en_turno: bool
    turno_desde: int | None
    tickets_abiertos: int
    ultimo_dado: int
    senal_en: int
    en_linea: bool  # whether a socket of this repartidor is open, as far as is known
    lat: float | None
    lng: float | None
    precision_m: float | None
    ubicado_en: int | None
    vehiculo: str
    capacidad: int | None  # own cap below the configured one
    zona: str  # barrios, by commas
    negocio: str  # whose orders it takes in the mode `fijo`
    permisos: str  # JSON text: what the phone says it may do
    fondo: int  # centavos for change, in hand since the turno began
    efectivo: int = 0  # centavos of cash collected and not handed in, counted by the acts that change it
    callado: int = 0

    @property
    def quien(self) -> Quien:
        """This person as the one who makes a change."""
        return Quien(self.id, self.nombre, self.rol)

    @property
    def por_rendir(self) -> int:
        """The cash to be handed in, the fondo included. Centavos; negative: the office owes it."""
        return self.fondo + self.efectivo
