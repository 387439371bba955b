"""Puts the demo into Ticketera's database, by the real acts: people, turnos, and orders on their way.

Repeating it adds nothing twice; it opens the demo's turnos again, so that a new order is given out at once.
"""

from __future__ import annotations

from belgrano.accounts.passwords import hash_password
from belgrano.database.base import Base
from belgrano.database.work import Work
from belgrano.words.times import now
from ticketera.actions.acciones import actuar
from ticketera.actions.configuracion import cambiar_configuracion
from ticketera.actions.intake import recibir_ticket
from ticketera.actions.mudanzas import mudar
from ticketera.actions.novedades import registrar_recibido, registrar_visto
from ticketera.actions.turnos import abrir_turno, registrar_senal
from ticketera.actions.usuarios import crear_usuario
from ticketera.demo.orders import OrderDemo, parse_orders
from ticketera.demo.people import ADMIN, PASSWORD, REPARTIDORES
from ticketera.domain.acciones import Acto
from ticketera.domain.mudanza import Mudanza
from ticketera.domain.ticket import Quien, Rol
from ticketera.store.novedades import select_posicion
from ticketera.store.tickets import select_numero
from ticketera.store.usuarios import select_activo, select_id_de_email

# Nobody carries the demo's phones: whoever is in turno counts as being there for a whole turno, not for ten minutes.
SETTINGS = {"minutos_sin_senal": 14 * 60}
# What has to happen for an order to come so far; a motivo of `fallar` stands for itself.
STEPS: dict[str, tuple[str, ...]] = {
    "asignado": (),
    "aparte": (),
    "en_camino": ("iniciar",),
    "entregado": ("iniciar", "llegar", "entregar"),
    "cancelado": ("cancelar",),
}
CASH = "efectivo"


async def load(base: Base) -> list[dict[str, str]]:
    """Make the demo; the accounts to print."""
    first = await base.read(select_id_de_email, ADMIN[0]) is None
    people = [
        (ADMIN, "admin", None),
        *(
            ((r.email, r.nombre, r.telefono), "repartidor", {"vehiculo": r.vehiculo, "zona": r.zona})
            for r in REPARTIDORES
        ),
    ]
    for (email, nombre, telefono), rol, reparto in people:
        if await base.read(select_id_de_email, email) is None:
            await base.do(
                crear_usuario,
                nombre=nombre,
                email=email,
                telefono=telefono,
                password_hash=await hash_password(PASSWORD),
                rol=rol,
                reparto=reparto,
            )
    if first:
        await base.do(cambiar_configuracion, SETTINGS)
    for r in REPARTIDORES:
        if r.en_turno:
            await base.do(_en_turno, r.email)
    for order in parse_orders(ahora=now()):
        await base.do(_un_ticket, order)
    return [{"rol": rol, "email": email, "password": PASSWORD} for (email, _, _), rol, _ in people]


async def _en_turno(work: Work, email: str) -> None:
    """Begin the turno of this repartidor, as their phone would; they are seen now."""
    usuario_id = await select_id_de_email(work.con, email)
    usuario = await select_activo(work.con, usuario_id) if usuario_id is not None else None
    if usuario is not None:
        await abrir_turno(work, usuario.id)
        await registrar_senal(work, usuario.id)


async def _un_ticket(work: Work, order: OrderDemo) -> None:
    """Take an order in and let it come as far as it says; one that is there already is left alone."""
    if await select_numero(work.con, order.nuevo.numero) is not None:
        return
    ticket = (await recibir_ticket(work, order.nuevo)).ticket
    admin = await _admin(work)
    if order.destino == "aparte":
        clave = f"demo-{order.nuevo.numero}"
        await mudar(work, admin, Mudanza(clave, [(ticket.id, ticket.version)], None))
        return
    motivo = None if order.destino in STEPS else order.destino
    for accion in STEPS.get(order.destino, ("iniciar", "llegar", "fallar")):
        rider = ticket.repartidor_id is not None and accion != "cancelar"
        quien = Quien(ticket.repartidor_id, ticket.repartidor_nombre or "", Rol.REPARTIDOR) if rider else admin
        cobrado = ticket.total if accion == "entregar" and ticket.metodo_pago == CASH else None
        acto = Acto(
            ticket_id=ticket.id,
            accion=accion,
            accion_id=f"demo-{order.nuevo.numero}-{accion}",
            motivo=motivo if accion == "fallar" else None,
            cobrado=cobrado,
        )
        if accion == "llegar" and not rider:
            continue
        await actuar(work, quien, acto)
    if ticket.repartidor_id is not None:
        await _leido(work, ticket.repartidor_id, ticket.id)


async def _leido(work: Work, repartidor_id: int, ticket_id: int) -> None:
    """What a phone in a hand would have answered: it has the ticket, and a person opened it."""
    _, newest = await select_posicion(work.con, repartidor_id)
    await registrar_recibido(work, repartidor_id, None, newest)
    await registrar_visto(work, repartidor_id, ticket_id)


async def _admin(work: Work) -> Quien:
    admin_id = await select_id_de_email(work.con, ADMIN[0])
    return Quien(admin_id, ADMIN[1], Rol.ADMIN)
