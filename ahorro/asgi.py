"""What Hypercorn is pointed at."""

from ahorro.app import create_app
from ahorro.settings import Settings
from belgrano.guard import Guard

settings = Settings.read()
shop = create_app(settings)
app = Guard(shop, hops=settings.trusted_proxies, production=settings.production)
app.goodbyes.append(shop.extensions["ahorro"].vivo.close)
