"""Databases that earlier versions made are opened by today's, whole, and brought to the newest schema."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from belgrano.database.migrations import migrate
from belgrano.database.schema import look_into_file, newest
from tests.migraciones import FOLDERS
from tests.servers import ROOT, Servers

# A day's step each, and what it has in its database that the one before has not.
VERSIONS = {
    "c6e747d9": "customers' notes",
    "45987f2b": "searches that found nothing",
    "9690a7fd": "lists of prices with a state",
}
CODE = ("ahorro", "belgrano", "ticketera")


@pytest.mark.parametrize("commit", VERSIONS)
def test_what_an_earlier_version_made_is_brought_forward_whole(tmp_path: Path, commit: str) -> None:
    archive = subprocess.run(["git", "archive", commit, *CODE], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        pytest.skip("this checkout has no history")
    subprocess.run(["tar", "-x", "-C", str(tmp_path)], input=archive.stdout, check=True)
    with Servers() as town:
        env = town.env | {"PYTHONPATH": str(tmp_path)}
        subprocess.run([sys.executable, "-m", "belgrano", "init-db"], cwd=tmp_path, env=env, check=True)
        for app, folder in FOLDERS.items():
            found = look_into_file(town.db(app))
            assert found.revision == newest(tmp_path / folder.relative_to(ROOT)), "it is of then"

            migrate(f"sqlite:///{town.db(app)}", app, folder)

            now = look_into_file(town.db(app))
            now.check(app, app, folder)
            assert now.revision == newest(folder)
    shutil.rmtree(tmp_path)
