"""Databases with an app's schema, for tests: the migrations run once a session, what they made is laid down again."""

import re
import shutil
import subprocess
from pathlib import Path

import psycopg

from belgrano.database.migrations import migrate
from belgrano.database.sqlite_file import sqlite_path

ROOT = Path(__file__).parent.parent
PLACE = "belgrano_schema_here"


class Schemas:
    """What each folder of migrations makes, by kind of database."""

    def __init__(self) -> None:
        self.files: dict[Path, bytes] = {}
        self.texts: dict[Path, str] = {}

    def lay(self, url: str, app: str, migrations: Path) -> None:
        """Give an empty database the newest schema. One that has something already is left alone."""
        if not migrations.is_relative_to(ROOT):
            return  # a test's own migrations: they may change
        if url.startswith("sqlite"):
            self._file(sqlite_path(url), url, app, migrations)
        elif shutil.which("pg_dump"):
            self._text(url, app, migrations)

    def _file(self, path: Path, url: str, app: str, migrations: Path) -> None:
        if path.exists():
            return
        if migrations in self.files:
            path.write_bytes(self.files[migrations])
        else:
            migrate(url, app, migrations)
            self.files[migrations] = path.read_bytes()

    def _text(self, url: str, app: str, migrations: Path) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [app]).fetchone():
                return
            if migrations in self.texts:
                connection.execute(self.texts[migrations].replace(PLACE, app).encode())
                return
        migrate(url, app, migrations)
        command = ["pg_dump", f"--dbname={url}", f"--schema={app}", "--inserts", "--no-owner", "--no-comments"]
        dump = subprocess.run(command, capture_output=True, text=True, check=False)
        if dump.returncode == 0:
            text = re.sub(r"^\\.*$", "", dump.stdout, flags=re.MULTILINE)  # for psql only
            text = re.sub(rf"\b{app}\.", f"{PLACE}.", text)
            self.texts[migrations] = text.replace(f"CREATE SCHEMA {app};", f"CREATE SCHEMA {PLACE};")
