"""What becomes of each line of a spreadsheet: a new ticket, one that is there, an error, or a question."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from belgrano.contract import ESTADOS
from belgrano.database.work import Connection
from belgrano.http.contactos import contacto
from ticketera.domain.armado import Linea
from ticketera.domain.celdas import lo_mismo, numero_de
from ticketera.domain.domicilio import tiene_altura
from ticketera.domain.encargo import Encargo
from ticketera.domain.errors import CamposInvalidos
from ticketera.domain.escrito import palabras
from ticketera.domain.exportado import celdas_de
from ticketera.domain.intake import huella
from ticketera.domain.lugar import punto, que_tiene
from ticketera.domain.parecido import MOST, Rasgos, cambia, rasgos
from ticketera.domain.planilla import Planilla
from ticketera.domain.ruta import Punto
from ticketera.domain.ticket import CERRADOS, Estado, Ticket
from ticketera.domain.usuario import Usuario
from ticketera.routes.pages.escritos import pedido_de
from ticketera.store.tickets import select_numero
from ticketera.store.usuarios import select_repartidores

_CERRADOS = {palabras(ESTADOS[each]["oficina"]) for each in CERRADOS}


@dataclass(slots=True)
class Renglon:
    """What becomes of a line: `nuevo`, `igual` or `distinto` (there is one), `cerrado` (nothing to deliver), `error`,
    `dudoso` (probably an order that another line or a ticket is already), `saltado` (a person said so); afterwards also
    `creado`. `pregunta` is what a person may decide otherwise, and the ticket it is about, if it is one."""

    linea: Linea
    numero: str = ""
    pedido: Encargo | None = None
    situacion: str = "nuevo"
    ticket: Ticket | None = None
    errores: list[tuple[str, str]] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    pregunta: str = ""
    parecido: Ticket | None = None


async def select_renglones(con: Connection, planilla: Planilla) -> list[Renglon]:
    """What each line would become, with nothing kept."""
    people = [each for each in await select_repartidores(con) if each.activo]
    times: Counter[str] = Counter()
    seen: dict[str, int] = {}
    made = []
    for linea in planilla.lineas:
        renglon = _leer(linea, people, times)
        if renglon.pedido is not None:
            await _comparar(con, renglon, renglon.pedido, seen)
        made.append(renglon)
    return made


def _leer(linea: Linea, people: list[Usuario], times: Counter[str]) -> Renglon:
    """The order of a line; without a numero it gets one by its content, the second of its kind another."""
    renglon = Renglon(linea, linea.celdas.get("numero", ""), avisos=list(linea.avisos))
    named = linea.celdas.get("repartidor", "")
    found = [each.id for each in people if palabras(each.nombre) == palabras(named)] if named else []
    if named and len(found) != 1:
        renglon.avisos.append(f"No hay un repartidor activo que se llame “{named[:60]}”: entra sin él.")
    try:
        pedido = pedido_de(
            {**linea.celdas, "numero": renglon.numero or "-"}, repartidor_id=found[0] if len(found) == 1 else None
        )
        if linea.errores:
            raise CamposInvalidos(*linea.errores)
    except CamposInvalidos as error:
        known = {campo for campo, _ in linea.errores}
        others = [each for each in error.errores if each[0] not in known]
        renglon.situacion, renglon.errores = "error", [*linea.errores, *others]
        return renglon
    if not renglon.numero:
        content = numero_de(pedido)
        times[content] += 1
        renglon.numero = content if times[content] == 1 else f"{content}-{times[content]}"
    renglon.numero = renglon.numero.strip()
    renglon.pedido = replace(pedido, numero=renglon.numero)
    return renglon


async def _comparar(con: Connection, renglon: Renglon, pedido: Encargo, seen: dict[str, int]) -> None:
    """Whether there is a ticket with this numero, here or in a line before."""
    if renglon.numero in seen:
        renglon.situacion = "error"
        renglon.errores = [("numero", f"es el mismo de la línea {seen[renglon.numero]}.")]
        return
    seen[renglon.numero] = renglon.linea.numero
    renglon.ticket = await select_numero(con, renglon.numero)
    if renglon.ticket is not None:
        same = renglon.ticket.huella == huella(pedido) or lo_mismo(renglon.linea.celdas, celdas_de(renglon.ticket))
        renglon.situacion = "igual" if same else "distinto"
    elif palabras(renglon.linea.celdas.get("estado", "")) in _CERRADOS:
        renglon.situacion = "cerrado"


def mirar(renglones: Sequence[Renglon], recientes: Sequence[Ticket], ahora: int) -> None:
    """Say what a person should look at before anything is made, and ask where a line is probably no order of its own.

    `recientes` are tickets made lately; `ahora` in ms UTC.
    """
    known: list[Encargo | Ticket] = [each.pedido for each in renglones if each.pedido is not None]
    known += recientes
    places = [punto(each.cliente_lat, each.cliente_lng) for each in known]
    lugares = [each for each in places if each is not None and not que_tiene(each)]
    for renglon in renglones:
        if renglon.pedido is not None and renglon.situacion == "nuevo":
            renglon.avisos += _avisos(renglon.pedido, lugares, ahora)
    _preguntar(renglones, recientes)


def decidir(renglones: Sequence[Renglon], otros: set[int]) -> None:
    """What a person decided about the lines that were asked: those in `otros` (their number) otherwise than shown."""
    for renglon in renglones:
        if renglon.pregunta and renglon.linea.numero in otros:
            renglon.situacion = "nuevo" if renglon.situacion == "dudoso" else "saltado"


def _avisos(pedido: Encargo, lugares: Sequence[Punto], ahora: int) -> list[str]:
    said = []
    if not tiene_altura(pedido.cliente_direccion):
        said.append("La dirección no tiene altura.")
    if pedido.cliente_telefono and contacto(pedido.cliente_telefono)["llamar"] is None:
        said.append(f"“{pedido.cliente_telefono}” no es un teléfono al que se pueda llamar.")
    lugar = punto(pedido.cliente_lat, pedido.cliente_lng)
    if lugar is None and (pedido.cliente_lat is not None or pedido.cliente_lng is not None):
        said.append("Las coordenadas no dicen ningún lugar: entra sin ellas.")
    elif lugar is not None and (doubt := que_tiene(lugar, lugares)):
        said.append(f"Revisá las coordenadas: {doubt}.")
    if pedido.franja_hasta is not None and pedido.franja_hasta < ahora:
        said.append("La franja ya pasó.")
    return said


def _preguntar(renglones: Sequence[Renglon], recientes: Sequence[Ticket]) -> None:
    """Compare each line without a numero with the tickets of late and with the lines before it."""
    tickets: dict[object, list[tuple[Rasgos, Ticket]]] = defaultdict(list)
    for ticket in recientes:
        if ticket.estado is not Estado.CANCELADO:
            known = _de_ticket(ticket)
            for clave in known.claves:
                tickets[clave].append((known, ticket))
    lines: dict[object, list[tuple[Rasgos, Renglon]]] = defaultdict(list)
    for renglon in renglones:
        if renglon.pedido is None or renglon.linea.celdas.get("numero"):
            continue
        own = _de_pedido(renglon.pedido)
        if renglon.situacion == "nuevo":
            _preguntar_por(renglon, own, tickets, lines)
        for clave in own.claves:
            lines[clave].append((own, renglon))


def _preguntar_por(
    renglon: Renglon,
    own: Rasgos,
    tickets: dict[object, list[tuple[Rasgos, Ticket]]],
    lines: dict[object, list[tuple[Rasgos, Renglon]]],
) -> None:
    for known, before in (each for clave in own.claves for each in lines[clave][-MOST:]):
        what = cambia(own, known, juntos=True)
        if what == "nada":  # the second of its kind has a numero of its own
            renglon.pregunta = f"Dice lo mismo que la línea {before.linea.numero}."
            return
        if what is not None:
            _dudar(renglon, f"Parece el pedido de la línea {before.linea.numero}: cambia sólo {what}.")
            if before.situacion == "nuevo":
                _dudar(before, f"Parece el pedido de la línea {renglon.linea.numero}: cambia sólo {what}.")
            return
    for known, ticket in (each for clave in own.claves for each in tickets[clave][:MOST]):
        what = cambia(own, known, juntos=False)
        if what is not None:
            change = "otro dato" if what == "nada" else what
            _dudar(renglon, f"Parece el pedido de {ticket.numero}, que ya está: cambia sólo {change}.")
            renglon.parecido = ticket
            return


def _dudar(renglon: Renglon, pregunta: str) -> None:
    renglon.situacion, renglon.pregunta = "dudoso", renglon.pregunta or pregunta


def _de_pedido(pedido: Encargo) -> Rasgos:
    return rasgos(
        nombre=pedido.cliente_nombre,
        direccion=pedido.cliente_direccion,
        piso=pedido.cliente_piso,
        telefono=pedido.cliente_telefono,
        productos=list(pedido.productos),
        total=pedido.total,
        franja=(pedido.franja_desde, pedido.franja_hasta),
    )


def _de_ticket(ticket: Ticket) -> Rasgos:
    return rasgos(
        nombre=ticket.cliente_nombre,
        direccion=ticket.cliente_direccion,
        piso=ticket.cliente_piso,
        telefono=ticket.cliente_telefono,
        productos=json.loads(ticket.productos),
        total=ticket.total,
        franja=(ticket.franja_desde, ticket.franja_hasta),
    )
