"""`belgrano doctor`: everything that keeps an app from working, or will, a plain line each. It changes nothing.

Each check is `bien`, `atención` (it works, and somebody should look) or `mal` (it does not, or a start would be
refused). The environment's faults are said all in one go; the rest is asked with what of it can be read.
"""

import asyncio
import importlib
import json
import os
import resource
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from belgrano.database.copies import is_late, newest_copy
from belgrano.database.drill import last_drill
from belgrano.database.migrations import place_of
from belgrano.database.postgres_open import connected
from belgrano.database.schema import NotOurs, look_into_file, look_into_schema, newest
from belgrano.database.sqlite_file import sqlite_path, users
from belgrano.database.work import Unavailable
from belgrano.env import PREFIX, Survey
from belgrano.operator.reach import Grade, Reached, public_url
from belgrano.settings import Settings, traps
from belgrano.words.ages import hace
from belgrano.words.times import now

WORST: tuple[Grade, ...] = ("bien", "atención", "mal")  # by exit code
LEAST_FREE = 0.10  # of the disk, as the alert has it
LEAST_FILES = 8192  # descriptors: a socket each for some thousand phones


@dataclass(frozen=True)
class Line:
    """What one check found; `app` is empty where it is about the machine."""

    grade: Grade
    app: str
    what: str
    said: str

    def __str__(self) -> str:
        return f"{self.grade:8} {self.app:9} {self.what}: {self.said}"

    def json(self) -> str:
        """The same for programs."""
        return json.dumps({"nivel": self.grade, "app": self.app, "que": self.what, "detalle": self.said})


Say = Callable[..., Line]


async def doctor(apps: tuple[str, ...], env: Survey | None = None) -> AsyncIterator[Line]:
    """The checks of these apps, one after the other, as they are done."""
    env = env or Survey()
    settings = {app: _settings(app, env) for app in apps}
    for line in _environment(env):
        yield line
    yield _descriptors()
    for app, of_app in settings.items():
        for name, said in traps(of_app):
            yield Line("atención", app, name, said)
        for line in await asyncio.to_thread(lambda of_app=of_app: list(_database(of_app))):  # type: ignore[misc]
            yield line
        for line in await asyncio.to_thread(lambda of_app=of_app: list(_copies(of_app))):  # type: ignore[misc]
            yield line
        async for grade, what, said in _neighbours(of_app):
            yield Line(grade, app, what, said)


def _alerts(settings: Settings) -> Reached:
    """Whether somebody is told when something breaks."""
    what = "Avisos"
    if settings.alert_emails and not settings.smtp_url:
        return "mal", what, "BELGRANO_ALERT_EMAIL está, y falta AHORRO_SMTP_URL para mandar."
    if not settings.alert_emails and not settings.alert_url:
        grade: Grade = "atención" if settings.production else "bien"
        return grade, what, "nadie se entera si algo se rompe: BELGRANO_ALERT_EMAIL o BELGRANO_ALERT_URL."
    return "bien", what, "hay adónde mandarlos; `belgrano alert-test` los prueba"


async def _neighbours(settings: Settings) -> AsyncIterator[Reached]:
    yield _alerts(settings)
    for each in await public_url(settings):
        yield each
    async for each in importlib.import_module(f"{settings.app}.cli").checks(settings):
        yield each


def _settings(app: str, env: Survey) -> Any:
    return importlib.import_module(f"{app}.settings").Settings.read(env)


def _environment(env: Survey) -> Iterator[Line]:
    refused = list(env.refused)
    for line in refused:
        name, _, said = line.partition(": ")
        yield Line("mal", "", name, said)
    for app in PREFIX:
        _settings(app, env)  # the other app's variables are no strangers
    for name in env.unknown():
        yield Line("atención", "", name, "nadie lee una variable con ese nombre; ¿está bien escrita?")
    if not env.production:
        yield Line("atención", "", "BELGRANO_ENV", "desarrollo: los secretos se hacen solos y nada se exige.")
    elif not refused:
        yield Line("bien", "", "Variables", "todas se entienden.")


def _descriptors() -> Line:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 < hard < LEAST_FILES:
        return Line("atención", "", "Descriptores", f"hasta {hard}; con muchos teléfonos hacen falta {LEAST_FILES}.")
    return Line("bien", "", "Descriptores", "sin límite" if hard < 0 else f"hasta {hard}")


