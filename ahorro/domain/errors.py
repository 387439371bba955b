"""What can be wrong in the shop, in the domain's words. `codigo` is for programs, `detalle` (Spanish) for people.

    DomainError
      CampoInvalido           a value that cannot be; names its field
      NoExiste                also: somebody else's, the same to whoever asks
        ProductoNoExiste, PedidoNoExiste, PaqueteNoExiste
      CredencialInvalida      unknown address or wrong password: never says which
      FaltaCodigo, CodigoInvalido   the password was right, the code of the second step was not
      EnlaceVencido           a link of recovery or invitation that was used, is too old, or never was
      ClaveReusada            the same clave with another content
      Conflicto               it cannot be done as things stand
        CarritoVacio, CarritoCambio, EnvioCambio, SinStock, FranjaLlena, DemasiadosAbiertos
        PedidoEnCamino, NadaQueVuelva, NoSePuedeAhora, FaltaPesar, TotalMayor
        PaqueteVacio, PaqueteMasCaro
        VersionVieja          somebody else changed it meanwhile; carries the thing as it is
        CuentaInactiva, CorreoEnUso, CuitEnUso
        UltimoAdmin, PersonaInactiva, InvitacionNoHay, SegundoPasoPuesto, EsElPropio, PedidosAbiertos
        CambioGrande          prices that move by more than half want a second word
        PreciosCambiaron      what was shown of prices that move is not what would come of it any more
        YaSeAplico            too late to cancel a change of prices
        NoSeAplico            nothing to take back: it waits for its moment, or was cancelled

`routes/errors.py` has the status of each kind, and what an answer carries besides. An error undoes the act.
"""

from collections.abc import Mapping, Sequence

from ahorro.domain.cambio import Cambio
from belgrano.words.money import pesos
from belgrano.words.numbers import peso


class DomainError(Exception):
    """Anything the domain refuses."""

    codigo = "error"
    detalle = "No se pudo hacer."

    def __init__(self, detalle: str | None = None) -> None:
        super().__init__(detalle or self.detalle)
        if detalle:
            self.detalle = detalle


class CampoInvalido(DomainError):
    """A value that cannot be; `campo` is its name on the wire."""

    codigo = "datos_invalidos"

    def __init__(self, campo: str, detalle: str) -> None:
        super().__init__(detalle)
        self.campo = campo


class NoExiste(DomainError):
    """There is no such thing, or it is somebody else's."""

    codigo = "no_existe"
    detalle = "No existe."


class ProductoNoExiste(NoExiste):
    """Unknown or no longer sold."""

    codigo = "producto_no_existe"
    detalle = "Ese producto no existe o ya no está a la venta."


class PedidoNoExiste(NoExiste):
    """Unknown, or somebody else's."""

    detalle = "No encontramos ese pedido."


class PaqueteNoExiste(NoExiste):
    """Unknown, or somebody else's."""

    detalle = "No encontramos ese paquete."


class CredencialInvalida(DomainError):
    """Unknown address or wrong password."""

    codigo = "credencial_invalida"
    detalle = "El correo o la contraseña no son correctos."


class FaltaCodigo(DomainError):
    """The password was right; this account comes in with a code besides."""

    codigo = "falta_codigo"
    detalle = "Falta el código de tu aplicación."


class CodigoInvalido(DomainError):
    """A code that is wrong, too old, or was used before."""

    codigo = "codigo_invalido"
    detalle = "Ese código no es el de ahora, o ya se usó."


class EnlaceVencido(DomainError):
    """A link of recovery or invitation that was used, is too old, or never was."""

    codigo = "enlace_vencido"
    detalle = "Ese enlace ya se usó o venció. Pedí uno nuevo."


class ClaveReusada(DomainError):
    """The same clave with another content."""

    codigo = "clave_reusada"
    detalle = "Esa clave ya se usó con otros datos."


class Conflicto(DomainError):
    """It cannot be done as things stand."""


class CarritoVacio(Conflicto):
    """Nothing to order."""

    codigo = "carrito_vacio"
    detalle = "Tu carrito está vacío."


