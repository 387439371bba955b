"""What an act and a read cost does not grow with what happened before: counted in steps and rows, never in time."""

from typing import Any

from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from tests.ticketera.cast import Cast, un_pedido
from ticketera.actions.acciones import actuar
from ticketera.actions.intake import recibir_ticket
from ticketera.actions.mudanzas import mudar
from ticketera.actions.turnos import barrer
from ticketera.domain.acciones import Acto
from ticketera.domain.mudanza import Mudanza
from ticketera.store.usuarios import select_activo, select_repartidores

FEW, MANY = 1_000, 20_000
A_LITTLE = 1.25  # a tree of more rows is a level deeper

ROWS_READ = "SELECT COALESCE(SUM(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"


async def counted(con: Connection, run: Any, *args: Any) -> int:
    """What it takes: steps of SQLite's machine, by tens; rows that PostgreSQL reads."""
    raw = con.driver.raw
    if not hasattr(raw, "set_progress_handler"):
        before = await con.fetch_val(ROWS_READ)
        await run(*args)
        return int(await con.fetch_val(ROWS_READ) - before)
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    raw.set_progress_handler(step, 10)
    try:
        await run(*args)
    finally:
        raw.set_progress_handler(None, 0)
    return steps


async def an_act(work: Work, act: Any, *args: Any) -> int:
    return await counted(work.con, act, work, *args)


async def a_read(con: Connection, query: Any, *args: Any) -> int:
    return await counted(con, query, con, *args)


async def deliver_unsettled(work: Work, ticket_id: int, tag: str, how_many: int) -> None:
    """As if this delivery had happened so many times more, and nobody had handed in the cash."""
    row: Any = await work.con.fetch_one("SELECT * FROM tickets WHERE id = :id", {"id": ticket_id})
    names = [name for name in row.keys() if name not in ("id", "numero")]  # noqa: SIM118  (a Row of either database)
    columns = ", ".join(names)
    await work.con.execute(
        f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {how_many})
        INSERT INTO tickets (numero, {columns})
        SELECT '{tag}-' || n.i, {", ".join("t." + name for name in names)} FROM tickets t, n WHERE t.id = :id
        """,
        {"id": ticket_id},
    )
    if not hasattr(work.con.driver.raw, "set_progress_handler"):
        await work.con.execute("ANALYZE tickets")


async def costs(cast: Cast) -> dict[str, int]:
    """What the everyday acts and reads cost now."""
    base, rita = cast.base, cast.rita
    said: dict[str, int] = {"intake": await base.do(an_act, recibir_ticket, un_pedido(repartidor_id=rita.id))}
    ticket, other = [await cast.pedido(repartidor_id=rita.id) for _ in range(2)]
    mudanza = Mudanza(f"m-{ticket.id}", ((other.id, other.version),), cast.raul.id, None, True)
    said["a move"] = await base.do(an_act, mudar, cast.ana.quien, mudanza)
    acto = Acto(ticket.id, "entregar", f"a-{ticket.id}", cobrado=1900_00, medio="efectivo")
    said["a delivery"] = await base.do(an_act, actuar, rita.quien, acto, "whsec_c2VjcmV0byBkZSBwcnVlYmE=")
    said["the sweep"] = await base.do(an_act, barrer)
    said["who asks"] = await base.read(a_read, select_activo, rita.id)
    said["everybody"] = await base.read(a_read, select_repartidores)
    return said


async def test_cash_that_nobody_hands_in_makes_nothing_slower(cast: Cast, base: Base) -> None:
    await cast.configura(max_tickets_por_repartidor=1000)
    await cast.set_turno()
    delivered = await cast.acts(
        cast.rita, await cast.pedido(repartidor_id=cast.rita.id), "entregar", cobrado=1900_00, medio="efectivo"
    )
    await base.do(deliver_unsettled, delivered.id, "few", FEW)
    await costs(cast)  # statements are prepared once

    few = await costs(cast)
    await base.do(deliver_unsettled, delivered.id, "many", MANY - FEW)
    many = await costs(cast)

    for what, cost in few.items():
        assert many[what] <= cost * A_LITTLE + 20, (what, few, many)
