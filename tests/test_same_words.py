"""The server's pages and the scripts write amounts, times and ages in the very same way."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

from belgrano.pages import fecha, hora, pesos
from tests.servers import ROOT
from ticketera.domain.exportado import fecha_hora
from ticketera.routes.pages.tarjeta import hace

SCRIPT = """
import * as f from "./static/js/nucleo/formatos.js";
let text = ""; for await (const part of process.stdin) text += part;
const { centavos, instantes, edades, ahora } = JSON.parse(text);
const iso = (ms) => new Date(ms).toISOString();
console.log(JSON.stringify({
  pesos: centavos.map((uno) => f.pesos(uno / 100)),
  hora: instantes.map((uno) => f.hora(iso(uno))),
  fechaHora: instantes.map((uno) => f.fechaHora(iso(uno))),
  hace: edades.map((uno) => f.hace(iso(ahora - uno), ahora)),
}));
"""
CENTAVOS = [
    0,
    1,
    10,
    99,
    100,
    95_000,
    123_450,
    99_999_999,
    100_000_000,
    99_999_999_999,
    1_999,
    107,
    -1,
    -20_000,
    -123_450,
]
MIDNIGHT = datetime(2026, 11, 24, 3, tzinfo=UTC)  # in Buenos Aires
INSTANTES = [
    int((MIDNIGHT + timedelta(days=days, minutes=minutes)).timestamp() * 1000)
    # All year round, for there is no summer time; around midnight, noon, and the ends of months and years.
    for days in (0, 6, 7, 37, 38, 98, 157, 218)
    for minutes in (-1, 0, 1, 59, 60, 719, 720, 780, 1439)
]  # fmt: skip
MINUTO = 60_000
EDADES = [0, -5, 59_999, MINUTO, 59 * MINUTO, 60 * MINUTO - 1, 60 * MINUTO, 119 * MINUTO, 2879 * MINUTO, 2880 * MINUTO,
          4319 * MINUTO, 4320 * MINUTO]  # fmt: skip


def in_scripts(**values: Any) -> dict[str, list[str]]:
    """What static/js/nucleo/formatos.js makes of these."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        input=json.dumps(values), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made: dict[str, list[str]] = json.loads(done.stdout)
    return made


def test_pages_and_scripts_write_amounts_times_and_ages_alike() -> None:
    ahora = INSTANTES[0]

    scripts = in_scripts(centavos=CENTAVOS, instantes=INSTANTES, edades=EDADES, ahora=ahora)

    assert scripts["pesos"] == [pesos(each) for each in CENTAVOS]
    assert scripts["hora"] == [hora(each) for each in INSTANTES]
    assert scripts["fechaHora"] == [f"{fecha(each)[:5]}, {hora(each)}" for each in INSTANTES]
    assert scripts["hace"] == [hace(ahora - each, ahora) for each in EDADES]
    assert [fecha_hora(each) for each in INSTANTES] == [f"{fecha(each)} {hora(each)}" for each in INSTANTES]
    assert {"00:00", "23:59", "12:00"} <= set(scripts["hora"])
