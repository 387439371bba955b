"""The rules of the house, kept by machine: who may import whom, what every route and file must have.

Sizes are signals, not laws: those above them are printed and fail nothing.
"""

import ast
import importlib
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from quart import Quart

from belgrano.database.schema import KNOWN, newest
from belgrano.env import Environment
from belgrano.http.access import access_of, check_routes
from belgrano.http.security import CSP, policy
from tests import migraciones

ROOT = Path(__file__).resolve().parent.parent
APPS = ("ahorro", "ticketera")
PACKAGES = ("belgrano", *APPS)
DRAWERS = {"utils", "util", "common", "helpers", "helper", "lib", "misc", "tools", "shared", "core", "stuff"}
WEB = {"quart", "quart_auth", "quart_schema", "werkzeug", "hypercorn"}
SOCKETS = {"socketio", "engineio", "redis"}
NETWORK = {*SOCKETS, "httpx", "requests", "aiohttp"}
SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|CREATE TABLE|ALTER TABLE|PRAGMA)\s", re.MULTILINE)

# The ground as each room may use it; what is not named here (routes, outlets, app.py …) may use all of it.
GROUND = {
    "domain": {"belgrano.contract", "belgrano.words"},
    "store": {"belgrano.contract", "belgrano.words", "belgrano.database", "belgrano.accounts", "belgrano.outbox"},
    "wire": {"belgrano.contract", "belgrano.words"},
    "actions": {"belgrano.contract", "belgrano.words", "belgrano.database", "belgrano.accounts", "belgrano.outbox"},
}
ROOMS = {
    "domain": {"domain"},
    "store": {"domain", "wire", "store"},
    "wire": {"domain", "wire"},
    "actions": {"domain", "store", "actions"},
    "routes": {"domain", "store", "wire", "actions", "routes", "settings", "keys"},
    "outlets": {"domain", "store", "wire", "outlets", "settings"},
    "live": {"domain", "store", "wire", "actions", "routes", "live"},
    # The rooms of belgrano, each on the floor above those it may use.
    "contract": {"contract"},
    "words": {"words"},
    "database": {"seldom", "later", "database", "words", "env"},
    "accounts": {"accounts", "database", "later"},
    "outbox": {"outbox", "database", "words", "bucket"},
    "alerts": {"alerts", "http", "outbox", "database", "words", "settings", "mail"},
    "http": {"seldom", "later", "http", "words", "accounts", "database", "settings", "env", "contract"},
    "server": {"seldom", "server", "http"},
    "legado": {"legado", "contract", "words", "env", "domain", "store", "actions"},  # of the ground, and of the apps
    "operator": {"operator", "legado", "words", "server", "http", "alerts", "outbox", "database", "settings", "env"},
}
LIBRARIES = {
    "store": {"sqlalchemy", "alembic"},
    "wire": {"msgspec"},
    "actions": {"fractional_indexing"},
    "domain": set(),
}
# The rooms of static/js, each with those it may import. An entry, directly in static/js, may use all of them.
SCRIPTS = {
    "words": {"words"},
    "stream": {"stream", "words"},
    "page": {"page", "words"},
    "mapa": {"mapa", "page", "stream", "words"},
    "tablero": {"tablero", "page", "stream", "words"},
    "reparto": {"reparto", "page", "stream", "words"},
    "ahorro": {"ahorro", "page", "stream", "words"},
}
SCRIPT_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
MOST_LINES_OF_A_SHEET = 300
# A file as prose names it, from the top; one whose name stands alone on its line is the recipe's own, to be made.
NAMED = re.compile(
    r"(?<![\w/.-])(?:(?:ahorro|belgrano|ticketera)/[\w/.-]+\.(?:py|json|md)"
    r"|(?:static|templates|tests|benchmarks)/[\w/.-]+\.(?:py|m?js|json|html|css|md|png))\b"
)
TOP_LEVEL = (*PACKAGES, "static", "tests", "benchmarks")
TO_BE_MADE = re.compile(r"^`[^`]+`:$", re.MULTILINE)
IMPORT_IN_PROSE = re.compile(r"^from ((?:ahorro|belgrano|ticketera)[\w.]*) import ([\w, ]+)$", re.MULTILINE)
SIZES = {".py": 250, ".js": 200, ".html": 120}


