"""Accounts: coming, changing, leaving, and what becomes of the tickets of whoever leaves."""

import pytest

from belgrano.accounts.sessions import SessionEnded, hash_token, open_session, select_open
from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from tests.ticketera.cast import Cast
from ticketera.actions.usuarios import cambiar_admin, cambiar_password, cambiar_repartidor, crear_usuario
from ticketera.domain.avisos import Suscripcion
from ticketera.domain.errors import CamposInvalidos, EmailEnUso, NoExiste, UltimoAdmin
from ticketera.domain.ticket import Estado
from ticketera.store.avisos import upsert_suscripcion
from ticketera.store.usuarios import select_activo, select_credencial


def ended(base: Base) -> int:
    return sum(isinstance(e, SessionEnded) for e in base.told)  # type: ignore[attr-defined]


async def test_an_address_is_one_persons_whatever_its_case(cast: Cast, base: Base) -> None:
    with pytest.raises(EmailEnUso):
        await base.do(crear_usuario, nombre="Otra", email=" RITA@example.com ", password_hash="x", rol="admin")
    with pytest.raises(EmailEnUso):
        await base.do(cambiar_repartidor, cast.ana.quien, cast.raul.id, {"email": "Rita@Example.com"})

    assert await base.read(select_credencial, "RITA@example.com") == (cast.rita.id, "x")


async def test_who_leaves_loses_sessions_turno_and_tickets_in_their_order(cast: Cast, base: Base) -> None:
    await cast.set_turno()
    await base.do(open_session, cast.rita.id)
    held = [await cast.pedido(repartidor_id=cast.rita.id) for _ in range(3)]
    await cast.acts(cast.rita, held[0], "iniciar")

    after = await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False})

    assert (after.activo, after.en_turno, after.tickets_abiertos) == (False, False, 0)
    assert await cast.columna(None) == [t.id for t in held]
    assert (await cast.get_ticket(held[0].id)).estado is Estado.PENDIENTE
    assert cast.tipos(cast.rita)[-3:] == ["ticket.retirado"] * 3
    assert ended(base) == 1
    assert await base.read(select_activo, cast.rita.id) is None
    assert await base.read(select_credencial, "rita@example.com") is None


async def test_the_tickets_may_go_to_somebody_over_the_cap(cast: Cast, base: Base) -> None:
    held = [await cast.pedido(repartidor_id=cast.rita.id) for _ in range(3)]
    await cast.configura(max_tickets_por_repartidor=1)

    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False}, cast.raul.id)

    assert await cast.columna(cast.raul) == [t.id for t in held]


async def test_an_heir_who_cannot_take_them_stops_it_all(cast: Cast, base: Base) -> None:
    eva = await cast.otro("Eva")
    await base.do(cambiar_repartidor, cast.ana.quien, eva.id, {"activo": False})
    ticket = await cast.pedido(repartidor_id=cast.rita.id)

    for heir in (eva.id, cast.ana.id, cast.rita.id, 10**9):
        with pytest.raises(CamposInvalidos):
            await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False}, heir)

    assert (await cast.persona(cast.rita)).activo
    assert (await cast.get_ticket(ticket.id)).version == 1


async def test_an_admin_may_close_a_turno_and_not_open_one(cast: Cast, base: Base) -> None:
    await cast.set_turno(cast.rita)

    closed = await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"en_turno": False})

    assert not closed.en_turno
    with pytest.raises(CamposInvalidos):
        await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"en_turno": True})


async def test_coming_back_is_without_turno(cast: Cast, base: Base) -> None:
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False})

    back = await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": True})

    assert (back.activo, back.en_turno) == (True, False)


async def test_a_new_password_ends_their_sessions(cast: Cast, base: Base) -> None:
    await base.do(open_session, cast.rita.id)
    await base.do(open_session, cast.rita.id)

    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"password_hash": "y"})

    assert ended(base) == 2


async def test_ones_own_new_password_ends_all_sessions_and_this_browser_gets_a_new_one(cast: Cast, base: Base) -> None:
    here = await base.do(open_session, cast.rita.id)
    await base.do(open_session, cast.rita.id)

    token = await base.do(cambiar_password, cast.rita.id, "y", hash_token(here))

    assert token is not None
    assert ended(base) == 2
    assert await base.read(select_open, [hash_token(here), hash_token(token)]) == {hash_token(token)}


async def test_a_phone_that_changes_its_password_goes_on_being_told(cast: Cast, base: Base) -> None:
    here, there = [hash_token(await base.do(open_session, cast.rita.id)) for _ in range(2)]
    for endpoint, hashed in (("https://fcm.googleapis.com/1", here), ("https://fcm.googleapis.com/2", there)):
        await base.do(_subscribe, cast.rita.id, hashed, endpoint)

    token = await base.do(cambiar_password, cast.rita.id, "y", here)

    rows = await base.read(_subscriptions)
    assert rows == {"https://fcm.googleapis.com/1": hash_token(token), "https://fcm.googleapis.com/2": there}


async def _subscribe(work: Work, usuario_id: int, hashed: str, endpoint: str) -> None:
    await upsert_suscripcion(work.con, usuario_id, hashed, Suscripcion(endpoint, "p", "a"), work.ahora)


async def _subscriptions(con: Connection) -> dict[str, str]:
    return {row["endpoint"]: row["token_hash"] for row in await con.fetch_all("SELECT * FROM suscripciones")}


async def test_the_last_active_admin_stays(cast: Cast, base: Base) -> None:
    with pytest.raises(UltimoAdmin):
        await base.do(cambiar_admin, cast.ana.id, {"activo": False})
    eva = await cast.otro("Eva", "admin")

    await base.do(cambiar_admin, cast.ana.id, {"activo": False})

    with pytest.raises(UltimoAdmin):
        await base.do(cambiar_admin, eva.id, {"activo": False})


async def test_the_wrong_kind_of_person_is_unknown(cast: Cast, base: Base) -> None:
    with pytest.raises(NoExiste):
        await base.do(cambiar_repartidor, cast.ana.quien, cast.ana.id, {"nombre": "x"})
    with pytest.raises(NoExiste):
        await base.do(cambiar_admin, cast.rita.id, {"nombre": "x"})
