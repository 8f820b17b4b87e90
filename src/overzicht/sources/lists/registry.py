"""The lists that we read: one line each. Readers and cards are loaded only when they are asked for."""

from functools import cache
from importlib import import_module
from importlib.resources import files

import yaml
from pydantic import ValidationError

from overzicht.errors import PackagedFactError, UnknownNameError
from overzicht.safeyaml import read_yaml
from overzicht.sources.files import LocalFile
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.interface import Layout, ListFileRefusedError, ListReader

PACKAGE = "overzicht.sources.lists"
READERS = {  # list id: folder, class in its reader.py (none where no file is read), in the order of trying
    "eu-fsf": ("eu_fsf", "EuFsfReader"),
    "eu-official-journal": ("eu_official_journal", "EuOfficialJournalReader"),
    "un-sc": ("un_sc", "UnScReader"),
    "us-csl": ("us_csl", "CslReader"),
    "us-bis-entity-list": ("us_bis_entity_list", "EntityListReader"),
    "us-bis-dpl": ("us_bis_dpl", "DeniedPersonsReader"),
    "us-ofac": ("us_ofac", "OfacReader"),
    "us-1260h": ("us_1260h", "Section1260hReader"),
    "us-procurement-bans": ("us_procurement_bans", "ProcurementBansReader"),
    "us-1237": ("us_1237", ""),
    "us-uflpa": ("us_uflpa", ""),
    "uk": ("uk", "UkReader"),
    "ca-sema": ("ca_sema", "SemaReader"),
    "nl-terrorism": ("nl_terrorism", "NationalListReader"),
    "au-dfat": ("au_dfat", "DfatReader"),
    "gleif": ("gleif", "GleifReader"),
    "ftm": ("ftm", "FtmReader"),
}


class NotRecognisedError(ListFileRefusedError):
    """A file is none of the lists in an official layout."""

    slug = "list-not-recognised"

    def __init__(self, filename: str, tried: tuple[str, ...]) -> None:
        super().__init__(
            filename,
            f"it is not in the official layout of {', '.join(tried)}",
            fix="give the file as the publisher offers it; `overzicht lists status` names the addresses",
        )


@cache
def load_card(list_id: str) -> ListCard:
    """Return the card of a list; UnknownNameError for an id we do not have."""
    folder, _ = _entry(list_id)
    place = f"{folder}/card.yml"
    text = files(PACKAGE).joinpath(folder, "card.yml").read_text(encoding="utf-8")
    try:
        card = ListCard.model_validate(read_yaml(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise PackagedFactError(place, str(error)) from error
    if card.id != list_id:
        raise PackagedFactError(place, f"it says to be {card.id!r}")
    return card


@cache
def load_reader(list_id: str) -> ListReader:
    """Return the reader of a list; UnknownNameError for an id we do not have, or a list without a reader."""
    folder, name = _entry(list_id)
    if not name:
        raise UnknownNameError("reader of list", list_id)
    reader: ListReader = getattr(import_module(f"{PACKAGE}.{folder}.reader"), name)()
    return reader


def _entry(list_id: str) -> tuple[str, str]:
    if list_id not in READERS:
        raise UnknownNameError("list", list_id, tuple(READERS))
    return READERS[list_id]


def recognise(file: LocalFile, list_id: str | None = None) -> tuple[ListReader, Layout]:
    """Return the reader and the layout of a file, among all lists or for the one named.

    Raises NotRecognisedError when it is in no official layout.
    """
    sample = file.sample()
    tried = (list_id,) if list_id is not None else tuple(READERS)
    for name in tried:
        if not _entry(name)[1]:
            continue
        reader = load_reader(name)
        layout = reader.recognise(sample)
        if layout is not None:
            return reader, layout
    raise NotRecognisedError(file.filename, tried)
