"""The verification script of the specification, as it is printed there, and `belgrano verify`."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.servers import Servers

SCRIPT = Path(__file__).with_name("verificar_conexion_deploy.py")
PRINTED = {"ahorro": "https://belgrano-ahorro.onrender.com", "ticketera": "https://belgrano-tickets.onrender.com"}


@pytest.fixture(scope="module")
def town() -> Iterator[Servers]:
    """A fresh development pair as the script expects it: without a key, intake is open to this machine."""
    with Servers() as town:
        del town.env["TICKETERA_API_KEY"]
        yield town.start()


def run_script(town: Servers) -> str:
    """The script with these addresses; what it prints."""
    text = SCRIPT.read_text()
    for app, url in PRINTED.items():
        assert url in text
        text = text.replace(url, town[app].url)
    done = subprocess.run([sys.executable, "-"], input=text, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_script_sees_success_and_its_repeat_an_idempotent_200(town: Servers) -> None:
    first = run_script(town)
    again = run_script(town)

    assert first.count("✅") == 3, first
    assert not {"⚠️", "❌"} & set(first.split()), first
    assert "API de integración responde con código: 200" in again, again
    assert '"idempotent": true' in again.replace('"idempotent":true', '"idempotent": true'), again


def test_belgrano_verify_says_what_it_found_and_keeps_nothing(town: Servers) -> None:
    done = town.belgrano("verify")

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("bien") == 3
    assert done.stdout.count(" ms") == 3
    repeat = requests.post(
        f"{town.ticketera.url}/api/tickets",
        json={
            "numero": "VERIFICACION", "cliente_nombre": "x", "cliente_direccion": "x", "productos": ["x"], "total": 1
        },
        timeout=10,
    )  # fmt: skip
    assert repeat.status_code == 201, "verify kept its ticket"


def test_belgrano_verify_fails_when_something_is_wrong(town: Servers) -> None:
    nobody = town.belgrano("verify", "--ticketera", "http://127.0.0.1:9")
    swapped = town.belgrano("verify", "--ticketera", town.ahorro.url)

    assert nobody.returncode == swapped.returncode == 1
    assert nobody.stderr.count("MAL") == 2, nobody.stderr
    assert swapped.stderr.count("MAL") == 1, swapped.stderr
    assert "Traceback" not in nobody.stderr + swapped.stderr


def test_belgrano_verify_names_a_key_that_is_wrong() -> None:
    with Servers() as town:
        town.start("ticketera")
        done = town.belgrano("verify", TICKETERA_API_KEY="otra-clave-que-nadie-conoce-0000000000")
        assert done.returncode == 1
        assert "TICKETERA_API_KEY" in done.stderr
