"""The operator's commands, run as an operator does."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from belgrano.operator.cli import cli
from belgrano.operator.typed import help_in_spanish
from tests import forks
from tests.belgrano.operator.test_launcher import ROOT, environment

PASSWORD = "Frase-larga-de-prueba-7391"
EPOCA = "SELECT epoca FROM tablero"


class Operator:
    """Somebody with a shell, an environment and two databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = environment(folder)

    def does(self, *args: str, says: str = "", **over: str) -> subprocess.CompletedProcess[str]:
        out = forks.run("belgrano", [*args], cwd=ROOT, env=self.env | over, folder=self.folder, says=says)
        assert "Traceback" not in out.stderr + out.stdout
        return out

    def makes(self, app: str, role: str, email: str) -> subprocess.CompletedProcess[str]:
        who = ["--email", email, "--name", "Rita Gómez", "--role", role, "--password-stdin"]
        return self.does("create-user", app, *who, says=PASSWORD + "\n")

    def ask(self, app: str, sql: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.folder / ("tickets.db" if app == "ticketera" else "ahorro.db")) as database:
            return database.execute(sql).fetchall()


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


@pytest.mark.parametrize(
    ("app", "role"),
    [
        ("ticketera", "admin"),
        ("ticketera", "repartidor"),
        ("ahorro", "cliente"),
        ("ahorro", "comerciante"),
        ("ahorro", "admin"),
    ],
)
def test_a_user_is_made_before_the_first_start_and_the_last_word_is_the_id(
    operator: Operator, app: str, role: str
) -> None:
    out = operator.makes(app, role, "rita@belgrano.test")

    assert out.returncode == 0, out.stderr
    assert operator.ask(app, "SELECT id, email, rol FROM usuarios") == [
        (int(out.stdout.split()[-1]), "rita@belgrano.test", role)
    ]
    assert PASSWORD not in out.stdout + out.stderr


def test_a_user_that_cannot_be_is_refused_in_one_sentence(operator: Operator) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")

    for role, email, password in [
        ("cliente", "x@belgrano.test", PASSWORD),
        ("pirata", "x@belgrano.test", PASSWORD),
        ("admin", "rita@belgrano.test", PASSWORD),
        ("admin", "RITA@belgrano.test", PASSWORD),
        ("admin", "x@belgrano.test", "short"),
        ("admin", "x@belgrano.test", ""),
        ("admin", "no address", PASSWORD),
    ]:
        who = ["--email", email, "--name", "X", "--role", role, "--password-stdin"]
        out = operator.does("create-user", "ticketera", *who, says=password + "\n")

        assert out.returncode != 0, (role, email)
        assert out.stderr.startswith("belgrano: ")
        assert out.stderr.count("\n") == 1

    assert operator.ask("ticketera", "SELECT count(*) FROM usuarios") == [(1,)]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["create-user"], "falta APP"),
        (["create-user", "kiosco"], "ahorro, ticketera"),
        (["create-user", "ahorro", "--rol", "x"], "--rol"),
        (["nothing"], "create-user"),
        (["outbox", "retry", "--desde", "ayer"], "2026-11-24"),
        (["demo-data", "ahorro", "--stream", "lots"], "20/min"),
        (["restore", "ahorro", "nothing.db"], "COPY"),
    ],
)
def test_a_slip_on_the_command_line_is_explained_in_spanish(operator: Operator, args: list[str], says: str) -> None:
    out = operator.does(*args)

    assert out.returncode == 2
    assert says in out.stderr
    assert out.stderr.count("\n") == 1
    assert not out.stdout


def test_databases_are_made_for_one_app_or_both_and_again_without_harm(operator: Operator) -> None:
    assert operator.does("init-db", "ticketera").returncode == 0
    assert not (operator.folder / "ahorro.db").exists()

    operator.makes("ticketera", "admin", "rita@belgrano.test")
    assert operator.does("init-db").returncode == 0

    assert (operator.folder / "ahorro.db").exists()
    assert operator.ask("ticketera", "SELECT count(*) FROM usuarios") == [(1,)]


def test_production_takes_no_demo_data(operator: Operator) -> None:
    out = operator.does("demo-data", BELGRANO_ENV="production")

    assert out.returncode == 78
    assert "BELGRANO_ENV" in out.stderr
    assert not list(operator.folder.glob("*.db"))