@cache
def modules(package: str) -> dict[str, ast.Module]:
    """Each module of a package, by its dotted name, parsed."""
    found = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        if "__pycache__" not in path.parts:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported, wherever in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide which room they reach into"
            yield node.module or ""
            yield from (f"{node.module}.{each.name}" for each in node.names if node.module in PACKAGES)


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def every_import() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for name, tree in modules(package).items():
            for imported in imports(tree):
                yield name, imported


def top(module: str) -> str:
    return module.partition(".")[0]


def prose() -> Iterator[tuple[str, str]]:
    """Each page of documentation, and each module with its docstrings and comments."""
    for path in sorted([*ROOT.glob("*.md"), *(page for top in TOP_LEVEL for page in (ROOT / top).rglob("*.md"))]):
        if path.name != "CHANGELOG.md" and "dist" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_the_files_that_are_named_in_prose_are_there() -> None:
    lost = [
        (where, named)
        for where, text in prose()
        for named in NAMED.findall(TO_BE_MADE.sub("", text))
        if not (ROOT / named).exists() and not ((ROOT / where).parent / named).exists()
    ]

    assert not lost


def test_what_the_recipes_import_can_be_imported() -> None:
    lost = [
        (where, module, name)
        for where, text in prose()
        for module, names in IMPORT_IN_PROSE.findall(text if where.endswith(".md") else "")
        for name in names.split(", ")
        if not hasattr(importlib.import_module(module), name)
    ]

    assert not lost


def test_the_ground_knows_no_app_and_the_apps_do_not_know_each_other() -> None:
    allowed = {"belgrano": {"belgrano"}, "ahorro": {"belgrano", "ahorro"}, "ticketera": {"belgrano", "ticketera"}}

    wrong = [
        (name, imported)
        for name, imported in every_import()
        if top(imported) in PACKAGES and top(imported) not in allowed[top(name)]
    ]

    assert not wrong


def test_each_room_imports_only_the_rooms_below_it() -> None:
    wrong = []
    for name, imported in every_import():
        room = room_of(name)
        own = room in ROOMS and top(imported) == top(name) and "." in imported
        if own and room_of(imported) not in ROOMS[room]:
            wrong.append((name, imported))

    assert not wrong


def test_each_room_uses_only_its_part_of_the_ground_and_of_the_libraries() -> None:
    banned = {"routes": NETWORK, "outlets": WEB | SOCKETS, "live": WEB | NETWORK - SOCKETS}
    wrong = []
    for name, imported in every_import():
        room = room_of(name)
        if top(name) not in APPS or top(imported) in APPS or imported == "belgrano":
            continue
        if room in GROUND and top(imported) == "belgrano":
            good = any(imported == each or imported.startswith(f"{each}.") for each in GROUND[room])
        elif room in LIBRARIES:
            good = top(imported) in sys.stdlib_module_names | LIBRARIES[room]
        else:
            good = top(imported) not in banned.get(room, set())
        if not good:
            wrong.append((name, imported))

    assert not wrong


def test_the_ground_under_store_and_actions_knows_no_web_and_no_network() -> None:
    ground = modules("belgrano")
    reached: set[str] = set()
    rooms = GROUND["store"] | GROUND["actions"]
    waiting = sorted(name for name in ground if any(name.startswith(f"{room}.") for room in rooms))
    while waiting:
        name = waiting.pop()
        if name in ground and name not in reached:
            reached.add(name)
            waiting.extend(imports(ground[name]))

    wrong = [(name, each) for name in reached for each in imports(ground[name]) if top(each) in WEB | NETWORK]

    assert not wrong


def test_only_realtime_emits() -> None:
    """What boards and phones hear leaves by one module, through its rooms."""
    wrong = [
        (name, node.lineno)
        for name, tree in modules("ticketera").items()
        if name not in {"ticketera.live.realtime", "ticketera.live.rooms"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"emit", "push", "push_here"}
    ]

    assert not wrong


def test_the_domain_waits_for_nothing() -> None:
    waiting = [
        name
        for app in APPS
        for name, tree in modules(app).items()
        if room_of(name) == "domain"
        for node in ast.walk(tree)
        if isinstance(node, ast.Await | ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith)
    ]

    assert not waiting


