"""Processor seconds and memory of commands from their start to their end, cold and warm.

Run `python bench/start.py [--rounds N] [--out FOLDER]`. The first run of each command has an empty home and
an empty cache folder; of the others the quietest counts. It prints a table as Markdown and writes it next to
a JSON form.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "gemeente-voorbeeldstad" / "apparatuur.xlsx"
COMMANDS = {
    "--help": ("--help",),
    "cards check": ("cards", "check"),
    "screen one": ("screen", "one", "Hikvision"),
    "overview of 263 rows": ("overview", str(EXAMPLE), "--as-of", "2026-11-26", "--out", "overview.json"),
}
INCOMPLETE = 1  # exit code of an inventory with rows that could not be read
MIB = 1024  # ru_maxrss is in KiB on Linux


def measure(arguments: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Return the processor seconds of a command with its children, and its peak of memory in MiB."""
    own = {"OVERZICHT_HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "cache")}
    own |= {"PYTHONDONTWRITEBYTECODE": ""}  # an installed product has its modules compiled
    command = [sys.executable, "-m", "overzicht", *arguments]
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, INCOMPLETE}:
        raise SystemExit(f"{' '.join(arguments)} ended with exit code {process.returncode}")
    return _seconds(used), used.ru_maxrss / MIB


def _seconds(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure each command and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="warm runs of each command")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    figures = {}
    for name, arguments in COMMANDS.items():
        with tempfile.TemporaryDirectory() as folder:
            first, _ = measure(arguments, Path(folder))
            warm = [measure(arguments, Path(folder)) for _ in range(options.rounds)]
        figures[name] = (first, min(seconds for seconds, _ in warm), min(peak for _, peak in warm))
    lines = ["# Start of commands", "", "| command | first, s of CPU | warm, s of CPU | warm, MiB |"]
    lines += ["| --- | --- | --- | --- |"]
    lines += [f"| `{name}` | {row[0]:.2f} | {row[1]:.2f} | {row[2]:.0f} |" for name, row in figures.items()]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "start.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (options.out / "start.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
