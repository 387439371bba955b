"""What is known of the migrations, written down: `python -m tests.migraciones` after a new one.

A migration that has landed has run in somebody's database: `migraciones.json` has the hash of each, and it stays as it
is. `<app>/store/migrations/schema.json` has the tables that the first and all of them make, which every start reads.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from belgrano.database.schema import KNOWN, newest, oldest
from belgrano.database.upgrading import made_by

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {app: ROOT / app / "store" / "migrations" for app in ("ahorro", "ticketera")}
AFTER_A_NEW_ONE = "run: python -m tests.migraciones"
PINNED = Path(__file__).with_suffix(".json")


def hashes() -> dict[str, str]:
    """The SHA-256 of each migration, by its path."""
    files = (each for folder in FOLDERS.values() for each in sorted((folder / "versions").glob("*.py")))
    return {str(each.relative_to(ROOT)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def pinned() -> dict[str, str]:
    """The same as it was when each landed."""
    known: dict[str, str] = json.loads(PINNED.read_bytes()) if PINNED.exists() else {}
    return known


def changed(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The migrations that are no longer what they were."""
    return [path for path, hash_ in was.items() if now.get(path) != hash_]


def tables(folder: Path) -> dict[str, dict[str, list[str]]]:
    """What `schema.json` says, made anew."""
    return {
        revision: {table: sorted(columns) for table, columns in sorted(made_by(folder, revision).items())}
        for revision in (oldest(folder), newest(folder))
    }


def main() -> int:
    """Write down what is new. What landed is not written anew: the way on is another migration."""
    now = hashes()
    if lost := changed(pinned(), now):
        print(f"Changed after they landed: {', '.join(lost)}. Make a new migration instead.", file=sys.stderr)
        return 1
    PINNED.write_text(json.dumps(now, indent=1) + "\n")
    for folder in FOLDERS.values():
        (folder / KNOWN).write_text(json.dumps(tables(folder), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
