"""The end of a process: heard in time, and never later than a few seconds.

Hypercorn would wait for open sockets, on Python 3.12 and later for ever.
"""

import asyncio
import os
import signal
import socket
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

EXIT_S = 5.0


def hear_the_end(begin: Callable[[], None]) -> None:
    """Call `begin` on the loop at the first SIGTERM or SIGINT, and see to it that the process is gone soon after.

    Whoever else listens still hears the signal: a loop's own handling goes by the wake-up descriptor, so a handler
    of the interpreter's does not take its place.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    heard = False

    def ending(signum: int, frame: FrameType | None) -> None:
        nonlocal heard
        if not heard:
            heard = True
            exit_in(EXIT_S)
            loop.call_soon_threadsafe(begin)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, ending)


def exit_in(seconds: float) -> None:
    """End the process after so many seconds, whatever hangs: what was acknowledged is on disk."""

    def end() -> None:
        os.write(2, b"belgrano: salida forzada, algo no termino a tiempo\n")
        os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def give_up_on_dead_peers(milliseconds: int = 8_000) -> None:
    """Let the kernel drop a peer that takes nothing for so long, on every TCP socket of this process.

    Accepted connections inherit it. Linux only; elsewhere the send time-out alone applies.
    """
    option = getattr(socket, "TCP_USER_TIMEOUT", None)
    if option is None or not os.path.isdir("/proc/self/fd"):
        return
    for name in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            if not stat.S_ISSOCK(os.stat(int(name)).st_mode):
                continue
            with socket.socket(fileno=os.dup(int(name))) as sock:
                if sock.family in {socket.AF_INET, socket.AF_INET6} and sock.type == socket.SOCK_STREAM:
                    sock.setsockopt(socket.IPPROTO_TCP, option, milliseconds)
