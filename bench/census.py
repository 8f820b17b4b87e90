"""Speed of the census: an invented country of bodies, rounds and signed returns, with a seed.

    python bench/census.py [--bodies 15000] [--out FOLDER] [--database URL]

It prints seconds of loading the signed returns, of the roll on a date, of the overviews of a round with two
earlier ones, and of a late return, and the largest memory. Depths follow the shares of a country: 25 %
register, 20 counts, 10 present, 15 none, 5 not held, 5 refused, 20 silent. Half of the devices are with 2 %
of the bodies. There are 40 mergers. The returns are files that are signed, read and checked.
"""

import argparse
import gc
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from overzicht.__main__ import GARBAGE_THRESHOLDS
from overzicht.evidence.actor import Actor
from overzicht.evidence.signing import Signer
from overzicht.kit.ask import DirectAsk
from overzicht.store.accounts import Grant, Principal, Role
from overzicht.store.database import Store
from overzicht.subjects.census import roll_records as stored_rolls
from overzicht.subjects.census import rolls
from overzicht.subjects.census.answers import Depth, Question
from overzicht.subjects.census.letters import send_requests
from overzicht.subjects.census.overview import national_overview
from overzicht.subjects.census.receiving import receive
from overzicht.subjects.census.returns import FORM, KIND, VERSION
from overzicht.subjects.census.roll import Body, BodyEvent, EventKind, build_roll
from overzicht.subjects.census.rounds import new
from overzicht.subjects.census.rounds_workflow import show_round

DAY = date(2026, 3, 2)
DAYS = (date(2024, 3, 4), date(2025, 3, 3), DAY)  # reference dates of the rounds
ACTOR = Actor(DAY, "bench", datetime(2026, 3, 2, 12, tzinfo=UTC))
PERSON = Principal(ACTOR.name, (Grant(Role.ADMIN),))
SHARES = (
    (Depth.REGISTER, 25), (Depth.COUNTS, 20), (Depth.PRESENT, 10), (Depth.NONE, 15), (Depth.NOT_HELD, 5),
    (Depth.REFUSED, 5), (Depth.SILENT, 20),
)  # fmt: skip
MAKERS = ("hikvision", "dahua", "axis", "bosch", "hanwha-vision", "uniview", "avigilon", "mobotix")
KINDS = ("camera", "recorder", "drone")
MERGERS = 40
TWO_MAKERS = Question(frozenset({"hikvision", "dahua"}))


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


