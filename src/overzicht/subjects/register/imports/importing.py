"""Import of an inventory: a stored preview, which a person then accepts or rejects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import Connection

from overzicht import __version__
from overzicht.devices.combining import together
from overzicht.evidence.account import RecordAccount
from overzicht.evidence.actor import Actor
from overzicht.evidence.json_marks import shown_as
from overzicht.register.sighting import life_by
from overzicht.register.terms import (
    NEW,
    REPLACED,
    REPLACES,
    SKIP,
    InventoryOffer,
    LifecycleState,
    Outcome,
    Status,
)
from overzicht.sources.inventories.interface import ProposedReadingError
from overzicht.sources.inventories.registry import ReadingChoices
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction, reading
from overzicht.store.register import device_states as states
from overzicht.store.register import imports, organisations
from overzicht.store.register.devices import Page, get_device
from overzicht.store.register.identifications import keep_traces
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.store.register.organisations import RegisterError
from overzicht.subjects.register.imports.accounts import account_of, options_of
from overzicht.subjects.register.imports.comparing import Comparison, compare
from overzicht.subjects.register.imports.past import write_correction

WHOLE_KINDS = ("table",)  # a list that people maintain; a scan shows only the devices that answered


class StalePreviewError(RegisterError):
    """The register changed after the preview, and the comparison now has other outcomes."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"import {number}: the register changed after this preview, and rows now have other outcomes",
            fix=f"review it again (`overzicht register imports show {number}`), then accept it",
        )


class LargeRetirementError(RegisterError):
    """An import would end a large share of the devices, and no person confirmed it."""

    def __init__(self, stored: StoredImport) -> None:
        ended = stored.retirement
        super().__init__(
            f"import {stored.id}: {ended.devices} of {ended.of} devices in use would no longer be in use",
            fix="if the file is only a part of your equipment, import it as a part. If these devices are "
            "really gone, confirm it (`overzicht register accept "
            f"{stored.id} --confirm-retired`)",
        )


@dataclass(frozen=True, slots=True)
class ImportChoices(ReadingChoices):
    """Options for the import of an inventory.

    `organisation` is an id or a name. `site` is the site of rows without one; only its devices can then be
    reported as gone. `is_whole`: a device that the file leaves out is gone. None: true for tables, false for
    scans and answers of devices. `again` accepts a file that was accepted before. A whole list replaces
    that of the same date, but not the imports `beside` it, which are other parts of one list.
    """

    organisation: str
    site: str = ""
    is_whole: bool | None = None
    again: bool = False
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import with a page of its rows; `total` counts the rows of all pages, `account` all records.

    `seen_before` is an accepted import or an open preview of the same bytes: no new import was made.
    """

    import_: Annotated[StoredImport, shown_as("import")]
    rows: tuple[RowView, ...]
    total: int
    account: RecordAccount
    seen_before: StoredImport | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by outcome."""
        return self.import_.counts

    @property
    def is_incomplete(self) -> bool:
        """Whether something of the file is unread, unclear, in contradiction, torn or waits for a person."""
        options = self.import_.options
        is_open = any(self.counts.get(outcome.value) for outcome in (Outcome.UNCLEAR, Outcome.UNREADABLE))
        is_torn = (options.get("end") or {}).get("is_whole") is False
        waits = options.get("proposed") or options.get("doubts")
        return bool(is_open or is_torn or waits or self.account.unread)

    @property
    def columns(self) -> Sequence[Mapping[str, str]]:
        """The field that each column was read as; empty for a file without columns."""
        return self.import_.columns


