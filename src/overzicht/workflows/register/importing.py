"""Importing an inventory: first a preview that is kept, then accepted by a person, or rejected."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from sqlalchemy import Connection

from overzicht import __version__
from overzicht.devices.combining import together
from overzicht.evidence.actor import Actor
from overzicht.evidence.shown import shown_as
from overzicht.register.model import NEW, REPLACES, SKIP, LifecycleState, Outcome, Status
from overzicht.register.sighting import life_by
from overzicht.sources.inventories.interface import InventoryResult
from overzicht.sources.inventories.registry import read_inventory
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction
from overzicht.store.register import imports, organisations, states
from overzicht.store.register.devices import Page, get_device
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.store.register.organisations import RegisterError
from overzicht.store.register.traces import keep_traces
from overzicht.workflows.register.comparing import Compared, Offered, compare

WHOLE_KINDS = ("table",)  # a list that people keep; a scan shows only what answered that day


class StalePreviewError(RegisterError):
    """The register changed since the preview, and the comparison now comes out otherwise."""

    slug = "stale-preview"

    def __init__(self, number: int) -> None:
        super().__init__(
            f"import {number}: the register was changed since, and its rows now come out otherwise",
            fix=f"look at it again (`overzicht register imports show {number}`), then accept it",
        )


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What the user says of an inventory beside its bytes.

    `organisation` is an id or a name. `site` is given to rows that name none, and limits what can be gone to
    it. `is_whole` says that what the file leaves out is not there; None: so for tables, not for scans and
    answers of devices. `again` takes a file that was accepted before.
    """

    organisation: str
    site: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    kind: str = ""
    is_whole: bool | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class ImportView:
    """An import with a page of its rows; `total` counts the rows that fit.

    `seen_before` is the accepted or standing import of the same bytes where there is one, and nothing was
    made then.
    """

    import_: Annotated[StoredImport, shown_as("import")]
    rows: tuple[RowView, ...]
    total: int
    seen_before: StoredImport | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by outcome."""
        return self.import_.counts

    @property
    def columns(self) -> Sequence[Mapping[str, str]]:
        """What each column was taken for; empty for what is no table."""
        return self.import_.columns


def preview_import(store: Store, path: Path, choices: ImportChoices, actor: Actor) -> ImportView:
    """Compare an inventory with the register and keep what it comes to; nothing of the register changes.

    Raises InputFileError for a file that cannot be used, UnknownNameError for an unknown organisation, and
    RegisterError where the register has later states than the day of the inventory.
    """
    inventory = read_inventory(
        path, mapping=dict(choices.mapping), sheet=choices.sheet or None, kind=choices.kind or None
    )
    with store.reading() as connection:
        owner = organisations.get_organisation(connection, choices.organisation, actor.day).id
        before = _seen_before(connection, owner, inventory.snapshot.sha256, again=choices.again)
        if before is not None:
            return replace(_view(connection, before.id), seen_before=before)
        offered = _offered(inventory, owner, choices, actor.day)
        compared = compare(connection, offered, {})
    _check_day(compared, owner, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        if states.newest_state(tx.connection, owner)[0] != compared.base:
            compared = compare(tx.connection, offered, {})
        number = imports.add_import(tx, _values(inventory, offered, choices, compared))
        _keep_rows(tx, number, compared, actor.day)
        snapshots.keep_file(store.folder, path, inventory.snapshot.sha256)
        tx.log("preview import", str(number), organisation=owner, file=path.name,
               sha256=inventory.snapshot.sha256)  # fmt: skip
        return _view(tx.connection, number)


def _seen_before(connection: Connection, owner: str, sha256: str, *, again: bool) -> StoredImport | None:
    for known in imports.imports_of_file(connection, owner, sha256):
        if known.status is Status.PREVIEW or (known.status is Status.ACCEPTED and not again):
            return known
    return None


def _offered(inventory: InventoryResult, owner: str, choices: ImportChoices, day: date) -> Offered:
    sightings = inventory.sightings
    if choices.site:
        sightings = tuple(each if each.site else replace(each, site=choices.site) for each in sightings)
    is_whole = inventory.kind in WHOLE_KINDS if choices.is_whole is None else choices.is_whole
    unreadable = tuple((problem.place, problem.reason) for problem in inventory.problems)
    return Offered(owner, choices.site, day, is_whole, inventory.kind, sightings, unreadable)


def _check_day(compared: Compared, owner: str, day: date) -> None:
    if compared.last_day > day.isoformat():
        raise RegisterError(
            f"the register of {owner} was changed on {compared.last_day}, after {day}",
            fix="import inventories in the order of their days, or give the day on which it was compared",
        )


def _values(
    inventory: InventoryResult, offered: Offered, choices: ImportChoices, compared: Compared
) -> dict[str, object]:
    columns = [{"sheet": c.sheet, "column": c.column, "field": c.field} for c in inventory.mapping]
    return {
        "organisation_id": offered.organisation_id,
        "site": offered.site[:300],
        "day": offered.day.isoformat(),
        "is_whole": offered.is_whole,
        "filename": inventory.snapshot.filename[:300],
        "sha256": inventory.snapshot.sha256,
        "kind": offered.kind,
        "options": {
            "mapping": [list(pair) for pair in choices.mapping],
            "sheet": choices.sheet,
            "left_out": [
                {"place": each.place[:300], "reason": each.reason.to_json()} for each in inventory.left_out
            ],
        },
        "columns": columns,
        "records": inventory.records,
        "base": compared.base,
    }


def _keep_rows(tx: Transaction, number: int, compared: Compared, day: date) -> None:
    keep_traces(tx, compared.concluded, day.isoformat(), __version__)
    imports.replace_rows(tx, number, compared.rows, base=compared.base)


def show_import(
    store: Store, number: int, *, outcome: Outcome | None = None, page: Page | None = None
) -> ImportView:
    """Return an import with a page of its rows, of one outcome or all."""
    with store.reading() as connection:
        return _view(connection, number, outcome, page)


def list_imports(
    store: Store, organisation: str = "", status: Status | None = None, *, as_of: date | None = None
) -> tuple[StoredImport, ...]:
    """Return imports, newest first; of an organisation with all below it (`as_of` is then needed), or all."""
    with store.reading() as connection:
        ids = None
        if organisation and as_of is not None:
            found = organisations.get_organisation(connection, organisation, as_of)
            ids = organisations.ids_below(connection, [found.id], as_of)
        return tuple(imports.list_imports(connection, ids, status))


def resolve_row(store: Store, number: int, row: int, choice: str, actor: Actor) -> None:
    """Keep what a person says of a row: a device's id, `new`, `skip`, or `replaces:` with a device's id."""
    with store.writing(actor.name, actor.at) as tx:
        found = _preview(tx.connection, number)
        device = choice.removeprefix(REPLACES)
        if choice not in {NEW, SKIP, ""}:
            line = get_device(tx.connection, device, found.day)
            if line.organisation_id != found.organisation_id:
                raise RegisterError(f"{device} is of another organisation", fix="choose one of the same")
        imports.set_choice(tx, number, row, choice)


def accept_import(store: Store, number: int, actor: Actor) -> ImportView:
    """Write an import into the register; what is unclear and was not chosen stays out.

    Raises StalePreviewError where the register changed since and rows come out otherwise: the new preview is
    kept. Raises RegisterError for an import that was decided already.
    """
    with store.reading() as connection:
        found = _preview(connection, number)
        kept = list(imports.rows_of(connection, number))
        offered, choices = _reoffered(found, kept)
        compared = compare(connection, offered, choices)
    _check_day(compared, found.organisation_id, found.day)
    is_stale = compared.base != found.base and not _is_same(kept, compared)
    with store.writing(actor.name, actor.at) as tx:
        _preview(tx.connection, number)
        if states.newest_state(tx.connection, found.organisation_id)[0] != compared.base:
            compared, is_stale = compare(tx.connection, offered, choices), True
        if is_stale or choices:  # else the rows are those that are kept already
            _keep_rows(tx, number, compared, found.day)
        if not is_stale:
            _write(tx, found, compared)
    if is_stale:
        raise StalePreviewError(number)
    return show_import(store, number)


def _reoffered(found: StoredImport, kept: Sequence[RowView]) -> tuple[Offered, dict[int, str]]:
    """Return the inventory of a preview from its kept rows, and what was chosen."""
    rows = [row for row in kept if row.sighting is not None]
    sightings = tuple(row.sighting for row in rows if row.sighting is not None)
    choices = {row.number: row.choice for row in rows if row.choice}
    unreadable = tuple((row.place, row.why) for row in kept if row.outcome is Outcome.UNREADABLE and row.why)
    offered = Offered(
        found.organisation_id, found.site, found.day, found.is_whole, found.kind, sightings, unreadable
    )
    return offered, choices


def _is_same(kept: Sequence[RowView], compared: Compared) -> bool:
    """Whether the rows come out as a person saw them; a row of which something was chosen may differ."""
    said = {row.number for row in kept if row.choice}
    before = [(r.number, r.outcome, r.device_id, r.candidates) for r in kept if r.number not in said]
    now = [(r.number, r.outcome, r.device_id, r.candidates) for r in compared.rows if r.number not in said]
    return before == now


def _write(tx: Transaction, found: StoredImport, compared: Compared) -> None:
    sites = _sites(tx, found, compared)
    added = {row.number: _device_id(found, row) for row in compared.rows if row.outcome is Outcome.ADDED}
    states.add_devices(
        tx, found.organisation_id, found.day,
        (_added(found, row, added[row.number], compared) for row in compared.rows if row.number in added),
        sites,
    )  # fmt: skip
    changes = [
        _changed(found, row, compared)
        for row in compared.rows
        if row.outcome in {Outcome.CHANGED, Outcome.GONE}
    ]
    states.change_devices(tx, found.day, [*changes, *_replaced(found, compared, added)], sites)
    _set_devices(tx, found, compared, added)
    counts = {outcome.value: 0 for outcome in Outcome}
    for row in compared.rows:
        counts[row.outcome.value] += 1
    imports.decide_import(tx, found.id, Status.ACCEPTED, "", organisation=found.organisation_id, **counts)


def _set_devices(tx: Transaction, found: StoredImport, compared: Compared, added: Mapping[int, str]) -> None:
    """Write the devices that rows became: of this import, and of others of the day whose rows moved."""
    devices = {row.number: row.device_id for row in compared.rows if row.device_id} | dict(added)
    own = dict(added)
    own |= {
        row: devices[first] for row, first in compared.repeats.items() if not compared.rows[row].device_id
    }
    imports.set_devices(tx, found.id, own)
    moved: dict[int, dict[int, str]] = {}
    for number, rows in compared.moved.items():
        for said in rows:
            moved.setdefault(said.import_id, {})[said.row] = devices[number]
    for import_id, rows_of_it in moved.items():
        imports.set_devices(tx, import_id, rows_of_it)


def _sites(tx: Transaction, found: StoredImport, compared: Compared) -> dict[str, str]:
    cited = {}
    for number in sorted(compared.evidence, reverse=True):
        sighting = together(compared.evidence[number])
        cited[sighting.site] = sighting.citation
    return organisations.ensure_sites(tx, found.organisation_id, cited, found.day, cited)


def _device_id(found: StoredImport, row: RowView) -> str:
    digest = hashlib.sha256(f"{found.organisation_id}|{found.id}|{found.sha256}|{row.number}".encode())
    return f"device-{digest.hexdigest()[:16]}"


def _added(found: StoredImport, row: RowView, device_id: str, compared: Compared) -> states.Change:
    evidence = compared.evidence[row.number]
    values = {"evidence": evidence, "trace_key": row.trace_key, "life": life_by(evidence).value}
    return states.Change(device_id, values, found.id, row.number)


def _changed(found: StoredImport, row: RowView, compared: Compared) -> states.Change:
    """Return the next state of a device: gone, one with another device, or as it was seen."""
    if row.outcome is Outcome.GONE:
        gone = {"life": LifecycleState.NOT_SEEN.value, "not_seen_since": found.day.isoformat()}
        return states.Change(row.device_id, gone, found.id, row.number)
    if row.number not in compared.evidence:
        merged = {"life": LifecycleState.REMOVED.value, "not_seen_since": None}
        return states.Change(row.device_id, merged, found.id, row.number, reason=str(row.why or ""))
    evidence = compared.evidence[row.number]
    values: dict[str, object] = {"evidence": evidence, "trace_key": row.trace_key}
    if life_by(evidence) is LifecycleState.IN_USE:
        values |= {"life": LifecycleState.IN_USE.value, "not_seen_since": None, "replaced_by": None}
    return states.Change(row.device_id, values, found.id, row.number)


def _replaced(found: StoredImport, compared: Compared, added: Mapping[int, str]) -> list[states.Change]:
    changes = []
    for row in compared.rows:
        if row.choice.startswith(REPLACES):
            values = {
                "life": LifecycleState.REPLACED.value,
                "replaced_by": added[row.number],
                "not_seen_since": None,
            }
            changes.append(states.Change(row.choice.removeprefix(REPLACES), values, found.id, row.number))
    return changes


def reject_import(store: Store, number: int, actor: Actor, reason: str = "") -> ImportView:
    """Reject a preview; it stays to be read, and the same file can be offered again."""
    with store.writing(actor.name, actor.at) as tx:
        _preview(tx.connection, number)
        imports.decide_import(tx, number, Status.REJECTED, reason)
    return show_import(store, number)


def _preview(connection: Connection, number: int) -> StoredImport:
    found = imports.get_import(connection, number)
    if found.status is not Status.PREVIEW:
        raise RegisterError(
            f"import {number} was {found.status} by {found.decided_by} on {found.decided_at[:10]}",
            fix="offer the file again to change anything",
        )
    return found


def _view(
    connection: Connection, number: int, outcome: Outcome | None = None, page: Page | None = None
) -> ImportView:
    chosen = page or Page()
    rows = imports.rows_of(
        connection, number, outcome, limit=chosen.size, offset=(max(1, chosen.number) - 1) * chosen.size
    )
    total = imports.count_rows(connection, number, outcome)
    return ImportView(imports.get_import(connection, number), tuple(rows), total)
