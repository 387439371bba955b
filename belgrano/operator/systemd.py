"""The two things that systemd, or whoever speaks as it does, gives a service: a socket that stays, and an ear.

https://www.freedesktop.org/software/systemd/man/sd_notify.html and sd_listen_fds.html; without their variables nothing
is done.
"""

import asyncio
import os
import socket
from contextlib import suppress

FIRST = 3  # the descriptor at which handed over sockets begin


def notify(state: str) -> None:
    """Say `READY=1`, `STOPPING=1`, `WATCHDOG=1` or the like to the service manager."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
            out.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)


async def keep_saying_alive() -> None:
    """Say so twice as often as the watchdog asks, from the loop: one that hangs says nothing, and is started again."""
    asked = int(os.environ.get("WATCHDOG_USEC") or 0)
    if not asked or os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return
    while True:
        notify("WATCHDOG=1")
        await asyncio.sleep(asked / 2_000_000)


def given() -> list[socket.socket]:
    """The listening sockets that were handed over, taken: whoever is started from here on finds none."""
    meant, count = os.environ.pop("LISTEN_PID", ""), os.environ.pop("LISTEN_FDS", "")
    os.environ.pop("LISTEN_FDNAMES", None)
    if meant != str(os.getpid()):
        return []
    return [socket.socket(fileno=number) for number in range(FIRST, FIRST + int(count or 0))]


def hand_on(listener: int) -> None:
    """Leave a listening socket to the program that takes this one's place by `exec`."""
    if listener != FIRST:
        os.dup2(listener, FIRST)
    os.set_inheritable(FIRST, True)
    os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
