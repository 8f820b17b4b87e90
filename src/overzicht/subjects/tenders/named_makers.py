"""Tenders: devices in procurement notices with their makers, and contracts from imported notices."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overzicht.devices import Identification, Sighting, Trace
from overzicht.devices.identify import identify_all
from overzicht.devices.knowledge import load_knowledge
from overzicht.errors import InputFileError
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.subjects.tenders.notice import Notice
from overzicht.subjects.tenders.notice_readers import (
    read_notices,
)


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
