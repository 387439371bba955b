"""Forgetting what is old, and beginning another epoca after a restore."""

import secrets
from collections.abc import Sequence

from belgrano.accounts.invitations import delete_all_invitations, delete_old_invitations
from belgrano.accounts.sessions import delete_old_sessions, end_all_sessions
from belgrano.database.backup import skip_ids
from belgrano.database.running import long_ago
from belgrano.database.work import Work
from belgrano.outbox.outgoing import delete_done
from belgrano.words.times import DIA
from ticketera.actions.fotos import podar_fotos
from ticketera.actions.olvidos import pedir_olvido
from ticketera.store import avisos, configuracion, direcciones, mudanzas, novedades, respuestas, usuarios
from ticketera.store.cambios import clear_cambios, select_cambios_viejos

NOVEDADES = 7 * DIA
RECUERDOS = 30 * DIA
SESIONES = 60 * DIA
PASO = 500


async def podar(work: Work) -> bool:
    """Forget novedades after 7 days, answers after 30, dead links, and photos as configured; True: there is more.

    At most 500 changes and 50 photos at once. The history of a ticket stays. Subscriptions go with their sessions.
    """
    recuerdos = await long_ago(work, RECUERDOS)
    await respuestas.delete_respuestas(work.con, recuerdos)
    await mudanzas.delete_mudanzas(work.con, recuerdos)
    await direcciones.delete_direcciones(work.con, await long_ago(work, 0))
    await delete_old_invitations(work, await long_ago(work, 0))
    await avisos.delete_sin_sesion(work.con)
    mas_fotos = await podar_fotos(work)
    hasta = await select_cambios_viejos(work.con, await long_ago(work, NOVEDADES), PASO)
    if hasta is None:
        return mas_fotos
    await clear_cambios(work.con, hasta)
    for oyente in [0, *(u.id for u in await usuarios.select_repartidores(work.con))]:
        await novedades.delete_novedades(work.con, oyente, hasta, PASO)
    return True


async def olvidar(work: Work) -> bool:
    """Forget reports that were sent 30 days ago, and sessions that are over for 60; True: there is more."""
    await delete_done(work, await long_ago(work, RECUERDOS))
    return await delete_old_sessions(work, SESIONES)


async def nueva_epoca(work: Work, olvidados: Sequence[str] | None = None) -> str:
    """Begin another epoca, as after a restore: listeners start anew, ids that may have been used are skipped, and
    everybody has to log in again. The name of the epoca.

    `olvidados` are the orders whose customers the shop had forgotten when the copy took the database's place.
    """
    epoca = secrets.token_hex(8)
    await configuracion.update_epoca(work.con, epoca)
    await skip_ids(work)
    await end_all_sessions(work)
    await delete_all_invitations(work)
    for numero in olvidados or ():
        await pedir_olvido(work, numero)
    return epoca
