"""What can be wrong with an act, in the domain's words. `codigo` is for programs, `detalle` (Spanish) for people.

    DomainError
      CamposInvalidos     400  one entry per wrong field
      NoExiste            404  also: somebody else's; EnlaceVencido
      RolNoPermitido      403
      PlanillaIlegible    on a page
      ClaveConOtroContenido 422
      NoSePuede           409
        NumeroEnConflicto, EmailEnUso, UltimoAdmin, RepartidorInactivo, ConflictoResuelto, DemasiadasFotos, FotoTarde,
          CajaCambio, ConfiguracionCambio, PedidoCerrado
        TicketAjeno
        ConTicket               carries the ticket as it is now, and the acciones that it allows
          VersionVieja, AccionNoPermitida, FueraDePlazo, TicketCerrado

The statuses are the routes' business (their table is in `routes/`); they stand here to be found.
What leaves something behind (a conflicto, a remembered answer) is returned, not raised: an error undoes the act.
"""

from collections.abc import Sequence

from ticketera.domain.ticket import Estado, Ticket


class DomainError(Exception):
    """Anything the domain refuses."""

    codigo = "error"
    detalle = "No se pudo hacer."

    def __init__(self, detalle: str | None = None) -> None:
        super().__init__(detalle or self.detalle)
        if detalle:
            self.detalle = detalle


class CamposInvalidos(DomainError):
    """Fields that are wrong: `errores` is [(campo, detalle)], one per campo."""

    codigo = "campos_invalidos"
    detalle = "Hay datos que corregir."

    def __init__(self, *errores: tuple[str, str]) -> None:
        super().__init__()
        self.errores = list(errores)


class NoExiste(DomainError):
    """There is no such thing, or it is somebody else's."""

    codigo = "no_existe"
    detalle = "No existe."


class EnlaceVencido(NoExiste):
    """A link that is wrong, used or too old: nobody can tell which."""

    codigo = "enlace_vencido"
    detalle = "Este enlace venció o no existe."


class RolNoPermitido(DomainError):
    """This act is not for this role."""

    codigo = "rol_no_permitido"
    detalle = "Tu rol no permite esta acción."


class ClaveConOtroContenido(DomainError):
    """The same clave or accion_id was used for something else."""

    codigo = "clave_con_otro_contenido"
    detalle = "Esa clave ya se usó con otro contenido."


class NoSePuede(DomainError):
    """It cannot be done as things stand."""


class NumeroEnConflicto(NoSePuede):
    """The numero exists with other content."""

    codigo = "numero_en_conflicto"
    detalle = "Ya hay un ticket con ese número y otro contenido."


class EmailEnUso(NoSePuede):
    """Somebody else has this address."""

    codigo = "email_en_uso"
    detalle = "Ese correo ya lo usa otra persona."


class UltimoAdmin(NoSePuede):
    """The last active admin cannot be removed."""

    codigo = "ultimo_admin"
    detalle = "Es la última persona que administra: no se puede dar de baja."


class RepartidorInactivo(NoSePuede):
    """A repartidor without access can hold nothing."""

    codigo = "repartidor_inactivo"
    detalle = "Ese repartidor está dado de baja."


class ConflictoResuelto(NoSePuede):
    """The conflicto was decided otherwise."""

    codigo = "conflicto_resuelto"
    detalle = "Ese conflicto ya se resolvió de otra manera."


class DemasiadasFotos(NoSePuede):
    """The ticket has as many photos as one may have."""

    codigo = "demasiadas_fotos"
    detalle = "Ese ticket ya tiene todas las fotos que puede tener."


class FotoTarde(NoSePuede):
    """The ticket was closed too long ago for another photo."""

    codigo = "fuera_de_plazo"
    detalle = "Ese ticket se cerró hace más de 7 días: ya no se le agregan fotos."


class CajaCambio(NoSePuede):
    """What is to be handed in is not what was shown; `a_rendir` is what it is now, in centavos."""

    codigo = "caja_cambio"
    detalle = "La caja cambió mientras tanto: mirá la cifra nueva y contá otra vez."

    def __init__(self, a_rendir: int) -> None:
        super().__init__()
        self.a_rendir = a_rendir


class ConfiguracionCambio(NoSePuede):
    """Settings that somebody changed to something else since they were shown: `campos` are their names."""

    codigo = "configuracion_cambio"
    detalle = "Otra persona cambió lo mismo mientras tanto. Mirá cómo quedó y guardá otra vez si hace falta."

    def __init__(self, campos: Sequence[str]) -> None:
        super().__init__()
        self.campos = list(campos)


class PedidoCerrado(NoSePuede):
    """The shop has a later word on an order that is closed; `estado` is how it ended."""

    codigo = "cerrado"
    detalle = "El ticket ya está cerrado: no se cambia más."

    def __init__(self, estado: Estado) -> None:
        super().__init__()
        self.estado = estado


class TicketAjeno(NoSePuede):
    """The ticket was this repartidor's, and is not any more."""

    codigo = "ticket_ajeno"
    detalle = "Este ticket ya no es tuyo."


class ConTicket(NoSePuede):
    """A refusal that shows the ticket as it is, and the names of the acciones it allows now."""

    def __init__(self, ticket: Ticket, acciones: Sequence[str] = (), detalle: str | None = None) -> None:
        super().__init__(detalle)
        self.ticket = ticket
        self.acciones = list(acciones)


class VersionVieja(ConTicket):
    """The ticket changed since it was looked at."""

    codigo = "version_vieja"
    detalle = "El ticket cambió mientras lo mirabas."


class AccionNoPermitida(ConTicket):
    """The state of the ticket does not allow this accion."""

    codigo = "accion_no_permitida"
    detalle = "En el estado en que está, el ticket no permite esa acción."


class FueraDePlazo(ConTicket):
    """The time to take it back is over."""

    codigo = "fuera_de_plazo"
    detalle = "Ya pasó el plazo para esa acción."


class TicketCerrado(ConTicket):
    """The ticket is closed."""

    codigo = "cerrado"
    detalle = "El ticket ya está cerrado."


class PlanillaIlegible(DomainError):
    """A file of orders that cannot be read as a whole; `detalle` says why and what to do."""

    codigo = "planilla_ilegible"