def test_demo_data_prints_accounts_and_a_repeat_doubles_nothing(operator: Operator) -> None:
    first = operator.does("demo-data")
    counts = [operator.ask("ahorro", f"SELECT count(*) FROM {each}") for each in ("usuarios", "productos", "pedidos")]
    tickets = operator.ask("ticketera", "SELECT count(*) FROM tickets")

    again = operator.does("demo-data")

    assert first.returncode == again.returncode == 0, first.stderr + again.stderr
    assert first.stdout.count("@") >= 8
    assert "repartidor" in first.stdout
    assert [
        operator.ask("ahorro", f"SELECT count(*) FROM {each}") for each in ("usuarios", "productos", "pedidos")
    ] == counts
    assert operator.ask("ticketera", "SELECT count(*) FROM tickets") == tickets
    assert counts[1][0][0] >= 130  # type: ignore[operator]


@pytest.mark.parametrize(("host", "warns"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_demo_accounts_that_the_network_reaches_come_with_a_warning(operator: Operator, host: str, warns: bool) -> None:
    with socket.create_server((host, 0)) as taken:  # so that it ends after what it has to say
        port = str(taken.getsockname()[1])
        out = operator.does("run", "ticketera", "--demo-data", TICKETS_PORT=port, TICKETS_HOST=host)

    assert out.returncode == 1
    assert "Cuentas:" in out.stdout
    assert ("sus contraseñas son públicas" in out.stdout) is warns


def test_a_backup_comes_back_with_a_new_epoca_and_ids_that_were_never_used(operator: Operator) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")
    copies = operator.folder / "copies"
    assert operator.does("backup", "ticketera", "--to", str(copies)).returncode == 0
    (copy,) = copies_in(copies)
    before = operator.ask("ticketera", EPOCA)
    operator.makes("ticketera", "repartidor", "later@belgrano.test")

    out = operator.does("restore", "ticketera", str(copy))

    assert out.returncode == 0, out.stderr
    assert operator.ask("ticketera", "SELECT email FROM usuarios") == [("rita@belgrano.test",)]
    made = operator.makes("ticketera", "repartidor", "new@belgrano.test")
    assert int(made.stdout.split()[-1]) > 1_000_000
    assert operator.ask("ticketera", EPOCA) != before


def test_a_copy_that_was_damaged_is_refused_and_changes_nothing(operator: Operator) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")
    copies = operator.folder / "copies"
    operator.does("backup", "ticketera", "--to", str(copies))
    (copy,) = copies_in(copies)
    whole = copy.read_bytes()
    copy.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])

    out = operator.does("restore", "ticketera", str(copy))

    assert out.returncode == 1
    assert operator.ask("ticketera", "SELECT email FROM usuarios") == [("rita@belgrano.test",)]


def test_what_a_restore_says_tells_where_what_was_there_lies(operator: Operator) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")
    copies = operator.folder / "copies"
    operator.does("backup", "ticketera", "--to", str(copies))
    (copy,) = copies_in(copies)

    checked = operator.does("restore", "ticketera", str(copy))
    copy.with_name(copy.name + ".json").unlink()
    unchecked = operator.does("restore", "ticketera", str(copy))

    (aside, *_) = sorted(operator.folder.glob("tickets.db.antes-*"))
    assert checked.returncode == unchecked.returncode == 0
    assert f"Lo que había quedó en {aside}." in checked.stdout
    assert "Ojo" not in checked.stdout
    assert "Ojo" in unchecked.stdout
    assert copies.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in [*copies.iterdir(), *operator.folder.glob("tickets.db*")]} == {
        0o600
    }


def test_of_two_backups_the_one_that_can_be_made_is_made(operator: Operator) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")
    copies = operator.folder / "copies"

    out = operator.does("backup", BELGRANO_BACKUP_DIR=str(copies))

    assert out.returncode == 1
    assert [each.name.split("-")[0] for each in copies_in(copies)] == ["ticketera"]
    assert out.stderr.startswith("belgrano: ahorro: todavía no hay una base de datos en ")
    assert "AHORRO_DB_PATH" in out.stderr


def test_a_drill_says_of_each_app_whether_its_newest_copy_serves(operator: Operator) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")
    copies = operator.folder / "copies"
    operator.does("backup", "ticketera", "--to", str(copies))
    (copy,) = copies_in(copies)

    one = operator.does("restore-drill", "ticketera", "--from", str(copies))
    both = operator.does("restore-drill", BELGRANO_BACKUP_DIR=str(copies))

    assert (one.returncode, one.stdout) == (0, f"ticketera: {copy.name} sirve\n")
    assert both.returncode == 1
    assert both.stdout == f"ahorro: en {copies} no hay ninguna copia de ahorro.\n{one.stdout}"


