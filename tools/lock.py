"""Pin every dependency with its hashes, for all supported versions of Python.

    python tools/lock.py           pin the newest versions that fit pyproject.toml
    python tools/lock.py --keep    keep the pinned versions; add and remove packages only

The locks name packages, versions and hashes, and no host.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON = [
    "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet",
    "--no-emit-index-url", "--no-emit-find-links", "--no-annotate",
]  # fmt: skip
NOT_LOCKED = {"spark"}  # hundreds of megabytes, for a cluster


def compile_lock(inputs: list[str], output: str) -> None:
    upgrade = [] if "--keep" in sys.argv[1:] else ["--upgrade"]
    command = [sys.executable, "-m", "uv", "pip", "compile", *COMMON, *upgrade, *inputs, "-o", output]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    with tempfile.NamedTemporaryFile("w", suffix=".in", encoding="utf-8") as build:
        build.write("\n".join(project["build-system"]["requires"]))
        build.flush()
        extras = (name for name in project["project"]["optional-dependencies"] if name not in NOT_LOCKED)
        options = [part for name in extras for part in ("--extra", name)]
        compile_lock(["pyproject.toml", *options, build.name], "requirements.lock")
    with tempfile.NamedTemporaryFile("w", suffix=".in", encoding="utf-8") as file:
        file.write("\n".join(groups["dev"]))
        file.flush()
        compile_lock([file.name, "-c", "requirements.lock"], "requirements-dev.lock")


if __name__ == "__main__":
    main()
