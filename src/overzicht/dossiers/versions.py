"""Versions of entries: which one counts on a day of the file, and what was withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from overzicht.dossiers.model import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an entry: what it says, who recorded it when, and why where it corrects or withdraws.

    A version that withdraws repeats what the entry said last.
    """

    dossier_id: str
    entry_id: str
    number: int
    kind: EntryKind
    entry: Entry
    is_withdrawn: bool
    reason: str
    actor: str
    at: str

    @property
    def recorded_on(self) -> date:
        """The day it was recorded, in UTC."""
        return datetime.fromisoformat(self.at).date()


@dataclass(frozen=True, slots=True)
class EntryHistory:
    """An entry with all its versions known by a day, oldest first; the last one counts."""

    versions: tuple[Version, ...]

    @property
    def last(self) -> Version:
        """The version that counts."""
        return self.versions[-1]

    @property
    def recorded_on(self) -> date:
        """The day the entry was first recorded."""
        return self.versions[0].recorded_on


def kept_by(versions: Iterable[Version], known_on: date | None = None) -> list[EntryHistory]:
    """Return the entries as the file had them on a day (None: now), in the order they were first recorded."""
    found: dict[tuple[str, str], list[Version]] = {}
    for version in versions:
        if known_on is None or version.recorded_on <= known_on:
            found.setdefault((version.dossier_id, version.entry_id), []).append(version)
    return [EntryHistory(tuple(sorted(group, key=lambda one: one.number))) for group in found.values()]
