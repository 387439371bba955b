"""`belgrano doctor`, `secrets` and `password`, as an operator runs them beside two apps that are up, or not."""

import json
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from belgrano.database.backup import STAMP
from belgrano.env import Survey
from tests import forks
from tests.servers import PASSWORD, ROOT, Servers

OTHER = "Otra-frase-larga-de-prueba-8204"


@pytest.fixture(scope="module")
def town() -> Iterator[Servers]:
    """Both apps, up."""
    with Servers() as town:
        town.create_user("ticketera", "repartidor", "rita@belgrano.test", "Rita Gómez")
        town.create_user("ahorro", "admin", "marta@belgrano.test", "Marta Dueña")
        yield town.start()


def run(town: Servers, *args: str, says: str = "", **over: str) -> subprocess.CompletedProcess[str]:
    return forks.run("belgrano", [*args], cwd=ROOT, env=town.env | over, folder=town.folder, says=says)


def lines(town: Servers, *args: str, **over: str) -> tuple[int, list[str]]:
    """The exit code, and each line with single blanks."""
    done = run(town, "doctor", *args, **over)
    assert "Traceback" not in done.stderr
    return done.returncode, [" ".join(line.split()) for line in done.stdout.splitlines()]


def bad(found: list[str]) -> list[str]:
    return [line for line in found if line.startswith("mal")]


def test_two_apps_that_know_each_other_are_well_in_both_directions(town: Servers) -> None:
    code, found = lines(town)

    assert bad(found) == []
    assert code == 1  # it is development
    for said in (
        *("bien ahorro Ticketera: contesta", "bien ahorro Reloj", "bien ahorro Clave de la API"),
        *("bien ticketera Ahorro: contesta", "bien ticketera Firma de los avisos", "atención BELGRANO_ENV"),
    ):
        assert any(line.startswith(said) for line in found), (said, found)
    assert sum("esquema" in line and "entera" in line for line in found) == 2


def test_a_key_that_differs_is_found_from_the_shop(town: Servers) -> None:
    code, found = lines(town, "ahorro", TICKETERA_API_KEY="otra-clave-de-mas-de-treinta-y-dos-letras")

    assert code == 2
    assert [line.split(":")[0] for line in bad(found)] == ["mal ahorro Clave de la API"]


def test_a_secret_that_differs_is_found_from_ticketera(town: Servers) -> None:
    secret = "whsec_bm8gZXMgbGEgbWlzbWEgY2xhdmUgZGVsIG90cm8gbGFkbw=="

    code, found = lines(town, "ticketera", TICKETERA_WEBHOOK_SECRET=secret)

    assert code == 2
    assert [line.split(":")[0] for line in bad(found)] == ["mal ticketera Firma de los avisos"]
    assert secret not in "\n".join(found)


def test_alerts_that_have_no_way_out_are_found(town: Servers) -> None:
    half, found = lines(town, "ticketera", BELGRANO_ALERT_EMAIL="duena@belgrano.test")
    whole, good = lines(
        town, "ticketera", BELGRANO_ALERT_EMAIL="duena@belgrano.test", AHORRO_SMTP_URL="smtp://127.0.0.1:9"
    )

    assert (half, whole) == (2, 1)
    assert [line.split(":")[0] for line in bad(found)] == ["mal ticketera Avisos"]
    assert any(line.startswith("bien ticketera Avisos: hay adónde") for line in good)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:9", "nadie escucha en ese puerto"),
        ("http://no-hay.invalid", "no existe ese nombre (DNS)"),
    ],
)
def test_an_app_that_is_away_is_bad_and_says_how(town: Servers, url: str, says: str) -> None:
    code, found = lines(town, "ahorro", TICKETERA_URL=url)

    assert code == 2
    assert all(says in line for line in bad(found)), found
    assert any(line.startswith("mal ahorro Ticketera") for line in found)


def test_an_address_of_something_else_is_not_ticketera(town: Servers) -> None:
    _, found = lines(town, "ahorro", TICKETERA_URL=town.ahorro.url, AHORRO_PORT="1")

    assert any("contesta otra cosa que ticketera" in line for line in bad(found))


