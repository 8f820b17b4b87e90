"""Versions of entries: the version that counts on a date, and withdrawals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from overzicht.grouping import by_key
from overzicht.subjects.dossiers.model import Entry, EntryKind


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an entry: content, author, time, and the reason for a correction or withdrawal.

    A version that withdraws repeats the last content of the entry.
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
        """The date on which it was recorded, in UTC."""
        return datetime.fromisoformat(self.at).date()


@dataclass(frozen=True, slots=True)
class EntryHistory:
    """An entry with all versions known by a date, oldest first; the last one counts."""

    versions: tuple[Version, ...]

    @property
    def last(self) -> Version:
        """The version that counts."""
        return self.versions[-1]

    @property
    def recorded_on(self) -> date:
        """The date on which the entry was first recorded."""
        return self.versions[0].recorded_on


def histories_on(versions: Iterable[Version], known_on: date | None = None) -> list[EntryHistory]:
    """Return the entries of the file on a date (None: now), in the order of first recording."""
    groups = by_key(
        ((version.dossier_id, version.entry_id), version)
        for version in versions
        if known_on is None or version.recorded_on <= known_on
    )
    return [
        EntryHistory(tuple(sorted(group, key=lambda entry_version: entry_version.number)))
        for group in groups.values()
    ]
