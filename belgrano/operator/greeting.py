"""What `belgrano run` says once it runs: where the apps are, and how a phone finds them."""

import asyncio
import contextlib
import socket
from collections.abc import Mapping, Sequence
from io import StringIO

import segno

TITLES = {"ahorro": "Ahorro (la tienda)", "ticketera": "Ticketera (el reparto)"}


async def until_up(place: tuple[str, int]) -> None:
    """Wait until an app answers that it lives."""
    while not await answers(place):  # noqa: ASYNC110
        await asyncio.sleep(0.1)


async def greet(places: Mapping[str, tuple[str, int]]) -> None:
    """Say where the apps are, once all of them answer."""
    await asyncio.gather(*(until_up(place) for place in places.values()))
    print("\n".join(greeting(places)), flush=True)


def greeting(places: Mapping[str, tuple[str, int]]) -> Sequence[str]:
    """What is printed when both answer: addresses, and for a phone in the same network a QR."""
    lines = ["", "Belgrano está en marcha:", ""]
    open_to_all = [app for app, (host, _) in places.items() if host in {"0.0.0.0", "::"}]  # noqa: S104
    for app, (host, port) in places.items():
        shown = "127.0.0.1" if app in open_to_all else (f"[{host}]" if ":" in host else host)
        lines.append(f"  {TITLES[app]:24} http://{shown}:{port}/")
    if open_to_all and (lan := lan_address()):
        lines += ["", "Desde un teléfono en la misma red:"]
        lines += [f"  {TITLES[app]:24} http://{lan}:{places[app][1]}/" for app in open_to_all]
        app = open_to_all[-1]
        lines += ["", f"Escaneá para abrir {TITLES[app]}:", qr(f"http://{lan}:{places[app][1]}/")]
        lines += [
            "Por http funcionan los pedidos, el tablero y la lista del repartidor. Solo con HTTPS: la ubicación,",
            "instalar la app, trabajar sin conexión y que la pantalla quede encendida.",
        ]
    return [*lines, "", "Ctrl+C para terminar.", ""]


def lan_address() -> str | None:
    """This machine's address in the local network; asks the routing table and sends nothing."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # an address reserved for documentation
        return str(probe.getsockname()[0])
    return None


def qr(text: str) -> str:
    """A QR code for the terminal."""
    out = StringIO()
    segno.make(text, micro=False).terminal(out, compact=True)
    return out.getvalue()


async def answers(place: tuple[str, int], limit: float = 2.0) -> bool:
    """Whether an app says within so many seconds that it lives."""
    host, port = place
    try:
        async with asyncio.timeout(limit):
            here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
            reader, writer = await asyncio.open_connection(here, port)
            try:
                writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return b" 200" in await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
