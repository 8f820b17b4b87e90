"""The listings that ship with the product, so that the first run works offline.

They state the listings of some makers, their owners and five parties of question 15. They are not complete
lists: a loaded list takes precedence, and only a complete list can show that a party is not listed.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.errors import PackagedFactError
from overzicht.evidence import Citation
from overzicht.evidence.packaged import read_facts
from overzicht.sources.starter.schema import StarterFile

HOW_KNOWN = {
    "secondary": "somebody who describes the act says so; we have not read the act itself",
    "memory": "known from memory; no source was read",
}

__all__ = ["load_starter_files", "packaged_starter", "read_starter_file", "records_of", "starter_records"]


@cache
def packaged_starter() -> Mapping[str, StarterFile]:
    """Return the packaged files by list id, sorted; PackagedFactError when one is wrong."""
    return MappingProxyType(load_starter_files(files(__package__)))


@cache
def starter_records() -> Mapping[str, tuple[tuple[Record, Citation], ...]]:
    """Return the packaged starter records by list id, each with its citation, in file order.

    Raises PackagedFactError if a packaged file is not valid.
    """
    return MappingProxyType({list_id: records_of(file) for list_id, file in packaged_starter().items()})


def records_of(file: StarterFile, part: str | None = None) -> tuple[tuple[Record, Citation], ...]:
    """Return the records of a starter file (of one part of the list, if named), each with its citation."""
    entries = (entry for entry in file.entries if part is None or entry.part == part)
    records = []
    for entry in entries:
        statements = [Statement(name.prop, name.name, lang=name.lang) for name in entry.names]
        statements += [Statement(value.prop, value.value) for value in entry.values]
        listing_found: list[Listing] = []
        for listing in entry.listings:
            since = LegalDate(listing.since, listing.basis, listing.rule)
            if listing.certainty != "read":
                basis = DateBasis.DERIVED if listing.basis is DateBasis.STATED else listing.basis
                since = LegalDate(
                    listing.since,
                    basis,
                    "; ".join(filter(None, (listing.rule, HOW_KNOWN[listing.certainty]))),
                )
            until = LegalDate(listing.until) if listing.until else None
            listing_found.append(
                Listing(
                    id=listing.id,
                    list_id=file.list_id,
                    measure=listing.measure,
                    period=Period(since, until),
                    programme=listing.programme,
                    act=listing.act,
                    act_address=listing.act_address,
                    reason=listing.reason,
                )
            )
        listings = tuple(listing_found)
        records.append(
            (
                Record(entry.id, entry.schema_, tuple(statements), entry.place, listings),
                file.sources[entry.source].cite(file.list_id, entry.place),
            )
        )
    return tuple(records)


def load_starter_files(folder: Traversable) -> dict[str, StarterFile]:
    """Return the starter files of a folder by list id, sorted.

    Raises PackagedFactError if a file is not valid or is not named after its list.
    """
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yml")), key=lambda e: e.name)
    loaded = {
        entry.name.removesuffix(".yml"): read_facts(StarterFile, f"starter/{entry.name}", entry.read_bytes())
        for entry in entries
    }
    for name, file in loaded.items():
        if file.list_id != name:
            raise PackagedFactError(f"starter/{name}.yml", f"it is of {file.list_id!r}", place="list_id")
    return loaded
