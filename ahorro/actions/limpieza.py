"""The clean-up: what nobody needs any more, a piece at a time, so that orders pass in between; and a new epoca."""

from ahorro.actions.borrado import borrar_cuenta
from ahorro.store.armado import clear_respuestas_antes
from ahorro.store.borrado import LoQueNoVuelve, select_vuelto
from ahorro.store.busquedas import delete_busquedas_antes
from ahorro.store.carritos import delete_carritos_de_nadie, delete_invitados_sin_nada
from ahorro.store.cotejo import update_epoca
from ahorro.store.cuentas import delete_recuperaciones_antes
from ahorro.store.entregas import delete_avisos_antes
from belgrano.accounts.invitations import delete_all_invitations, delete_old_invitations
from belgrano.accounts.second_factor import keep_recovery_codes
from belgrano.accounts.sessions import delete_old_guests, delete_old_sessions, end_all_sessions
from belgrano.database.backup import skip_ids
from belgrano.database.running import long_ago
from belgrano.database.work import Work
from belgrano.outbox.outgoing import delete_done
from belgrano.words.times import DIA, HORA

INVITADOS = 20_000


async def limpiar(work: Work) -> None:
    """Forget links of yesterday, reports and answers of a month ago, queue rows of 90 days, searches of a year ago."""
    await delete_recuperaciones_antes(work.con, await long_ago(work, DIA))
    await delete_old_invitations(work, await long_ago(work, 0))
    await delete_avisos_antes(work.con, await long_ago(work, 31 * DIA))
    await clear_respuestas_antes(work.con, await long_ago(work, 31 * DIA))
    await delete_done(work, await long_ago(work, 90 * DIA))
    await delete_busquedas_antes(work.con, await long_ago(work, 366 * DIA))


async def olvidar_visitas(work: Work) -> bool:
    """Forget sessions unseen for a month, guests of yesterday and their carts, those without a thing after an hour.

    There are never many more than 20,000 guests: the longest unseen go. Whether there is more to forget.
    """
    more = [
        await delete_old_sessions(work, 31 * DIA),
        await delete_invitados_sin_nada(work.con, HORA),
        await delete_old_guests(work, DIA, INVITADOS),
        await delete_carritos_de_nadie(work.con),
    ]
    return any(more)


async def nueva_epoca(work: Work, antes: LoQueNoVuelve | None = None) -> None:
    """What a restored database needs: sessions end, which may have been logged out since the copy; ids are skipped.

    Who had their account erased since is erased again, and recovery codes that were used are worth nothing: `antes` is
    what the database says of it that was there; where nobody knows, no recovery code counts any more.
    """
    await end_all_sessions(work)
    await delete_all_invitations(work)
    await skip_ids(work)
    await update_epoca(work.con, "", None)  # what only Ticketera knows is looked for again
    await keep_recovery_codes(work, antes.codigos if antes is not None else frozenset())
    for usuario_id, creado_en in antes.borrados if antes is not None else ():
        if await select_vuelto(work.con, usuario_id, creado_en):
            await borrar_cuenta(work, usuario_id, otra_vez=True)