def test_sql_lives_in_the_store() -> None:
    wrong = []
    for app in APPS:
        for name, tree in modules(app).items():
            if room_of(name) == "store":
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                    wrong.append((name, node.lineno))

    assert not wrong


def test_each_room_of_the_scripts_imports_only_the_rooms_below_it() -> None:
    scripts = ROOT / "static/js"
    wrong = []
    for path in sorted(scripts.rglob("*.js")):
        room = path.relative_to(scripts).parts[0]
        for relative in SCRIPT_IMPORT.findall(path.read_text(encoding="utf-8")):
            imported = (path.parent / relative).resolve()
            assert imported.is_file(), f"{path.name} imports {relative}, which is not there"
            if (
                room in SCRIPTS
                and imported.suffix == ".js"
                and imported.relative_to(scripts).parts[0] not in SCRIPTS[room]
            ):
                wrong.append((path.name, relative))

    assert not wrong


def test_there_is_no_drawer_for_things_nobody_named() -> None:
    parts = {part for package in PACKAGES for name in modules(package) for part in name.split(".")}

    assert not parts & DRAWERS


def test_every_module_says_what_one_finds_in_it() -> None:
    silent = [
        name
        for package in PACKAGES
        for name, tree in modules(package).items()
        if tree.body and not ast.get_docstring(tree) and not name.endswith("__main__")
    ]

    assert not silent


def test_modules_that_outgrew_their_size_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    big = []
    for path in tracked():
        limit = SIZES.get(path.suffix)
        lines = len(path.read_text(encoding="utf-8").splitlines()) if limit else 0
        if limit and lines > limit and path.parts[len(ROOT.parts)] not in {"tests", "benchmarks"}:
            big.append(f"{path.relative_to(ROOT)}: {lines} lines (signal: {limit})")

    with capsys.disabled():
        print("", *big, sep="\n  ")


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    registries = ["registry" + ".npmjs", "pypi" + ".org", "python" + "hosted", "deb.debian" + ".org"]
    places = [rf"(?<![\w.-])/{place}/" for place in ("work", "root", "home", "Users")]
    pattern = re.compile("|".join([*map(re.escape, registries), *places]))

    wrong = [(str(path.relative_to(ROOT)), found[0]) for path, text in texts() if (found := pattern.search(text))]

    assert not wrong


def test_what_a_readme_links_to_exists() -> None:
    broken = []
    for path, text in texts():
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"https?:|mailto:|#", target) and not (path.parent / target.partition("#")[0]).exists():
                broken.append((str(path.relative_to(ROOT)), target))

    assert not broken


def test_a_readme_names_each_room_of_its_package() -> None:
    for package in PACKAGES:
        text = (ROOT / package / "README.md").read_text(encoding="utf-8")
        names = [name for name in modules(package) if "." in name and "__" not in name]
        rooms = {room_of(name) for name in names if (ROOT / package / room_of(name)).is_dir()}
        said = rooms | ({name.rpartition(".")[2] for name in names} if package == "belgrano" else set())

        missing = [each for each in sorted(said) if each not in text]

        assert not missing, package


def test_each_migration_is_written_down_and_as_it_was_when_it_landed() -> None:
    assert migraciones.changed(migraciones.pinned(), migraciones.hashes()) == [], "make a new one instead"
    for app, folder in migraciones.FOLDERS.items():
        assert newest(folder) in json.loads((folder / KNOWN).read_bytes()), (app, migraciones.AFTER_A_NEW_ONE)
    assert migraciones.hashes().keys() == migraciones.pinned().keys(), migraciones.AFTER_A_NEW_ONE


def sheets() -> Iterator[tuple[str, str]]:
    """Every sheet by its path under static/css, without its comments, which keep their lines."""
    folder = ROOT / "static" / "css"
    for path in sorted(folder.rglob("*.css")):
        text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), path.read_text("utf-8"), flags=re.S)
        yield path.relative_to(folder).as_posix(), text


