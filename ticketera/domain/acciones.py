"""The table of acts: what leads from which state where, who may, and for how long. Server, board and phone share it.

The table stands in belgrano/contract/acciones.json; `tabla` is what a page carries of it. Times are
counted between the acts' own times (`ocurrido_en`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from belgrano import contract
from belgrano.contract import MOTIVOS, PAGOS
from ticketera.domain.caja import EFECTIVO
from ticketera.domain.errors import AccionNoPermitida, CamposInvalidos, FueraDePlazo, RolNoPermitido, TicketCerrado
from ticketera.domain.ticket import Estado, Quien, Rol, Ticket, reabierto, sin_asignar


@dataclass(frozen=True, slots=True)
class Accion:
    """One act: from which states, to which (None: it stays, or comes from the ticket), and who may.

    `quien` gives each role its time in ms after `desde_cuando` (a field of the ticket), None for always.
    """

    desde: tuple[Estado, ...]
    a: Estado | None
    quien: Mapping[Rol, int | None]
    desde_cuando: str | None = None


ACCIONES: Mapping[str, Accion] = {
    nombre: Accion(
        tuple(map(Estado, dicha["desde"])),
        None if dicha["a"] is None else Estado(dicha["a"]),
        {Rol(rol): plazo for rol, plazo in dicha["quien"].items()},
        dicha["desde_cuando"],
    )
    for nombre, dicha in contract.ACCIONES.items()
}
# The shop may take an order back only before it is on its way.
TIENDA_CANCELA = tuple(map(Estado, contract.ACCIONES["cancelar"]["desde_la_tienda"]))
DE_NADIE = "Quien lo pidió borró su cuenta: ya no se sabe de quién era, y no se cambia más."
# What happened in the street is kept even when the ticket has moved on: as a conflicto.
DE_LA_CALLE = frozenset({"entregar", "fallar"})


@dataclass(frozen=True, slots=True)
class Acto:
    """One act as it came in. `ocurrido_en` in ms UTC, None for now; `cobrado` in centavos."""

    ticket_id: int
    accion: str
    accion_id: str
    version: int | None = None
    ocurrido_en: int | None = None
    motivo: str | None = None
    nota: str | None = None
    cobrado: int | None = None
    medio: str | None = None
    prueba: str | None = None  # JSON text

    def contenido(self) -> list[object]:
        """What makes it this act and no other: all but version and time.

        What older versions did not know is part of it where it is said: an act that they remember stays the same one.
        """
        said = [self.ticket_id, self.accion, self.motivo, self.nota, self.cobrado]
        return said if self.medio is None and self.prueba is None else [*said, self.medio, self.prueba]


def revisar_acto(acto: Acto) -> None:
    """Raise CamposInvalidos for an act that could never be done."""
    errores = []
    if acto.accion not in ACCIONES:
        errores.append(("accion", f"tiene que ser una de: {', '.join(ACCIONES)}"))
    if acto.accion == "fallar":
        if acto.motivo is None:
            errores.append(("motivo", "falta decir por qué no se entregó"))
        elif acto.motivo not in MOTIVOS:
            errores.append(("motivo", f"tiene que ser uno de: {', '.join(MOTIVOS)}"))
        elif acto.motivo == "otro" and not (acto.nota and acto.nota.strip()):
            errores.append(("nota", "con el motivo otro hay que contar qué pasó"))
    if acto.medio is not None and acto.medio not in PAGOS:
        errores.append(("medio", f"tiene que ser uno de: {', '.join(PAGOS)}"))
    if errores:
        raise CamposInvalidos(*errores)


def sostenido(ticket: Ticket, ocurrido_en: int | None, ahora: int) -> int:
    """When an act happened, as far as we believe it: between the ticket's being given and now."""
    if ocurrido_en is None:
        return ahora
    desde = ticket.asignado_en if ticket.asignado_en is not None else ticket.creado_en
    return min(max(ocurrido_en, desde), ahora)


