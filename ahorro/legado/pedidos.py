"""The earlier shop's `pedidos` with their lines, each in the state of its ticket."""

from collections.abc import Mapping

from ahorro.actions.traer import traer_pedidos
from ahorro.domain.pedido import METODOS_DE_PAGO, Entrega
from ahorro.domain.traido import PedidoTraido, RenglonTraido
from ahorro.legado.traslado import Traslado
from ahorro.store.traidos import select_numeros
from belgrano.legado.fila import Fila, NoViene, corto, limpio
from belgrano.legado.origen import Datos, Origen
from belgrano.legado.personas import Personas, leer_personas
from belgrano.legado.tickets import ESTADOS, TicketViejo, leer_ticket

PEDIDOS, ITEMS = "pedidos", "pedido_items"


async def traer_los_pedidos(traslado: Traslado, origen: Origen, tickets: Origen) -> None:
    """All of them, piece by piece; then the lines of no pedido are told."""
    personas = await leer_personas(tickets)
    traslado.informe.empezar(PEDIDOS, await origen.contar(PEDIDOS))
    async for pieza in origen.piezas(PEDIDOS):
        await _pieza(traslado, pieza, origen, await _tickets(tickets, pieza, personas))
    traslado.informe.terminar()
    await _huerfanos(traslado, origen)


async def _tickets(tickets: Origen, pieza: list[Datos], personas: Personas) -> dict[str, TicketViejo]:
    """The tickets that come, of these pedidos."""
    found: dict[str, TicketViejo] = {}
    for datos in await tickets.donde("ticket", "numero", [limpio(p.get("numero_pedido")) for p in pieza]):
        try:
            viejo = leer_ticket(Fila("ticket", datos, "numero"), personas)
        except NoViene:
            continue  # whoever brings the tickets tells it
        found.setdefault(viejo.numero, viejo)
    return found


async def _pieza(traslado: Traslado, pieza: list[Datos], origen: Origen, tickets: Mapping[str, TicketViejo]) -> None:
    renglones = await _renglones(traslado, origen, [p["id"] for p in pieza])
    vienen: dict[str, PedidoTraido] = {}
    for datos in pieza:
        fila = Fila(PEDIDOS, datos, "numero_pedido" if limpio(datos.get("numero_pedido")) else "id")
        try:
            pedido = _pedido(traslado, fila, tickets, renglones.get(datos["id"], []))
            if pedido.numero in vienen:
                raise NoViene("el numero_pedido es el de otro.")
            vienen[pedido.numero] = pedido
        except NoViene as error:
            traslado.informe.no_viene(fila, error)
        traslado.informe.avisar(fila)
    pedidos = list(vienen.values())
    if traslado.aplicar and traslado.base is not None:
        nuevos = await traslado.base.do(traer_pedidos, pedidos)
    else:
        known = await traslado.base.read(select_numeros, list(vienen)) if traslado.base else set()
        nuevos = len(pedidos) - len(known)
    traslado.informe.pieza(len(pieza), nuevas=nuevos, estaban=len(pedidos) - nuevos)


def _pedido(
    traslado: Traslado, fila: Fila, tickets: Mapping[str, TicketViejo], renglones: list[RenglonTraido]
) -> PedidoTraido:
    numero = limpio(fila.datos.get("numero_pedido"))
    if not numero or len(numero) > 50:
        raise NoViene(f"numero_pedido: {corto(numero) or 'nada'} no puede ser.")
    usuario_id = fila.datos.get("usuario_id")
    if usuario_id not in traslado.cuentas:
        raise NoViene(f"usuario_id: el usuario {corto(usuario_id)} no viene.")
    creado_en, total, ticket = fila.instante("fecha"), fila.centavos("total"), tickets.get(numero)
    metodo = fila.texto("metodo_pago", 50).lower() or "efectivo"
    if metodo not in METODOS_DE_PAGO:
        fila.avisos.append(f"metodo_pago: {corto(metodo)} viene como efectivo.")
        metodo = "efectivo"
    # Without a ticket nobody had it in hand: what is not over waits for the owner's word.
    solo = ESTADOS.get(limpio(fila.datos.get("estado")).lower(), "pendiente")
    estado = ticket.estado if ticket else "pendiente" if solo == "en_camino" else solo
    en = creado_en if ticket is None else ticket.cerrado_en or ticket.asignado_en or ticket.creado_en
    return PedidoTraido(
        numero=numero,
        cuenta=str(usuario_id),
        entrega=Entrega(
            fila.texto("direccion_entrega", 200),
            "" if ticket is None else ticket.cliente["telefono"],
            metodo,
            fila.texto("notas", 2000, renglones=True),
        ),
        total_centavos=total,
        creado_en=creado_en,
        estado=estado,
        estado_en=None if estado == "pendiente" else en,
        repartidor_nombre=ticket.persona.nombre if ticket and ticket.persona else None,
        sin_ticket=ticket is None,
        renglones=tuple(renglones),
    )


async def _renglones(traslado: Traslado, origen: Origen, ids: list[int]) -> dict[object, list[RenglonTraido]]:
    """The lines of these pedidos, by pedido; one that cannot come is told, and its pedido comes without it."""
    found: dict[object, list[RenglonTraido]] = {}
    for datos in await origen.donde(ITEMS, "pedido_id", ids):
        fila = Fila(ITEMS, datos, "id")
        try:
            found.setdefault(datos["pedido_id"], []).append(_renglon(traslado, fila))
        except NoViene as error:
            traslado.informe.no_viene(fila, error)
    return found


def _renglon(traslado: Traslado, fila: Fila) -> RenglonTraido:
    producto = limpio(fila.datos.get("producto_id"))[:80]
    cantidad, precio = fila.id("cantidad"), fila.centavos("precio_unitario")
    if not 1 <= cantidad <= 999:
        raise NoViene(f"cantidad: {cantidad} no puede ser.")
    nombre, negocio, categoria = traslado.productos.get(producto, (f"Producto {producto or 'sin id'}", "", ""))
    return RenglonTraido(producto, nombre, negocio, categoria, cantidad, precio)


async def _huerfanos(traslado: Traslado, origen: Origen) -> None:
    """Lines whose pedido is not in the file."""
    async for pieza in origen.piezas(ITEMS):
        de = {datos.get("pedido_id") for datos in pieza}
        there = {p["id"] for p in await origen.donde(PEDIDOS, "id", de)}
        for datos in pieza:
            if datos.get("pedido_id") not in there:
                fila = Fila(ITEMS, datos, "id")
                traslado.informe.no_viene(fila, f"pedido_id: el pedido {corto(datos.get('pedido_id'))} no está.")
