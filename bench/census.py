"""Speed of the census: an invented country of bodies, rounds and returns, with a seed.

    python bench/census.py [--bodies 15000] [--out FOLDER]

It prints seconds of loading, of the roll on a date, of the overview of a round and of a late return, and the
largest memory. Depths follow the shares of a country: 25 % register, 20 counts, 10 present, 15 none, 5 not
held, 5 refused, 20 silent. Half of the devices are with 2 % of the bodies.
"""

import argparse
import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from overzicht.census.answers import CountLine, Depth, Level, Question, Scope
from overzicht.census.roll import Body
from overzicht.evidence.actor import Actor
from overzicht.store.census import returns as stored_returns
from overzicht.store.census import rolls as stored_rolls
from overzicht.store.database import Store
from overzicht.workflows.census.overview import national_overview
from overzicht.workflows.census.rolls import show_roll
from overzicht.workflows.census.rounds import NewRound, new_round

DAY = date(2026, 3, 2)
ACTOR = Actor(DAY, "bench", datetime(2026, 3, 2, 12, tzinfo=UTC))
SHARES = (
    (Depth.REGISTER, 25), (Depth.COUNTS, 20), (Depth.PRESENT, 10), (Depth.NONE, 15), (Depth.NOT_HELD, 5),
    (Depth.REFUSED, 5), (Depth.SILENT, 20),
)  # fmt: skip
MAKERS = ("hikvision", "dahua", "axis", "bosch", "hanwha-vision", "uniview", "avigilon", "mobotix")
KINDS = ("camera", "recorder", "drone")
BATCH = 500  # returns in one transaction


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print the seconds of a block: of this process, and on the clock."""
    start, own = time.perf_counter(), time.process_time()
    yield
    clock, processor = time.perf_counter() - start, time.process_time() - own
    print(f"{what}: {processor:.2f} s of processor time, {clock:.2f} s", flush=True)


def bodies(count: int, chance: random.Random) -> list[Body]:
    """Return bodies of five kinds and twelve regions, with sizes that are log-normal."""
    return [
        Body(
            f"nl:x{n:05}", f"Body {n:05}", f"kind {n % 5}", "NL", (("code", f"x{n:05}"),),
            region=f"region {n % 12:02}", size=int(chance.lognormvariate(10, 1)),
        )
        for n in range(count)
    ]  # fmt: skip


def lines(depth: Depth, devices: int, chance: random.Random) -> list[CountLine]:
    """Return the lines of a return: a register has up to 24, a count up to three."""
    if depth in (Depth.REGISTER, Depth.COUNTS):
        keys = [(maker, kind) for maker in MAKERS for kind in KINDS]
        chosen = chance.sample(keys, 12 if depth is Depth.REGISTER else 3)
        share = devices // len(chosen) + 1
        return [CountLine(Scope.ALL, depth, maker, kind, least=share, most=share) for maker, kind in chosen]
    least = int(depth is Depth.PRESENT)
    return [CountLine(Scope.ALL, depth, least=least, most=0 if depth is Depth.NONE else None)]


def answer(store: Store, round_id: str, own: list[Body], chance: random.Random) -> tuple[int, int]:
    """Store the returns of all bodies that answer; return how many, and their devices."""
    depths = [depth for depth, share in SHARES for _ in range(share)]
    total, devices = 0, 0
    for start in range(0, len(own), BATCH):
        with store.writing(ACTOR.name, ACTOR.at) as tx:
            for body in own[start : start + BATCH]:
                depth = chance.choice(depths)
                if depth is Depth.SILENT:
                    continue
                number = 3300 if chance.random() < 0.02 else 68
                given = lines(depth, number, chance)
                least = sum(line.least for line in given)
                values = {
                    "round_id": round_id, "body_id": body.id, "number": 1, "depth": depth,
                    "sha256": hashlib.sha256(body.id.encode()).hexdigest(), "level": Level.COUNTS,
                    "is_partial": False, "is_withdrawn": False, "ground": "", "answers_for": [],
                    "least": least, "most": None, "replaced": 0,
                    "valid_from": DAY,
                }  # fmt: skip
                stored_returns.add_return(tx, values, given)
                total, devices = total + 1, devices + least
    return total, devices


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--bodies", type=int, default=15_000)
    parser.add_argument("--out", type=Path, help="folder for the store, which is removed at the end")
    parser.add_argument("--database", default="", help="address of a PostgreSQL database")
    given = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 - a benchmark
    with tempfile.TemporaryDirectory(dir=given.out) as folder:
        store = Store.open(Path(folder), given.database, at=ACTOR.at)
        own = bodies(given.bodies, chance)
        with timed(f"roll of {len(own)} bodies"), store.writing(ACTOR.name, ACTOR.at) as tx:
            stored_rolls.add_roll(tx, "bench", own, day=DAY, filename="-", sha256="0" * 64, report={})
        with timed("round with its requests"):
            new_round(store, NewRound("Bench", DAY, id="bench"), ACTOR)
        with timed("returns"):
            total, devices = answer(store, "bench", own, chance)
        print(f"{total} returns, {devices} devices")
        with timed("roll on a date"):
            show_roll(store, "bench", DAY)
        with timed("overview, any equipment"):
            national_overview(store, "bench", DAY)
        with timed("overview, two makers"):
            national_overview(store, "bench", DAY, Question(frozenset({"hikvision", "dahua"})))
        store.close()
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
