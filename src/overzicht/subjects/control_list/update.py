"""Installation of a version of the control list: the changes, and the records that need a new review."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.composition import Slot
from overzicht.evidence import Snapshot
from overzicht.evidence.actor import Actor
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction
from overzicht.store.decisions import open_task
from overzicht.subjects.control_list.citing import CitingRecord, Reopening, reopenings
from overzicht.subjects.control_list.diff import ListComparison, compare_lists
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.control_list.sources.definitions import read_definitions
from overzicht.subjects.control_list.sources.interface import ReadControlList
from overzicht.subjects.control_list.sources.list_file import read_control_list
from overzicht.subjects.control_list.versions import (
    DEFINITIONS_SOURCE,
    HeldVersion,
    held_versions,
    read_held,
    with_definitions,
)

SHOWN_PATHS = 5

CitationSource = Callable[[Connection], Iterable[CitingRecord]]
CITATIONS: Slot[CitationSource] = Slot("citations of the control list")  # one per kind of record


@dataclass(frozen=True, slots=True)
class InstalledVersion:
    """Result of installing a file: its content, the changes since the last version, and the reopened records.

    `comparison` is None, and no record is reopened, if the version is the first one, is older than an
    installed one, or was installed before (`was_known`).
    """

    read: ReadControlList
    installed: HeldVersion
    was_known: bool = False
    before: HeldVersion | None = None
    comparison: ListComparison | None = None
    reopened: tuple[Reopening, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """Options for the installation of a file.

    `version` is its date or year if the file does not state it, `definitions` a text of the annex with the
    definitions that the file lacks; `force` accepts too few or too many provisions.
    """

    version: str = ""
    definitions: Path | None = None
    force: bool = False


NO_CHOICES = Choices()


def install_version(
    store: Store,
    path: Path,
    actor: Actor,
    choices: Choices = NO_CHOICES,
    *,
    cited: Iterable[CitationSource] | None = None,
) -> InstalledVersion:
    """Read a file, store it as a version, and open a task for each record that a change affects.

    `cited` gives the records that cite the list; without it they are those that subjects add to `CITATIONS`.
    Raises ListFileRefusedError and InputFileError; the store then does not change.
    """
    file = LocalFile(path)
    read = read_control_list(path, choices.version, force=choices.force)
    definitions = choices.definitions
    if definitions is not None:
        read = with_definitions(read, read_definitions(definitions, force=choices.force))
    version, digest = read.list.version, file.sha256()
    with store.reading() as connection:
        known = snapshots.find_snapshot(connection, control_list_card().id, version.name, digest)
        installed = held_versions(connection)
    if known is not None:
        own = next(version for version in installed if version.stored.key == known.key)
        if definitions is not None:
            with store.writing(actor.name, actor.at) as tx:
                _store_definitions(tx, store.folder, LocalFile(definitions), own.name, own.day)
        return InstalledVersion(read, own, was_known=True)
    snapshots.keep_file(store.folder, path, digest)
    before = installed[-1] if installed and installed[-1].day <= version.day.day else None
    comparison = compare_lists(read_held(store.folder, before).list, read.list) if before else None
    with store.writing(actor.name, actor.at) as tx:
        snapshot = replace(
            _snapshot(file, control_list_card().id, version.name, version.day.day, read.layout),
            remarks=tuple(f"{correction.place}: {correction.what}" for correction in read.corrections),
        )
        key = snapshots.add_snapshot(tx, snapshot)
        snapshots.update_snapshot(tx, key, record_count=len(read.list.by_path))
        tx.log("install control list", version.name, sha256=digest, content=version.content_hash)
        if definitions is not None:
            _store_definitions(tx, store.folder, LocalFile(definitions), version.name, version.day.day)
        reopened: tuple[Reopening, ...] = ()
        if comparison is not None:
            sources = CITATIONS.added() if cited is None else cited
            reopened = reopenings(comparison, [c for source in sources for c in source(tx.connection)])
        for reopening in reopened:
            open_task(tx, reopening.record_id, task_title(reopening, version.name))
        own = next(item for item in held_versions(tx.connection) if item.snapshot.sha256 == digest)
    return InstalledVersion(read, own, before=before, comparison=comparison, reopened=reopened)


def _snapshot(file: LocalFile, source: str, version: str, day: date, layout: str) -> Snapshot:
    return Snapshot(
        sha256=file.sha256(),
        source=source,
        part=version,
        filename=file.filename,
        size_bytes=file.path.stat().st_size,
        address=control_list_card().address,
        published=day,
        layout=layout,
        official=False,  # a copy in another form than the publisher's own bytes
    )


def _store_definitions(tx: Transaction, folder: Path, file: LocalFile, version: str, day: date) -> None:
    digest = file.sha256()
    if snapshots.find_snapshot(tx.connection, DEFINITIONS_SOURCE, version, digest) is None:
        snapshots.keep_file(folder, file.path, digest)
        snapshots.add_snapshot(tx, _snapshot(file, DEFINITIONS_SOURCE, version, day, "text of the annex"))
        tx.log("install definitions", version, sha256=digest)


def task_title(reopening: Reopening, version: str) -> str:
    """Return the title of the task for a reopened record."""
    shown = ", ".join(reopening.cited[:SHOWN_PATHS])
    more = len(reopening.cited) - SHOWN_PATHS
    tail = f" and {more} more" if more > 0 else ""
    return f"Review {reopening.kind} {reopening.record_id}: the list of {version} changes {shown}{tail}"
