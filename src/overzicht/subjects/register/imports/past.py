"""Changes of the past of a register: written with an import, and taken back with its undo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from overzicht import __version__
from overzicht.devices.combining import together
from overzicht.register.timeline import Period, periods
from overzicht.store.database import Transaction
from overzicht.store.register import history, imports, organisations
from overzicht.store.register.device_states import rows_of_date
from overzicht.store.register.identifications import keep_traces
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.store.register.undoing import UndoError
from overzicht.subjects.register.imports.correcting import NEW_ROW, OWN, Correction
from overzicht.subjects.register.imports.reasoning import conclude_histories


def write_correction(
    tx: Transaction, stored: StoredImport, rows: Sequence[RowView], correction: Correction
) -> None:
    """Write what an import changes in the past, and what its undo needs."""

    def name(device: str) -> str:
        is_new = device.startswith(NEW_ROW)
        return imports.new_device_id(stored, int(device.removeprefix(NEW_ROW))) if is_new else device

    numbers: dict[str, int] = {}  # the first row of each device
    for row in rows:
        numbers.setdefault(name(correction.devices.get(row.number, row.device_id)), row.number)
    histories = {
        name(device): tuple(
            replace(
                state,
                replaced_by=name(state.replaced_by),
                cause=replace(
                    state.cause,
                    import_id=stored.id,
                    row=numbers.get(name(device)),
                    actor=tx.actor,
                    at=tx.at_text,
                )
                if state.cause.import_id == OWN.import_id
                else state.cause,
            )
            for state in states
        )
        for device, states in correction.histories.items()
    }
    _rewrite(tx, stored, histories)
    imports.set_devices(tx, stored.id, {row: name(device) for row, device in correction.devices.items()})
    before = {
        (row.import_id, row.row): row.device
        for row in rows_of_date(tx.connection, stored.organisation_id, stored.day, without=stored.id)
    }
    _move(tx, {place: name(device) for place, device in correction.moved.items()})
    moved = [[*place, before[place]] for place in sorted(correction.moved)]
    imports.keep_options(tx, stored.id, moved=moved, newest=history.newest_number(tx.connection))
    if correction.supersedes:
        imports.supersede(tx, correction.supersedes)


def undo_correction(tx: Transaction, stored: StoredImport, reason: str) -> None:
    """Take back an import that changed the past; the list that it replaced counts again.

    Raises UndoError if a device that only this import shows is named by a plan, a task or a record.
    """
    imports.undo(tx, stored, reason)
    _move(tx, {(number, row): device for number, row, device in stored.options["moved"]})
    numbers = [stored.id, *([stored.supersedes] if stored.supersedes else [])]
    affected = {device for _, _, device in stored.options["moved"]}
    for number in numbers:
        affected |= {row.device_id for row in imports.rows_of(tx.connection, number) if row.device_id}
    before = history.states_before(tx.connection, stored.organisation_id, stored.day)
    today = list(rows_of_date(tx.connection, stored.organisation_id, stored.day))
    span = history.Span(stored.organisation_id, stored.day)
    steps = history.steps_of(tx.connection, span, affected, today)
    bare = {device: periods(before.get(device), steps[device]) for device in affected}
    vanished = {device for device, states in bare.items() if not states and device not in before}
    for device in sorted(history.named_devices(tx.connection, vanished)):
        raise UndoError(
            stored.id,
            f"a plan, a task or a record names {device}, which this import added",
            "import a corrected inventory instead",
        )
    histories, conclusions = conclude_histories(bare, before)
    keep_traces(tx, conclusions, stored.day.isoformat(), __version__)
    _rewrite(tx, stored, histories)


def _rewrite(tx: Transaction, stored: StoredImport, histories: Mapping[str, Sequence[Period]]) -> None:
    organisations.begin_by(tx, stored.organisation_id, stored.day)
    seen = [together(state.evidence) for states in histories.values() for state in states]
    cited = {sighting.site: sighting.citation for sighting in reversed(seen)}
    sites = organisations.ensure_sites(tx, stored.organisation_id, cited, stored.day, cited)
    history.rewrite_states(tx, stored.organisation_id, stored.day, histories, sites)


def _move(tx: Transaction, devices: Mapping[tuple[int, int], str]) -> None:
    by_import: dict[int, dict[int, str]] = {}
    for (number, row), device in devices.items():
        by_import.setdefault(number, {})[row] = device
    for number, rows in by_import.items():
        imports.set_devices(tx, number, rows)
