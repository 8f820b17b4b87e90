"""Data sets by name: `default`, `all`, and one per list with loaded data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.entities.ftm import TOPICS
from overzicht.entities.history import Coverage
from overzicht.errors import UnknownNameError
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import list_ids, load_card
from overzicht.subjects.lists.listings import LoadedLists

DEFAULT, ALL, SANCTIONS = "default", "all", "sanctions"
SANCTION = "sanction"  # the topic of FollowTheMoney
ALIASES = {  # names of OpenSanctions for the same lists
    "au_dfat_sanctions": "au-dfat",
    "ca_dfatd_sema_sanctions": "ca-sema",
    "eu_fsf": "eu-fsf",
    "gb_fcdo_sanctions": "uk",
    "gb_hmt_sanctions": "uk",
    "nl_terrorism_list": "nl-terrorism",
    "un_sc_sanctions": "un-sc",
    "us_bis_denied": "us-bis-dpl",
    "us_ofac_cons": "us-ofac",
    "us_ofac_sdn": "us-ofac",
    "us_trade_csl": "us-csl",
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set: the lists in it. `card` is None for a collection of several lists."""

    name: str
    title: str
    summary: str
    lists: tuple[str, ...]
    records: int
    newest: date | None
    card: ListCard | None = None


def datasets_of(loaded_lists: LoadedLists) -> dict[str, Dataset]:
    """Return the data sets by name, collections first; a list without loaded data has none.

    `default` and `all` are the lists of listings: each list's own file, or its starter facts. Registers have
    companies that are not listed, and are used by their own name only.
    `sanctions` are the lists with sanctions.
    """
    single: dict[str, Dataset] = {}
    for list_id in list_ids():
        card = load_card(list_id)
        stored = [snapshot for snapshot in loaded_lists.stored if snapshot.snapshot.source == list_id]
        full = [snapshot for snapshot in stored if not snapshot.is_starter]
        newest = {s.snapshot.part: s for s in full or stored}.values()  # the newest of a part comes last
        if count := sum(snapshot.record_count for snapshot in newest):
            single[list_id] = Dataset(
                name=list_id,
                title=card.title,
                summary=card.effect.summary,
                lists=(list_id,),
                records=count,
                newest=max(snapshot.version.day for snapshot in newest),
                card=card,
            )
    listings = [dataset for dataset in single.values() if dataset.card and dataset.card.is_listing]
    collections = {DEFAULT: _collection(DEFAULT, "Default", listings), ALL: _collection(ALL, "All", listings)}
    sanctions = [d for d in listings if d.card and TOPICS.get(d.card.effect.kind) == SANCTION]
    collections[SANCTIONS] = _collection(SANCTIONS, "Sanctions", sanctions)
    return collections | single


def dataset_named(known: dict[str, Dataset], name: str) -> Dataset:
    """Return a data set by its name, or its name at OpenSanctions; UnknownNameError for an unknown name."""
    name = ALIASES.get(name, name)
    if name not in known:
        raise UnknownNameError("dataset", name, tuple(known))
    return known[name]


def coverage_of(loaded_lists: LoadedLists, dataset: Dataset, day: date) -> dict[str, Coverage]:
    """Return the coverage of a date by each list of a data set."""
    return {list_id: loaded_lists.coverage(list_id, day) for list_id in dataset.lists}


def _collection(name: str, title: str, parts: Sequence[Dataset]) -> Dataset:
    return Dataset(
        name=name,
        title=title,
        summary="loaded lists, and the starter facts of the others",
        lists=tuple(part.name for part in parts),
        records=sum(part.records for part in parts),
        newest=max((part.newest for part in parts if part.newest), default=None),
    )
