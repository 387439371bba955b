"""What Hypercorn is pointed at: the guard around the door around Socket.IO around Quart."""

from ticketera.app import create_app
from ticketera.settings import Settings

app = create_app(Settings.read()).extensions["asgi"]
