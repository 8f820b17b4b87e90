"""Tenders: devices in procurement notices with their makers, and contracts from imported notices."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.devices import Identification, Sighting, Trace
from overzicht.devices.identify import identify_all
from overzicht.devices.knowledge import load_knowledge
from overzicht.errors import InputFileError
from overzicht.evidence import Citation
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.tenders.notice import Notice
from overzicht.sources.inventories.tenders.readers import (
    AWARDED,
    CONTRACT_DAY,
    COUNTRY,
    NOTICE,
    SUPPLIER,
    read_notices,
)
from overzicht.store.register import devices
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.states import evidence_of


@dataclass(frozen=True, slots=True)
class Named:
    """A device in a notice, and its maker if known."""

    sighting: Sighting
    identification: Identification
    maker_name: str

    @property
    def written(self) -> str:
        """The brand and model as the notice writes them."""
        return " ".join((*self.sighting.values(Trace.BRAND), *self.sighting.values(Trace.MODEL)))


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """A notice with its devices; empty if it does not buy surveillance equipment."""

    notice: Notice
    is_surveillance: bool
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of notices; `fault` if it could not be read, `problems` for parts that could not be read."""

    name: str
    kind: str = ""
    sha256: str = ""
    notices: tuple[SeenNotice, ...] = ()
    problems: tuple[InventoryProblem, ...] = ()
    fault: InputFileError | None = None


def look_into(paths: Sequence[Path], as_of: date, *, kind: str | None = None) -> Iterator[SeenFile]:
    """Yield each file with the devices in its notices; a file that cannot be read does not stop the next."""
    for path in paths:
        try:
            file = read_notices(path, kind)
        except InputFileError as error:
            yield SeenFile(path.name, fault=error)
            continue
        notices = tuple(
            SeenNotice(item.notice, item.is_surveillance, _named(item.sightings, as_of))
            for item in file.notices
        )
        yield SeenFile(path.name, file.kind, file.snapshot.sha256, notices, file.problems)


def _named(sightings: Sequence[Sighting], as_of: date) -> tuple[Named, ...]:
    knowledge = load_knowledge()
    return tuple(
        Named(sighting, result, knowledge.maker_name(result.maker_id) if result.maker_id else "")
        for sighting, result in zip(sightings, identify_all(sightings, knowledge, as_of=as_of), strict=True)
    )


@dataclass(frozen=True, slots=True)
class NamedContract:
    """A contract in an imported notice that names a maker: buyer, supplier, start date and country.

    `maker_id` is the maker of its devices, or the maker that the supplier is named after.
    """

    maker_id: str
    buyer: str
    country: str
    supplier: str
    notice: str
    day: date
    citation: Citation


def contracts_in(
    connection: Connection, codes: Collection[str], as_of: date, *, allowed: tuple[str, ...] | None = None
) -> tuple[NamedContract, ...]:
    """Return the contracts that were concluded in these countries (two capital letters) until a date.

    They come from notices that were imported into the register; `allowed` limits the organisations there
    (None: no limit). A notice without a dated contract is left out. Sorted by maker and date.
    """
    lines = {line.id: line for line in devices.all_devices(connection, DeviceFilter(as_of, allowed=allowed))}
    contracts = {
        contract
        for device_id, evidence in evidence_of(connection, lines).items()
        for sighting in evidence.values()
        if (contract := _contract(lines[device_id].maker_id, sighting)) is not None
        and contract.country in codes
        and contract.day <= as_of
    }
    return tuple(sorted(contracts, key=lambda item: (item.maker_id, item.day, item.notice, item.supplier)))


def _contract(maker_id: str, sighting: Sighting) -> NamedContract | None:
    extra = sighting.extra
    day = extra.get(CONTRACT_DAY, "")
    if NOTICE not in extra or sighting.status != AWARDED or not day or not maker_id:
        return None
    return NamedContract(
        maker_id=maker_id,
        buyer=sighting.organisation,
        country=extra.get(COUNTRY, "").upper(),
        supplier=extra.get(SUPPLIER, ""),
        notice=extra[NOTICE],
        day=date.fromisoformat(day),
        citation=sighting.citation,
    )