def _database(settings: Settings) -> Iterator[Line]:
    def say(grade: Grade, said: str, what: str = "Base de datos") -> Line:
        return Line(grade, settings.app, what, said)

    variable = f"{PREFIX[settings.app]}_{'DB_PATH' if settings.database.startswith('sqlite') else 'DATABASE_URL'}"
    look = _sqlite if settings.database.startswith("sqlite") else _postgres
    try:
        yield from look(settings, say)
    except (NotOurs, Unavailable, psycopg.Error, sqlite3.Error, OSError) as error:
        yield say("mal", f"{' '.join(str(error).split())} Revisá {variable}.")


def _sqlite(settings: Settings, say: Say) -> Iterator[Line]:
    path = sqlite_path(settings.database)
    if not path.exists():
        yield say("atención", f"{path} todavía no existe; se hace al arrancar.")
        return
    found = look_into_file(path)
    found.check(str(path), settings.app, settings.migrations)
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=5)) as raw:
        damage = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        yield say("mal", f"{path} está dañada ({damage}); volvé a una copia con `belgrano restore`.")
        return
    version = f"SQLite {sqlite3.sqlite_version}, esquema {found.revision}"
    if found.revision != newest(settings.migrations):
        yield say("atención", f"{version}; al arrancar pasa a {newest(settings.migrations)}: hacé antes una copia.")
    else:
        yield say("bien", f"{version}, {_size(path.stat().st_size)}, entera")
    if path.stat().st_mode & 0o077:
        yield say("atención", f"{path} la puede leer cualquiera en esta máquina; `chmod 600`.", "Permisos")
    for each in (path, path.parent):  # the folder too: the -wal lies there
        if not os.access(each, os.W_OK):
            yield say("mal", f"falta permiso para escribir en {each}; quien corre la app tiene que poder.", "Permisos")
    if len(found_users := users(path)) > 1:
        numbers = ", ".join(map(str, sorted(found_users)))
        yield say("atención", f"{path} la usan {len(found_users)} procesos ({numbers}); con SQLite tiene que ser uno.")
    if getattr(settings, "redis_url", ""):
        said = "REDIS_URL está puesta y la base es SQLite: Redis sirve para varios procesos, que necesitan PostgreSQL."
        yield say("atención", said, "Redis")
    yield _space(path.parent, say)


def _postgres(settings: Settings, say: Say) -> Iterator[Line]:
    with connected(settings.database) as raw:
        found = look_into_schema(raw, settings.app)
        version = f"PostgreSQL {raw.info.server_version // 10_000}"
        encoding = raw.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        yield say("mal", f"la base está en {encoding}; tiene que estar en UTF8.")
    if found is None or not found.tables:
        yield say("atención", f"{version}; el esquema {settings.app} todavía no existe; se hace al arrancar.")
        return
    found.check(f"el esquema {settings.app} de {place_of(settings.database)}", settings.app, settings.migrations)
    head = newest(settings.migrations)
    if found.revision != head:
        yield say("atención", f"{version}, esquema {found.revision}; al arrancar pasa a {head}: hacé antes una copia.")
    else:
        yield say("bien", f"{version}, esquema {found.revision}")


def _copies(settings: Settings) -> Iterator[Line]:
    plan = settings.copies

    def say(grade: Grade, said: str) -> Line:
        return Line(grade, settings.app, "Copias", said)

    if plan.folder is None:
        yield say("atención", "no se hacen solas; poné BELGRANO_BACKUP_DIR.")
        return
    there = next(each for each in (plan.folder, *plan.folder.absolute().parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        yield say("mal", f"en {plan.folder} no se puede escribir; revisá BELGRANO_BACKUP_DIR.")
        return
    copy = newest_copy(plan.folder, settings.app)
    if copy is None:
        yield say("atención", f"en {plan.folder} todavía no hay ninguna; la primera se hace al arrancar.")
        return
    grade: Grade = "mal" if is_late(copy, plan) else "bien"
    yield say(grade, f"la última es de {hace(0, int(copy.age_s * 1000))}: {copy.path.name}")
    tried = last_drill(plan.folder, settings.app)
    if tried is None:
        yield say("atención", "nunca se probó restaurar una; corré `belgrano restore-drill`.")
    else:
        yield say("mal" if tried.mal else "bien", f"simulacro {hace(tried.en, now())}: {tried.copia} {tried.said}")


def _space(folder: Path, say: Say) -> Line:
    usage = shutil.disk_usage(folder)
    free = f"quedan {_size(usage.free)} de {_size(usage.total)}"
    return say("bien" if usage.free >= LEAST_FREE * usage.total else "atención", free, "Disco")


def _size(bytes_: int) -> str:
    size = float(bytes_)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"
