"""Brings the people and tickets of the earlier Ticketera, piece by piece, and tells what stays out."""

from pathlib import Path

from belgrano.database.base import Base
from belgrano.database.traidos import select_traidos
from belgrano.legado.fila import Fila, NoViene, limpio
from belgrano.legado.informe import Informe
from belgrano.legado.origen import AHORRO, PIEZA, TICKETS, Datos, Origen, abierto
from belgrano.legado.personas import Personas, leer_personas
from belgrano.legado.tickets import TicketViejo, leer_ticket
from ticketera.actions.traer import USER, traer_personas, traer_tickets
from ticketera.domain.intake import encargo_de
from ticketera.domain.ticket import Estado
from ticketera.domain.traido import PersonaTraida, TicketTraido
from ticketera.store.tickets import select_numeros

DE_A = 200  # tickets in one commit: an open one is several statements, and other acts wait for them


async def importar(tickets: Path, ahorro: Path, base: Base | None, informe: Informe, *, aplicar: bool) -> None:
    """Everything of the file `tickets`; how each is paid stands in the shop's. Without `aplicar` nothing is kept.

    `base` is None where there is no database yet: then all of it is new.
    """
    async with abierto(tickets, TICKETS) as origen, abierto(ahorro, AHORRO) as tienda:
        personas = await _personas(origen, base, informe, aplicar=aplicar)
        informe.empezar("ticket", await origen.contar("ticket"))
        async for pieza in origen.piezas("ticket", DE_A):
            await _tickets(pieza, personas, tienda, base, informe, aplicar=aplicar)
        informe.terminar()


async def _personas(origen: Origen, base: Base | None, informe: Informe, *, aplicar: bool) -> Personas:
    cuantas = await origen.contar("user")
    informe.empezar("user", cuantas)
    personas = await leer_personas(origen, informe)
    filas = [PersonaTraida(str(p.id), p.nombre, p.email, p.rol, p.activo) for p in personas.todas]
    nuevas = 0
    for n in range(0, len(filas), PIEZA):
        parte = filas[n : n + PIEZA]
        if aplicar and base is not None:
            nuevas += await base.do(traer_personas, parte)
        else:
            known = await base.read(select_traidos, USER, [p.clave for p in parte]) if base else {}
            nuevas += len(parte) - len(known)
    informe.pieza(cuantas, nuevas=nuevas, estaban=len(filas) - nuevas)
    informe.terminar()
    return personas


async def _tickets(
    pieza: list[Datos], personas: Personas, tienda: Origen, base: Base | None, informe: Informe, *, aplicar: bool
) -> None:
    numeros = [limpio(datos.get("numero")) for datos in pieza]
    pagos = {
        limpio(p["numero_pedido"]): limpio(p.get("metodo_pago"))[:50]
        for p in await tienda.donde("pedidos", "numero_pedido", numeros)
    }
    vienen: dict[str, TicketTraido] = {}
    for datos in pieza:
        fila = Fila("ticket", datos, "numero")
        try:
            viejo = leer_ticket(fila, personas)
            if viejo.numero in vienen:
                raise NoViene("el numero es el de otro ticket.")
            vienen[viejo.numero] = _traido(viejo, pagos.get(viejo.numero, ""))
        except NoViene as error:
            informe.no_viene(fila, error)
        informe.avisar(fila)
    if aplicar and base is not None:
        nuevos = await base.do(traer_tickets, list(vienen.values()))
    else:
        nuevos = len(vienen) - (len(await base.read(select_numeros, list(vienen))) if base else 0)
    informe.pieza(len(pieza), nuevas=nuevos, estaban=len(vienen) - nuevos)


def _traido(viejo: TicketViejo, metodo_pago: str) -> TicketTraido:
    encargo = encargo_de(
        numero=viejo.numero,
        productos=list(viejo.productos),
        total=viejo.total,
        metodo_pago=metodo_pago,
        indicaciones=viejo.indicaciones,
        prioridad=viejo.prioridad,
        **{f"cliente_{campo}": text for campo, text in viejo.cliente.items()},
    )
    return TicketTraido(
        encargo=encargo,
        estado=Estado(viejo.estado),
        repartidor=None if viejo.persona is None else str(viejo.persona.id),
        nota=viejo.nota,
        creado_en=viejo.creado_en,
        asignado_en=viejo.asignado_en,
        cerrado_en=viejo.cerrado_en,
    )
