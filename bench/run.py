"""Run every bench that is here, one after the other, and put their reports in one file.

Run `python bench/run.py [--out FOLDER] [NAME…] [-- OPTION…]`; a name is that of a module in this folder, and
the options after `--` are passed on to the benches (so name those that know them). A bench that fails or
takes too long is named in the report and does not stop the others.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
MAX_SECONDS = 3_600


def benches(names: list[str]) -> list[Path]:
    """Return the modules to run: those named, else all that can be run by themselves."""
    paths = [
        path
        for path in sorted(FOLDER.glob("*.py"))
        if path.stem != Path(__file__).stem and '__name__ == "__main__"' in path.read_text(encoding="utf-8")
    ]
    unknown = set(names) - {path.stem for path in paths}
    if unknown:
        sys.exit(f"no such bench: {', '.join(sorted(unknown))}; known: {', '.join(p.stem for p in paths)}")
    return [path for path in paths if not names or path.stem in names]


def run(path: Path, out: Path, passed_on: list[str]) -> str:
    """Return the section of the report on one bench."""
    started = time.monotonic()
    print(f"{path.stem} …", file=sys.stderr, flush=True)
    try:
        ran = subprocess.run(
            [sys.executable, str(path), "--out", str(out), *passed_on],
            capture_output=True, text=True, check=False, timeout=MAX_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"# {path.stem}\n\nIt did not end within {MAX_SECONDS} s.\n"
    took = time.monotonic() - started
    print(f"{path.stem}: {took:.0f} s, ended with {ran.returncode}", file=sys.stderr, flush=True)
    if ran.returncode:
        last = "\n".join(ran.stderr.strip().splitlines()[-5:])
        return f"# {path.stem}\n\nIt ended with {ran.returncode} after {took:.0f} s:\n\n```\n{last}\n```\n"
    return f"{ran.stdout.strip()}\n\n(`python bench/{path.name}`, {took:.0f} s)\n"


def machine() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors, load before the start {load}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    own = sys.argv[1:]
    cut = own.index("--") if "--" in own else len(own)
    options, passed_on = parser.parse_args(own[:cut]), own[cut + 1 :]
    options.out.mkdir(parents=True, exist_ok=True)
    head = machine()
    sections = [run(path, options.out, passed_on) for path in benches(options.names)]
    text = "\n".join(["# Measurements", "", head, "", *sections])
    (options.out / "report.md").write_text(text, encoding="utf-8")
    print(f"wrote {options.out / 'report.md'}")


if __name__ == "__main__":
    main()
