"""The pedido: what a customer bought, where it goes, and how far it has come."""

import re
from dataclasses import dataclass, replace
from datetime import date

from ahorro.domain.area import Punto
from ahorro.domain.carrito import Renglon
from ahorro.domain.descuentos import Descuento
from ahorro.domain.franja import Franja
from belgrano.contract import ACCIONES, ESTADOS, PAGOS
from belgrano.words.text import folded
from belgrano.words.times import dia_de

# Paid to the alias beforehand: until somebody saw the money it is waited for.
PAGAN_ANTES = tuple(pago for pago, said in PAGOS.items() if said["antes"])
# In the order in which a customer chooses: what is paid at the door first.
METODOS_DE_PAGO = (*(pago for pago in PAGOS if pago not in PAGAN_ANTES), *PAGAN_ANTES)
ESTADOS_CANCELABLES = tuple(ACCIONES["cancelar"]["desde_la_tienda"])
ESTADOS_CERRADOS = tuple(estado for estado, said in ESTADOS.items() if not said["abierto"])
ABIERTOS, ABIERTOS_DE_COMERCIO = 60, 200  # how many an account may have at once; nobody has paid for them yet
TOTAL_MAXIMO_CENTAVOS = 100_000_000_000
CANCELACION = "cancelar:"
REVISION = "revision:"
OLVIDO = "olvidar:"
# What the shop calls a pedido: its own words until Ticketera says one of the last four.
ESTADOS_DE_TIENDA = ("recibido", "en_armado", "listo", "en_camino", "entregado", "fallido", "cancelado")
# How far the shop has come by itself, as long as it has not left.
ETAPAS = ("recibido", "en_armado", "listo", "cancelado")


@dataclass(frozen=True, slots=True)
class Entrega:
    """Where it goes, when, and how it is paid: what the customer fills in.

    `direccion` is the street's line, or the whole address where it came as one; `piso` and `barrio` are beside it.
    Without a `franja` it comes as soon as possible. `punto` is where on the map it is, where the customer said so.
    """

    direccion: str
    telefono: str
    metodo_pago: str
    notas: str = ""
    piso: str = ""
    barrio: str = ""
    franja: Franja | None = None
    punto: Punto | None = None

    @property
    def domicilio(self) -> str:
        """The whole address on one line."""
        return ", ".join(filter(None, (self.direccion, self.piso, self.barrio)))


@dataclass(frozen=True, slots=True)
class Pedido:
    """A pedido; `estado` is Ticketera's, `pendiente` until it says more. Instants in ms UTC, money in centavos.

    `total_centavos` is what is collected: the lines less `descuentos`, and what it costs to bring them
    (`envio_centavos`); `mostrado_centavos` is what that was when its customer agreed to it (None: the same), and
    `pagado_centavos` what they have paid beforehand, less what they got back. `etapa` is one of ETAPAS, `revision`
    counts what became of it here. `cancelacion_en` is when it was not wanted any more, whatever became of that, and
    `stock_devuelto_en` when its goods were given back.
    """

    id: int
    numero: str
    usuario_id: int
    cliente_nombre: str
    cliente_email: str
    tipo_cliente: str
    entrega: Entrega
    total_centavos: int
    creado_en: int
    estado: str
    repartidor_nombre: str | None
    motivo: str | None
    estado_en: int | None
    huella: str
    paquete_id: int | None = None
    cancelacion_en: int | None = None
    envio_centavos: int = 0
    items: tuple[Renglon, ...] = ()
    descuentos: tuple[Descuento, ...] = ()
    etapa: str = "recibido"
    revision: int = 0
    mostrado_centavos: int | None = None
    pagado_centavos: int = 0
    stock_devuelto_en: int | None = None

    @property
    def como_se_pidio(self) -> "Pedido":
        """It as its customer made it, whatever was packed since."""
        return replace(
            self,
            items=tuple(replace(r, armado=None) for r in self.items if r.en_lugar_de is None),
            descuentos=tuple(
                d if d.pedido_centavos is None else replace(d, monto_centavos=d.pedido_centavos)
                for d in self.descuentos
            ),
            total_centavos=self.total_centavos if self.mostrado_centavos is None else self.mostrado_centavos,
        )

    @property
    def pagado(self) -> bool:
        """Whether all of it was paid beforehand."""
        return 0 < self.pagado_centavos >= self.total_centavos

    @property
    def descuento_centavos(self) -> int:
        """What was taken off its lines."""
        return sum(d.monto_centavos for d in self.descuentos)

    @property
    def aproximado(self) -> bool:
        """Whether something in it is still to be weighed: its total is settled then, at the latest when closed."""
        return not self.cerrado and any(r.por_peso and r.armado is None for r in self.items)

    @property
    def buscado(self) -> str:
        """What it is found by, folded: numero, name, e-mail, and the digits of the telephone."""
        digits = re.sub("[^0-9]", "", self.entrega.telefono)
        return folded(f"{self.numero} {self.cliente_nombre} {self.cliente_email} {digits}")

    @property
    def estado_de_tienda(self) -> str:
        """The shop's word, until Ticketera says that it is on its way or over."""
        return self.etapa if self.estado in ESTADOS_CANCELABLES else self.estado

    @property
    def cancelable(self) -> bool:
        """Nobody is carrying it yet, as far as the shop knows."""
        return self.estado in ESTADOS_CANCELABLES and self.etapa != "cancelado"

    @property
    def se_cancela(self) -> bool:
        """It was asked to be cancelled, and Ticketera has not said yet what became of that."""
        return self.cancelacion_en is not None and self.estado in ESTADOS_CANCELABLES

    @property
    def cerrado(self) -> bool:
        """Nothing more is expected to happen to it."""
        return self.estado in ESTADOS_CERRADOS


def numero_de_pedido(ahora: int, azar: str) -> str:
    """`PED-YYYYMMDD-XXXXXXXX`: the Buenos Aires date and eight random characters."""
    return f"PED-{dia_de(ahora):%Y%m%d}-{azar}"


def numero_de_paquete(paquete_id: int, dia: date) -> str:
    """`PAQ-<id>-<YYYYMMDD>`: one pedido for a paquete and a day."""
    return f"PAQ-{paquete_id}-{dia:%Y%m%d}"


def clave_de_olvido(numero: str) -> str:
    """The key of the outbox row that asks Ticketera to forget whose a pedido was."""
    return f"{OLVIDO}{numero}"


def clave_de_revision(numero: str, revision: int) -> str:
    """The key of the outbox row that tells Ticketera what became of a pedido, one for each time."""
    return f"{REVISION}{numero}:{revision}"


def clave_de_cancelacion(numero: str, *, otra_vez: int | None = None) -> str:
    """The key of the outbox row that asks Ticketera to cancel: one for a pedido, however often it is asked.

    `otra_vez` (an instant) is for a pedido that was opened again after that.
    """
    return f"{CANCELACION}{numero}" if otra_vez is None else f"{CANCELACION}{numero}:{otra_vez}"
