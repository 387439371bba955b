"""The daily clean-up forgets what nobody needs, and nothing else."""

from typing import Any

from ahorro.actions.limpieza import DIA, limpiar
from ahorro.store.carritos import select_carrito
from belgrano.sessions import hash_token, open_session
from belgrano.work import Work
from tests.ahorro.cast import Shop


async def _envejecer(work: Work, token_hash: str, dias: int) -> None:
    await work.con.execute(
        "UPDATE sessions SET seen_at = seen_at - :ms WHERE token_hash = :hash", {"ms": dias * DIA, "hash": token_hash}
    )


async def _carritos(con: Any) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM carritos"))


async def test_a_cart_lives_as_long_as_its_session_and_a_customers_longer(shop: Shop) -> None:
    arroz = await shop.producto()
    fresh, stale, clara = shop.visitor(), shop.visitor(), await shop.customer()
    for visitor in (fresh, stale, clara):
        await visitor.agregar(arroz, 2)
    await shop.base.do(_envejecer, await _hash(shop, stale), 32)
    await shop.base.do(_envejecer, await _hash(shop, clara), 32)
    before = await shop.base.read(_carritos)

    await shop.base.do(limpiar)
    await shop.base.do(limpiar)

    assert await shop.base.read(_carritos) == before - 1
    assert len((await fresh.ok("GET", "/api/carrito"))["items"]) == 1
    assert (await stale.ok("GET", "/api/carrito"))["items"] == []
    assert (await clara.ask("GET", "/api/sesion")).status_code == 401
    await shop.entrar(clara)
    assert (await clara.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 2


async def _hash(shop: Shop, visitor: Any) -> str:
    """The hash of the session that this browser's cookie carries."""
    (cookie,) = [c for c in visitor.client.cookie_jar if c.name == shop.house.sessions.cookie_name]
    scope = {"headers": [(b"cookie", f"{cookie.name}={cookie.value}".encode())]}
    token = shop.house.sessions.token_from_scope(scope)
    assert token is not None
    return hash_token(token)


async def test_a_token_that_nobody_gave_out_has_no_cart(shop: Shop) -> None:
    token = await shop.base.do(open_session, None)

    assert (await shop.base.read(select_carrito, hash_token(token))).renglones == ()
