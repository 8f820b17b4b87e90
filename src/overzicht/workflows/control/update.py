"""Installing a version of the control list: what changed, and what that re-opens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.evidence import Snapshot
from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.controllist.citing import CitingRecord, Reopening, reopenings
from overzicht.exportcontrol.controllist.diff import ListComparison, compare_lists
from overzicht.sources.controllists.card import control_list_card
from overzicht.sources.controllists.definitions import read_definitions
from overzicht.sources.controllists.interface import ReadControlList
from overzicht.sources.controllists.reader import read_control_list
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction
from overzicht.store.decisions import open_task
from overzicht.workflows.control.versions import (
    DEFINITIONS_SOURCE,
    HeldVersion,
    held_versions,
    read_held,
    with_definitions,
)

SHOWN_PATHS = 5

CitationSource = Callable[[Connection], Iterable[CitingRecord]]


@dataclass(frozen=True, slots=True)
class InstalledVersion:
    """What came of a file: what was read, how it differs from the version before, and what it re-opens.

    `comparison` is None for the first version, for one that is older than what is held, and for a file that
    was installed before (`was_known`); nothing is re-opened then.
    """

    read: ReadControlList
    held: HeldVersion
    was_known: bool = False
    before: HeldVersion | None = None
    comparison: ListComparison | None = None
    reopened: tuple[Reopening, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user says beside the file.

    `version` is its day or year where the file does not say it, `definitions` a text of the annex with the
    definitions that the file lacks; `force` takes too few or too many provisions.
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
    cited: Iterable[CitationSource] = (),
) -> InstalledVersion:
    """Read a file, keep it as a version, and open a task for each record that a change touches.

    Raises ListFileRefusedError (and InputFileError); the store is then as it was before.
    """
    file = LocalFile(path)
    read = read_control_list(file, choices.version, force=choices.force)
    beside = LocalFile(choices.definitions) if choices.definitions else None
    if beside is not None:
        read = with_definitions(read, read_definitions(beside, force=choices.force))
    name, digest = read.list.version.name, file.sha256()
    with store.reading() as connection:
        known = snapshots.find_snapshot(connection, control_list_card().id, name, digest)
        held = held_versions(connection)
    if known is not None:
        own = next(each for each in held if each.stored.key == known.key)
        if beside is not None:
            with store.writing(actor.name, actor.at) as tx:
                _keep_definitions(tx, store.folder, beside, own.name, own.day)
        return InstalledVersion(read, own, was_known=True)
    snapshots.keep_file(store.folder, path, digest)
    before = _version_before(held, read)
    comparison = compare_lists(read_held(store.folder, before).list, read.list) if before else None
    with store.writing(actor.name, actor.at) as tx:
        _keep(tx, file, read, digest)
        if beside is not None:
            _keep_definitions(tx, store.folder, beside, name, read.list.version.day.day)
        found: tuple[Reopening, ...] = ()
        if comparison is not None:
            found = reopenings(comparison, [c for source in cited for c in source(tx.connection)])
        for reopening in found:
            open_task(tx, reopening.record_id, task_title(reopening, name))
        own = next(each for each in held_versions(tx.connection) if each.snapshot.sha256 == digest)
    return InstalledVersion(read, own, before=before, comparison=comparison, reopened=found)


def _version_before(held: list[HeldVersion], read: ReadControlList) -> HeldVersion | None:
    """Return the newest version held, unless it is newer than the one to install."""
    day = read.list.version.day.day
    return held[-1] if held and held[-1].day <= day else None


def _keep(tx: Transaction, file: LocalFile, read: ReadControlList, digest: str) -> None:
    card, version = control_list_card(), read.list.version
    snapshot = Snapshot(
        sha256=digest,
        source=card.id,
        part=version.name,
        filename=file.filename,
        size_bytes=file.path.stat().st_size,
        address=card.address,
        published=version.day.day,
        layout=read.layout,
        official=False,  # a copy in another form than the publisher's own bytes
        remarks=tuple(f"{correction.place}: {correction.what}" for correction in read.corrections),
    )
    key = snapshots.add_snapshot(tx, snapshot)
    snapshots.update_snapshot(tx, key, record_count=len(read.list.by_path))
    tx.log("install control list", version.name, sha256=digest, content=version.content_hash)


def _keep_definitions(tx: Transaction, folder: Path, file: LocalFile, version: str, day: date) -> None:
    digest = file.sha256()
    if snapshots.find_snapshot(tx.connection, DEFINITIONS_SOURCE, version, digest) is not None:
        return
    snapshots.keep_file(folder, file.path, digest)
    snapshot = Snapshot(
        sha256=digest,
        source=DEFINITIONS_SOURCE,
        part=version,
        filename=file.filename,
        size_bytes=file.path.stat().st_size,
        address=control_list_card().address,
        published=day,
        layout="text of the annex",
        official=False,
    )
    snapshots.add_snapshot(tx, snapshot)
    tx.log("install definitions", version, sha256=digest)


def task_title(reopening: Reopening, version: str) -> str:
    """Return what a person reads in the list of tasks."""
    shown = ", ".join(reopening.cited[:SHOWN_PATHS])
    more = len(reopening.cited) - SHOWN_PATHS
    tail = f" and {more} more" if more > 0 else ""
    return (
        f"Look at {reopening.kind} {reopening.record_id} again: the list of {version} changes {shown}{tail}"
    )
