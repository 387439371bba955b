"""A customer as the shop's owner knows them."""

from dataclasses import dataclass

from ahorro.domain.cuenta import correo_de_nadie


@dataclass(frozen=True, slots=True)
class ComercioDeCliente:
    """A comerciante's business; `lista` is the name of the price list agreed with them, nothing for the shop's own."""

    nombre: str
    cuit: str
    aprobado: bool
    lista: str


@dataclass(frozen=True, slots=True)
class Cliente:
    """An account that buys. Instants in ms UTC; `gastado_centavos` without what was cancelled or not delivered."""

    id: int
    nombre: str
    email: str
    telefono: str
    rol: str
    activo: bool
    nota: str
    creado_en: int
    pedidos: int
    gastado_centavos: int
    ultimo_pedido: int | None
    comercio: ComercioDeCliente | None
    version: int

    @property
    def borrado(self) -> bool:
        """Whether they had themselves forgotten: what they bought stays, and there is nobody to write to."""
        return self.email == correo_de_nadie(self.id)
