"""What can be wrong in the shop, as a tree; routes/errors.py turns each into one answer.

ErrorDeTienda
├── CampoInvalido           a value that cannot be; names its field
├── CarritoVacio            nothing to order
├── ProductoNoExiste        unknown or no longer sold
├── SinStock                fewer left than asked for
├── ClaveReusada            the same clave with another content
├── PedidoNoExiste          unknown, or somebody else's: the same to whoever asks
├── PedidoEnCamino          too late to cancel it
├── NadaQueVuelva           no goods of it are on their way back
├── PaqueteNoExiste         the same
├── PaqueteVacio            nothing in it that is still sold
├── PaqueteMasCaro          a line of it costs much more than its comerciante saw
├── CuentaInactiva          whose paquete it is cannot buy
├── CorreoEnUso             an account has this address already
├── CuitEnUso               an account has this CUIT already
├── CarritoCambio           the lines are not what the customer was looking at
├── CredencialInvalida      unknown address or wrong password: never says which
└── EnlaceVencido           a recovery link that was used, is too old, or never was
"""

from collections.abc import Mapping, Sequence

from ahorro.domain.cambio import Cambio
from ahorro.domain.dinero import en_pesos, pesos


class ErrorDeTienda(Exception):
    """Root of the shop's own errors; its text is Spanish and is shown to people; `extra` joins a JSON answer."""

    extra: Mapping[str, object] = {}


class CampoInvalido(ErrorDeTienda):
    """A value that cannot be; `campo` is its name on the wire."""

    def __init__(self, campo: str, detalle: str) -> None:
        super().__init__(detalle)
        self.campo = campo
        self.detalle = detalle
        self.extra = {"errores": [{"campo": campo, "detalle": detalle}]}


class CarritoVacio(ErrorDeTienda):
    """Nothing to order."""

    def __init__(self) -> None:
        super().__init__("Tu carrito está vacío.")


class ProductoNoExiste(ErrorDeTienda):
    """Unknown or no longer sold."""

    def __init__(self) -> None:
        super().__init__("Ese producto no existe o ya no está a la venta.")


class SinStock(ErrorDeTienda):
    """Fewer left than asked for."""

    def __init__(self, producto_id: int, nombre: str, quedan: int) -> None:
        self.producto_id = producto_id
        self.nombre = nombre
        self.quedan = quedan
        self.extra = {"producto_id": producto_id, "quedan": quedan}
        super().__init__(
            f"No quedan más unidades de {nombre}."
            if quedan == 0
            else f"De {nombre} {'queda' if quedan == 1 else 'quedan'} {quedan}."
        )


class ClaveReusada(ErrorDeTienda):
    """The same clave with another content."""

    def __init__(self) -> None:
        super().__init__("Esa clave ya se usó para un pedido con otros datos.")


class DemasiadosAbiertos(ErrorDeTienda):
    """Nobody waits for so many pedidos at once."""

    def __init__(self, abiertos: int) -> None:
        super().__init__(f"Tenés {abiertos} pedidos sin entregar. Cuando llegue alguno podés hacer más.")


class PedidoNoExiste(ErrorDeTienda):
    """Unknown, or somebody else's."""

    def __init__(self) -> None:
        super().__init__("No encontramos ese pedido.")


class PedidoEnCamino(ErrorDeTienda):
    """Too late to cancel it."""

    def __init__(self) -> None:
        super().__init__("Tu pedido ya salió o ya terminó: no se puede cancelar por acá. Llamanos y lo vemos.")


class NadaQueVuelva(ErrorDeTienda):
    """No failed delivery, or its goods are back already."""

    def __init__(self) -> None:
        super().__init__("Ese pedido no espera que vuelva nada: no está sin entregar, o ya volvió.")


class PaqueteNoExiste(ErrorDeTienda):
    """Unknown, or somebody else's."""

    def __init__(self) -> None:
        super().__init__("No encontramos ese paquete.")


class PaqueteVacio(ErrorDeTienda):
    """Nothing in it that is still sold."""

    def __init__(self) -> None:
        super().__init__("El paquete no tiene productos a la venta.")


class PaqueteMasCaro(ErrorDeTienda):
    """Nobody has said yes to these prices: (name, before, now) in centavos."""

    def __init__(self, saltos: Sequence[tuple[str, int, int]]) -> None:
        what = ", ".join(f"{nombre} pasó de {en_pesos(antes)} a {en_pesos(ahora)}" for nombre, antes, ahora in saltos)
        super().__init__(f"{what}. No lo pedimos sin preguntarte: pedilo vos o cambiá el paquete.")


class CuentaInactiva(ErrorDeTienda):
    """Whose paquete it is cannot buy."""

    def __init__(self) -> None:
        super().__init__("La cuenta no está activa.")


class CorreoEnUso(ErrorDeTienda):
    """An account has this address already."""

    def __init__(self) -> None:
        super().__init__("Ya hay una cuenta con ese correo.")


class CuitEnUso(ErrorDeTienda):
    """An account has this CUIT already."""

    def __init__(self) -> None:
        super().__init__("Ya hay una cuenta con ese CUIT.")


class CarritoCambio(ErrorDeTienda):
    """The lines are not what the customer was looking at; `a_la_vista` is what each costs now, None: off sale."""

    def __init__(self, cambios: Sequence[Cambio], a_la_vista: Mapping[int, int | None], total_centavos: int) -> None:
        self.cambios = cambios
        self.a_la_vista = a_la_vista
        # A quantity is changed by the customer, on another page: programs know three kinds only.
        avisos = [c.aviso for c in cambios if c.que != "cantidad"]
        self.extra = {"avisos": avisos, "total": pesos(total_centavos)}
        if all(c.que == "cambio_precio" and c.antes is not None for c in cambios):
            super().__init__("Cambió el precio de algo en tu carrito. Revisá el total y volvé a confirmar.")
        else:
            super().__init__("Cambió algo de tu carrito desde que lo viste. Revisalo y volvé a confirmar.")


class FranjaLlena(ErrorDeTienda):
    """The last place of a window went to somebody else, or it is too late for it."""

    def __init__(self, horas: str, *, tarde: bool = False) -> None:
        what = "ya no se puede pedir" if tarde else "se llenó recién"
        super().__init__(f"La franja de {horas} {what}. Elegí otra.")


class CredencialInvalida(ErrorDeTienda):
    """Unknown address or wrong password."""

    def __init__(self) -> None:
        super().__init__("El correo o la contraseña no son correctos.")


class EnlaceVencido(ErrorDeTienda):
    """A recovery link that was used, is too old, or never was."""

    def __init__(self) -> None:
        super().__init__("Ese enlace ya se usó o venció. Pedí uno nuevo.")
