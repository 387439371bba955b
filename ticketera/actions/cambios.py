"""The heart: the one way in which a ticket changes.

`registrar_cambio` writes the ticket's next version, one row of history with the ticket as every listener gets it, a
number in the stream of each listener, the holders' counters, and the report to the shop when the state changed. An
act is a pure computation of the next ticket, and this call.
"""

from collections import Counter

from belgrano.database.work import Work
from ticketera.domain.caja import EFECTIVO, efectivo_de
from ticketera.domain.cambio import Cambio
from ticketera.domain.conflicto import Conflicto
from ticketera.domain.events import Novedad, Ofertas, Presencia, ReporteListo
from ticketera.domain.novedades import ASIGNADO, CONFLICTO, TABLERO, oyentes
from ticketera.domain.ticket import Estado, Quien, Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store import caja, novedades, tickets, usuarios
from ticketera.store.cambios import insert_cambio
from ticketera.store.reportes import insert_reporte
from ticketera.store.tenencias import upsert_tenencia


async def registrar_cambio(work: Work, cambio: Cambio) -> Ticket:
    """Make a change true, tell whom it concerns, and return its `despues`, completed: version, who, numbers, id."""
    antes, despues, quien = cambio.antes, cambio.despues, cambio.quien
    despues.version = 1 if antes is None else antes.version + 1
    despues.cambio_por, despues.cambio_por_nombre = quien.id, quien.nombre
    vuelve = 0 if antes is None or antes.cobrado is None else await _asentar(work, antes, cambio)
    board_seq, epoca = await novedades.next_tablero(work.con)
    numbered = await _numerar(work, antes, despues, board_seq)
    await _escribir(work, antes, despues)
    await _contar(work, cambio, epoca, numbered)
    if antes is not None:
        await _contar_plata(work, antes, despues, vuelve)
    if antes is None or antes.estado != despues.estado:
        await insert_reporte(work.con, despues, epoca, work.ahora)
        work.tell(ReporteListo())
    if antes is not None and Estado.PENDIENTE in (antes.estado, despues.estado):
        await decir_ofertas(work)
    return despues


async def asentar_lo_pasado(work: Work, cambio: Cambio) -> Ticket:
    """Write down a change of a ticket that was over before it came here: history and row, and nobody is told."""
    antes, despues = cambio.antes, cambio.despues
    despues.version = 1 if antes is None else antes.version + 1
    despues.cambio_por, despues.cambio_por_nombre = cambio.quien.id, cambio.quien.nombre
    await _escribir(work, antes, despues)
    await insert_cambio(work.con, cambio, work.ahora)
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


async def _asentar(work: Work, antes: Ticket, cambio: Cambio) -> int:
    """Cash that was collected by a delivery which is corrected now: domain/caja.py says what becomes of it.

    What is corrected was never collected: handed in, it goes back to whoever did. Anything else (another attempt,
    somebody else's delivery after all) takes nothing back: it stays handed in, or to be handed in. Returned is the cash
    that so goes back to whoever had the ticket, in centavos.
    """
    despues = cambio.despues
    if (antes.repartidor_id, antes.cobrado, antes.medio) == (despues.repartidor_id, despues.cobrado, despues.medio):
        return 0
    monto = ((antes.rendicion_id is not None) - (cambio.que != "corregir")) * (antes.cobrado or 0)
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
    despues.rendicion_id = None
    return monto if medio == EFECTIVO else 0


async def _contar_plata(work: Work, antes: Ticket, despues: Ticket, vuelve: int) -> None:
    """Count the cash that the holders have to hand in, and tell the tablero of whose is another than before."""
    cambio: Counter[int | None] = Counter({despues.repartidor_id: efectivo_de(despues)})
    cambio[antes.repartidor_id] -= efectivo_de(antes) + vuelve
    for repartidor_id, centavos in cambio.items():
        if repartidor_id is not None and centavos:
            usuario = await usuarios.add_efectivo(work.con, repartidor_id, centavos)
            if usuario is not None:
                decir_presencia(work, usuario)


async def registrar_conflicto(work: Work, ticket: Ticket, conflicto: Conflicto, *, que: str, quien: Quien) -> None:
    """Tell the tablero of a conflicto that begins or ends; the ticket stays as it is, version included."""
    seq, epoca = await novedades.next_tablero(work.con)
    cambio = Cambio(ticket, ticket, que, quien, conflicto=conflicto)
    await _contar(work, cambio, epoca, [(TABLERO, seq, CONFLICTO)])


async def _numerar(work: Work, antes: Ticket | None, despues: Ticket, board_seq: int) -> list[tuple[int, int, str]]:
    """The next number of each listener, with the open tickets of each counted: (oyente, seq, tipo)."""
    numbered = []
    for oyente, tipo in oyentes(antes, despues):
        seq = board_seq
        if oyente != TABLERO:
            before = antes is not None and antes.holder == oyente
            after = despues.holder == oyente
            given = despues.repartidor_id == oyente and (antes is None or antes.repartidor_id != oyente)
            usuario = await usuarios.next_seq(work.con, oyente, after - before, board_seq if given else None)
            if after != before:
                decir_presencia(work, usuario)
            seq = usuario.seq
            if tipo == ASIGNADO:
                despues.dado_seq = seq
        numbered.append((oyente, seq, tipo))
    return numbered


async def _contar(work: Work, cambio: Cambio, epoca: str, numbered: list[tuple[int, int, str]]) -> None:
    """Write the change once, address it to its listeners, and hand each their novedad."""
    row = await insert_cambio(work.con, cambio, work.ahora)
    await novedades.insert_novedades(work.con, row["id"], numbered)
    for oyente, seq, tipo in reversed(numbered):  # the tablero last: who is in the street hears it first
        work.tell(Novedad(oyente, seq, tipo, epoca, row))


def decir_presencia(work: Work, usuario: Usuario) -> None:
    """Tell the tablero how a repartidor stands now."""
    work.tell(Presencia(usuario))


async def decir_ofertas(work: Work) -> None:
    """Tell the free phones, in a mode that offers, that what is offered changed; once an act.

    `registrar_cambio` does it for every change of a ticket that waits or waited. A new one is its maker's to tell: in
    the other modes intake must not pay for the question.
    """
    if not any(isinstance(event, Ofertas) for event in work.events):
        ids = await usuarios.select_para_ofrecer(work.con)
        if ids:
            work.tell(Ofertas(tuple(ids)))
