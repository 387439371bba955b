"""A thousand moves by three admins at once: nobody ever holds a ticket twice, every loser is told, boards are right.

The moves are made of what each admin's own board shows at that moment, as people make them; `BELGRANO_SEED` repeats
a run.
"""

import asyncio
import os
import random
from collections import Counter
from typing import Any

from tests.people import Crew, Json, body, closing, every_ticket, move, until
from tests.phone import OPEN, Board, Phone
from tests.servers import Servers

MOVES, AT_ONCE, TICKETS = 1000, 8, 40
CODES = {"version_vieja", "sin_lugar"}


class Dispatcher:
    """An admin who moves cards at random, and keeps what came of it."""

    def __init__(self, board: Board, homes: list[Any], rng: random.Random) -> None:
        self.board, self.homes, self.rng = board, homes, rng
        self.won: list[tuple[Any, int, Any]] = []  # ticket, version, holder
        self.lost: Counter[str] = Counter()
        self.wrong: list[str] = []

    async def move(self) -> None:
        """One, two or three cards to anybody or nobody, in front of a card or last."""
        tickets = self.rng.sample(self.board.open_tickets(), self.rng.choice((1, 1, 1, 1, 2)))
        to = self.rng.choice(self.homes)
        ids = {t["id"] for t in tickets}
        there = [t["id"] for t in self.board.open_tickets() if t["repartidor_id"] == to and t["id"] not in ids]
        before = self.rng.choice([None, *there[:5]])
        answer = await move(self.board.person, tickets, to, before)
        told = body(answer).get("resultados", [])
        if answer.status_code not in (200, 409) or [each["id"] for each in told] != [t["id"] for t in tickets]:
            self.wrong.append(f"{answer.status_code} {answer.text[:200]}")
            return
        if (answer.status_code == 409) != (not any(each["ok"] for each in told)):
            self.wrong.append(f"{answer.status_code} with {told}")
        for each in told:
            self._hear(each, to)

    def _hear(self, told: Json, to: Any) -> None:
        if told["ok"]:
            self.won.append((told["id"], told["version"], to))
            return
        self.lost[told["codigo"]] += 1
        if told["codigo"] not in CODES or told["ticket"]["id"] != told["id"]:
            self.wrong.append(f"a loser heard {told}")
        if told["codigo"] == "version_vieja" and not (told["por"]["nombre"] and told["que"] and told["en"]):
            self.wrong.append(f"a loser does not hear who did what and when: {told}")


async def test_of_a_thousand_moves_at_once_each_ticket_has_one_holder_and_every_board_is_the_database() -> None:
    seed = int(os.environ["BELGRANO_SEED"])
    print(f"BELGRANO_SEED={seed}")
    rng = random.Random(seed)
    with Servers(BELGRANO_LIMITS="off") as town:
        town.start("ticketera")
        crew = await Crew.gather(town, repartidores=4, admins=3)
        async with closing(*crew.admins, *crew.repartidores, crew.shop):
            await crew.admin.ok("PATCH", "/api/configuracion", {"modo_asignacion": "manual"})
            homes = [None, *(r.id for r in crew.repartidores)]
            await asyncio.gather(*(crew.shop.post_ticket(repartidor_id=rng.choice(homes)) for _ in range(TICKETS)))
            boards = [await Board(admin).connect() for admin in crew.admins]
            phones = [await Phone(repartidor).connect() for repartidor in crew.repartidores]
            dispatchers = [Dispatcher(board, homes, random.Random(rng.random())) for board in boards]
            left = iter(range(MOVES))

            async def work(dispatcher: Dispatcher) -> None:
                for _ in left:
                    await dispatcher.move()

            await asyncio.gather(*(work(d) for d in dispatchers for _ in range(AT_ONCE)))

            stored = {t["id"]: t for t in await every_ticket(crew.admin)}
            assert await until(lambda: all(_alike(board, stored) for board in boards))
            assert await until(lambda: all(_holds(phone, stored) for phone in phones))
            assert [wrong for d in dispatchers for wrong in d.wrong] == []
            assert [fault for listener in (*boards, *phones) for fault in listener.faults] == []
            _check_won(dispatchers, stored)
            assert sum(d.lost["version_vieja"] for d in dispatchers) > 20  # they did get into each other's way
            _check_history(boards[0])
            for listener in (*boards, *phones):
                await listener.end()


def _alike(board: Board, stored: dict[Any, Json]) -> bool:
    fields = ("repartidor_id", "estado", "version", "lugar")
    return {i: [t[f] for f in fields] for i, t in board.tickets.items()} == {
        i: [t[f] for f in fields] for i, t in stored.items()
    }


def _holds(phone: Phone, stored: dict[Any, Json]) -> bool:
    """The phone has what is its repartidor's, in the board's order, and nothing else."""
    mine = [t for t in stored.values() if t["repartidor_id"] == phone.person.id and t["estado"] in OPEN]
    return [t["id"] for t in phone.open_tickets()] == [t["id"] for t in sorted(mine, key=lambda t: t["lugar"].encode())]


def _check_won(dispatchers: list[Dispatcher], stored: dict[Any, Json]) -> None:
    """No version was won twice, and who won the last one holds the ticket's fate."""
    won = [each for d in dispatchers for each in d.won]
    versions = Counter((ticket, version) for ticket, version, _ in won)
    assert [twice for twice, n in versions.items() if n > 1] == []
    last = {ticket: (version, to) for ticket, version, to in sorted(won, key=lambda each: each[1])}
    for ticket, (version, to) in last.items():
        assert stored[ticket]["version"] == version
        assert stored[ticket]["repartidor_id"] == to


def _check_history(board: Board) -> None:
    """Told in order: each ticket's versions grow by one, and it is held exactly when its state says so."""
    seen: dict[Any, int] = {}
    for novedad in board.applied:
        ticket = novedad["ticket"]
        assert ticket["version"] == seen.get(ticket["id"], ticket["version"] - 1) + 1
        seen[ticket["id"]] = ticket["version"]
        assert (ticket["repartidor_id"] is None) == (ticket["estado"] == "pendiente")
