"""The state of the lists: updates, coverage, and comparison of versions."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from overzicht.entities import Record
from overzicht.entities.history import Coverage
from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.sources.fetch import Fetcher, NotModified, Progress
from overzicht.sources.lists.card import Address, ListCard
from overzicht.sources.lists.registry import list_ids, load_card
from overzicht.store import list_records as records
from overzicht.store.database import Store, reading
from overzicht.store.snapshots import StoredSnapshot, list_snapshots, update_snapshot
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.lists.loading import Choices, ImportedList, add_list_file, shown_address


@dataclass(frozen=True, slots=True)
class Update:
    """Result of one address: new records, nothing new, instructions, or a fault; exactly one is set."""

    list_id: str
    part: str
    ingested: ImportedList | None = None
    is_unchanged: bool = False
    by_hand: str = ""
    fault: OverzichtError | None = None


def update_lists(
    store: Store,
    names: tuple[str, ...],
    fetcher: Fetcher,
    *,
    actor: str,
    now: Callable[[], datetime],
    progress: Callable[[str], Progress] | None = None,
) -> Iterator[Update]:
    """Fetch lists (all if none is named) and yield the result of each address.

    A fault of one list does not stop the next; the loaded snapshot remains in use.
    """

    def update(card: ListCard, address: Address) -> Update:
        show = progress(f"{card.id} {address.part}".strip()) if progress else None
        with store.reading() as connection:
            loaded = [s for s in list_snapshots(connection, card.id) if s.snapshot.part == address.part]
        shown = shown_address(address)
        before = [s for s in loaded if s.validators and s.snapshot.address == shown]
        at = now()
        with tempfile.TemporaryDirectory(dir=store.folder) as folder:
            target = Path(folder) / address.filename
            validators = before[-1].validators if before else {}
            fetched = fetcher.fetch(address, target, validators=validators, progress=show)
            if isinstance(fetched, NotModified):
                _confirm(store, before[-1], actor=actor, at=at)
                return Update(card.id, address.part, is_unchanged=True)
            for url in address.companions:
                companion = address.model_copy(update={"url": url, "companions": ()})
                fetcher.fetch(companion, Path(folder) / url.rsplit("/", 1)[-1], progress=show)
            choices = Choices(card.id, is_fetched=True, address=shown, validators=fetched.validators)
            imported = add_list_file(store, target, choices, actor=actor, at=at)
        for stored in loaded if imported.was_known else ():
            if stored.snapshot.sha256 == imported.snapshot.sha256:
                _confirm(store, stored, actor=actor, at=at)
        return Update(card.id, address.part, ingested=imported, is_unchanged=imported.was_known)

    for list_id in names or list_ids():
        card = load_card(list_id)
        if not card.addresses:
            yield Update(list_id, "", by_hand=card.by_hand)
        for address in card.addresses:
            if address.is_fetched:
                try:
                    yield update(card, address)
                except OverzichtError as error:
                    yield Update(list_id, address.part, fault=error)


def _confirm(store: Store, stored: StoredSnapshot, *, actor: str, at: datetime) -> None:
    """Record that the publisher still serves these bytes, so that the version does not become outdated."""
    with store.writing(actor, at) as tx:
        update_snapshot(tx, stored.key, confirmed=at.date().isoformat())
        tx.log(
            "confirm list", stored.snapshot.source, part=stored.snapshot.part, sha256=stored.snapshot.sha256
        )


@dataclass(frozen=True, slots=True)
class ListState:
    """A list as loaded: its card, its snapshots oldest first, and its coverage of a date.

    `is_asked`: it is a list of listings that existed on the date, so an answer about all lists asks it.
    """

    card: ListCard
    snapshots: tuple[StoredSnapshot, ...]
    coverage: Coverage
    is_asked: bool


def covering(states: Iterable[ListState]) -> tuple[int, int]:
    """Return how many of the lists that are asked cover the date, and how many these are."""
    coverage = [state.coverage.covers_date for state in states if state.is_asked]
    return sum(coverage), len(coverage)


@reading
def list_states(connection: Connection, as_of: date) -> list[ListState]:
    """Return the state of every supported list, in the order of the registry, own lists last."""
    loaded = LoadedLists(connection)
    on_that_day = loaded.lists_on(as_of)
    return [
        ListState(
            load_card(list_id),
            tuple(stored for stored in loaded.stored if stored.snapshot.source == list_id),
            loaded.coverage(list_id, as_of),
            list_id in on_that_day,
        )
        for list_id in list_ids()
    ]


@dataclass(frozen=True, slots=True)
class Change:
    """The differences of one record between two versions: added and removed values, by property."""

    record_id: str
    caption: str
    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListDiff:
    """Comparison of two versions of a list. `delisted` is only reliable if both versions are complete."""

    before: StoredSnapshot
    after: StoredSnapshot
    listed: tuple[Record, ...] = field(default=())
    delisted: tuple[Record, ...] = field(default=())
    changed: tuple[Change, ...] = field(default=())

    @property
    def is_complete(self) -> bool:
        """Whether both versions are complete, so that an absent record was really added or removed."""
        return all(version.snapshot.complete and not version.doubt for version in (self.before, self.after))


def diff_list(store: Store, list_id: str, before: str, after: str) -> ListDiff:
    """Compare two versions of a list, each given as a date or the start of a hash.

    Raises UnknownNameError if a name matches no version, or more than one.
    """
    load_card(list_id)
    with store.reading() as connection:
        loaded = [s for s in list_snapshots(connection, list_id) if not s.is_starter]
        old = _named(loaded, before)
        new = _named([s for s in loaded if s.snapshot.part == old.snapshot.part], after)
        ids = records.changed_ids(connection, old.key, new.key)
        old_records = records.get_records(connection, old.key, [*ids.removed, *ids.changed])
        new_records = records.get_records(connection, new.key, [*ids.added, *ids.changed])
    return ListDiff(
        old,
        new,
        tuple(new_records[i] for i in ids.added),
        tuple(old_records[i] for i in ids.removed),
        tuple(change_of(old_records[i], new_records[i]) for i in ids.changed),
    )


def _named(loaded: list[StoredSnapshot], name: str) -> StoredSnapshot:
    fitting = [s for s in loaded if str(s.snapshot.published) == name or s.snapshot.sha256.startswith(name)]
    if len(fitting) != 1:
        parts = [(s.version.shown_day, s.snapshot.id, s.snapshot.part or "whole") for s in loaded]
        known = tuple(f"{day} ({snapshot}, {part})" for day, snapshot, part in parts)
        raise UnknownNameError("one version", name, known)
    return fitting[0]


def change_of(old: Record, new: Record) -> Change:
    """Return what differs between two versions of a record."""
    was, now = _facts(old), _facts(new)
    return Change(new.id, new.caption, tuple(sorted(now - was)), tuple(sorted(was - now)))


def _facts(record: Record) -> set[tuple[str, str]]:
    facts = {(statement.prop, statement.value) for statement in record.statements}
    for listing in record.listings:
        period = f"{listing.period.start or '?'} to {listing.period.end or 'now'}"
        facts.add(("listing", f"{listing.id} {listing.measure} {period}".strip()))
        facts.add((f"listing {listing.id} act", listing.act))
    return facts
