"""Acts that phones and boards send until they are answered: each is done once, and its answer is kept."""

from collections.abc import Awaitable, Callable, Sequence

from belgrano.database.once import once
from belgrano.database.work import Work
from ticketera.domain.errors import ClaveConOtroContenido
from ticketera.domain.intake import huella_de
from ticketera.domain.resultado import Hecho, Rechazado
from ticketera.store import respuestas
from ticketera.store.respuestas import Respuesta, respuesta_de


async def once_for(
    work: Work, actor: str, accion_id: str, contenido: Sequence[object], act: Callable[[], Awaitable[Hecho | Rechazado]]
) -> Respuesta:
    """The answer of an actor's accion_id: that of `act`, or the one that was kept, to the byte.

    An act that raises keeps nothing. Raises ClaveConOtroContenido where the accion_id came with other content.
    """
    huella = huella_de(contenido)

    async def first() -> Respuesta:
        respuesta = respuesta_de(await act())
        await respuestas.insert_respuesta(work.con, actor, accion_id, huella, respuesta, work.ahora)
        return respuesta

    known = respuestas.select_respuesta(work.con, actor, accion_id)
    return await once(known, huella, first, ClaveConOtroContenido)
