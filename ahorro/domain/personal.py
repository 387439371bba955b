"""Who works in the shop, as its admins see them."""

from dataclasses import dataclass

from ahorro.domain.cuenta import ADMIN

NOMBRES_DE_ROL = {"admin": "Admin", "encargado": "Encargado", "armador": "Armador"}
LO_QUE_HACE = {
    "admin": "Todo: también usuarios, clientes, configuración y auditoría.",
    "encargado": "Productos, precios, stock, pedidos y ventas.",
    "armador": "Arma los pedidos.",
}


@dataclass(frozen=True, slots=True)
class Persona:
    """An account of the shop's people. Instants in ms UTC, None: never, or no open link.

    `entro` says whether they have chosen a password yet.
    """

    id: int
    nombre: str
    email: str
    rol: str
    activo: bool
    entro: bool
    visto_en: int | None
    invitacion_hasta: int | None
    segundo_paso: bool
    version: int

    @property
    def estado(self) -> str:
        """`inactivo`, `invitado` (has not come in yet) or `activo`."""
        if not self.activo:
            return "inactivo"
        return "activo" if self.entro else "invitado"

    @property
    def manda(self) -> bool:
        """Whether they can come in and do all of it: one such person always stays."""
        return self.estado == "activo" and self.rol in ADMIN