def preview_import(store: Store, path: Path, choices: ImportChoices, actor: Actor) -> ImportView:
    """Compare an inventory with the register and store the preview; the register does not change.

    Raises InputFileError for a file that cannot be used, and UnknownNameError for an unknown organisation.
    """
    inventory = choices.read(path)
    with store.reading() as connection:
        owner = organisations.known_organisation(connection, choices.organisation, actor.day).id
        # an accepted import or an open preview of the file; other choices make another preview
        chosen = {name: value for name, value in reading_of(choices).items() if value}
        for known in imports.imports_of_file(connection, owner, inventory.snapshot.sha256):
            is_same = all(known.options.get(name) == value for name, value in chosen.items())
            is_open = known.status is Status.PREVIEW and is_same
            if is_open or (known.status is Status.ACCEPTED and not choices.again):
                return replace(_view(connection, known.id), seen_before=known)
        day = actor.day
        sightings = tuple(
            seen if seen.site or not choices.site else replace(seen, site=choices.site)
            for seen in inventory.sightings
        )
        is_whole = inventory.kind in WHOLE_KINDS if choices.is_whole is None else choices.is_whole
        unreadable = tuple(
            (problem.place, problem.reason) for problem in (*inventory.problems, *inventory.unread)
        )
        offer = InventoryOffer(
            owner,
            choices.site,
            day,
            is_whole,
            inventory.kind,
            sightings,
            unreadable,
            inventory.snapshot.sha256,
            choices.sheet,
            choices.beside,
        )
        comparison = compare(connection, offer, {})
    sha256 = inventory.snapshot.sha256
    with store.writing(actor.name, actor.at) as tx:
        if states.newest_state(tx.connection, owner)[0] != comparison.base:
            comparison = compare(tx.connection, offer, {})
        values = {
            "organisation_id": offer.organisation_id,
            "site": offer.site[:300],
            "day": offer.day.isoformat(),
            "is_whole": offer.is_whole,
            "filename": inventory.snapshot.filename[:300],
            "sha256": inventory.snapshot.sha256,
            "kind": offer.kind,
            "options": {
                **reading_of(choices),
                **options_of(inventory),
                "beside": list(choices.beside),
            },
            "columns": [
                {"sheet": c.sheet, "column": c.column, "field": c.field, "sample": c.sample}
                for c in inventory.mapping
            ],
            "records": inventory.records,
            "base": comparison.base,
        }
        number = imports.add_import(tx, values)
        _store_rows(tx, number, comparison, actor.day)
        snapshots.keep_file(store.folder, path, sha256)
        tx.log("preview import", str(number), organisation=owner, file=path.name, sha256=sha256)
        return _view(tx.connection, number)


def reading_of(choices: ImportChoices) -> dict[str, object]:
    """Return how a person wants a file to be read, as an import stores it."""
    return {
        "mapping": [list(pair) for pair in choices.mapping],
        "sheet": choices.sheet,
        "include": list(choices.include),
        "accept_reading": choices.accept_reading,
    }


def _store_rows(tx: Transaction, number: int, comparison: Comparison, day: date) -> None:
    keep_traces(tx, comparison.concluded, day.isoformat(), __version__)
    imports.replace_rows(tx, number, comparison.rows, base=comparison.base, retirement=comparison.retirement)
    supersedes = comparison.correction.supersedes if comparison.correction else 0
    imports.keep_options(tx, number, supersedes=supersedes or None)


@reading
def list_imports(connection: Connection) -> list[StoredImport]:
    """Return all imports, newest first."""
    return imports.list_imports(connection)


def resolve_row(store: Store, number: int, row: int, choice: str, actor: Actor) -> None:
    """Record the choice for a row: a device's id, `new`, `skip`, or `replaces:` with a device's id."""
    with store.writing(actor.name, actor.at) as tx:
        stored = _preview(tx.connection, number)
        device = choice.removeprefix(REPLACES)
        if choice not in {NEW, SKIP, ""}:
            line = get_device(tx.connection, device, stored.day)
            if line.organisation_id != stored.organisation_id:
                raise RegisterError(
                    f"{device} belongs to another organisation", fix="choose a device of this organisation"
                )
        imports.set_choice(tx, number, row, choice)