def mergers(own: list[Body]) -> list[BodyEvent]:
    """Return the mergers: each of the first bodies is absorbed by another after the reference date."""
    day = date(2026, 4, 1)
    return [
        BodyEvent(day, EventKind.ABSORB, f"x{n:05}", f"x{len(own) - 1 - n:05}")
        for n in range(min(MERGERS, len(own) // 4))
    ]


def register(body: Body, chosen: list[tuple[str, str]], share: int) -> dict[str, Any]:
    """Return a published register with models."""
    makers = {maker: share * sum(own == maker for own, _ in chosen) for maker, _ in chosen}
    kinds = {kind: share * sum(own == kind for _, own in chosen) for _, kind in chosen}
    return {
        "form": "overzicht-register", "version": 1, "organisation": {"id": body.id, "name": body.name},
        "includes": [body.id], "as_of": DAY.isoformat(), "level": "models",
        "counts": {"total": share * len(chosen)},
        "makers": [{"maker": key, "name": key, "devices": count} for key, count in makers.items()],
        "kinds": kinds,
        "models": [
            {"maker": maker, "brand": maker, "model": f"M{place}", "kind": kind, "devices": share}
            for place, (maker, kind) in enumerate(chosen)
        ],
        "devices": None, "statements": [], "unknown": [],
    }  # fmt: skip


def content(reference: date, body: Body, depth: Depth, chance: random.Random) -> dict[str, Any]:
    """Return the content of a return: a register has twelve models, a count three makers."""
    devices = 3300 if chance.random() < 0.02 else 68
    keys = [(maker, kind) for maker in MAKERS for kind in KINDS]
    given: dict[str, Any] = {"answers": [{"depth": depth}]}
    if depth is Depth.REGISTER:
        given = {"register": register(body, chance.sample(keys, 12), devices // 3)}
    elif depth is Depth.COUNTS:
        rows = [{"depth": depth, "maker": maker, "kind": kind, "least": devices, "most": devices}
                for maker, kind in chance.sample(keys, 3)]  # fmt: skip
        given = {"answers": rows}
    elif depth is Depth.NONE:
        given = {"answers": [{"depth": depth, "basis": "inventory"}]}
    elif depth is Depth.REFUSED:
        given["ground"] = "article 5.1"
    return {
        "form": FORM, "version": VERSION, "round": f"r{reference.year}", "body": body.id, "number": 1,
        "reference_date": reference.isoformat(), **given,
    }  # fmt: skip


def sign_all(folder: Path, reference: date, own: list[Body], codes: dict[str, str]) -> list[Path]:
    """Write the signed return of each body that answers."""
    chance = random.Random(2)  # noqa: S311 - a benchmark
    depths = [depth for depth, share in SHARES for _ in range(share)]
    paths = []
    for body in own:
        depth = chance.choice(depths)
        if depth is not Depth.SILENT:
            signer = Signer(Ed25519PrivateKey.generate())
            paths.append(folder / f"{body.id[3:]}-{reference.year}.json")
            statement = signer.sign(KIND, content(reference, body, depth, chance) | {"code": codes[body.id]})
            paths[-1].write_bytes(statement.to_bytes())
    return paths


def asked(store: Store) -> DirectAsk:
    """Return the request of who runs the benchmark."""
    return DirectAsk(lambda: store, PERSON, DAY, DAY, lambda: ACTOR.at)


def play(store: Store, folder: Path, count: int) -> None:
    """Load the roll, play three rounds, and time the answers."""
    own = bodies(count, random.Random(1))  # noqa: S311 - a benchmark
    with timed(f"roll of {len(own)} bodies"), store.writing(ACTOR.name, ACTOR.at) as tx:
        built = build_roll(own, mergers(own)).roll
        stored_rolls.add_roll(tx, "bench", built.bodies, day=DAY, filename="-", sha256="0" * 64, report={})
    late: list[Path] = []
    for reference in DAYS:
        round_id = f"r{reference.year}"
        new(asked(store), round_id, reference=reference, own_id=round_id)
        with timed(f"{round_id}: letters"):
            codes = {letter.body: letter.code for letter in send_requests(store, round_id, (), ACTOR)}
        *paths, last = sign_all(folder, reference, own, codes)
        with timed(f"{round_id}: {len(paths)} signed returns read, checked and stored"):
            refused = sum(not outcome.is_accepted for outcome in receive(store, round_id, paths, ACTOR))
        late = [last]
        print(f"refused: {refused}")
    with timed("a late return"):
        print(*(outcome.refusal for outcome in receive(store, "r2026", late, ACTOR)))
    for what, question in (("any equipment", Question()), ("two makers", TWO_MAKERS),
                           ("a kind", Question(kind="camera"))):  # fmt: skip
        with timed(f"overview with a trend, {what}"):
            overview = national_overview(store, "r2026", DAY, question)
        print(overview.coverage.sentence, *overview.outcome.sentences)
    print("devices:", sum(row.number for row in overview.makers))
    with timed("coverage page"):
        show_round(store, "r2026", DAY)
    with timed("roll on a date"):
        rolls.show(asked(store), "bench")


def main() -> None:
    """Run the benchmark, with the collection of garbage that the commands and the service have."""
    gc.set_threshold(*GARBAGE_THRESHOLDS)
    parser = argparse.ArgumentParser()
    parser.add_argument("--bodies", type=int, default=15_000)
    parser.add_argument("--out", type=Path, help="folder for the store, which is removed at the end")
    parser.add_argument("--database", default="", help="address of a PostgreSQL database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.out) as folder:
        store = Store.open(Path(folder) / "home", given.database, at=ACTOR.at)
        play(store, Path(folder), given.bodies)
        store.close()
    processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    usages = (resource.getrusage(process).ru_maxrss for process in processes)
    print(f"memory: {max(usages) // 1024} MB")


if __name__ == "__main__":
    main()
