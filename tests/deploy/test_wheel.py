"""What `make dist` makes: one wheel with all that a server needs, whose version says the commit."""

import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from packaging.version import Version  # as pip compares them

from belgrano.operator import dist
from tests.servers import ROOT, Server, Servers

PYPROJECT = 'name = "belgrano"\nversion = "0.1.0"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `dist` folder, as `make dist` leaves it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "dist").mkdir()
    (folder / "dist" / "belgrano-0.0.1-py3-none-any.whl").write_bytes(b"of another day")
    dist.build(folder / "stage", folder / "dist")
    return folder / "dist"


@pytest.fixture(scope="module")
def installed(made: Path) -> dict[str, str]:
    """The wheel in a folder of its own, before the checkout on the path of who runs with these variables."""
    target = made.parent / "installed"
    zipfile.ZipFile(wheel_in(made)).extractall(target)
    return {"PYTHONPATH": str(target)}


def wheel_in(folder: Path) -> Path:
    (wheel,) = folder.glob("*.whl")
    return wheel


def git(folder: Path, *args: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@belgrano.test")
    return subprocess.check_output(["git", "-C", str(folder), *identity, *args], text=True).strip()


def commit(folder: Path) -> str:
    git(folder, "commit", "-q", "--allow-empty", "-m", "one more")
    return git(folder, "rev-parse", "--short=9", "HEAD")


def test_the_wheel_has_all_that_a_server_needs_and_its_lock_lies_beside_it(made: Path) -> None:
    names = set(zipfile.ZipFile(wheel_in(made)).namelist())

    web = {name.removeprefix("belgrano/web/") for name in names if name.startswith("belgrano/web/")}
    assert {"hypercorn.toml", "templates/base.html", "static/dist/manifest.json", "static/img/icono.svg"} <= web
    assert "ahorro/store/migrations/versions/0001_inicio.py" in names
    assert not [name for name in names if name.endswith((".map", ".pyc")) or name.startswith("tests/")]
    assert {path.name for path in made.iterdir()} == {wheel_in(made).name, "requirements.lock", "hypercorn.toml"}
    assert (made / "requirements.lock").read_bytes() == (ROOT / "requirements.lock").read_bytes()


def test_what_is_installed_says_its_version_on_the_command_line_and_in_health(
    made: Path, installed: dict[str, str], tmp_path: Path
) -> None:
    version = wheel_in(made).name.split("-")[1].replace("_", "+")

    with Servers(**installed) as town:
        said = subprocess.run(
            [sys.executable, "-m", "belgrano", "--version"],
            cwd=tmp_path, env=town.env, text=True, capture_output=True, check=True,
        )  # fmt: skip
        shop = town.ahorro
        shop.forked = False
        shop.home = made  # where hypercorn.toml is, and neither the code nor the templates
        shop.start()
        health, page = get(shop, "/health"), get(shop, "/productos")

    assert said.stdout.split()[-1] == version
    assert f'"version":"{version}"' in health.replace(" ", "")
    assert "/static/dist/" in page


def get(server: Server, path: str) -> str:
    with urllib.request.urlopen(server.url + path, timeout=30) as answer:
        return str(answer.read().decode())


def test_each_commit_is_newer_than_the_one_before(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commits = [commit(tmp_path) for _ in range(11)]

    versions = [dist.version_of(tmp_path, PYPROJECT)]
    commits.append(commit(tmp_path))
    versions.append(dist.version_of(tmp_path, PYPROJECT))

    assert versions == [f"0.1.11+g{commits[10]}", f"0.1.12+g{commits[11]}"]
    assert Version("0.1.0") < Version("0.1.9+gfffffffff") < Version(versions[0]) < Version(versions[1])


def test_files_that_are_in_no_commit_are_said(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "file").write_text("one")
    git(tmp_path, "add", "file")
    last = commit(tmp_path)
    (tmp_path / "file").write_text("two")

    assert dist.version_of(tmp_path, PYPROJECT) == f"0.1.1+g{last}.dirty"


def test_a_clone_without_its_history_counts_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "whole")
    commit(tmp_path / "whole")
    last = commit(tmp_path / "whole")
    git(tmp_path, "clone", "-q", "--depth=1", (tmp_path / "whole").as_uri(), "shallow")

    assert dist.version_of(tmp_path / "shallow", PYPROJECT) == f"0.1.0+g{last}"


def test_a_folder_without_git_keeps_the_version_that_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "-q")  # somebody else's, around ours
    commit(tmp_path)
    inside = tmp_path / "inside"
    inside.mkdir()

    within = dist.version_of(inside, PYPROJECT)
    monkeypatch.setenv("PATH", os.devnull)
    without = dist.version_of(tmp_path, PYPROJECT)

    assert within == without == "0.1.0"
    assert shutil.which("git") is None
