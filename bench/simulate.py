"""Simulate a store from a seed: work, kills, disk errors, two writers, readers, backups and restores.

Usage: python bench/simulate.py [--seed 1] [--operations 100000] [--database sqlite] [--out FOLDER]

Each episode is a store of its own with the next seed. A plain model says what the store must have. At the
first difference it ends with a traceback, and the command that repeats it with as few operations.
"""

import argparse
import gc
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from postgres_server import find_binaries, running_server
from simulation import Figures, Simulation

from overzicht.isolation import trust_input


def run(kind: str, seed: int, operations: int, episode: int) -> Figures:
    figures = Figures()
    with ExitStack() as stack, trust_input():
        new_address: Callable[[], str] = str
        if kind == "postgresql":
            binaries = find_binaries()
            if binaries is None:
                sys.exit("no PostgreSQL server is installed (Debian: postgresql)")
            server = stack.enter_context(running_server(binaries, fsync=True))
            new_address = lambda: server.url(server.create_database())  # noqa: E731
        for number, first in enumerate(range(0, operations, episode)):
            with tempfile.TemporaryDirectory() as folder:
                simulation = Simulation(Path(folder), seed + number, new_address)
                figures += simulation.run(min(episode, operations - first))
            print(f"{figures.operations:,} operations", file=sys.stderr, flush=True)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--operations", type=int, default=100_000)
    parser.add_argument("--episode", type=int, default=1_000, help="operations on one store")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--out", type=Path, help="write simulate.md into this folder too")
    given = parser.parse_args()
    os.environ.pop("OVERZICHT_DATABASE_URL", None)
    started = time.monotonic()
    gc.freeze()  # modules are not garbage; a third of the time would go into looking at them
    gc.set_threshold(50_000, 20, 50)
    figures = run(given.database, given.seed, given.operations, given.episode)
    used = [resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in used)
    lines = [
        "# Simulated stores", "",
        f"- {given.database}: {figures.operations:,} operations from seed {given.seed}",
        f"- {figures.proofs:,} proofs of a whole store, 0 differences",
        f"- {seconds:.0f} s of processor time, {time.monotonic() - started:.0f} s",
        "- steps: " + ", ".join(f"{count:,} {kind}" for kind, count in sorted(figures.kinds.items())),
        "- faults: " + ", ".join(f"{count:,} {kind}" for kind, count in sorted(figures.faults.items())),
    ]  # fmt: skip
    print("\n".join(lines))
    if given.out is not None:
        given.out.mkdir(parents=True, exist_ok=True)
        (given.out / "simulate.md").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
