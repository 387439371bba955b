"""What a start knows of the migrations is what they make; that none was changed is a rule of the house."""

import json
import re
from pathlib import Path

import pytest

from belgrano.database.schema import KNOWN, newest, oldest, revisions
from tests import migraciones


def test_a_change_or_a_loss_would_be_found() -> None:
    was = {"a.py": "1", "b.py": "2"}

    assert migraciones.changed(was, {"a.py": "1", "b.py": "3", "c.py": "4"}) == ["b.py"]
    assert migraciones.changed(was, {"b.py": "2"}) == ["a.py"]


@pytest.mark.parametrize("app", migraciones.FOLDERS)
def test_a_start_knows_what_the_migrations_make(app: str) -> None:
    folder = migraciones.FOLDERS[app]
    known = json.loads((folder / KNOWN).read_text())

    assert known.keys() == {oldest(folder), newest(folder)}, migraciones.AFTER_A_NEW_ONE
    assert known == migraciones.tables(folder), migraciones.AFTER_A_NEW_ONE


@pytest.mark.parametrize("app", migraciones.FOLDERS)
def test_each_migration_is_named_by_its_revision_and_follows_the_one_before(app: str) -> None:
    folder = migraciones.FOLDERS[app]
    numbers = revisions(folder)
    said = {number: said_by(folder, number) for number in numbers}

    assert said == {number: (number, before) for number, before in zip(numbers, [None, *numbers], strict=False)}


def said_by(folder: Path, revision: str) -> tuple[str, str | None]:
    (file,) = (folder / "versions").glob(f"{revision}_*.py")
    said = dict(re.findall(r'^(revision|down_revision) = (?:"(\w+)"|None)$', file.read_text(), re.MULTILINE))
    return said["revision"], said["down_revision"] or None
