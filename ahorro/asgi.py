"""What Hypercorn is pointed at."""

from ahorro.app import create_app
from ahorro.settings import Settings
from belgrano.guard import Guard

settings = Settings.read()
app = Guard(create_app(settings), hops=settings.trusted_proxies, production=settings.production)
