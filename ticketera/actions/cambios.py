"""The heart: the one way in which a ticket changes.

`registrar_cambio` writes the ticket's next version, one row of history with the ticket as every listener gets it, a
number in the stream of each listener, the holders' counters, and the report to the shop when the state changed. An
act is a pure computation of the next ticket, and this call.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

from belgrano.database.work import Work
from belgrano.outbox.outgoing import insert_outgoing
from belgrano.words.times import iso
from ticketera.domain.caja import EFECTIVO, efectivo_de
from ticketera.domain.events import Novedad, Ofertas, Presencia, ReporteListo
from ticketera.domain.novedades import CONFLICTO, TABLERO, oyentes
from ticketera.domain.ticket import Estado, Quien, Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store import caja, novedades, tickets, usuarios
from ticketera.store.tenencias import upsert_tenencia
from ticketera.wire.novedad import novedad
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.text import Json, encode, pesos
from ticketera.wire.ticket import antes_json, ticket_json


async def registrar_cambio(
    work: Work,
    antes: Ticket | None,
    despues: Ticket,
    *,
    que: str,
    quien: Quien,
    clave: str | None = None,
    ocurrido_en: int | None = None,
    detalle: Json | None = None,
    conflicto: Json | None = None,
) -> Ticket:
    """Make `despues` true, tell whom it concerns, and return it with its id and version.

    `antes` is the ticket as stored, None for a new one (which is filled in itself). `que` names the change in the
    history, `clave` the mudanza that made it. `conflicto` is shown to the tablero with the change.
    """
    con, vuelve = work.con, 0
    if antes is not None:
        despues = replace(despues, version=antes.version + 1)
    despues.cambio_por, despues.cambio_por_nombre = quien.id, quien.nombre
    if antes is not None and antes.cobrado is not None:
        despues, vuelve = await _asentar(work, antes, despues, que)
    board_seq, epoca = await novedades.next_tablero(con)
    numbered = []
    for oyente, tipo in oyentes(antes, despues):
        seq = board_seq
        if oyente != TABLERO:
            seq = await _numerar(work, antes, despues, oyente, board_seq)
            if tipo == "ticket.asignado":
                despues.dado_seq = seq
        numbered.append((oyente, seq, tipo))
    await _escribir(work, antes, despues)
    await _contar(work, antes, despues, epoca, numbered, que, quien, clave, ocurrido_en, detalle, conflicto)
    await _contar_plata(work, antes, despues, vuelve)
    if antes is None or antes.estado != despues.estado:
        await _reportar(work, despues, epoca)
    if antes is not None and Estado.PENDIENTE in (antes.estado, despues.estado):
        await decir_ofertas(work)
    return despues


async def _escribir(work: Work, antes: Ticket | None, despues: Ticket) -> None:
    """Write the row, and who had it until now."""
    if antes is None:
        despues.id = await tickets.insert_ticket(work.con, despues)
    elif not await tickets.update_ticket(work.con, despues):
        raise RuntimeError(f"ticket {despues.id} changed under an act")
    elif antes.repartidor_id is not None and despues.repartidor_id != antes.repartidor_id:
        desde = antes.creado_en if antes.asignado_en is None else antes.asignado_en
        await upsert_tenencia(work.con, antes.id, antes.repartidor_id, desde, work.ahora)


async def _asentar(work: Work, antes: Ticket, despues: Ticket, que: str) -> tuple[Ticket, int]:
    """Money that a ticket no longer speaks of: domain/caja.py.

    What is corrected was never collected: handed in, it goes back to who did. Anything else (another attempt, somebody
    else's delivery after all) takes nothing back: it stays handed in, or to be handed in. Also returned is the cash
    that so goes back to whoever had the ticket, in centavos.
    """
    if (antes.repartidor_id, antes.cobrado, antes.medio) == (despues.repartidor_id, despues.cobrado, despues.medio):
        return despues, 0
    monto = ((antes.rendicion_id is not None) - (que != "corregir")) * (antes.cobrado or 0)
    medio = antes.medio or EFECTIVO
    if antes.repartidor_id is not None and monto:
        await caja.insert_contraasiento(
            work.con,
            repartidor_id=antes.repartidor_id,
            ticket_id=antes.id,
            monto=monto,
            medio=medio,
            ahora=work.ahora,
        )
    await caja.clear_rendicion(work.con, antes.id)
    return replace(despues, rendicion_id=None), monto if medio == EFECTIVO else 0


async def _contar_plata(work: Work, antes: Ticket | None, despues: Ticket, vuelve: int) -> None:
    """Count the cash that the holders have to hand in, and tell the tablero of whose is another than before."""
    cambio: Counter[int | None] = Counter({despues.repartidor_id: efectivo_de(despues)})
    if antes is not None:
        cambio[antes.repartidor_id] -= efectivo_de(antes) + vuelve
    for repartidor_id, centavos in cambio.items():
        if repartidor_id is not None and centavos:
            usuario = await usuarios.add_efectivo(work.con, repartidor_id, centavos)
            if usuario is not None:
                decir_presencia(work, usuario)


async def registrar_conflicto(work: Work, ticket: Ticket, conflicto: Json, *, que: str, quien: Quien) -> None:
    """Tell the tablero of a conflicto that begins or ends; the ticket stays as it is, version included."""
    seq, epoca = await novedades.next_tablero(work.con)
    numbered = [(TABLERO, seq, CONFLICTO)]
    await _contar(work, ticket, ticket, epoca, numbered, que, quien, None, None, None, conflicto)


async def _numerar(work: Work, antes: Ticket | None, despues: Ticket, oyente: int, board_seq: int) -> int:
    """The listener's next number, with their open tickets counted."""
    before = antes is not None and antes.holder == oyente
    after = despues.holder == oyente
    given = despues.repartidor_id == oyente and (antes is None or antes.repartidor_id != oyente)
    usuario = await usuarios.next_seq(work.con, oyente, after - before, board_seq if given else None)
    if after != before:
        decir_presencia(work, usuario)
    return usuario.seq


async def _contar(
    work: Work,
    antes: Ticket | None,
    despues: Ticket,
    epoca: str,
    numbered: list[tuple[int, int, str]],
    que: str,
    quien: Quien,
    clave: str | None,
    ocurrido_en: int | None,
    detalle: Json | None,
    conflicto: Json | None,
) -> None:
    """Write the change once, address it to its listeners, and hand each their novedad."""
    cambio: dict[str, Any] = {
        "ticket_id": despues.id,
        "en": work.ahora,
        "ocurrido_en": ocurrido_en,
        "quien_id": quien.id,
        "quien_nombre": quien.nombre,
        "quien_rol": str(quien.rol),
        "que": que,
        "de": None if antes is None else str(antes.estado),
        "a": str(despues.estado),
        "repartidor_de": None if antes is None else antes.repartidor_nombre,
        "repartidor_a": despues.repartidor_nombre,
        "detalle": None if detalle is None else encode(detalle),
        "clave": clave,
        "conflicto": None if conflicto is None else encode(conflicto),
        "ticket": encode(ticket_json(despues)),
        "antes": None if antes is None or antes.abierto else encode(antes_json(antes)),
    }
    cambio_id = await novedades.insert_cambio(work.con, cambio)
    await novedades.insert_novedades(work.con, cambio_id, numbered)
    for oyente, seq, tipo in reversed(numbered):  # the tablero last: who is in the street hears it first
        work.tell(Novedad(oyente, seq, novedad(oyente, seq, tipo, epoca, cambio)))


async def _reportar(work: Work, ticket: Ticket, epoca: str) -> None:
    """Queue the report to the shop, in the same commit; reports of a ticket leave in order."""
    data: Json = {
        "numero": ticket.numero,
        "estado": ticket.estado,
        "epoca": epoca,
        "version": ticket.version,
        "repartidor_nombre": ticket.repartidor_nombre,
        "en": iso(_cuando(ticket, work.ahora)),
    }
    if ticket.motivo is not None:
        data["motivo"] = ticket.motivo
    if ticket.cobrado is not None:  # what was said of the money at the door
        data |= {"cobrado": pesos(ticket.cobrado), "medio": ticket.medio}
    body = encode({"type": f"ticket.{ticket.estado}", "timestamp": iso(work.ahora), "data": data})
    key = f"{epoca}-{ticket.id}-{ticket.version}"
    await insert_outgoing(work.con, key=key, lane=ticket.numero, body=body, ahora=work.ahora)
    work.tell(ReporteListo())


def _cuando(ticket: Ticket, ahora: int) -> int:
    """When the ticket came into its state, as far as people say."""
    if ticket.cerrado_en is not None:
        return ticket.cerrado_en
    if ticket.estado is Estado.EN_CAMINO and ticket.en_camino_en is not None:
        return ticket.en_camino_en
    return ahora


def decir_presencia(work: Work, usuario: Usuario) -> None:
    """Tell the tablero how a repartidor stands now."""
    work.tell(Presencia(usuario.id, encode(repartidor_json(usuario))))


async def decir_ofertas(work: Work) -> None:
    """Tell the free phones, in a mode that offers, that what is offered changed; once an act.

    `registrar_cambio` does it for every change of a ticket that waits or waited. A new one is its maker's to tell: in
    the other modes intake must not pay for the question.
    """
    if not any(isinstance(event, Ofertas) for event in work.events):
        ids = await usuarios.select_para_ofrecer(work.con)
        if ids:
            work.tell(Ofertas(tuple(ids)))
