"""What may be asked, by name: `default`, `all`, and one data set per list of which something is at hand."""

from dataclasses import dataclass
from datetime import date

from overzicht.entities.history import Coverage
from overzicht.errors import UnknownNameError
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.workflows.listings import LoadedLists

DEFAULT, ALL = "default", "all"


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set: the lists it is made of. `card` is None for a collection of several lists."""

    name: str
    title: str
    summary: str
    lists: tuple[str, ...]
    records: int
    newest: date | None
    card: ListCard | None = None


def datasets_of(loaded_lists: LoadedLists) -> dict[str, Dataset]:
    """Return the data sets by name, collections first; a list without anything at hand is none.

    `default` and `all` are the lists of listings: each list's own file, or its starter facts. Registers
    (companies that nobody listed) are asked by their own name only.
    """
    single = {
        each.name: each for each in (_single(loaded_lists, list_id) for list_id in READERS) if each.records
    }
    listings = tuple(name for name, each in single.items() if each.card and each.card.is_listing)
    summary = "all loaded lists, and the starter facts of the others"
    collections = (
        _collection(DEFAULT, "Default", summary, listings, single),
        _collection(ALL, "All", summary, listings, single),
    )
    return {each.name: each for each in collections} | single


def dataset_named(known: dict[str, Dataset], name: str) -> Dataset:
    """Return a data set; UnknownNameError for a name that there is not."""
    if name not in known:
        raise UnknownNameError("dataset", name, tuple(known))
    return known[name]


def coverage_of(loaded_lists: LoadedLists, dataset: Dataset, day: date) -> dict[str, Coverage]:
    """Return for each list of a data set how far it can tell for a day."""
    return {list_id: loaded_lists.coverage(list_id, day) for list_id in dataset.lists}


def _single(loaded_lists: LoadedLists, list_id: str) -> Dataset:
    card = load_card(list_id)
    stored = [each for each in loaded_lists.stored if each.snapshot.source == list_id]
    full = [each for each in stored if not each.is_starter]
    newest = {each.snapshot.part: each for each in full or stored}  # the newest of a part comes last
    return Dataset(
        name=list_id, title=card.title, summary=card.effect.summary, lists=(list_id,),
        records=sum(each.record_count for each in newest.values()),
        newest=max((each.version.day for each in newest.values()), default=None), card=card,
    )  # fmt: skip


def _collection(
    name: str, title: str, summary: str, lists: tuple[str, ...], single: dict[str, Dataset]
) -> Dataset:
    held = [single[list_id] for list_id in lists]
    return Dataset(
        name=name, title=title, summary=summary, lists=lists, records=sum(each.records for each in held),
        newest=max((each.newest for each in held if each.newest), default=None),
    )  # fmt: skip
