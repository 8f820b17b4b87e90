"""An invented country for the census: 30 bodies, their keys, and what they sign."""

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ask_tools import ask

from overzicht.evidence.actor import Actor
from overzicht.evidence.signing import Signer
from overzicht.store.database import Store
from overzicht.subjects.census.letters import RequestLetter, send_requests
from overzicht.subjects.census.receiving import Received, receive
from overzicht.subjects.census.returns import KIND
from overzicht.subjects.census.rolls import RollFiles, load_roll
from overzicht.subjects.census.rounds import new

REFERENCE = date(2026, 3, 2)
ROUND = "cameras-2026"
HEADER = ("code", "name", "kind", "region", "inhabitants", "start", "end", "successor")


def at(day: date) -> Actor:
    return Actor(day, "coordinator", datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def write_csv(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def invented_roll(folder: Path, prefix: str = "", towns: int = 24) -> RollFiles:
    """Return the files of 30 bodies: 24 towns, 4 boards and 2 provinces; `prefix` is of their codes.

    On 1 May 2026, town 22 is absorbed by town 21, and town 23 is split between 20 and 24.
    """
    rows: list[tuple[object, ...]] = [
        (f"{prefix}t{n:02}", f"Town {n:02}", "town", "north" if n <= 12 else "south", 1000 * n, "", "", "")
        for n in range(1, towns + 1)
    ]
    rows += [(f"{prefix}b{n}", f"Board {n}", "board", "north", "", "", "", "") for n in range(1, 5)]
    rows += [(f"{prefix}p{n}", f"Province {n}", "province", "south", "", "", "", "") for n in range(1, 3)]
    changes = [
        ("2026-05-01", kind, f"{prefix}t{old}", f"Town {old}", f"{prefix}t{new}", f"Town {new}")
        for kind, old, new in (("absorb", 22, 21), ("split", 23, 20), ("split", 23, 24))
    ]
    totals = [
        ("town", "2026-01-01", towns, "2026-04-30"),
        ("town", "2026-05-01", towns - 2, ""),
        ("board", "2026-01-01", 4, ""),
    ]
    totals.append(("province", "2026-01-01", 2, ""))
    header = ("date", "kind", "old_code", "old_name", "new_code", "new_name")
    return RollFiles(
        write_csv(folder / "utopia.csv", HEADER, rows),
        country="NL",
        changes=write_csv(folder / "changes.csv", header, changes),
        totals=write_csv(folder / "totals.csv", ("kind", "day", "number", "until"), totals),
    )


class Census:
    """A store with the invented roll, one round with letters, and the bodies that answer it."""

    def __init__(self, folder: Path, prefix: str = "", towns: int = 24, **settings: Any) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.store = Store.open(folder / "home", at=at(REFERENCE).at)
        load_roll(self.store, invented_roll(folder, prefix, towns), at(REFERENCE))
        new(ask(self.store, REFERENCE), "Cameras 2026", reference=REFERENCE, own_id=ROUND, **settings)
        self.codes: dict[str, str] = {}
        self.versions: dict[str, list[str]] = {}
        self.send(REFERENCE)

    def send(self, day: date, *bodies: str) -> list[RequestLetter]:
        """Send letters to these bodies, or to those without one, and keep their codes."""
        letters = list(send_requests(self.store, ROUND, bodies, at(day)))
        self.codes |= {letter.body: letter.code for letter in letters}
        return letters

    def signed(self, body: str, answers: Sequence[Mapping[str, Any]], *, key: str = "", **more: Any) -> Path:
        """Return the file of the next version of a body's return, signed with its key."""
        before = self.versions.setdefault(body, [])
        content = {
            "form": "overzicht-census-return", "version": 1, "round": ROUND, "body": body,
            "number": len(before) + 1, "previous": before[-1] if before else "",
            "reference_date": REFERENCE.isoformat(), "answers": list(answers),
            "code": "" if before else self.codes.get(body, ""), **more,
        }  # fmt: skip
        path = self.folder / f"{body.replace(':', '-')}-{content['number']}.json"
        own_key = self.folder / f"{key or body.replace(':', '-')}.pem"
        path.write_bytes(Signer.open(own_key).sign(KIND, content).to_bytes())
        before.append(hashlib.sha256(path.read_bytes()).hexdigest())
        return path

    def receive(self, day: date, *paths: Path) -> list[Received]:
        return list(receive(self.store, ROUND, paths, at(day)))

    def answer(self, day: date, body: str, answers: Sequence[Mapping[str, Any]], **more: Any) -> Received:
        """Return the outcome of an answer that must be accepted."""
        (outcome,) = self.receive(day, self.signed(body, answers, **more))
        assert outcome.is_accepted, outcome.refusal
        return outcome


def add_round(census: Census, name: str, day: date, answers: Mapping[str, Any]) -> None:
    """Start another round with the answers of some bodies."""
    new(ask(census.store, day), name.title(), reference=day, own_id=name)
    codes = {letter.body: letter.code for letter in send_requests(census.store, name, (), at(day))}
    paths = []
    for body, lines in answers.items():
        content = {
            "form": "overzicht-census-return", "version": 1, "round": name, "body": body, "number": 1,
            "previous": "", "reference_date": day.isoformat(), "answers": lines, "code": codes[body],
        }  # fmt: skip
        signer = Signer.open(census.folder / f"{body.replace(':', '-')}.pem")
        paths.append(census.folder / f"{name}-{body[3:]}.json")
        paths[-1].write_bytes(signer.sign(KIND, content).to_bytes())
    assert all(outcome.is_accepted for outcome in receive(census.store, name, paths, at(day)))


def cameras(number: int, maker: str = "Hikvision", **more: Any) -> dict[str, Any]:
    return {"depth": "counts", "maker": maker, "kind": "camera", "least": number, "most": number, **more}


NONE = {"depth": "none", "basis": "inventory"}
PRESENT = {"depth": "present"}
NOT_HELD = {"depth": "not held"}
REFUSED = {"depth": "refused"}


def as_json(data: Any) -> Any:
    return json.loads(json.dumps(data, default=str))
