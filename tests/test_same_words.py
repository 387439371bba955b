"""The server's pages and the scripts write amounts, times and ages in the very same way; their words are one table."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

from belgrano.words.ages import hace
from belgrano.words.money import pesos
from belgrano.words.numbers import peso
from belgrano.words.times import fecha, fecha_hora, hora
from tests.servers import ROOT
from ticketera.routes.pages.tarjeta import bultos

SCRIPT = """
import * as f from "./static/js/words/formats.js";
import { bultos } from "./static/js/tablero/tarjeta.js";
let text = ""; for await (const part of process.stdin) text += part;
const { centavos, gramos, instantes, edades, ahora, cargas } = JSON.parse(text);
const iso = (ms) => new Date(ms).toISOString();
console.log(JSON.stringify({
  pesos: centavos.map((uno) => f.pesos(uno / 100)),
  peso: gramos.map(f.peso),
  hora: instantes.map((uno) => f.hora(iso(uno))),
  fechaHora: instantes.map((uno) => f.fechaHora(iso(uno))),
  hace: edades.map((uno) => f.hace(iso(ahora - uno), ahora)),
  bultos: cargas.map((una) => bultos(JSON.parse(una))),
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
GRAMOS = [1, 50, 750, 999, 1000, 1001, 1250, 1500, 10_000, 12_345, 999_000]
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

# Whatever a shop posts as a quantity: one that is out of this world must not take the board with it.
CARGAS = [
    '["Pan"]', '["Pan", {"nombre": "Yerba", "cantidad": 2}]', '[{"nombre": "Queso", "cantidad": 0.5}]',
    '[{"nombre": "Pan", "cantidad": 1e400}]', '[{"nombre": "Pan", "cantidad": 1e-400}]',
    '[{"nombre": "Pan", "cantidad": 1e308}, {"nombre": "Pan", "cantidad": 1e308}]',
    '[{"nombre": "Pan", "cantidad": 3.0}]',
]  # fmt: skip


def in_scripts(**values: Any) -> dict[str, list[Any]]:
    """What static/js/words/formats.js makes of these."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        input=json.dumps(values), cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    made: dict[str, list[Any]] = json.loads(done.stdout)
    return made


def test_pages_and_scripts_write_amounts_times_and_ages_alike() -> None:
    ahora = INSTANTES[0]

    scripts = in_scripts(
        centavos=CENTAVOS, gramos=GRAMOS, instantes=INSTANTES, edades=EDADES, ahora=ahora, cargas=CARGAS
    )

    assert scripts["pesos"] == [pesos(each) for each in CENTAVOS]
    assert scripts["peso"] == [peso(each) for each in GRAMOS]
    assert scripts["hora"] == [hora(each) for each in INSTANTES]
    assert scripts["fechaHora"] == [f"{fecha(each)[:5]}, {hora(each)}" for each in INSTANTES]
    assert scripts["hace"] == [hace(ahora - each, ahora) for each in EDADES]
    assert [fecha_hora(each) for each in INSTANTES] == [f"{fecha(each)} {hora(each)}" for each in INSTANTES]
    assert scripts["bultos"] == [bultos(each) for each in CARGAS]
    assert {"00:00", "23:59", "12:00"} <= set(scripts["hora"])
