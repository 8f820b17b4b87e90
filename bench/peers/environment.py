"""The peers' own environment: their versions never meet ours."""

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = ("nomenklatura>=4.17,<4.18",)
_STAMP = "installed.txt"


def peer_python(folder: Path) -> Path:
    """Return the interpreter of an environment in `folder` that holds the peers; it is made where needed."""
    python, stamp = folder / "bin" / "python", folder / _STAMP
    wanted = "\n".join(REQUIREMENTS)
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS],
            check=True,
        )
        stamp.write_text(wanted, encoding="utf-8")
    return python
