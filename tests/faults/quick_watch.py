"""An app whose watch turns faster than in life: what Hypercorn is pointed at by the tests of alerts.

What is judged by seconds and minutes is judged by less; nothing else differs. BELGRANO_TEST_PERIODS overrides these.
"""

import importlib
import json
import os

from belgrano.alerts import senses, watch
from belgrano.database import incidents

periods = {"turn": 0.2, "calm": 1.0, "away": 1.0, "old": 1.5, "moment": 600.0, "probe": 0.2, "minute": 60.0}
periods |= json.loads(os.environ.get("BELGRANO_TEST_PERIODS", "{}"))
watch.TURN_S = periods["turn"]
watch.LIMIT_S = 1.0
watch.OLD_MS = int(periods["old"] * 1000)
watch.HOLD_S = {"sin_base": 0.5, "cola_vieja": 0.4, "otra_app": periods["away"]}
senses.A_MINUTE = periods["minute"]
senses.PROBE_S = periods["probe"]
incidents.CALM_MS = int(periods["calm"] * 1000)
incidents.MOMENT_MS = int(periods["moment"] * 1000)

app = importlib.import_module(f"{os.environ['BELGRANO_TEST_APP']}.asgi").app
