"""The image: its steps as far as they go without Docker, in a folder that has what git has and nothing else.

What costs minutes and a network is not done again: the bibliotecas of `make install` and of the lock are this
checkout's, and the packages of the base images are only read.
"""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.servers import ROOT
from tests.test_house import tracked

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
Step = tuple[str, str]


def stages() -> list[list[Step]]:
    """The steps of each stage, each as its word and what follows."""
    found: list[list[Step]] = []
    for line in re.sub(r"\\\n", " ", DOCKERFILE).splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "FROM":
            found.append([])
        if word.isupper():
            found[-1].append((word, " ".join(rest.split())))
    return found


def ignored() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `COPY . .` brings of a clone, and the libraries, which are installed already."""
    folder = tmp_path_factory.mktemp("image") / "src"
    for path in tracked():
        if not any(path.relative_to(ROOT).match(pattern.removeprefix("**/")) for pattern in ignored()):
            to = folder / path.relative_to(ROOT)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to)
    for libraries in (ROOT / "node_modules", Path(sys.prefix)):
        here = folder / ("node_modules" if libraries.name == "node_modules" else ".venv")
        here.mkdir()
        for each in libraries.iterdir():
            if each.name != ".installed":
                (here / each.name).symlink_to(each)
        (here / ".installed").touch()  # newer than the locks: make installs nothing
    return folder


def run(command: str, folder: Path) -> None:
    """One RUN, in this folder in place of /src."""
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(folder)}
    done = subprocess.run(["sh", "-ec", command], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def test_what_is_not_copied_is_in_no_commit() -> None:
    lost = [str(path.relative_to(ROOT)) for path in tracked() for p in ignored() if path.relative_to(ROOT).match(p)]

    assert not lost
    assert ".git" not in ignored()
    assert ".env" in ignored()


def test_its_steps_make_a_wheel_of_what_a_clone_has_and_install_it_with_its_lock(bare: Path) -> None:
    _, build, _ = stages()
    links, make, venv, lock, wheel = (rest for word, rest in build if word == "RUN")

    run(make, bare)

    (made,) = (bare / "dist").glob("*.whl")
    assert made.name.split("-")[1] == "0.1.0"  # no history came along
    names = {name.removeprefix("belgrano/web/") for name in zipfile.ZipFile(made).namelist()}
    assert {"templates/base.html", "static/dist/manifest.json", "static/img/productos/aceite-girasol-900.svg"} <= names
    assert (bare / "dist" / "requirements.lock").is_file()
    assert links.endswith("/usr/local/bin/npm")
    assert venv == "python -m venv /opt/belgrano"
    pip = "/opt/belgrano/bin/pip install --no-cache-dir"
    assert (lock, wheel) == (
        f"{pip} --require-hashes --no-deps -r dist/requirements.lock", f"{pip} --no-deps dist/*.whl"
    )  # fmt: skip
    assert "pip install --no-deps dist/*.whl" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    *_, final = stages()
    words = [word for word, _ in final]
    said = dict(final)

    assert said["FROM"].split(":")[1].startswith("3.13-slim")
    assert said["USER"] == "belgrano"
    assert words.index("USER") > max(i for i, word in enumerate(words) if word == "RUN")
    assert "/health'" in said["HEALTHCHECK"]
    assert said["CMD"] == '["belgrano", "run", "ahorro"]'
    assert "BELGRANO_ENV=production" in said["ENV"]
