"""The lists that we read. Readers and cards are loaded only when they are requested."""

from collections.abc import Generator, Iterator
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

from overzicht.entities import Record
from overzicht.errors import PackagedFactError, UnknownNameError
from overzicht.evidence.ownlists import OWN_LISTS
from overzicht.evidence.packaged import packaged_text, read_facts
from overzicht.isolation import Limits, in_child, stream_in_child
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.interface import Layout, ListReader, ReadReport, no_companions

PACKAGE = "overzicht.sources.lists"
READERS = (  # list ids in the order of recognition; module and card have the id with underscores
    "eu-fsf", "eu-official-journal", "un-sc", "us-csl", "us-bis-entity-list", "us-bis-dpl", "us-ofac",
    "us-1260h", "us-procurement-bans", "us-1237", "us-uflpa", "uk", "ca-sema", "nl-terrorism", "au-dfat",
    "gleif", "ftm", "us-cisa-kev", "cve", "csaf",
)  # fmt: skip
READING = Limits(  # level 1 of GLEIF is 12 GB of records, joined through files
    seconds=60, seconds_per_megabyte=60, output=1 << 30, output_factor=500, temporary=100_000_000_000
)
WITHOUT_READER = frozenset({"us-1237", "us-uflpa"})


class NotRecognisedError(ListFileRefusedError):
    """A file is none of the lists in an official layout."""

    slug = "list-not-recognised"

    def __init__(self, filename: str, tried: tuple[str, ...]) -> None:
        super().__init__(
            filename,
            f"it is not in the official layout of {', '.join(tried)}",
            fix="give the file as the publisher offers it; `overzicht lists status` names the addresses",
        )


def list_ids() -> tuple[str, ...]:
    """Return the ids of the lists: the shipped ones, then the own lists of the store in use."""
    return (*READERS, *sorted(OWN_LISTS.cards))


def load_card(list_id: str) -> ListCard:
    """Return the card of a list; UnknownNameError for an id we do not have."""
    if list_id in READERS:
        return packaged_card(list_id)
    card: ListCard | None = OWN_LISTS.card(list_id)
    if card is None:
        raise UnknownNameError("list", list_id, list_ids())
    return card


@cache
def packaged_card(list_id: str) -> ListCard:
    """Return the card of a shipped list; UnknownNameError for another id."""
    place = f"{_module(list_id)}.yml"
    card = read_facts(ListCard, place, packaged_text(PACKAGE, place))
    if card.id != list_id:
        raise PackagedFactError(place, f"its id is {card.id!r}")
    return card


@cache
def load_reader(list_id: str) -> ListReader:
    """Return the reader of a list; UnknownNameError for an unknown id, or a list without a reader."""
    if list_id in WITHOUT_READER:
        raise UnknownNameError("reader of list", list_id)
    module = import_module(f"{PACKAGE}.{_module(list_id)}")
    companions = getattr(module, "companions", no_companions)
    return ListReader(list_id, module.recognise, module.read, companions)


def _module(list_id: str) -> str:
    if list_id not in READERS:
        raise UnknownNameError("list", list_id, READERS)
    return list_id.replace("-", "_")


def recognise(file: LocalFile, list_id: str | None = None) -> tuple[ListReader, Layout]:
    """Return reader and layout of a file, for one list or any; NotRecognisedError if there is none."""
    name, layout = recognised(file.path, list_id)
    return load_reader(name), layout


@in_child(Limits())
def recognised(path: Path, list_id: str | None) -> tuple[str, Layout]:
    """Return the list and layout of a file, as `recognise`."""
    file = LocalFile(path)
    sample = file.sample()
    tried = (list_id,) if list_id is not None else READERS
    for name in tried:
        if name not in WITHOUT_READER:
            reader = load_reader(name)
            if (layout := reader.recognise(sample)) is not None:
                return name, layout
    raise NotRecognisedError(file.filename, tried)


def read_records(path: Path, list_id: str, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield the records of a list file, and fill the report as the reader of the list does."""
    read = yield from records_of(path, list_id, layout)
    for field in fields(report):
        setattr(report, field.name, getattr(read, field.name))


@stream_in_child(READING)
def records_of(path: Path, list_id: str, layout: Layout) -> Generator[Record, None, ReadReport]:
    """Yield the records of a list file; returns the report."""
    report = ReadReport()
    yield from load_reader(list_id).read(LocalFile(path), layout, report)
    return report