def test_a_backup_without_its_environment_says_so_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (here := tmp_path / "de-cron").mkdir()
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    out = forks.run("belgrano", ["backup"], cwd=here, env=bare, folder=tmp_path)

    assert out.returncode == 1
    assert f"en {here}/belgrano_ahorro.db; ¿falta el entorno?" in out.stderr
    assert list(here.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(operator: Operator) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")
    (operator.folder / "archivo").touch()

    out = operator.does("backup", "ticketera", "--to", str(operator.folder / "archivo" / "copias"))

    assert out.returncode == 1
    assert str(operator.folder / "archivo") in out.stderr and len(out.stderr.splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"hola\n", b"SQLite format 3\0 and no more"])
def test_a_copy_that_is_none_is_refused_in_one_sentence(operator: Operator, content: bytes) -> None:
    operator.makes("ticketera", "admin", "rita@belgrano.test")
    copy = operator.folder / "vacia.db"
    copy.write_bytes(content)

    out = operator.does("restore", "ticketera", str(copy))

    assert out.returncode == 1
    assert not out.stdout
    assert out.stderr.startswith("belgrano: ")
    assert "vacia.db" in out.stderr
    assert out.stderr.count("\n") == 1
    assert operator.ask("ticketera", "SELECT email FROM usuarios") == [("rita@belgrano.test",)]
    assert not list(operator.folder.glob("*antes*"))


STARTS = {
    "init-db": ["-m", "belgrano", "init-db", "ticketera"],
    "create-user": [
        *("-m", "belgrano", "create-user", "ticketera", "--email", "a@b.test", "--name", "A"),
        *("--role", "admin", "--password-stdin"),
    ],
    "run": ["-m", "belgrano", "run", "ticketera"],
    "hypercorn": ["-m", "hypercorn", "-c", "hypercorn.toml", "--bind", "127.0.0.1:0", "ticketera.asgi:app"],
    "backup": ["-m", "belgrano", "backup", "ticketera"],
}


@pytest.mark.parametrize("start", STARTS)
def test_an_app_on_the_others_file_ends_with_one_line_that_names_it_and_touches_nothing(
    operator: Operator, start: str
) -> None:
    operator.does("init-db", "ahorro")
    file = operator.folder / "ahorro.db"
    before = {each: each.read_bytes() for each in operator.folder.iterdir() if each.is_file()}

    out = subprocess.run(
        [sys.executable, *STARTS[start]],
        cwd=ROOT, env=operator.env | {"TICKETS_DB_PATH": str(file)}, input=PASSWORD + "\n",
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip

    assert out.returncode == 78
    assert out.stderr.count("\n") == 1, out.stderr
    assert f"{file} es la base de ahorro, no de ticketera" in out.stderr
    assert not out.stdout
    assert {each: each.read_bytes() for each in operator.folder.iterdir() if each.is_file()} == before


def test_the_queue_can_be_read_and_sent_again(operator: Operator) -> None:
    operator.does("init-db")

    assert "0 en la cola" in operator.does("outbox", "list").stdout
    assert "0 vuelven" in operator.does("outbox", "retry").stdout
    assert "0 vuelven" in operator.does("outbox", "retry", "--desde", "2026-01-01").stdout
    assert "0 en la cola" in operator.does("outbox", "list", "ticketera").stdout


def test_verify_fails_in_words_when_nothing_runs(operator: Operator) -> None:
    out = operator.does("verify")

    assert out.returncode == 1
    assert out.stdout + out.stderr


def copies_in(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file() and each.suffix != ".json"]


def helps(command: click.Command, *names: str) -> Iterator[tuple[str, str]]:
    """What each command below says of itself."""
    for name, each in getattr(command, "commands", {}).items():
        yield from helps(each, *names, name)
    with command.context_class(command, info_name=" ".join(names)) as context:
        yield " ".join(names), context.get_help()


def test_each_command_helps_in_spanish_alone() -> None:
    help_in_spanish(cli)
    english = re.compile(r"\b(usage|options|commands?|args|show|exit|required|default|text|path)\b", re.IGNORECASE)

    said = dict(helps(cli, "belgrano"))

    assert len(said) > 15
    assert {name: found for name, text in said.items() if (found := english.findall(text))} == {}


def test_without_a_command_the_help_is_all_that_is_said(operator: Operator) -> None:
    for args in ((), ("outbox",)):
        out = operator.does(*args)

        assert out.returncode == 2
        assert out.stderr.startswith("Uso: belgrano")


@pytest.mark.parametrize(
    "command",
    [
        ["make", "-n", "run", "OS=Windows_NT"],
        [sys.executable, "-c", "import sys; sys.platform = 'win32'; import belgrano.operator.cli"],
    ],
)
def test_windows_is_told_where_it_runs(command: list[str]) -> None:
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert out.returncode != 0
    assert "WSL" in out.stderr
    assert out.stderr.count("\n") == 1
