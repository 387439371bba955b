"""`make dist`: a wheel that carries templates, the built front end, the pictures and hypercorn.toml.

The tree is laid out in `build/stage`, with `templates` and `static` moved into `belgrano/web`, where
`belgrano.http.pages.folder` finds them once installed, and hypercorn.toml beside them, where the launcher does.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGE = ROOT / "build" / "stage"
PACKAGES = ("belgrano", "ahorro", "ticketera")
IGNORED = shutil.ignore_patterns("__pycache__", "*.map", "node_modules")


def main() -> None:
    """Lay out the tree, build the wheel into dist/, and say where it is."""
    shutil.rmtree(STAGE, ignore_errors=True)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, STAGE / package, ignore=IGNORED)
    shutil.copytree(ROOT / "templates", STAGE / "belgrano/web/templates")
    for part in ("dist", "img"):
        if (ROOT / "static" / part).is_dir():
            shutil.copytree(ROOT / "static" / part, STAGE / "belgrano/web/static" / part, ignore=IGNORED)
    shutil.copy(ROOT / "hypercorn.toml", STAGE / "belgrano/web/hypercorn.toml")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, STAGE / name)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", str(ROOT / "dist"), str(STAGE)], check=True)  # noqa: S603
    for wheel in sorted((ROOT / "dist").glob("*.whl")):
        print(wheel.relative_to(ROOT))


if __name__ == "__main__":
    main()
