"""Count the source files whose code runs for one overview row and for one screened name.

    python bench/files_entered.py

Files that are only imported do not count; the catalogues and the index are built before the count.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

SOURCE = str(Path(__file__).resolve().parent.parent / "src" / "overzicht")
ROW = "Brand,Model,Place\nHikvision,DS-2CD2143G2-I,Town hall\n"


def entered(run: Callable[[], object]) -> set[str]:
    """Return the paths, below the package, of the files with a function that was called."""
    paths: set[str] = set()

    def trace(frame: FrameType, event: str, _value: Any) -> None:
        name = frame.f_code.co_filename
        if event == "call" and frame.f_code.co_name != "<module>" and name.startswith(SOURCE):
            paths.add(name.removeprefix(SOURCE))

    sys.setprofile(trace)
    try:
        run()
    finally:
        sys.setprofile(None)
    return paths


def main() -> None:
    """Print both counts."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OVERZICHT_HOME"] = f"{folder}/home"
        inventory = Path(folder) / "row.csv"
        inventory.write_text(ROW, encoding="utf-8")
        from overzicht.cli.main import cli  # noqa: PLC0415 - the home folder is set first

        def run(*words: str) -> None:
            cli.main(list(words), standalone_mode=False)

        commands = {
            "one overview row": ("overview", str(inventory), "--out", f"{folder}/row.json"),
            "one screened name": ("screen", "one", "Hikvision", "--json"),
        }
        for name, words in commands.items():
            with Path(os.devnull).open("w", encoding="utf-8") as quiet:
                shown, sys.stdout = sys.stdout, quiet
                try:
                    run(*words)
                    paths = entered(lambda words=words: run(*words))  # type: ignore[misc]
                finally:
                    sys.stdout = shown
            print(f"{name}: {len(paths)} files")


if __name__ == "__main__":
    main()
