"""Tenders: what procurement notices name, and the contracts of them that the register keeps.

look_into(paths, as_of)                      notices with who made what each names
contracts_in(connection, codes, as_of)       contracts in a place that name a maker, from imported notices
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.devices import Identification, Sighting
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
    sighting_of,
)
from overzicht.store.register import devices
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.states import evidence_of


@dataclass(frozen=True, slots=True)
class Named:
    """What a notice names, and who made it as far as that tells."""

    sighting: Sighting
    identification: Identification
    maker_name: str


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """A notice with what it names; nothing was looked for where it buys no surveillance."""

    notice: Notice
    is_surveillance: bool
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of notices; `fault` where it could not be read at all, `problems` for parts that could not."""

    name: str
    kind: str = ""
    sha256: str = ""
    notices: tuple[SeenNotice, ...] = ()
    problems: tuple[InventoryProblem, ...] = ()
    fault: InputFileError | None = None


def look_into(paths: Sequence[Path], as_of: date, *, kind: str | None = None) -> Iterator[SeenFile]:
    """Yield each file with what its notices name; a file that cannot be read does not stop the next."""
    for path in paths:
        try:
            found = read_notices(path, kind)
        except InputFileError as error:
            yield SeenFile(path.name, fault=error)
            continue
        notices = tuple(
            SeenNotice(
                each.notice,
                each.is_surveillance,
                _named(
                    [sighting_of(found.origin, each.notice, m, n) for n, m in enumerate(each.mentions)], as_of
                ),
            )
            for each in found.notices
        )
        yield SeenFile(path.name, found.kind, found.origin.snapshot.sha256, notices, found.problems)


def _named(sightings: Sequence[Sighting], as_of: date) -> tuple[Named, ...]:
    knowledge = load_knowledge()
    return tuple(
        Named(sighting, told, knowledge.maker_name(told.maker_id) if told.maker_id else "")
        for sighting, told in zip(sightings, identify_all(sightings, knowledge, as_of=as_of), strict=True)
    )


@dataclass(frozen=True, slots=True)
class NamedContract:
    """A contract of an imported notice that names a maker: who buys, from whom, since when, and the place.

    `maker_id` is who made what it names, or the supplier's own maker where that bears a maker's name.
    """

    maker_id: str
    buyer: str
    country: str
    supplier: str
    notice: str
    day: date
    citation: Citation


def contracts_in(
    connection: Connection,
    codes: Collection[str],
    as_of: date,
    *,
    allowed: tuple[str, ...] | None = None,
) -> tuple[NamedContract, ...]:
    """Return the contracts that were concluded in these countries (two capital letters) by a day.

    They come from notices that were imported into the register; `allowed` limits the organisations there
    (None: no limit). A notice without a contract, or whose contract has no day, shows nothing. By maker and
    day.
    """
    lines = {line.id: line for line in devices.all_devices(connection, DeviceFilter(as_of, allowed=allowed))}
    found = {
        contract
        for device_id, said in evidence_of(connection, lines).items()
        for sighting in said.values()
        if (contract := _contract(lines[device_id].maker_id, sighting)) is not None
        and contract.country in codes
        and contract.day <= as_of
    }
    return tuple(sorted(found, key=lambda each: (each.maker_id, each.day, each.notice, each.supplier)))


def _contract(maker_id: str, sighting: Sighting) -> NamedContract | None:
    extra = sighting.extra
    day = extra.get(CONTRACT_DAY, "")
    if NOTICE not in extra or sighting.status != AWARDED or not day or not maker_id:
        return None
    return NamedContract(
        maker_id=maker_id, buyer=sighting.organisation, country=extra.get(COUNTRY, "").upper(),
        supplier=extra.get(SUPPLIER, ""), notice=extra[NOTICE], day=date.fromisoformat(day),
        citation=sighting.citation,
    )  # fmt: skip
