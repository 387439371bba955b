"""The daily clean-up forgets what nobody needs, and nothing else."""

from typing import Any

import pytest

from ahorro.actions import limpieza
from ahorro.actions.limpieza import DIA, HORA, olvidar_visitas
from ahorro.store.carritos import select_carrito
from belgrano.accounts.sessions import hash_token, open_session
from belgrano.database.loops import in_pieces
from belgrano.database.work import Work
from tests.ahorro.cast import ShopApp


async def _envejecer(work: Work, token_hash: str, dias: float, horas: int = 0) -> None:
    await work.con.execute(
        "UPDATE sessions SET seen_at = seen_at - :ms WHERE token_hash = :hash",
        {"ms": round(dias * DIA) + horas * HORA, "hash": token_hash},
    )


async def _carritos(con: Any) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM carritos"))


async def test_a_cart_lives_as_long_as_its_session_and_a_customers_longer(shop: ShopApp) -> None:
    arroz = await shop.producto()
    fresh, stale, clara = shop.visitor(), shop.visitor(), await shop.customer()
    for visitor in (fresh, stale, clara):
        await visitor.add(arroz, 2)
    await shop.base.do(_envejecer, await _hash(shop, stale), 32)
    await shop.base.do(_envejecer, await _hash(shop, clara), 32)
    before = await shop.base.read(_carritos)

    await in_pieces(shop.base, olvidar_visitas)
    await in_pieces(shop.base, olvidar_visitas)

    assert await shop.base.read(_carritos) == before - 1
    assert len((await fresh.ok("GET", "/api/carrito"))["items"]) == 1
    assert (await stale.ok("GET", "/api/carrito"))["items"] == []
    assert (await clara.ask("GET", "/api/sesion")).status_code == 401
    await shop.log_in(clara)
    assert (await clara.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 2


async def test_guests_are_forgotten_after_a_day_and_after_an_hour_without_a_thing(shop: ShopApp) -> None:
    arroz = await shop.producto()
    with_something, emptied, away = shop.visitor(), shop.visitor(), shop.visitor()
    for visitor in (with_something, emptied, away):
        await visitor.add(arroz)
    await emptied.ok("DELETE", f"/api/carrito/items/{arroz}")
    hashes = {v: await _hash(shop, visitor) for v, visitor in enumerate((with_something, emptied, away))}
    for v, hours in ((0, 23), (1, 2), (2, 25)):
        await shop.base.do(_envejecer, hashes[v], 0, hours)

    assert (await away.ok("GET", "/api/carrito"))["items"] == []  # before anybody cleaned up
    await in_pieces(shop.base, olvidar_visitas)

    assert await shop.base.read(_known, list(hashes.values())) == {hashes[0]}
    assert len((await with_something.ok("GET", "/api/carrito"))["items"]) == 1


async def test_there_are_only_so_many_guests_and_the_longest_unseen_go(
    shop: ShopApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    arroz = await shop.producto()
    hashes = []
    for minutes in (30, 20, 10):
        visitor = shop.visitor()
        await visitor.add(arroz)
        hashes.append(await _hash(shop, visitor))
        await shop.base.do(_envejecer, hashes[-1], -minutes / 24 / 60)
    monkeypatch.setattr(limpieza, "INVITADOS", 2)

    await in_pieces(shop.base, olvidar_visitas)

    assert await shop.base.read(_known, hashes) == {hashes[0], hashes[1]}  # seen the latest, as it were


async def test_old_visits_are_forgotten_a_piece_at_a_time(shop: ShopApp) -> None:
    await shop.base.do(_many_old, 2_400)

    pieces = 0
    while await shop.base.do(olvidar_visitas):
        pieces += 1

    assert pieces >= 2
    assert await shop.base.read(_old) == 0


async def _many_old(work: Work, many: int) -> None:
    for n in range(many):
        await work.con.execute(
            "INSERT INTO sessions (token_hash, user_id, created_at, seen_at) VALUES (:hash, NULL, 0, 1)",
            {"hash": f"old-{n}"},
        )


async def _old(con: Any) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM sessions WHERE token_hash LIKE 'old-%'"))


async def _known(con: Any, hashes: list[str]) -> set[str]:
    return {row["token_hash"] for row in await con.fetch_all("SELECT token_hash FROM sessions")} & set(hashes)


async def _hash(shop: ShopApp, visitor: Any) -> str:
    """The hash of the session that this browser's cookie carries."""
    (cookie,) = [c for c in visitor.client.cookie_jar if c.name == shop.house.sessions.cookie_name]
    scope = {"headers": [(b"cookie", f"{cookie.name}={cookie.value}".encode())]}
    token = shop.house.sessions.token_from_scope(scope)
    assert token is not None
    return hash_token(token)


async def test_a_token_that_nobody_gave_out_has_no_cart(shop: ShopApp) -> None:
    token = await shop.base.do(open_session, None)

    assert (await shop.base.read(select_carrito, hash_token(token))).renglones == ()