class CarritoCambio(Conflicto):
    """The lines are not what the customer was looking at.

    `a_la_vista` is what each costs now (centavos, None: off sale), `descuento_centavos` what is taken off them, and
    `total_centavos` what is paid for all of it. Without `cambios` only what is taken off has changed.
    """

    codigo = "carrito_cambio"
    detalle = "Cambió algo de tu carrito desde que lo viste. Revisalo y volvé a confirmar."

    def __init__(
        self,
        cambios: Sequence[Cambio],
        a_la_vista: Mapping[int, int | None],
        total_centavos: int,
        descuento_centavos: int = 0,
        *,
        solo_descuento: bool = False,
    ) -> None:
        only_prices = all(c.que == "cambio_precio" and c.antes is not None for c in cambios)
        what = "el precio de algo en tu carrito" if not solo_descuento else "lo que se te descuenta"
        super().__init__(f"Cambió {what}. Revisá el total y volvé a confirmar." if only_prices else None)
        self.cambios = cambios
        self.a_la_vista = a_la_vista
        self.descuento_centavos = descuento_centavos
        self.total_centavos = total_centavos


class EnvioCambio(Conflicto):
    """Delivery there costs something else than the customer was looking at; `costo_centavos` is what it costs."""

    codigo = "envio_cambio"

    def __init__(self, costo_centavos: int, total_centavos: int) -> None:
        what = f"cuesta {pesos(costo_centavos)}" if costo_centavos else "es gratis"
        super().__init__(f"El envío hasta ahí {what}: en total son {pesos(total_centavos)}. Volvé a confirmar.")
        self.costo_centavos = costo_centavos


class SinStock(Conflicto):
    """Fewer left than asked for."""

    codigo = "sin_stock"

    def __init__(self, producto_id: int, nombre: str, quedan: int, *, por_peso: bool = False) -> None:
        if quedan == 0:
            said = f"No queda más {nombre}." if por_peso else f"No quedan más unidades de {nombre}."
        else:
            said = f"De {nombre} {'queda' if quedan == 1 else 'quedan'} {peso(quedan) if por_peso else quedan}."
        super().__init__(said)
        self.producto_id = producto_id
        self.nombre = nombre
        self.quedan = quedan


class FranjaLlena(Conflicto):
    """The last place of a window went to somebody else, or it is too late for it."""

    codigo = "franja_llena"

    def __init__(self, horas: str, *, tarde: bool = False) -> None:
        what = "ya no se puede pedir" if tarde else "se llenó recién"
        super().__init__(f"La franja de {horas} {what}. Elegí otra.")


class DemasiadosAbiertos(Conflicto):
    """Nobody waits for so many pedidos at once."""

    codigo = "demasiados_abiertos"

    def __init__(self, abiertos: int) -> None:
        super().__init__(f"Tenés {abiertos} pedidos sin entregar. Cuando llegue alguno podés hacer más.")


class PedidoEnCamino(Conflicto):
    """Too late to cancel it."""

    codigo = "pedido_en_camino"
    detalle = "Tu pedido ya salió o ya terminó: no se puede cancelar por acá. Llamanos y lo vemos."


class NadaQueVuelva(Conflicto):
    """No failed delivery, or its goods are back already."""

    codigo = "nada_que_vuelva"
    detalle = "Ese pedido no espera que vuelva nada: no está sin entregar, o ya volvió."


class NoSePuedeAhora(Conflicto):
    """An act that a pedido does not take as it stands; `codigo` says why."""

    def __init__(self, codigo: str, detalle: str) -> None:
        super().__init__(detalle)
        self.codigo = codigo


class FaltaPesar(Conflicto):
    """What is sold by weight has none yet."""

    codigo = "falta_pesar"

    def __init__(self, nombres: Sequence[str]) -> None:
        super().__init__(f"Falta pesar {', '.join(nombres)}.")
        self.nombres = nombres


class TotalMayor(Conflicto):
    """What was packed costs more than a tenth above what its customer was shown, and nobody asked them."""

    codigo = "total_mayor"

    def __init__(self, mostrado_centavos: int, total_centavos: int) -> None:
        super().__init__(
            f"El total pasó de {pesos(mostrado_centavos)} a {pesos(total_centavos)}, más de un 10 %. "
            "Hablalo con el cliente antes de cerrarlo."
        )
        self.mostrado_centavos, self.total_centavos = mostrado_centavos, total_centavos


class PaqueteVacio(Conflicto):
    """Nothing in it that is still sold."""

    codigo = "paquete_vacio"
    detalle = "El paquete no tiene productos a la venta."