def accept_import(store: Store, number: int, actor: Actor, *, confirm_retired: bool = False) -> ImportView:
    """Write an import into the register; an unclear row without a choice is left out.

    Raises LargeRetirementError if it would end more than 20 % of the devices, unless `confirm_retired`.
    Raises StalePreviewError if the register changed and rows now have other outcomes: the new preview is
    stored. Raises RegisterError for an import that was accepted or rejected before, and ProposedReadingError
    for one whose reading is a guess that nobody accepted.
    """
    with store.reading() as connection:
        stored = _preview(connection, number)
        if stored.options.get("proposed"):
            raise ProposedReadingError(stored.filename, stored.columns, stored.options["proposed"]["records"])
        rows = list(imports.rows_of(connection, number))
        # the inventory of a preview from its stored rows, and the choices
        sightings = tuple(row.sighting for row in rows if row.sighting is not None)
        choices = {row.number: row.choice for row in rows if row.choice and row.sighting is not None}
        unreadable = tuple(
            (row.place, row.why) for row in rows if row.outcome is Outcome.UNREADABLE and row.why
        )
        offer = InventoryOffer(
            stored.organisation_id,
            stored.site,
            stored.day,
            stored.is_whole,
            stored.kind,
            sightings,
            unreadable,
            stored.sha256,
            stored.options.get("sheet", ""),
            tuple(stored.options.get("beside", ())),
        )
        comparison = compare(connection, offer, choices)
    is_stale = comparison.base != stored.base
    if is_stale:  # unless the rows are as a person saw them; a row with a choice may differ
        chosen = {row.number for row in rows if row.choice}
        seen, new = (
            [(r.number, r.outcome, r.device_id, r.candidates) for r in offered if r.number not in chosen]
            for offered in (rows, comparison.rows)
        )
        is_stale = seen != new
    with store.writing(actor.name, actor.at) as tx:
        _preview(tx.connection, number)
        if states.newest_state(tx.connection, stored.organisation_id)[0] != comparison.base:
            comparison, is_stale = compare(tx.connection, offer, choices), True
        if is_stale or choices:  # otherwise the stored rows are the same
            _store_rows(tx, number, comparison, stored.day)
        if not is_stale:
            if comparison.retirement.is_large and not confirm_retired:
                raise LargeRetirementError(imports.get_import(tx.connection, number))
            _accept(tx, stored, comparison)
    if is_stale:
        raise StalePreviewError(number)
    return show_import(store, number)


def check_retirement(stored: StoredImport, *, confirm_retired: bool) -> None:
    """Raise LargeRetirementError as `accept_import` would, by the counts of the stored preview."""
    if stored.status is Status.PREVIEW and stored.retirement.is_large and not confirm_retired:
        raise LargeRetirementError(stored)


