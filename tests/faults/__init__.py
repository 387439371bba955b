"""What must hold when something goes wrong. BELGRANO_LONG=1 tries every combination."""

import os

LONG = bool(os.environ.get("BELGRANO_LONG"))
