"""Versions of the control list that the user installed: stored as files, read on demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Snapshot, Text, text
from overzicht.evidence.phrases import joined
from overzicht.store.database import Store
from overzicht.store.snapshots import StoredSnapshot, list_snapshots, raw_file
from overzicht.subjects.control_list.model import ControlList, DefinedTerm, VersionId
from overzicht.subjects.control_list.notepairs import has_definitions
from overzicht.subjects.control_list.sources.card import Act, control_list_card
from overzicht.subjects.control_list.sources.definitions import read_definitions
from overzicht.subjects.control_list.sources.interface import ReadControlList
from overzicht.subjects.control_list.sources.list_file import read_control_list

DEFINITIONS_SOURCE = "eu-dual-use-definitions"

Reader = Callable[[Path, "HeldVersion"], ReadControlList]


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """An installed version: name, date, and the snapshot with its text.

    `definitions` is the snapshot with the definitions of the annex, if they came in a separate file.
    """

    name: str
    day: date
    stored: StoredSnapshot
    definitions: Snapshot | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The bytes that the version was read from."""
        return self.stored.snapshot


@dataclass(frozen=True, slots=True)
class OpenedVersion:
    """A version with its text.

    `later_acts` changed the list after this version until the requested date: their text is not loaded.
    """

    installed: HeldVersion
    read: ReadControlList
    later_acts: tuple[Act, ...] = ()

    @property
    def list(self) -> ControlList:
        """The list as read."""
        return self.read.list

    @property
    def version(self) -> VersionId:
        """Date and content hash of what is shown."""
        return self.list.version

    @property
    def caution(self) -> Text | None:
        """The acts that the version lacks for the requested date; None if it was in force on that date."""
        if not self.later_acts:
            return None
        return text(
            "not checked for this date: {acts} changed the list later, and that text is not loaded",
            acts=joined(act.dated for act in self.later_acts),
        )

    def cite(self, place: str) -> Citation:
        """Return the citation of a place in this version."""
        return Citation.of(
            self.installed.snapshot, place, title=f"{control_list_card().title} ({self.installed.name})"
        )


def held_versions(connection: Connection) -> list[HeldVersion]:
    """Return the installed versions by day; of files of one version, the one added last comes last."""
    definitions = {
        stored.snapshot.part: stored.snapshot for stored in list_snapshots(connection, DEFINITIONS_SOURCE)
    }
    versions = [
        HeldVersion(stored.snapshot.part, stored.version.day, stored, definitions.get(stored.snapshot.part))
        for stored in list_snapshots(connection, control_list_card().id)
    ]
    return sorted(versions, key=lambda version: (version.day, version.stored.key))


def open_version(
    store: Store, name: str = "", as_of: date | None = None, read: Reader | None = None
) -> OpenedVersion:
    """Return a version by name (or start of its file's hash), as of a date, or else the newest.

    `read` returns the list of a version, for example from a cache; without it the file is read.

    Raises UnknownNameError if there is none; its fix names the installed versions, or how to install one.
    """
    with store.reading() as connection:
        installed = held_versions(connection)
    if name:
        fitting = [
            version
            for version in installed
            if version.name == name or (len(name) >= 6 and version.snapshot.sha256.startswith(name))
        ]
    else:
        fitting = [version for version in installed if as_of is None or version.day <= as_of]
    if not fitting:
        known = [f"{v.name} ({v.snapshot.id if name else f'from {v.day}'})" for v in installed]
        raise NoControlListError(name or (as_of.isoformat() if as_of else "newest"), known)
    chosen = fitting[-1]
    later = control_list_card().changes_between(chosen.day, as_of) if as_of and not name else ()
    return OpenedVersion(chosen, (read or read_held)(store.folder, chosen), later)


def read_held(folder: Path, version: HeldVersion) -> ReadControlList:
    """Return the list of an installed version from its file, with its definitions."""
    read = read_control_list(raw_file(folder, version.snapshot.sha256), version.name, force=True)
    if version.definitions is None:
        return read
    return with_definitions(read, read_definitions(raw_file(folder, version.definitions.sha256), force=True))


def with_definitions(read: ReadControlList, terms: Sequence[DefinedTerm]) -> ReadControlList:
    """Return a list with definitions from another file; those in its own file have precedence."""
    if has_definitions(read.list):
        return read
    return replace(read, list=replace(read.list, terms=(*terms, *read.list.terms)))


class NoControlListError(UnknownNameError):
    """No version of the control list is installed, or none covers the date."""

    def __init__(self, version: str, known: Sequence[str]) -> None:
        super().__init__("installed version of the control list", version, tuple(known))
        if not known:
            self.fix = "install your copy of the list: overzicht control update FILE"
