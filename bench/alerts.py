"""Alerts of a list that changes a little: a million parties, 1 % of them changed, 100,000 devices in use.

usage: python bench/alerts.py [--shared FOLDER] [--parties 1000000] [--devices 100000] [--out FOLDER]
FOLDER: the reference data. The list has entries with the names of its targets. 1 % is added, reworded
or removed, among them entries of manufacturers of the register. Prints seconds on the clock and of processor
time of the check after the index is up to date. Fails if the alerts differ from those of a full screening
before and after the change.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.evidence import Answer, Snapshot
from overzicht.evidence.actor import Actor
from overzicht.screening.evaluate import read_lines
from overzicht.store import list_records as records
from overzicht.store import snapshots
from overzicht.store.alerts import EntryChange
from overzicht.store.database import Store
from overzicht.subjects.alerts.checking import check_alerts
from overzicht.subjects.alerts.interests import watched_parties
from overzicht.subjects.register import organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.screening.lookup import party_lookup
from overzicht.workflows.index import fresh_index

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
SEED, SHARE = 20261128, 0.01
SOURCE = "un-sc"
OLD, NEW, TODAY = date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 25)
ACTOR = Actor(TODAY, "bench", datetime(2026, 11, 25, 12, tzinfo=UTC))
MAKERS = (
    "Hangzhou Hikvision Digital Technology",
    "Zhejiang Dahua Technology",
    "Zhejiang Uniview Technologies",
)
BRANDS = ("Hikvision", "Dahua", "Axis", "Hanwha", "Bosch", "Annke", "Uniview")
SUPPLIERS = 500


def records_of(path: Path, count: int) -> Iterator[Record]:
    """Yield invented entries with the names of a file of targets, and one entry per manufacturer."""
    for number, target in enumerate(read_lines(path)):
        if number == count:
            break
        yield _record(
            f"{SOURCE}-{number}", str(target.get("schema", "LegalEntity")), tuple(map(str, target["names"]))
        )
    for number, name in enumerate(MAKERS):
        yield _record(f"{SOURCE}-maker-{number}", "Company", (name,))


def _record(record_id: str, schema: str, names: tuple[str, ...]) -> Record:
    listing = Listing(record_id, SOURCE, "Asset freeze", Period(LegalDate(date(2020, 1, 1))))
    statements = tuple(Statement("alias" if number else "name", name) for number, name in enumerate(names))
    return Record(record_id, schema, statements, f"entry {record_id}", (listing,))


def changed(path: Path, count: int) -> Iterator[Record]:
    """Yield the entries of the newer version: 1 % differs, and so do two of the manufacturers."""
    chance = random.Random(SEED)  # noqa: S311 - a fixed choice, no secret
    for record in records_of(path, count):
        draw = chance.random()
        if record.id.endswith("maker-0") or draw < SHARE / 3:
            continue
        if record.id.endswith("maker-1") or draw < 2 * SHARE / 3:
            yield replace(record, statements=(*record.statements, Statement("notes", "changed")))
        else:
            yield record
        if draw > 1 - SHARE / 3:
            yield _record(f"{record.id}-new", record.schema, record.names)


def different(path: Path, count: int) -> set[str]:
    """Return the ids of the entries that only one of the versions has, or that differ between them."""
    old = {(record.id, record.statements) for record in records_of(path, count)}
    new = {(record.id, record.statements) for record in changed(path, count)}
    return {record_id for record_id, _ in old ^ new}


def load(store: Store, day: date, digest: str, entries: Iterator[Record]) -> None:
    """Store a version of the list."""
    snapshot = Snapshot(
        source=SOURCE, part="", filename="list.xml", size_bytes=1, sha256=digest * 64, published=day
    )
    with store.writing(ACTOR.name, ACTOR.at) as tx:
        key = snapshots.add_snapshot(tx, snapshot)
        count, _ = records.add_records(tx, key, entries)
        snapshots.update_snapshot(tx, key, record_count=count)


def register(store: Store, folder: Path, count: int) -> None:
    """Give the store a register of so many devices with suppliers."""
    organisations.add_organisation(store, NewOrganisation("Bench", id="bench"), ACTOR)
    path = folder / "inventory.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Cameranummer,Merk,Model,Leverancier\n")
        for number in range(count):
            brand, supplier = BRANDS[number % len(BRANDS)], number % SUPPLIERS
            file.write(f"C-{number},{brand},M{number % 40},Installatiebedrijf Voorbeeld {supplier} BV\n")
    view = importing.preview_import(store, path, ImportChoices("bench"), ACTOR)
    importing.accept_import(store, view.import_.id, ACTOR)


def screened(store: Store) -> dict[tuple[str, str], bool]:
    """Return for (party, record) that a full screening finds whether the party only may be the entry."""
    with store.reading() as connection, party_lookup(store, connection) as lookup:
        parties = watched_parties(store, connection, TODAY)
        answers = lookup.ask([party.query for party in parties], as_of=TODAY, lists=(SOURCE,))
        return {
            (party.name, listing.state.record.id): listing in answer.possible
            for party, answer in zip(parties, answers, strict=True)
            for listing in (*answer.possible, *answer.listings)
            if listing.answer in (Answer.FOUND, Answer.POSSIBLE)
        }


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--parties", type=int, default=1_000_000)
    parser.add_argument("--devices", type=int, default=100_000)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    targets = options.shared / "data" / "screening" / "targets-1m.jsonl.gz"
    if not targets.is_file():
        print(f"# Alerts\n\n{targets} does not exist: nothing was measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "home")
        register(store, Path(folder), options.devices)
        load(store, OLD, "a", records_of(targets, options.parties))
        fresh_index(store)
        check_alerts(store, ACTOR)
        before = screened(store)
        load(store, NEW, "b", changed(targets, options.parties))
        fresh_index(store)
        start, used = time.perf_counter(), time.process_time()
        (version,) = check_alerts(store, ACTOR)
        seconds, processor = time.perf_counter() - start, time.process_time() - used
        after = screened(store)
        store.close()
    made = {(alert.party, e.record_id, e.change) for alert in version.alerts for e in alert.entries}
    full = {(*key, EntryChange.LISTED) for key in after.keys() - before.keys()}
    full |= {(*key, EntryChange.REMOVED) for key in before.keys() - after.keys()}
    differ = different(targets, options.parties)
    # An unchanged entry can cross the limit of *possible*, as the weight of a word follows its frequency.
    full = {entry for entry in full if entry[1] in differ}
    added_or_removed = {entry for entry in made if entry[2] is not EntryChange.CHANGED}
    figures = {
        "parties": options.parties, "devices": options.devices, "added": version.added,
        "removed": version.removed, "changed": version.changed, "alerts": len(version.alerts),
        "seconds": seconds, "processor_seconds": processor,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "equals_full_screening": added_or_removed == full,
    }  # fmt: skip
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "alerts.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print("# Alerts of a list that changes by 1 %\n\n| figure | value |\n| --- | --- |")
    for name, value in figures.items():
        print(f"| {name} | {value:,.2f} |" if isinstance(value, float) else f"| {name} | {value} |")
    if added_or_removed != full:
        sys.exit(
            f"only in the alerts: {added_or_removed - full}; only in the screening: {full - added_or_removed}"
        )


if __name__ == "__main__":
    main()
