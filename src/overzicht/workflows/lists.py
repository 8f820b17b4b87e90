"""The state of the lists: fetched anew, shown, and compared between versions."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from overzicht.dates import Period
from overzicht.entities import Record
from overzicht.entities.history import Coverage
from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.sources.fetch import Fetcher, NotModified, Progress
from overzicht.sources.lists.card import Address, ListCard
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.store import records
from overzicht.store.database import Store
from overzicht.store.snapshots import StoredSnapshot, list_snapshots, update_snapshot
from overzicht.workflows.ingest import Choices, Ingested, add_list_file, shown_address
from overzicht.workflows.listings import LoadedLists


@dataclass(frozen=True, slots=True)
class Update:
    """What came of one address: new records, nothing new, by hand, or a fault; exactly one is set."""

    list_id: str
    part: str
    ingested: Ingested | None = None
    is_unchanged: bool = False
    by_hand: str = ""
    fault: OverzichtError | None = None


def update_lists(
    store: Store,
    list_ids: tuple[str, ...],
    fetcher: Fetcher,
    *,
    actor: str,
    now: Callable[[], datetime],
    progress: Callable[[str], Progress] | None = None,
) -> Iterator[Update]:
    """Fetch lists (all when none is named) and yield what came of each address, one after the other.

    A fault of one list never stops the next; the snapshot in use stays in use.
    """
    for list_id in list_ids or tuple(READERS):
        card = load_card(list_id)
        if not card.addresses:
            yield Update(list_id, "", by_hand=card.by_hand)
        for address in (each for each in card.addresses if each.is_fetched):
            show = progress(f"{list_id} {address.part}".strip()) if progress else None
            try:
                yield _update_one(store, card, address, fetcher, actor=actor, at=now(), progress=show)
            except OverzichtError as error:
                yield Update(list_id, address.part, fault=error)


def _update_one(  # noqa: PLR0913 - by keyword
    store: Store,
    card: ListCard,
    address: Address,
    fetcher: Fetcher,
    *,
    actor: str,
    at: datetime,
    progress: Progress | None,
) -> Update:
    with store.reading() as connection:
        loaded = [s for s in list_snapshots(connection, card.id) if s.snapshot.part == address.part]
    validators = _validators(loaded, address)
    with tempfile.TemporaryDirectory(dir=store.folder) as folder:
        target = Path(folder) / address.filename
        fetched = fetcher.fetch(address, target, validators=validators, progress=progress)
        if isinstance(fetched, NotModified):
            _confirm(store, _fetched_before(loaded, address)[-1], actor=actor, at=at)
            return Update(card.id, address.part, is_unchanged=True)
        for url in address.companions:
            companion = address.model_copy(update={"url": url, "companions": ()})
            fetcher.fetch(companion, Path(folder) / url.rsplit("/", 1)[-1], progress=progress)
        choices = Choices(
            list_id=card.id, is_fetched=True, address=shown_address(address), validators=fetched.validators
        )
        ingested = add_list_file(store, target, choices, actor=actor, at=at)
    if ingested.was_known:
        same = [stored for stored in loaded if stored.snapshot.sha256 == ingested.snapshot.sha256]
        for stored in same:
            _confirm(store, stored, actor=actor, at=at)
    return Update(card.id, address.part, ingested=ingested, is_unchanged=ingested.was_known)


def _confirm(store: Store, stored: StoredSnapshot, *, actor: str, at: datetime) -> None:
    """Keep that the publisher still serves these bytes, so that the version does not grow old by itself."""
    with store.writing(actor, at) as tx:
        update_snapshot(tx, stored.key, confirmed=at.date().isoformat())
        tx.log(
            "confirm list", stored.snapshot.source, part=stored.snapshot.part, sha256=stored.snapshot.sha256
        )


def _validators(loaded: list[StoredSnapshot], address: Address) -> dict[str, str]:
    fetched = _fetched_before(loaded, address)
    return fetched[-1].validators if fetched else {}


def _fetched_before(loaded: list[StoredSnapshot], address: Address) -> list[StoredSnapshot]:
    return [s for s in loaded if s.validators and s.snapshot.address == shown_address(address)]


@dataclass(frozen=True, slots=True)
class ListState:
    """A list as loaded: its card, its snapshots oldest first, and how far it can tell for a day."""

    card: ListCard
    snapshots: tuple[StoredSnapshot, ...]
    coverage: Coverage


def list_states(store: Store, as_of: date) -> list[ListState]:
    """Return the state of every list that we read, in the order of the registry."""
    with store.reading() as connection:
        loaded_lists = LoadedLists(connection)
        return [
            ListState(
                load_card(list_id),
                tuple(stored for stored in loaded_lists.stored if stored.snapshot.source == list_id),
                loaded_lists.coverage(list_id, as_of),
            )
            for list_id in READERS
        ]


@dataclass(frozen=True, slots=True)
class Change:
    """How one record differs between two versions: values that came and went, by property."""

    record_id: str
    caption: str
    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListDiff:
    """Two versions of a list compared. Without two complete versions `delisted` is not to be trusted."""

    before: StoredSnapshot
    after: StoredSnapshot
    listed: tuple[Record, ...] = field(default=())
    delisted: tuple[Record, ...] = field(default=())
    changed: tuple[Change, ...] = field(default=())

    @property
    def is_complete(self) -> bool:
        """Whether both versions are whole, so that what is absent really came or went."""
        return self.before.snapshot.complete and self.after.snapshot.complete


def diff_list(store: Store, list_id: str, before: str, after: str) -> ListDiff:
    """Compare two versions of a list, each named by its day or the start of its hash.

    Raises UnknownNameError when a name fits no version, or more than one.
    """
    load_card(list_id)
    with store.reading() as connection:
        loaded = [s for s in list_snapshots(connection, list_id) if not s.is_starter]
        old = _named(loaded, before)
        new = _named([s for s in loaded if s.snapshot.part == old.snapshot.part], after)
        old_hashes = records.content_hashes(connection, old.key)
        new_hashes = records.content_hashes(connection, new.key)
        came = sorted(new_hashes.keys() - old_hashes.keys())
        went = sorted(old_hashes.keys() - new_hashes.keys())
        both = sorted(i for i in old_hashes.keys() & new_hashes.keys() if old_hashes[i] != new_hashes[i])
        old_records = records.get_records(connection, old.key, [*went, *both])
        new_records = records.get_records(connection, new.key, [*came, *both])
    return ListDiff(
        old,
        new,
        tuple(new_records[i] for i in came),
        tuple(old_records[i] for i in went),
        tuple(_change(old_records[i], new_records[i]) for i in both),
    )


def _named(loaded: list[StoredSnapshot], name: str) -> StoredSnapshot:
    fitting = [s for s in loaded if s.version.day.isoformat() == name or s.snapshot.sha256.startswith(name)]
    if len(fitting) != 1:
        known = tuple(f"{s.version.day} ({s.snapshot.id}, {s.snapshot.part or 'whole'})" for s in loaded)
        raise UnknownNameError("one version", name, known)
    return fitting[0]


def _change(old: Record, new: Record) -> Change:
    was, now = _facts(old), _facts(new)
    return Change(
        new.id,
        new.caption,
        tuple(sorted(set(now) - set(was))),
        tuple(sorted(set(was) - set(now))),
    )


def _facts(record: Record) -> list[tuple[str, str]]:
    facts = [(statement.prop, statement.value) for statement in record.statements]
    for listing in record.listings:
        facts.append(("listing", f"{listing.id} {listing.measure} {_period(listing.period)}".strip()))
        facts.append((f"listing {listing.id} act", listing.act))
    return facts


def _period(period: Period) -> str:
    return f"{period.start or '?'} to {period.end or 'now'}"
