"""Texts that the user loads for the gates: consolidated acts, and a correlation table of commodity codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from sqlalchemy import Connection

from overzicht.evidence import Citation, Snapshot, text
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command, Param, operation
from overzicht.law.consolidated import ConsolidatedAct
from overzicht.reports.i18n import Words
from overzicht.sources.acts.consolidated_act import read_act
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.database import Store
from overzicht.store.snapshots import StoredSnapshot
from overzicht.subjects.control_list.sources.correlation import read_correlation
from overzicht.subjects.licensing.gates.acts import cards_in_force
from overzicht.subjects.licensing.gates.destination import countries
from overzicht.subjects.licensing.gates.loaded import Correlation, LoadedAct
from overzicht.subjects.licensing.model import Application

LOADED = ("by", "lang", "json")
Address = Annotated[str, Param("Address from which you fetched the file.", metavar="ADDRESS")]
Published = Annotated[date, Param("Date of the table (YYYY-MM-DD).")]
ACTS, CORRELATION = "eu-consolidated-acts", "eu-dual-use-correlation"


@dataclass(frozen=True, slots=True)
class LoadedText:
    """A stored text: its snapshot, the number of its entries, and whether it was stored before."""

    name: str
    day: date
    entries: int
    snapshot: Snapshot
    was_known: bool


def loaded_lines(loaded: LoadedText, words: Words) -> Iterator[str]:
    """Yield what was stored, and its source."""
    sentence = (
        text("{name} of {day} was loaded before: entries {count}")
        if loaded.was_known
        else text("{name} of {day} is loaded: entries {count}")
    )
    yield words.say(sentence.filled(name=loaded.name, day=loaded.day, count=loaded.entries))
    yield words.say(text("source: {source}", source=f"{loaded.snapshot.address} ({loaded.snapshot.id})"))


@operation(Command("law load", loaded_lines, options=LOADED))
def load(ask: Ask, file: Path, *, source: Address) -> LoadedText:
    """Store the annexes of a consolidated act for the gates of licence cases: FILE as for `law annexes`.

    The newest version until the date of a case decides which commodity codes its annexes name. That an annex
    does not name a code counts only after a person confirmed that the version is the one in force.
    """
    act = read_act(file)
    entries = sum(len(annex.entries) for annex in act.annexes)
    return _store(ask, file, _snapshot(file, (ACTS, act.act), source, act.consolidated), entries)


@operation(Command("control correlation", loaded_lines, options=LOADED))
def correlation(ask: Ask, file: Path, *, published: Published, source: Address) -> LoadedText:
    """Store a correlation table of commodity codes and provisions for the gates of licence cases.

    FILE is a CSV file with the columns `CN code` and `control code`.
    """
    related = read_correlation(file)
    return _store(ask, file, _snapshot(file, (CORRELATION, ""), source, published), len(related))


def _snapshot(path: Path, place: tuple[str, str], address: str, day: date) -> Snapshot:
    file = LocalFile(path)
    source, part = place
    return Snapshot(
        sha256=file.sha256(),
        source=source,
        part=part,
        filename=file.filename,
        size_bytes=path.stat().st_size,
        address=address,
        published=day,
        official=False,
    )


def _store(ask: Ask, path: Path, snapshot: Snapshot, entries: int) -> LoadedText:
    name, day = snapshot.part or snapshot.filename, snapshot.published or ask.day
    with ask.store.reading() as connection:
        known = snapshots.find_snapshot(connection, snapshot.source, snapshot.part, snapshot.sha256)
    if known is not None:
        return LoadedText(name, day, entries, known.snapshot, was_known=True)
    snapshots.keep_file(ask.store.folder, path, snapshot.sha256)
    with ask.writing() as tx:
        key = snapshots.add_snapshot(tx, snapshot)
        snapshots.update_snapshot(tx, key, record_count=entries)
        tx.log("load text", name, source=snapshot.source, sha256=snapshot.sha256, address=snapshot.address)
    return LoadedText(name, day, entries, snapshot, was_known=False)


def loaded_acts(store: Store, application: Application, day: date) -> tuple[LoadedAct, ...]:
    """Return the newest loaded version until `day` of each act that a card of this case names."""
    receivers = (*countries(application), *application.route)
    cards = [card for card in cards_in_force(day) if card.annex and any(map(card.is_for, receivers))]
    numbers = {card.act for card in cards}
    with store.reading() as connection:
        newest = {s.snapshot.part: s for s in _until(connection, ACTS, day) if s.snapshot.part in numbers}
    acts: list[LoadedAct] = []
    for part in sorted(newest):
        stored = newest[part]
        title = f"Regulation {stored.snapshot.part}, version of {stored.version.day}"
        acts.append(
            LoadedAct(_act(_path(store, stored)), Citation.of(stored.snapshot, "annexes", title=title))
        )
    return tuple(acts)


def loaded_correlation(store: Store, day: date) -> Correlation | None:
    """Return the newest loaded correlation table until `day`, or None."""
    with store.reading() as connection:
        tables = _until(connection, CORRELATION, day)
    if not tables:
        return None
    newest = tables[-1]
    citation = Citation.of(newest.snapshot, "table", title="Correlation table of commodity codes")
    return Correlation(newest.version.day, _table(_path(store, newest)), citation)


def _until(connection: Connection, source: str, day: date) -> list[StoredSnapshot]:
    return [stored for stored in snapshots.list_snapshots(connection, source) if stored.version.day <= day]


def _path(store: Store, stored: StoredSnapshot) -> Path:
    return snapshots.raw_file(store.folder, stored.snapshot.sha256)


@lru_cache(maxsize=8)
def _act(path: Path) -> ConsolidatedAct:  # a stored file never changes
    return read_act(path)


@lru_cache(maxsize=2)
def _table(path: Path) -> Mapping[str, tuple[str, ...]]:
    return read_correlation(path)
