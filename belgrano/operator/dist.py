"""`make dist`: a wheel that carries templates, the built front end, the pictures and hypercorn.toml.

The tree is laid out in `build/stage`, with `templates` and `static` moved into `belgrano/web`, where
`belgrano.http.pages.folder` finds them once installed, and hypercorn.toml beside them, where the launcher does.
`dist/` then has all that a server needs: the wheel, the lock of what it stands on, and hypercorn.toml for those who
start the plain command.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("belgrano", "ahorro", "ticketera")
IGNORED = shutil.ignore_patterns("__pycache__", "*.map", "node_modules", "capturas")  # pictures of the guides
VERSION = re.compile(r'^version = "(\d+\.\d+)\.0"$', re.MULTILINE)


def main() -> None:
    """Lay out the tree, build the wheel into dist/, and say where it is."""
    build(ROOT / "build" / "stage", ROOT / "dist")
    for wheel in sorted((ROOT / "dist").glob("*.whl")):
        print(wheel.relative_to(ROOT))


def build(stage: Path, dist: Path) -> None:
    """Make `dist` anew: the wheel, laid out in `stage` before, and what goes beside it."""
    for folder in (stage, dist):
        shutil.rmtree(folder, ignore_errors=True)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, stage / package, ignore=IGNORED)
    shutil.copytree(ROOT / "templates", stage / "belgrano/web/templates")
    for part in ("dist", "img"):
        if (ROOT / "static" / part).is_dir():
            shutil.copytree(ROOT / "static" / part, stage / "belgrano/web/static" / part, ignore=IGNORED)
    shutil.copy(ROOT / "hypercorn.toml", stage / "belgrano/web/hypercorn.toml")
    shutil.copy(ROOT / "README.md", stage / "README.md")
    written = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (stage / "pyproject.toml").write_text(
        VERSION.sub(f'version = "{version_of(ROOT, written)}"', written), encoding="utf-8"
    )
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "-w", str(dist), str(stage)], check=True)  # noqa: S603
    for beside in ("requirements.lock", "hypercorn.toml"):
        shutil.copy(ROOT / beside, dist / beside)


def version_of(checkout: Path, pyproject: str) -> str:
    """`0.1.<number of commits>+g<commit>`: a later commit's wheel is newer for pip, and /health says what runs.

    Without git, or in a folder that is no checkout of its own, what pyproject.toml says. A shallow clone cannot count,
    so it keeps the 0 and says the commit only; `.dirty` was built from files that are in no commit.
    """
    found = VERSION.search(pyproject)
    if found is None:
        raise ValueError("pyproject.toml: version has to be X.Y.0; the last part is counted here.")
    commit = _git(checkout, "rev-parse", "--short=9", "HEAD")
    if not commit or Path(_git(checkout, "rev-parse", "--show-toplevel")) != checkout.resolve():
        return f"{found[1]}.0"
    shallow = _git(checkout, "rev-parse", "--is-shallow-repository") == "true"
    count = "0" if shallow else _git(checkout, "rev-list", "--count", "HEAD")
    dirty = ".dirty" if _git(checkout, "status", "--porcelain", "--untracked-files=no") else ""
    return f"{found[1]}.{count}+g{commit}{dirty}"


def _git(checkout: Path, *args: str) -> str:
    """What git says of it; nothing where git or the history is not there."""
    try:
        said = subprocess.run(["git", "-C", str(checkout), *args], capture_output=True, text=True, check=True)  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()


if __name__ == "__main__":
    main()
