"""What an answer means for the row that was sent: the same for the orders of the shop and for the reports to it."""

import pytest

from belgrano.outbox.outcome import asked_for, outcome
from belgrano.outbox.outgoing import DONE, Verdict


def judge(status: int, **headers: str) -> Verdict:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return outcome(status, named, peer="la otra", proof="la clave", said=lambda: "falta el total", taken={200, 201})


def test_an_answer_that_says_it_has_the_row_is_the_end_of_it() -> None:
    assert judge(200) == judge(201) == DONE


@pytest.mark.parametrize("status", [401, 403])
def test_who_does_not_know_us_stops_the_queue(status: int) -> None:
    assert judge(status) == Verdict("stop", f"la otra no acepta la clave ({status})")


@pytest.mark.parametrize("status", [408, 425, 429, 502, 503, 504])
def test_who_is_away_is_waited_for_as_long_as_they_ask(status: int) -> None:
    assert judge(status, retry_after="7") == Verdict("retry", f"la otra contestó {status}", 7.0)


@pytest.mark.parametrize("status", [400, 402, 409, 410, 413, 415, 422, 499])
def test_who_has_read_the_row_and_will_not_have_it_refuses_it_with_their_reason(status: int) -> None:
    assert judge(status) == Verdict("refused", f"la otra lo rechazó ({status}): falta el total")


@pytest.mark.parametrize("status", [404, 405])
def test_an_address_where_nobody_takes_posts_refuses_no_row(status: int) -> None:
    """A wrong address, another version, a host whose app is away: while it lasts every row is kept, none set aside."""
    assert judge(status) == Verdict("retry", f"la otra contestó {status}", own=True)
    refusing = outcome(status, {}, peer="la otra", proof="la clave", refuses_elsewhere=True)
    assert refusing.kind == "refused"


@pytest.mark.parametrize("status", [100, 204, 301, 302, 500, 501, 599])
def test_what_makes_no_sense_may_be_this_rows_fault(status: int) -> None:
    assert judge(status) == Verdict("retry", f"la otra contestó {status}", own=True)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7", 7.0), ("0", 0.0), ("3600", 60.0), ("9" * 5_000, 60.0),
     ("", None), ("-1", None), ("1.5", None), ("²", None), ("٣", None), ("mañana", None),
     ("Tue, 24 Nov 2026 12:00:00 GMT", None)],
)  # fmt: skip
def test_nobody_may_ask_for_more_than_a_minute(text: str, seconds: float | None) -> None:
    assert asked_for({"retry-after": text}) == seconds
    assert asked_for({}) is None
