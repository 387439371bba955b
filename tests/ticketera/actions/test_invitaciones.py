"""The link with which a repartidor sets a password: once, for 48 hours, and only the newest."""

import asyncio

import pytest

from belgrano.accounts.invitations import LASTS_MS, select_invited
from belgrano.accounts.sessions import SessionEnded, hash_token, open_session
from belgrano.database.base import Base
from belgrano.database.running import advance, select_running
from belgrano.database.work import Connection, Work
from belgrano.words.times import HORA
from tests.ticketera.cast import Cast
from ticketera.actions.invitaciones import aceptar_invitacion, invitar
from ticketera.actions.limpieza import nueva_epoca, podar
from ticketera.actions.usuarios import cambiar_password, cambiar_repartidor
from ticketera.domain.errors import EnlaceVencido, NoExiste, RepartidorInactivo
from ticketera.store.usuarios import select_password_hash


async def _later(work: Work, token: str) -> None:
    work.ahora += LASTS_MS
    await aceptar_invitacion(work, token, "nueva")


async def _two_days_later(work: Work) -> None:
    work.ahora += LASTS_MS + HORA
    await podar(work)  # the clock was set, and nobody knows whether for good
    assert await _stored(work.con)
    await advance(work, await select_running(work.con) + LASTS_MS + HORA, True)
    await podar(work)


async def _stored(con: Connection) -> str:
    return " ".join(str(dict(row)) for row in await con.fetch_all("SELECT * FROM invitaciones", {}))


async def test_who_has_the_link_sets_the_password_and_is_in_and_every_other_session_ends(
    cast: Cast, base: Base
) -> None:
    await base.do(open_session, cast.rita.id)
    made = await base.do(invitar, cast.rita.id)

    session = await base.do(aceptar_invitacion, made.token, "nueva")

    assert session
    assert await base.read(select_password_hash, cast.rita.id) == "nueva"
    assert sum(isinstance(e, SessionEnded) for e in base.told) == 1  # type: ignore[attr-defined]


async def test_a_link_is_long_and_only_its_hash_is_kept(cast: Cast, base: Base) -> None:
    made = await base.do(invitar, cast.rita.id)

    stored = await base.read(_stored)

    assert len(made.token) == 43  # 256 bits
    assert made.token not in stored
    assert hash_token(made.token) in stored


async def test_a_link_works_once_also_when_two_use_it_at_the_same_time(cast: Cast, base: Base) -> None:
    made = await base.do(invitar, cast.rita.id)

    answers = await asyncio.gather(
        *(base.do(aceptar_invitacion, made.token, f"nueva-{n}") for n in range(3)), return_exceptions=True
    )

    assert sum(isinstance(each, EnlaceVencido) for each in answers) == 2
    with pytest.raises(EnlaceVencido):
        await base.do(aceptar_invitacion, made.token, "otra")


async def test_a_link_ends_after_48_hours_and_with_the_next_one(cast: Cast, base: Base) -> None:
    old = await base.do(invitar, cast.rita.id)
    new = await base.do(invitar, cast.rita.id)

    for act, token in ((aceptar_invitacion, old.token), (_later, new.token)):
        with pytest.raises(EnlaceVencido):
            await base.do(act, token, *(["x"] if act is aceptar_invitacion else []))
    assert await base.read(select_invited, new.token, new.until - 1) == cast.rita.id
    assert await base.read(select_invited, new.token, new.until) is None
    assert await base.read(select_password_hash, cast.rita.id) == "x"


async def test_who_leaves_or_gets_another_password_has_no_link_any_more(cast: Cast, base: Base) -> None:
    async def by_admin() -> None:
        await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"password_hash": "y"})

    async def by_themselves() -> None:
        await base.do(cambiar_password, cast.rita.id, "y")

    async def by_leaving() -> None:
        await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False})
        await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": True})

    for change in (by_admin, by_themselves, by_leaving):
        made = await base.do(invitar, cast.rita.id)
        await change()
        with pytest.raises(EnlaceVencido):
            await base.do(aceptar_invitacion, made.token, "x")


async def test_dead_links_are_forgotten_and_a_restored_database_has_none(cast: Cast, base: Base) -> None:
    await base.do(invitar, cast.rita.id)
    await base.do(podar)
    assert await base.read(_stored)
    await base.do(_two_days_later)
    assert not await base.read(_stored)
    made = await base.do(invitar, cast.rita.id)

    await base.do(nueva_epoca)

    with pytest.raises(EnlaceVencido):
        await base.do(aceptar_invitacion, made.token, "x")


async def test_only_a_repartidor_with_access_is_invited(cast: Cast, base: Base) -> None:
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False})

    for nobody in (cast.ana.id, 10**9):
        with pytest.raises(NoExiste):
            await base.do(invitar, nobody)
    with pytest.raises(RepartidorInactivo):
        await base.do(invitar, cast.rita.id)


async def test_how_somebody_delivers_is_kept_and_emptied(cast: Cast, base: Base) -> None:
    given = {"vehiculo": " Moto ", "capacidad": 4, "zona": "San Telmo, La Boca", "negocio": "Panadería Sol"}

    after = await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, given)

    assert (after.vehiculo, after.capacidad, after.zona, after.negocio) == (
        "Moto", 4, "San Telmo, La Boca", "Panadería Sol",
    )  # fmt: skip
    after = await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"capacidad": None, "zona": ""})
    assert (after.vehiculo, after.capacidad, after.zona) == ("Moto", None, "")
