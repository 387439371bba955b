"""What Hypercorn is pointed at: the guard around the door around Socket.IO around Quart."""

import os

from belgrano.env import PRIVATE
from belgrano.http.pages import check_installed
from ticketera.app import create_app
from ticketera.settings import Settings

os.umask(PRIVATE)
check_installed()
app = create_app(Settings.read()).extensions["asgi"]
