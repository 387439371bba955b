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
class CorreoPorMandar:
    """A message waits to leave."""


@dataclass(frozen=True, slots=True)
class ColaCambiada:
    """Rows of the outbox go again."""