def test_every_variable_is_named_in_one_go_and_one_that_nobody_reads(town: Servers) -> None:
    wrong = {
        "AHORRO_PORT": "abc",
        "AHORRO_SECRET_KEY": "corta",
        "TICKETERA_WEBHOOK_SECRET": "x",
        "AHORRO_MAIL_FROM": "a",
    }

    code, found = lines(town, "ahorro", BELGRANO_ENV="production", AHORRO_PUBLICURL="https://x.test", **wrong)

    assert code == 2
    for name in wrong:
        assert [line for line in bad(found) if line.startswith(f"mal {name}:")], (name, found)
    assert any(line.startswith("atención AHORRO_PUBLICURL:") for line in found)
    assert not any("TICKETS_" in line for line in found)
    assert "corta" not in [line.rpartition(" ")[2] for line in found]


def test_a_public_address_is_held_to_what_browsers_meet_there(town: Servers) -> None:
    _, fine = lines(town, "ahorro", AHORRO_PUBLIC_URL=town.ahorro.url)
    _, other = lines(town, "ahorro", AHORRO_PUBLIC_URL=town.ticketera.url)

    assert any("sus formularios se aceptan" in line for line in fine)
    assert any("contesta otra cosa que ahorro" in line for line in bad(other))


def test_a_proxy_that_hides_the_name_is_found_by_a_form_that_is_refused(town: Servers) -> None:
    class Proxy(BaseHTTPRequestHandler):
        def relay(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            asked = {k: v for k, v in self.headers.items() if k.lower() in {"origin", "content-type"}}
            answer = httpx.request(self.command, town.ahorro.url + self.path, headers=asked, content=body)
            self.send_response(answer.status_code)
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = relay

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _, found = lines(town, "ahorro", AHORRO_PUBLIC_URL=f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()

    assert any("se toman por los de otro sitio (403)" in line for line in bad(found)), found


def test_a_mail_server_that_is_not_there_is_bad(town: Servers) -> None:
    code, found = lines(town, "ahorro", AHORRO_SMTP_URL="smtp://127.0.0.1:9")

    assert code == 2
    assert any("AHORRO_SMTP_URL" in line and "nadie escucha" in line for line in bad(found))


def test_another_programs_database_is_bad_and_stays_as_it_is(town: Servers) -> None:
    path = town.folder / "ajena.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE clientes (id INTEGER PRIMARY KEY)")
    before = path.read_bytes()

    code, found = lines(town, "ahorro", AHORRO_DB_PATH=str(path))

    assert code == 2
    assert any("es la base de otro programa" in line and "AHORRO_DB_PATH" in line for line in bad(found))
    assert path.read_bytes() == before
    assert [each.name for each in town.folder.glob("ajena.db*")] == ["ajena.db"]


def test_a_database_that_is_not_there_yet_is_made_by_nobody(town: Servers) -> None:
    path = town.folder / "nueva.db"

    _, found = lines(town, "ticketera", TICKETS_DB_PATH=str(path))

    assert any("se hace al arrancar" in line for line in found)
    assert not path.exists()


def test_copies_that_are_made_old_missing_or_in_nobodys_folder_each_have_their_line(town: Servers) -> None:
    folder = town.folder / "copias"
    made = folder / f"ahorro-{datetime.now(UTC) - timedelta(hours=3):{STAMP}}.db"
    (town.folder / "archivo").touch()

    def says(**over: str) -> list[str]:
        return [line for line in lines(town, "ahorro", **over)[1] if " ahorro Copias:" in line]

    assert says() == ["atención ahorro Copias: no se hacen solas; poné BELGRANO_BACKUP_DIR."]
    assert "todavía no hay ninguna" in says(BELGRANO_BACKUP_DIR=str(folder))[0]
    assert not folder.exists()
    folder.mkdir()
    made.touch()
    found, tried = says(BELGRANO_BACKUP_DIR=str(folder))
    assert found == f"bien ahorro Copias: la última es de hace 3 h: {made.name}"
    assert tried.startswith("atención ahorro Copias: nunca se probó")
    assert says(BELGRANO_BACKUP_DIR=str(folder), BELGRANO_BACKUP_EVERY_H="0.5")[0].startswith("mal")
    assert says(BELGRANO_BACKUP_DIR=str(town.folder / "archivo"))[0].startswith("mal ahorro Copias: en ")
    assert "mal BELGRANO_BACKUP_EVERY_H: tiene que ser un número de horas" in "\n".join(
        lines(town, "ahorro", BELGRANO_BACKUP_EVERY_H="nunca")[1]
    )


def test_new_secrets_are_each_time_others_and_production_takes_them(town: Servers) -> None:
    first, second = (run(town, "secrets").stdout for _ in range(2))
    values = dict(line.split("=", 1) for line in first.splitlines())

    assert not set(values.values()) & {line.split("=", 1)[1] for line in second.splitlines()}
    env = Survey({"BELGRANO_ENV": "production", **values})
    for name in ("AHORRO_SECRET_KEY", "TICKETS_SECRET_KEY"):
        env.secret(name)
    env.keys("TICKETERA_API_KEY")
    env.webhook_secret("TICKETERA_WEBHOOK_SECRET")
    env.optional_secret("METRICS_TOKEN")
    assert env.refused == []


@pytest.mark.parametrize(("app", "email"), [("ahorro", "marta@belgrano.test"), ("ticketera", "rita@belgrano.test")])
def test_who_is_locked_out_gets_a_new_password_and_their_sessions_end(town: Servers, app: str, email: str) -> None:
    with httpx.Client(base_url=town[app].url, headers={"origin": town[app].url}) as browser:
        assert browser.post("/api/sesion", json={"email": email, "password": PASSWORD}).status_code == 200

        done = run(town, "password", app, "--email", email.upper(), "--password-stdin", says=OTHER + "\n")

        assert done.returncode == 0, done.stderr
        assert OTHER not in done.stdout
        end = time.monotonic() + 10
        while browser.get("/api/sesion").status_code != 401:
            assert time.monotonic() < end, "the session goes on"
            time.sleep(0.05)
        assert browser.post("/api/sesion", json={"email": email, "password": PASSWORD}).status_code == 401
        assert browser.post("/api/sesion", json={"email": email, "password": OTHER}).status_code == 200


@pytest.mark.parametrize(("email", "password"), [("nadie@belgrano.test", OTHER), ("marta@belgrano.test", "corta")])
def test_a_password_for_nobody_or_one_that_is_too_short_is_one_line(town: Servers, email: str, password: str) -> None:
    done = run(town, "password", "ahorro", "--email", email, "--password-stdin", says=password + "\n")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_what_is_most_likely_not_meant_has_a_line(town: Servers) -> None:
    own = {"BELGRANO_TRUSTED_PROXIES": "1", "AHORRO_HOST": "0.0.0.0", "AHORRO_PUBLIC_URL": "https://tienda.invalid"}

    _, found = lines(town, "ahorro", **own)

    for said in ("atención ahorro AHORRO_HOST: escucha en 0.0.0.0", "atención ahorro BELGRANO_ENV: no dice production"):
        assert any(line.startswith(said) for line in found), (said, found)

    _, found = lines(town, "ticketera", REDIS_URL="redis://127.0.0.1:9")
    assert any(line.startswith("atención ticketera Redis: REDIS_URL está puesta y la base es SQLite") for line in found)


def test_production_by_http_has_a_line(town: Servers) -> None:
    strong = dict(line.split("=", 1) for line in run(town, "secrets").stdout.splitlines())

    _, found = lines(
        town, "ahorro", **strong, BELGRANO_ENV="production", AHORRO_PUBLIC_URL="http://tienda.invalid"
    )  # fmt: skip

    assert any("atención ahorro AHORRO_PUBLIC_URL: http://tienda.invalid no es https://" in line for line in found)


def test_the_other_app_at_the_own_address_is_refused_by_doctor_and_by_a_start(town: Servers) -> None:
    for app, name in (("ahorro", "TICKETERA_URL"), ("ticketera", "BELGRANO_AHORRO_URL")):
        code, found = lines(town, app, **{name: town[app].url})
        started = run(town, "run", app, **{name: town[app].url})

        assert code == 2
        assert any(line.startswith(f"mal {name}: es la dirección de esta misma app") for line in bad(found))
        assert started.returncode == 78
        assert name in started.stderr
        assert started.stderr.count("\n") == 1


def test_a_second_process_on_the_same_file_has_a_line_and_its_log_says_so(town: Servers) -> None:
    with_it = town.second("ticketera").start()
    try:
        _, found = lines(town, "ticketera")

        assert any("la usan 2 procesos" in line for line in found)
        assert "with SQLite it should be one" in with_it.text()
    finally:
        with_it.stop()


def test_for_programs_each_line_is_json(town: Servers) -> None:
    done = run(town, "doctor", "ahorro", "--json")

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"nivel": "bien", "app": "ahorro"}.items() <= next(each for each in found if each["que"] == "Reloj").items()
