"""Kill imports of lists and inventories, and list updates, at random moments; count what was lost.

Usage: python bench/crash.py [--kills 200] [--seed 1] [--out FOLDER] [sqlite|postgresql ...]

PostgreSQL is a server of its own, with fsync on. Each time it is checked that what was acknowledged is there
and nothing is half there, and every 20th time the whole store is proved. Ends with a traceback at a loss.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from crash_tools import KINDS, CrashRun
from list_server import serving
from postgres_server import find_binaries, running_server

THOROUGH = 20


@contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    binaries = find_binaries()
    if binaries is None:
        sys.exit("no PostgreSQL server is installed (Debian: postgresql)")
    with running_server(binaries, fsync=True) as server:
        yield server.url(server.create_database())


def run(kind: str, kills: int, seed: int) -> str:
    started = time.monotonic()
    with database(kind) as address, tempfile.TemporaryDirectory() as folder, serving() as server:
        scratch = Path(folder)
        crash_run = CrashRun(scratch / "home", address, server, scratch, seed)
        try:
            crash_run.prepare()
            first = len(KINDS) * 2
            for number in range(first, first + kills):
                crash_run.kill(number)
                crash_run.assert_sound(thorough=number % THOROUGH == 0)
            crash_run.assert_sound(thorough=True)
        finally:
            crash_run.close()
    outcome = crash_run.outcome
    by_kind = ", ".join(f"{count} at {name}" for name, count in sorted(outcome.killed_by_kind.items()))
    acknowledged = len(outcome.acknowledged_days) + len(outcome.acknowledged_files)
    seconds = time.monotonic() - started
    return (
        f"{kind}: {kills} attempts, {outcome.killed} killed while they worked ({by_kind}), {acknowledged} "
        f"acknowledged, 0 lost, 0 half there; {seconds:.0f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write crash.md into this folder too")
    arguments = parser.parse_args()
    os.environ.pop("OVERZICHT_DATABASE_URL", None)
    lines = ["# Killed at random moments", ""]
    for kind in arguments.databases:
        lines.append(f"- {run(kind, arguments.kills, arguments.seed)}")
    print("\n".join(lines))
    if arguments.out is not None:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "crash.md").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
