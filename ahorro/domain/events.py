"""What happened, as the outlets hear it after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PedidoConfirmado:
    """A pedido and its outbox row are on disk."""

    numero: str


@dataclass(frozen=True, slots=True)
class EntregaCambiada:
    """Ticketera told something new about a pedido of this customer."""

    usuario_id: int
    numero: str


@dataclass(frozen=True, slots=True)
class RecuperacionPedida:
    """Somebody with an account asked for a way back in.

    `sitio` is the address of the shop that the link leads to, nothing where none may be sent; `token` is what the
    link carries and is stored nowhere.
    """

    email: str
    nombre: str
    token: str
    sitio: str


@dataclass(frozen=True, slots=True)
class ColaCambiada:
    """Rows of the outbox go again."""
