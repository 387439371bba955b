"""Health, as operators read it."""

from typing import Literal, NotRequired

from belgrano.http.health import Health, Queue


class Salud(Health):
    """Ticketera's: its reports to the shop, its open sockets, and its Redis where several processes share one."""

    reportes: NotRequired[Queue]
    sockets: NotRequired[int]
    redis: NotRequired[Literal["connected", "away"]]
