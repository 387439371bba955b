"""What is told goes out in its order, whether it is written at once or has to wait."""

import asyncio
from typing import Any

from ticketera.live.engine import Said, WebsocketOnly


class Line:
    """A wire that takes frames, or does not."""

    def __init__(self) -> None:
        self.takes = True
        self.written: list[bytes] = []

    def write(self, frame: bytes) -> bool:
        if self.takes:
            self.written.append(frame)
        return self.takes


async def test_what_waits_is_overtaken_by_nothing() -> None:
    socket, line = WebsocketOnly.__new__(WebsocketOnly), Line()
    queue: asyncio.Queue[Any] = asyncio.Queue()
    socket.queue, socket.wire = queue, line  # type: ignore[assignment]
    one, two, three, four = (Said(f'2["novedad",{n}]') for n in range(4))

    socket.tell(one)
    line.takes = False
    socket.tell(two)
    line.takes = True
    socket.tell(three)

    assert line.written == [one.frame]
    assert [queue.get_nowait(), queue.get_nowait()] == [two, three]
    socket.tell(four)
    assert line.written == [one.frame, four.frame]


def test_a_message_is_the_same_however_it_goes_out() -> None:
    said = Said('2["pulso",{"nombre":"Ñandú"}]')

    assert said.encode() == '42["pulso",{"nombre":"Ñandú"}]'
    assert said.frame.endswith(said.encode().encode())
