"""The cash that stands at a repartidor's column: what they have and did not hand in, told as soon as it changes."""

import json

from belgrano.database.base import Base
from tests.ticketera.cast import Cast
from ticketera.actions.caja import rendir
from ticketera.actions.usuarios import cambiar_repartidor
from ticketera.domain.events import Presencia
from ticketera.domain.usuario import Usuario
from ticketera.store.caja import select_caja
from ticketera.store.tablero import select_tablero
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.tablero import tablero_json
from ticketera.wire.text import encode


def said_last(cast: Cast, usuario: Usuario) -> float:
    told = [json.loads(encode(repartidor_json(e.repartidor))) for e in cast.base.told if isinstance(e, Presencia)]  # type: ignore[attr-defined]
    return float(next(p["por_rendir"] for p in reversed(told) if p["id"] == usuario.id))


async def on_the_board(base: Base, usuario: Usuario) -> float:
    board = json.loads(encode(tablero_json(await base.read(select_tablero, 0))))
    return float(next(r["por_rendir"] for r in board["repartidores"] if r["id"] == usuario.id))


async def test_cash_counts_at_once_and_leaves_with_its_correction_or_when_it_is_handed_in(
    cast: Cast, base: Base
) -> None:
    first, second, third, hers = [await cast.pedido(repartidor_id=u.id) for u in (cast.rita,) * 3 + (cast.raul,)]

    await cast.acts(cast.rita, first, "entregar", cobrado=1900_50, medio="efectivo")
    assert said_last(cast, cast.rita) == await on_the_board(base, cast.rita) == 1900.5
    await cast.acts(cast.rita, second, "entregar", cobrado=500_00, medio="transferencia")
    await cast.acts(cast.raul, hers, "entregar", cobrado=70_00, medio="efectivo")
    assert said_last(cast, cast.rita) == await on_the_board(base, cast.rita) == 1900.5
    await cast.acts(cast.rita, third, "entregar", cobrado=100_00, medio="efectivo")
    assert said_last(cast, cast.rita) == 2000.5
    await cast.acts(cast.ana, third, "corregir")
    assert said_last(cast, cast.rita) == await on_the_board(base, cast.rita) == 1900.5

    await base.do(
        rendir, cast.ana.quien, clave="c", repartidor_id=cast.rita.id, esperado=1900_50, contado=1900_50, nota=""
    )
    assert said_last(cast, cast.rita) == await on_the_board(base, cast.rita) == 0
    assert await on_the_board(base, cast.raul) == 70


async def test_the_board_and_the_caja_say_the_same_figure(cast: Cast, base: Base) -> None:
    await base.do(cambiar_repartidor, cast.ana.quien, cast.rita.id, {"fondo": 5000_00})
    assert said_last(cast, cast.rita) == await on_the_board(base, cast.rita) == 5000
    ticket = await cast.pedido(repartidor_id=cast.rita.id)
    await cast.acts(cast.rita, ticket, "entregar", cobrado=1900_00)

    assert said_last(cast, cast.rita) == await on_the_board(base, cast.rita) == 6900
    assert (await base.read(select_caja, cast.rita.id, 0)).a_rendir == 6900_00