class PaqueteMasCaro(Conflicto):
    """Nobody has said yes to these prices: (name, before, now) in centavos."""

    codigo = "paquete_mas_caro"

    def __init__(self, saltos: Sequence[tuple[str, int, int]]) -> None:
        what = ", ".join(f"{nombre} pasó de {pesos(antes)} a {pesos(ahora)}" for nombre, antes, ahora in saltos)
        super().__init__(f"{what}. No lo pedimos sin preguntarte: pedilo vos o cambiá el paquete.")


class CuentaInactiva(Conflicto):
    """Whoever the paquete belongs to cannot buy."""

    codigo = "cuenta_inactiva"
    detalle = "La cuenta no está activa."


class CorreoEnUso(Conflicto):
    """An account has this address already."""

    codigo = "correo_en_uso"
    detalle = "Ya hay una cuenta con ese correo."


class CuitEnUso(Conflicto):
    """An account has this CUIT already."""

    codigo = "cuit_en_uso"
    detalle = "Ya hay una cuenta con ese CUIT."


class UltimoAdmin(Conflicto):
    """Nobody would be left who may do all of it."""

    codigo = "ultimo_admin"
    detalle = "No queda nadie más que administre la tienda. Nombrá antes a otra persona."


class PersonaInactiva(Conflicto):
    """Who has no access gets no link."""

    codigo = "persona_inactiva"
    detalle = "No tiene acceso. Dáselo otra vez y después hacele un enlace."


class InvitacionNoHay(Conflicto):
    """No open link to withdraw."""

    codigo = "invitacion_no_hay"
    detalle = "Esa invitación ya se usó, venció o se retiró."


class SegundoPasoPuesto(Conflicto):
    """It is on already."""

    codigo = "segundo_paso_puesto"
    detalle = "El segundo paso ya está puesto."


class NadaEmpezado(Conflicto):
    """No second step waits for its first code, or it has waited too long."""

    codigo = "segundo_paso_sin_empezar"
    detalle = "Pasaron más de 10 minutos desde que empezaste. Empezá otra vez, con una clave nueva."


class EsElPropio(Conflicto):
    """One's own password and second step change by knowing them, not by being an admin."""

    codigo = "es_el_propio"
    detalle = "Lo tuyo se cambia en tu cuenta, con tu contraseña de ahora."


class CuentaBorrada(Conflicto):
    """Whoever had themselves forgotten is not let in again, nor written about."""

    codigo = "cuenta_borrada"
    detalle = "La cuenta se borró: no hay nada que cambiar."


class PedidosAbiertos(Conflicto):
    """An account with something still to be delivered is not erased."""

    codigo = "pedidos_abiertos"

    def __init__(self, abiertos: int) -> None:
        what = "un pedido" if abiertos == 1 else f"{abiertos} pedidos"
        super().__init__(f"Tenés {what} sin entregar. Cuando llegue, o lo canceles, podés borrar tu cuenta.")


class CambioGrande(Conflicto):
    """Some prices would change by more than half, or come to nothing, and nobody said that this is meant."""

    codigo = "cambio_grande"
    detalle = "Hay precios que cambian más de un 50 % o quedan en $ 0. Si es lo que querés, mandalo con forzar."


class PreciosCambiaron(Conflicto):
    """Somebody changed a price, or scheduled another change of it, between the preview of a change and its applying."""

    codigo = "precios_cambiaron"
    detalle = "Algún precio cambió desde que lo miraste, o se programó otro. Revisá cómo queda y volvé a aplicarlo."


class YaSeAplico(Conflicto):
    """Too late to cancel a change of prices."""

    codigo = "ya_se_aplico"
    detalle = "Ese cambio ya se aplicó, no se puede cancelar. Podés deshacerlo."


class NoSeAplico(Conflicto):
    """Nothing to take back: the change waits for its moment, or was cancelled."""

    codigo = "no_se_aplico"
    detalle = "Ese cambio no se aplicó: no hay nada que deshacer."


class VersionVieja(Conflicto):
    """Somebody else changed it meanwhile. `actual` is the thing as it is now, `que` its noun on the wire."""

    codigo = "version_vieja"
    detalle = "Alguien lo cambió mientras lo editabas. Mirá cómo quedó y volvé a intentar."

    def __init__(self, que: str, actual: object) -> None:
        super().__init__()
        self.que = que
        self.actual = actual