def _accept(tx: Transaction, stored: StoredImport, comparison: Comparison) -> None:
    if comparison.correction is not None:
        write_correction(tx, stored, comparison.rows, comparison.correction)
    else:
        organisations.begin_by(tx, stored.organisation_id, stored.day)
        added = {
            row.number: imports.new_device_id(stored, row.number)
            for row in comparison.rows
            if row.outcome is Outcome.ADDED
        }
        cited = {}
        for number in sorted(comparison.evidence, reverse=True):
            sighting = together(comparison.evidence[number])
            cited[sighting.site] = sighting.citation
        sites = organisations.ensure_sites(tx, stored.organisation_id, cited, stored.day, cited)
        new, changed = [], []
        replaced: dict[str, states.Change] = {}  # the first row that replaces a device
        for row in comparison.rows:
            if row.number in added:
                new.append(_seen(stored, row, added[row.number], comparison))
            elif row.outcome in {Outcome.CHANGED, Outcome.GONE}:
                # the next state of a device: gone, merged with another device, or as it was seen
                if row.outcome is Outcome.GONE:
                    gone = {"life": LifecycleState.NOT_SEEN.value, "not_seen_since": stored.day.isoformat()}
                    state = states.Change(row.device_id, gone, stored.id, row.number)
                elif row.number not in comparison.evidence:
                    merged = {"life": LifecycleState.REMOVED.value, "not_seen_since": None}
                    state = states.Change(
                        row.device_id, merged, stored.id, row.number, reason=str(row.why or "")
                    )
                else:
                    state = _seen(stored, row, row.device_id, comparison)
                changed.append(state)
            for change in row.changes:
                if change.field == REPLACED and row.number in added:
                    values = {
                        "life": LifecycleState.REPLACED.value,
                        "replaced_by": added[row.number],
                        "not_seen_since": None,
                    }
                    replaced.setdefault(change.new, states.Change(change.new, values, stored.id, row.number))
        states.add_devices(tx, stored.organisation_id, stored.day, new, sites)
        states.change_devices(tx, stored.day, [*changed, *replaced.values()], sites)
        # the device of each row: of this import, and of moved rows in other imports with the same date
        devices = {row.number: row.device_id for row in comparison.rows if row.device_id} | added
        repeated = {
            number: devices[first]
            for number, first in comparison.repeats.items()
            if not comparison.rows[number].device_id and first in devices
        }
        by_import = {stored.id: added | repeated}
        for number, rows in comparison.moved.items():
            for earlier in rows:
                by_import.setdefault(earlier.import_id, {})[earlier.row] = devices[number]
        for import_id, devices_of_rows in by_import.items():
            imports.set_devices(tx, import_id, devices_of_rows)
        moved = [[row.import_id, row.row, row.device] for rows in comparison.moved.values() for row in rows]
        imports.keep_options(tx, stored.id, moved=moved)
    counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    for row in comparison.rows:
        counts[row.outcome.value] += 1
    supersedes = imports.get_import(tx.connection, stored.id).supersedes
    detail = {"organisation": stored.organisation_id, **({"supersedes": supersedes} if supersedes else {})}
    imports.decide_import(tx, stored.id, Status.ACCEPTED, "", **detail, **counts)


def _seen(stored: StoredImport, row: RowView, device_id: str, comparison: Comparison) -> states.Change:
    evidence = comparison.evidence[row.number]
    values: dict[str, object] = {"evidence": evidence, "trace_key": row.trace_key}
    life = life_by(evidence)
    if row.outcome is Outcome.ADDED:
        values["life"] = life.value
    elif any(change.field == "life" for change in row.changes):
        values |= {"life": life.value, "not_seen_since": None, "replaced_by": None}
    return states.Change(device_id, values, stored.id, row.number)


def reject_import(store: Store, number: int, actor: Actor, reason: str = "") -> ImportView:
    """Reject a preview; it remains available, and the same file can be imported again."""
    with store.writing(actor.name, actor.at) as tx:
        _preview(tx.connection, number)
        imports.decide_import(tx, number, Status.REJECTED, reason)
    return show_import(store, number)


def _preview(connection: Connection, number: int) -> StoredImport:
    stored = imports.get_import(connection, number)
    if stored.status is Status.UNDONE:
        raise RegisterError(
            f"import {number} was undone by {stored.undone_by} on {stored.undone_at[:10]}",
            fix="import the file again",
        )
    if stored.status is Status.SUPERSEDED:
        raise RegisterError(
            f"import {number} was replaced by a corrected list of the same date",
            fix="import the file again to change anything",
        )
    if stored.status is not Status.PREVIEW:
        raise RegisterError(
            f"import {number} was {stored.status} by {stored.decided_by} on {stored.decided_at[:10]}",
            fix="import the file again to change anything",
        )
    return stored


def _view(
    connection: Connection, number: int, *, outcome: Outcome | None = None, page: Page | None = None
) -> ImportView:
    """Return an import with a page of its rows, of one outcome or all."""
    page = page or Page()
    rows = imports.rows_of(
        connection, number, outcome, limit=page.size, offset=(max(1, page.number) - 1) * page.size
    )
    total = imports.count_rows(connection, number, outcome)
    stored = imports.get_import(connection, number)
    return ImportView(stored, tuple(rows), total, account_of(connection, stored))


show_import = reading(_view)
