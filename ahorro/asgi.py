"""What Hypercorn is pointed at."""

import os

from ahorro.app import create_app
from ahorro.settings import Settings
from belgrano.env import PRIVATE
from belgrano.http.pages import check_installed
from belgrano.server.guard import Guard

os.umask(PRIVATE)
check_installed()
settings = Settings.read()
app = Guard(
    create_app(settings),
    hops=settings.trusted_proxies,
    production=settings.production,
    limits=settings.limits,
    lean=settings.lean_http,
)
