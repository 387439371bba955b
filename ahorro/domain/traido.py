"""What comes from the earlier shop: accounts, their businesses and paquetes, and pedidos that are over or open.

`clave` is a row's id there, as text. Instants in ms UTC, money in centavos.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ahorro.domain.cuenta import Comercio
from ahorro.domain.pedido import Entrega


@dataclass(frozen=True, slots=True)
class CuentaTraida:
    """An account without a password: its person sets one by recovery. Two with one `email` are the first of them."""

    clave: str
    nombre: str
    email: str
    rol: str
    telefono: str
    direccion: str
    comercio: Comercio | None = None


@dataclass(frozen=True, slots=True)
class ProductoTraido:
    """A product as its owner would have typed it (`datos`), and the claves of the sucursales that sell it."""

    clave: str
    datos: Mapping[str, object]
    sucursales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenglonTraido:
    """A line of a pedido; its product's name was not kept, `nombre` is what the catalogue says today."""

    producto: str  # its clave
    nombre: str
    negocio: str
    categoria: str
    cantidad: int
    precio_centavos: int


@dataclass(frozen=True, slots=True)
class PedidoTraido:
    """A pedido as it stands; without a ticket in the earlier Ticketera it never gets one (`sin_ticket`)."""

    numero: str
    cuenta: str
    entrega: Entrega
    total_centavos: int
    creado_en: int
    estado: str
    estado_en: int | None
    repartidor_nombre: str | None
    sin_ticket: bool
    renglones: tuple[RenglonTraido, ...]


@dataclass(frozen=True, slots=True)
class PaqueteTraido:
    """A paquete, which comes paused: nothing was ever ordered by it alone. `items` are (clave of product, cantidad)."""

    clave: str
    cuenta: str
    nombre: str
    frecuencia: str
    proxima_el: date
    items: tuple[tuple[str, int], ...]