def test_a_colour_is_said_among_the_tokens_only_and_at_night_only_what_has_one_by_day() -> None:
    raw = re.compile(
        r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color-mix|color)a?\(|:[^;{]*\b(?:white|black)\b", re.I
    )
    names = {name: set(re.findall(r"(--[\w-]+):", text)) for name, text in sheets()}

    wrong = [
        f"{name}: {found[0]}"
        for name, text in sheets()
        if not name.startswith("tokens/")
        for found in raw.finditer(re.sub(r"#[\w-]+(?=[^;{}]*\{)", "", text))
    ]

    assert not wrong
    assert names["tokens/oscuro.css"] <= names["tokens/claro.css"]


def test_every_name_that_a_sheet_uses_is_given_somewhere() -> None:
    given = {name for _, text in sheets() for name in re.findall(r"(--[\w-]+):", text)}

    wrong = [
        (sheet, name)
        for sheet, text in sheets()
        for name in re.findall(r"var\((--[\w-]+)\)", text)
        if name not in given
    ]

    assert not wrong


def test_what_lies_over_what_is_said_by_name() -> None:
    wrong = [(name, found) for name, text in sheets() for found in re.findall(r"z-index: (?!var\(--z-)[^;]*", text)]

    assert not wrong


def test_no_sheet_is_longer_than_its_subject() -> None:
    folder = ROOT / "static" / "css"
    long = [
        (path.name, lines)
        for path in folder.rglob("*.css")
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES_OF_A_SHEET
    ]

    assert not long


def test_templates_have_no_inline_script_style_or_handler() -> None:
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")|<style|\sstyle=|\son[a-z]+=|javascript:", re.I
    )

    wrong = [
        (str(path.relative_to(ROOT)), found[0])
        for path, text in texts()
        if path.suffix == ".html" and (found := inline.search(text))
    ]

    assert not wrong


def settings_of(app: str, folder: Path) -> Any:
    values = {
        f"{'AHORRO' if app == 'ahorro' else 'TICKETS'}_DB_PATH": str(folder / f"{app}.db"),
        "AHORRO_MAILBOX": str(folder / "mail"),
        "TICKETERA_API_KEY": "k" * 40,
        "BELGRANO_LIMITS": "off",
    }
    env = Environment(values, dev_secrets=folder / "secrets")
    module = __import__(f"{app}.settings", fromlist=["Settings"])
    return module.Settings.read(env)


@pytest.fixture(params=APPS)
async def built(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Quart]:
    """Each app, started on a database of its own."""
    module = __import__(f"{request.param}.app", fromlist=["create_app"])
    app: Quart = module.create_app(settings_of(request.param, tmp_path))
    async with app.test_app():
        yield app


async def test_every_route_says_who_may_call_it(built: Quart) -> None:
    check_routes(built)

    assert all(access_of(built, rule.endpoint) for rule in built.url_map.iter_rules())


def example(found: re.Match[str]) -> str:
    """What a path's parameter may be: `<int:id>` is 1, `<any(on, off):x>` is on."""
    return {"int": "1", "any": found[2]}.get(found[1], "x")


async def test_every_answer_to_a_stranger_has_the_headers_and_is_no_bug(built: Quart) -> None:
    """Each route and method, once, from outside: a 5xx, a missing header or an open door fails it."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(built.asgi_app), base_url="http://localhost")
    for rule in built.url_map.iter_rules():
        path = re.sub(r"<(?:(\w+)(?:\((\w*)[^)]*\))?:)?\w+>", example, rule.rule)
        for method in sorted((rule.methods or set()) | {"GET", "POST"}):
            response = await client.request(method, path)

            at = f"{method} {path}: {response.status_code}"
            assert response.status_code < 500, at
            # The phone's shell may make the one policy that registers its service worker.
            shell = path == "/reparto/cascara" and method in {"GET", "HEAD"}
            expected = policy({"trusted-types": "sw"}) if shell else CSP
            assert response.headers["Content-Security-Policy"] == expected, at
            assert response.headers["X-Content-Type-Options"] == "nosniff", at
            assert response.headers["Cache-Control"], at
            access = access_of(built, rule.endpoint)
            if access and not access.public and method in (rule.methods or ()) and method != "OPTIONS":
                assert response.status_code in {303, 401, 403}, at
            if response.status_code >= 400 and path.startswith("/api/") and method != "HEAD":
                assert response.headers["Content-Type"] == "application/problem+json", at
                assert {"type", "title", "status", "detail", "codigo", "error"} <= response.json().keys(), at
