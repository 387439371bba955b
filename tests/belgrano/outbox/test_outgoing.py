"""The stored queue and its relay, against a peer that goes away, refuses, hangs, or does not know us."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from belgrano.database.base import Base, Work
from belgrano.outbox import backoff
from belgrano.outbox import relay as relay_module
from belgrano.outbox.outgoing import (
    DONE,
    Outgoing,
    Verdict,
    delete_done,
    insert_outgoing,
    refused,
    retry,
    retry_outgoing,
    select_outgoing,
    select_outgoing_status,
    stop,
    turn,
)
from belgrano.outbox.relay import Relay
from tests.belgrano.cosas import MIGRATIONS, correr
from tests.conftest import MakeBase
from tests.people import until


class Peer:
    """The other app: answers by `says`, and remembers who came."""

    def __init__(self) -> None:
        self.says: Callable[[Outgoing], Verdict | None] = lambda row: DONE  # None: no answer, ever
        self.got: list[str] = []
        self.tries: list[tuple[float, str]] = []
        self.inside: Counter[str] = Counter()
        self.most, self.most_of_a_lane = 0, 0
        self.takes = 0.002

    async def send(self, row: Outgoing) -> Verdict:
        self.tries.append((time.monotonic(), row.key))
        self.inside[row.lane] += 1
        self.most = max(self.most, self.inside.total())
        self.most_of_a_lane = max(self.most_of_a_lane, self.inside[row.lane])
        try:
            await asyncio.sleep(self.takes)
            verdict = self.says(row)
            if verdict is None:
                await asyncio.sleep(3600)
                raise AssertionError
        finally:
            self.inside[row.lane] -= 1
        if verdict is DONE:
            self.got.append(row.key)
        return verdict


@pytest.fixture
async def base(make_base: MakeBase) -> Base:
    return await make_base(MIGRATIONS)


@pytest.fixture
def peer() -> Peer:
    return Peer()


@pytest.fixture
def alerts() -> list[tuple[str, Any]]:
    return []


@pytest.fixture
async def relay(base: Base, peer: Peer, alerts: list[tuple[str, Any]]) -> AsyncIterator[Relay]:
    relay = Relay(base, peer.send, alert=lambda reason, detail: alerts.append((reason, dict(detail))))
    relay.start()
    yield relay
    await relay.close(grace=0.2)


async def encolar(work: Work, *keys: str, lane: str | None = None) -> None:
    for key in keys:
        await insert_outgoing(work.con, key=key, lane=lane or key, body="{}", ahora=work.ahora)


async def seconds_until(condition: Callable[[], bool]) -> float:
    """The seconds until it was so."""
    began = time.monotonic()
    assert await until(condition, 60, 0.01), "it did not come"
    return time.monotonic() - began


async def settled(base: Base) -> dict[str, int]:
    """The status once the last answers are stored: what is under way has a lease."""
    while await base.do(correr, "SELECT count(*) FROM outgoing WHERE lease_until > 0"):
        await asyncio.sleep(0.02)
    return await base.read(select_outgoing_status)


async def test_what_is_queued_arrives_once_and_in_order(base: Base, peer: Peer, relay: Relay) -> None:
    keys = [f"{n:03}" for n in range(100)]

    await base.do(encolar, *keys)
    relay.wake()
    await seconds_until(lambda: len(peer.got) == 100)

    assert peer.most <= 4
    assert all(abs(keys.index(key) - place) < 4 for place, key in enumerate(peer.got))
    assert await settled(base) == {"pendientes": 0, "apartados": 0, "mas_viejo_s": 0}
    assert len(peer.tries) == 100


async def test_the_same_key_twice_is_one_message(base: Base, peer: Peer, relay: Relay) -> None:
    await base.do(encolar, "a", "a")
    await base.do(encolar, "a")
    relay.wake()
    await seconds_until(lambda: peer.got == ["a"])

    await base.do(encolar, "a")
    relay.wake()
    await asyncio.sleep(0.2)

    assert peer.got == ["a"]


async def test_rows_of_a_lane_leave_one_after_the_other(
    base: Base, peer: Peer, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "BACKOFF_S", 0.02)
    peer.takes = 0.01
    failed = set()

    def fail_once(row: Outgoing) -> Verdict:
        if row.key not in failed and row.key.endswith("0"):
            failed.add(row.key)
            return retry("otra vez", own=True)
        return DONE

    peer.says = fail_once
    for n in range(12):
        await base.do(encolar, f"a{n}", lane="a")
        await base.do(encolar, f"b{n}", lane="b")
    relay.wake()
    await seconds_until(lambda: len(peer.got) == 24)

    assert [key for key in peer.got if key[0] == "a"] == [f"a{n}" for n in range(12)]
    assert [key for key in peer.got if key[0] == "b"] == [f"b{n}" for n in range(12)]
    assert peer.most_of_a_lane == 1
    assert peer.most > 1


async def test_while_the_peer_is_away_one_probe_a_second_and_then_it_drains_in_order(
    base: Base, peer: Peer, relay: Relay, alerts: list[Any]
) -> None:
    keys = [f"{n:03}" for n in range(300)]
    peer.says = lambda row: retry("conexión rechazada")
    await base.do(encolar, *keys)
    relay.wake()

    began = time.monotonic()
    await asyncio.sleep(3)
    probes, watched = len(peer.tries), time.monotonic() - began
    state = relay.state
    peer.says = lambda row: DONE
    waited = await seconds_until(lambda: bool(peer.got))
    took = await seconds_until(lambda: len(peer.got) == 300)

    assert probes <= watched + 1
    assert {key for _, key in peer.tries[:probes]} == {"000"}
    assert state == "esperando"
    assert waited < 15
    assert 300 / took >= 10  # one probe a second would be 1
    assert all(abs(keys.index(key) - place) < 4 for place, key in enumerate(peer.got))
    assert await settled(base) == {"pendientes": 0, "apartados": 0, "mas_viejo_s": 0}
    assert await base.do(correr, "SELECT max(attempts) FROM outgoing") == 0
    assert alerts == []
    assert len(peer.tries) - probes <= 305


async def test_a_refused_row_is_set_aside_and_holds_up_nobody(
    base: Base, peer: Peer, relay: Relay, alerts: list[Any]
) -> None:
    peer.says = lambda row: refused("400: total") if row.key.startswith("malo") else DONE
    await base.do(encolar, "malo1", "a", "malo2", "b", lane="uno")
    relay.wake()
    await seconds_until(lambda: peer.got == ["a", "b"])

    assert await settled(base) == {"pendientes": 0, "apartados": 2, "mas_viejo_s": 0}
    assert alerts == [
        ("a row was set aside", {"key": "malo1", "reason": "400: total"}),
        ("a row was set aside", {"key": "malo2", "reason": "400: total"}),
    ]
    aside = await base.read(select_outgoing)
    assert [(row["key"], row["state"], row["last_error"]) for row in aside] == [
        ("malo1", "apartado", "400: total"),
        ("malo2", "apartado", "400: total"),
    ]

    peer.says = lambda row: DONE
    assert await base.do(retry_outgoing) == 2
    relay.wake()
    await seconds_until(lambda: peer.got == ["a", "b", "malo1", "malo2"])


async def test_a_wrong_key_stops_the_queue_which_keeps_everything_and_resumes(
    base: Base, peer: Peer, relay: Relay, alerts: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "STOPPED_EVERY", 1.5)
    peer.says = lambda row: stop("401")
    await base.do(encolar, *(f"{n:02}" for n in range(20)))
    relay.wake()

    await seconds_until(lambda: relay.state == "detenida")
    began = time.monotonic()
    await asyncio.sleep(1)
    tries, watched = len(peer.tries), time.monotonic() - began
    status = await base.read(select_outgoing_status)
    peer.says = lambda row: DONE
    await seconds_until(lambda: len(peer.got) == 20)

    assert tries <= 2 + watched / 1.5
    assert status["pendientes"] == 20
    assert status["apartados"] == 0
    assert alerts == [("the queue is stopped", {"reason": "401"})]
    assert relay.state == "yendo"


async def test_a_row_that_fails_while_others_pass_is_set_aside_after_eight_tries(
    base: Base, peer: Peer, relay: Relay, alerts: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "BACKOFF_S", 0.002)
    peer.says = lambda row: retry("500", own=True) if row.key == "malo" else DONE
    await base.do(encolar, "malo")
    delays = []
    for n in range(60):
        await base.do(encolar, f"{n:03}")
        relay.wake()
        delays.append(await seconds_until(lambda n=n: f"{n:03}" in peer.got))  # type: ignore[misc]
        await asyncio.sleep(0.02)
    await seconds_until(lambda: bool(alerts))

    assert [key for _, key in peer.tries].count("malo") in range(8, 14)  # the first ones, alone, were the queue's
    assert alerts == [("a row was set aside", {"key": "malo", "reason": "500"})]
    assert max(delays[1:]) < 10
    assert (await settled(base))["apartados"] == 1


async def test_a_peer_that_fails_at_everything_costs_no_row_its_place(
    base: Base, peer: Peer, relay: Relay, alerts: list[Any]
) -> None:
    peer.says = lambda row: retry("500", own=True)
    await base.do(encolar, *(f"{n:02}" for n in range(30)))
    relay.wake()
    began = time.monotonic()
    await asyncio.sleep(2.5)

    assert len(peer.tries) <= time.monotonic() - began + 2
    status = await base.read(select_outgoing_status)
    assert (status["pendientes"], status["apartados"]) == (30, 0)
    assert status["mas_viejo_s"] >= 2
    assert alerts == []
    peer.says = lambda row: DONE
    await seconds_until(lambda: len(peer.got) == 30)


async def test_a_peer_that_begins_to_fail_at_everything_is_away_at_once(base: Base, peer: Peer, relay: Relay) -> None:
    await base.do(encolar, "antes")
    relay.wake()
    await seconds_until(lambda: peer.got == ["antes"])
    peer.says = lambda row: retry("500", own=True)
    await base.do(encolar, *(f"{n:02}" for n in range(60)))
    relay.wake()
    began = time.monotonic()
    await asyncio.sleep(2.5)

    assert relay.state == "esperando"
    assert len(peer.tries) <= 9.5 + time.monotonic() - began  # a few of their own, then one probe a second
    peer.says = lambda row: DONE
    assert await seconds_until(lambda: len(peer.got) == 61) < 30


async def test_one_row_that_always_fails_in_a_quiet_shop_does_not_hold_up_the_next(
    base: Base, peer: Peer, relay: Relay
) -> None:
    peer.says = lambda row: retry("500", own=True) if row.key == "malo" else DONE
    await base.do(encolar, "malo")
    relay.wake()
    await seconds_until(lambda: relay.state == "esperando")

    await base.do(encolar, "bueno")
    relay.wake()

    assert await seconds_until(lambda: "bueno" in peer.got) < 30


async def test_an_answer_that_never_comes_does_not_hold_up_the_others(
    base: Base, peer: Peer, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_module, "SEND_LIMIT", 0.5)
    peer.says = lambda row: None if row.key == "mudo" else DONE
    await base.do(encolar, "a", "mudo", *(f"{n:02}" for n in range(50)))
    relay.wake()

    assert await seconds_until(lambda: len(peer.got) == 51) < 20
    await seconds_until(lambda: [key for _, key in peer.tries].count("mudo") >= 2)
    assert await base.do(correr, "SELECT attempts FROM outgoing WHERE key = 'mudo'") >= 1


async def test_a_bug_in_the_sender_is_one_rows_trouble(base: Base, peer: Peer, relay: Relay) -> None:
    def says(row: Outgoing) -> Verdict:
        if row.key == "malo":
            raise KeyError("bug")
        return DONE

    peer.says = says
    await base.do(encolar, "a", "malo", "b")
    relay.wake()
    await seconds_until(lambda: sorted(peer.got) == ["a", "b"])

    assert (await settled(base))["pendientes"] == 1
    assert "bug" in await base.do(correr, "SELECT last_error FROM outgoing WHERE key = 'malo'")


async def test_what_a_dead_process_had_claimed_is_sent_by_the_next(base: Base, peer: Peer) -> None:
    await base.do(encolar, "a", "b", "c")
    assert len(await base.do(turn, [], 2, 0, set())) == 2  # claimed, and then the process died
    if not base.alone:  # others may live there: the lease has to run out
        await base.do(correr, "UPDATE outgoing SET lease_until = 1 WHERE lease_until > 0 RETURNING id")

    relay = Relay(base, peer.send)
    relay.start()
    await seconds_until(lambda: len(peer.got) == 3)
    await relay.close()

    assert peer.got == ["a", "b", "c"]


async def test_a_clock_that_was_put_back_strands_no_row(base: Base, peer: Peer, relay: Relay) -> None:
    await base.do(encolar, "a", "b")
    later = int(time.time() * 1000) + 3_600_000
    await base.do(correr, "UPDATE outgoing SET due_at = :later WHERE key = 'a' RETURNING id", {"later": later})
    await base.do(correr, "UPDATE outgoing SET lease_until = :later WHERE key = 'b' RETURNING id", {"later": later})
    relay.wake()

    await seconds_until(lambda: sorted(peer.got) == ["a", "b"])


async def test_two_relays_send_each_row_once(make_base: MakeBase, peer: Peer) -> None:
    bases = [await make_base(MIGRATIONS) for _ in range(2)]
    relays = [Relay(base, peer.send) for base in bases]
    for relay in relays:
        relay.start()
    await asyncio.sleep(0.1)

    await bases[0].do(encolar, *(f"{n:03}" for n in range(100)))
    for relay in relays:
        relay.wake()
    await seconds_until(lambda: len(peer.got) >= 100)
    for relay in relays:
        await relay.close()

    assert Counter(key for _, key in peer.tries) == Counter(f"{n:03}" for n in range(100))


async def test_an_ending_that_cannot_be_stored_yet_is_stored_later_and_not_sent_again(
    base: Base, peer: Peer, relay: Relay
) -> None:
    await base.do(encolar, "primero")
    relay.wake()
    await seconds_until(lambda: peer.got == ["primero"])
    await base.do(encolar, "a")
    peer.takes = 0.3
    relay.wake()
    await seconds_until(lambda: bool(peer.inside["a"]))

    async def ocupar(work: Work) -> None:
        time.sleep(3)

    if base.alone:
        await base.do(ocupar)
    await seconds_until(lambda: peer.got == ["primero", "a"])

    assert await settled(base) == {"pendientes": 0, "apartados": 0, "mas_viejo_s": 0}
    assert [key for _, key in peer.tries] == ["primero", "a"]


async def test_closing_lets_what_is_in_flight_end_and_gives_the_rest_back(base: Base, peer: Peer) -> None:
    relay = Relay(base, peer.send)
    relay.start()
    await base.do(encolar, "a")
    relay.wake()
    await seconds_until(lambda: bool(peer.got))
    peer.says = lambda row: None if row.key == "mudo" else DONE
    peer.takes = 0.1
    await base.do(encolar, "mudo", "b")
    relay.wake()
    await seconds_until(lambda: len(peer.tries) == 3)

    await relay.close(grace=1)

    assert peer.got == ["a", "b"]
    assert (await base.read(select_outgoing_status))["pendientes"] == 1
    assert [row.key for row in await base.do(turn, [], 4, 0, set())] == ["mudo"]


async def test_everything_since_an_instant_is_sent_again(base: Base, peer: Peer, relay: Relay) -> None:
    await base.do(encolar, "viejo")
    await asyncio.sleep(0.005)
    since = int(time.time() * 1000)
    await base.do(encolar, "a", "b")
    relay.wake()
    await seconds_until(lambda: len(peer.got) == 3)
    await settled(base)

    assert await base.do(retry_outgoing, since) == 2
    relay.wake()
    await seconds_until(lambda: len(peer.got) == 5)

    assert peer.got[3:] == ["a", "b"]
    await settled(base)
    assert await base.do(delete_done, int(time.time() * 1000) + 1) == 3
