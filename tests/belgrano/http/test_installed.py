"""An install without templates, or without the built front end, refuses to start: every page would fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from belgrano.env import REFUSED
from tests.servers import ROOT

PACKAGES = ("belgrano", "ahorro", "ticketera")


@pytest.mark.parametrize("app", ["ahorro", "ticketera"])
@pytest.mark.parametrize(("there", "says"), [([], "plantillas"), (["templates"], "navegador")])
def test_a_bare_install_ends_with_one_line(tmp_path: Path, app: str, there: list[str], says: str) -> None:
    for name in (*PACKAGES, *there):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))

    done = subprocess.run(
        [sys.executable, "-c", f"import {app}.asgi"], cwd=tmp_path, capture_output=True, text=True, timeout=120,
        check=False, env={"PATH": "", "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip

    assert done.returncode == REFUSED
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
    assert not list(tmp_path.glob("*.db"))
