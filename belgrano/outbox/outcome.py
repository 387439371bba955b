"""What an HTTP answer means for the row that was sent: one verdict for every relay.

| answer | verdict | because |
|---|---|---|
| a 2xx that the sender expects | done | the receiver has it |
| 401, 403 | stop | the receiver does not know us: no row would pass |
| 408, 425, 429, 502, 503, 504 | retry | the receiver is away or busy; `Retry-After` is heard |
| 404, 405 | retry, own, or refused | nobody takes posts at this address: see below |
| any other 4xx | refused | the receiver is there and will not have this row |
| anything else (500, 301, an unexpected 2xx) | retry, own | it may be this row's fault |

**404 and 405 refuse no order.** Neither receiver says them of a row it has read (a numero that the shop does not know
is a 204). They come from whoever stands in its place: a wrong address, another version, a host's proxy while the app
behind it is away. Taking them for a refusal would set every waiting order aside, to stay there until a person sends
it again. As a failure that may be the row's own they lose nothing: while all are answered so, the queue waits and
goes on by itself when the address is right again; one that alone is answered so, while others pass, is set aside like
any that fails. Of a report the contract says otherwise (`refuses_elsewhere`): any 4xx but these sets it aside, and
the next one tells the newer state.
"""

from collections.abc import Callable, Collection, Mapping

from belgrano.outbox.outgoing import DONE, Verdict, refused, retry, stop
from belgrano.words.numbers import is_whole

UNKNOWN_TO_THEM = frozenset({401, 403})
AWAY = frozenset({408, 425, 429, 502, 503, 504})
NOBODY_HERE = frozenset({404, 405})
LONGEST_WAIT_S = 60.0  # the longest that a receiver may ask for


def outcome(
    status: int,
    headers: Mapping[str, str],
    *,
    peer: str,
    proof: str,
    said: Callable[[], str] = str,
    taken: Collection[int] = range(200, 300),
    refuses_elsewhere: bool = False,
) -> Verdict:
    """What became of a row that was answered.

    `peer` and `proof` are Spanish words for the admin who reads the reason: who answered, and what tells them who we
    are. `said()` is what a refusal says of itself, `taken` are the statuses by which they have the row, and
    `refuses_elsewhere` is whether 404 and 405 are a refusal.
    """
    if status in taken:
        return DONE
    if status in UNKNOWN_TO_THEM:
        return stop(f"{peer} no acepta {proof} ({status})")
    if status in AWAY:
        return retry(f"{peer} contestó {status}", asked_for(headers))
    if 400 <= status < 500 and (refuses_elsewhere or status not in NOBODY_HERE):
        return refused(f"{peer} lo rechazó ({status}): {said()}")
    return retry(f"{peer} contestó {status}", own=True)


def asked_for(headers: Mapping[str, str], longest: float = LONGEST_WAIT_S) -> float | None:
    """The seconds that `retry-after` asks for, at most `longest`; None where it says none (a date is not heard)."""
    text = headers.get("retry-after") or ""
    return min(float(text), longest) if is_whole(text) else None