def acciones_posibles(ticket: Ticket, rol: Rol, ahora: int) -> list[str]:
    """The names of the acts that this role may do with the ticket as it is."""
    if ticket.olvidado:
        return []
    return [
        nombre
        for nombre, accion in ACCIONES.items()
        if ticket.estado in _desde(accion, rol) and rol in accion.quien and _a_tiempo(ticket, accion, rol, ahora)
    ]


def revisar_rol(acto: Acto, rol: Rol) -> None:
    """Raise RolNoPermitido for an act that is never this role's."""
    if rol not in ACCIONES[acto.accion].quien:
        raise RolNoPermitido


def aplicar(ticket: Ticket, acto: Acto, quien: Quien, ahora: int) -> Ticket:
    """The ticket after the act. Its `lugar` is the caller's where it changes column.

    Raises TicketCerrado, AccionNoPermitida or FueraDePlazo, with what would be allowed.
    """
    accion = ACCIONES[acto.accion]
    cuando = sostenido(ticket, acto.ocurrido_en, ahora)
    if ticket.estado not in _desde(accion, quien.rol):
        error = AccionNoPermitida if ticket.abierto else TicketCerrado
        raise error(ticket, acciones_posibles(ticket, quien.rol, ahora))
    if ticket.olvidado:
        raise TicketCerrado(ticket, [], DE_NADIE)
    if not _a_tiempo(ticket, accion, quien.rol, cuando):
        raise FueraDePlazo(ticket, acciones_posibles(ticket, quien.rol, ahora))
    match acto.accion:
        case "iniciar":
            return replace(ticket, estado=Estado.EN_CAMINO, en_camino_en=cuando, llego_en=None)
        case "volver":
            return replace(ticket, estado=Estado.ASIGNADO, en_camino_en=None, llego_en=None)
        case "llegar":
            return replace(ticket, llego_en=cuando)
        case "reintentar":
            again = sin_asignar(reabierto(ticket, Estado.PENDIENTE), ticket.lugar, None)
            return replace(again, intento=ticket.intento + 1)
        case "corregir":
            return reabierto(ticket, ticket.estado_previo or Estado.ASIGNADO)
        case _:
            return cerrado(ticket, acto, cuando, quien)


def cerrado(ticket: Ticket, acto: Acto, cuando: int, quien: Quien) -> Ticket:
    """The ticket closed by entregar, fallar or cancelar. Money of which nothing else is said is cash."""
    return replace(
        ticket,
        estado=ACCIONES[acto.accion].a or ticket.estado,
        cerrado_en=cuando,
        cerrado_por=quien.id,
        estado_previo=ticket.estado,
        motivo=None if acto.accion == "entregar" else acto.motivo,
        nota=acto.nota,
        cobrado=acto.cobrado,
        medio=None if acto.cobrado is None else acto.medio or EFECTIVO,
        prueba=acto.prueba,
        resuelto_en=None,
    )


def tabla() -> dict[str, Any]:
    """The table for board and phone: names, states, roles with their time in ms (null: always), motivos."""
    return {
        "acciones": {
            nombre: {
                "desde": list(accion.desde),
                "a": accion.a,
                "quien": dict(accion.quien),
                "desde_cuando": accion.desde_cuando,
            }
            for nombre, accion in ACCIONES.items()
        },
        "motivos": list(MOTIVOS),
    }


def _desde(accion: Accion, rol: Rol) -> tuple[Estado, ...]:
    return TIENDA_CANCELA if rol is Rol.TIENDA and accion.a is Estado.CANCELADO else accion.desde


def _a_tiempo(ticket: Ticket, accion: Accion, rol: Rol, cuando: int) -> bool:
    plazo = accion.quien[rol]
    if plazo is None or accion.desde_cuando is None:
        return True
    since = getattr(ticket, accion.desde_cuando)
    return since is None or cuando - since <= plazo
