"""Compare an inventory with the register: the outcome and the maker of each row; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from overzicht.devices import Sighting
from overzicht.devices.combining import day_evidence, together
from overzicht.devices.device_marks import folded
from overzicht.evidence import text
from overzicht.progress import watched
from overzicht.register.reconcile import reconcile
from overzicht.register.terms import (
    Change,
    InventoryOffer,
    LifecycleState,
    Outcome,
    Retirement,
    Row,
    SameDayRow,
)
from overzicht.store.register.device_states import known_devices, newest_state
from overzicht.store.register.identifications import TraceConclusion, verdict_of, verdicts
from overzicht.store.register.imports import RowView
from overzicht.subjects.register.imports.correcting import Correction, correct, superseded_import
from overzicht.subjects.register.imports.reasoning import Reasoner

SHOWN_VERDICT = {"maker_id": "maker", "kind": "kind of device", "is_relabelled": "relabelled"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of an inventory with their outcome, and the data to accept them, by row number.

    `retirement` are the devices in use that the inventory would end. `repeats` gives the row that a duplicate
    repeats. `moved` gives rows of other inventories with the same date, which from now on belong to the row's
    device. `correction` states how it changes the past; None if it follows all that the register states.
    """

    rows: tuple[RowView, ...]
    evidence: Mapping[int, Mapping[str, Sighting]]
    repeats: Mapping[int, int]
    moved: Mapping[int, tuple[SameDayRow, ...]]
    concluded: tuple[TraceConclusion, ...]
    base: int
    retirement: Retirement
    correction: Correction | None = None


def compare(connection: Connection, offer: InventoryOffer, choices: Mapping[int, str]) -> Comparison:
    """Return the comparison of an inventory with the present register."""
    base, last_day = newest_state(connection, offer.organisation_id)
    superseded = superseded_import(connection, offer)
    correction: Correction | None = None
    bare_rows: Sequence[Row]
    moved: dict[int, tuple[SameDayRow, ...]] = {}
    conclusions: tuple[TraceConclusion, ...] = ()
    if superseded is not None or last_day > offer.day.isoformat():
        corrected = correct(connection, offer, choices, superseded)
        bare_rows, keys, retirement = corrected.rows, corrected.keys, corrected.retirement
        correction, choices, conclusions = corrected.correction, corrected.choices, corrected.concluded
    else:
        # the devices of the organisation, those that the inventory should show, and their trace keys
        devices = list(known_devices(connection, offer.organisation_id, offer.day))
        site = folded(offer.site)
        scope = frozenset(
            device.id
            for device, _ in devices
            if offer.is_whole
            and offer.kind in device.evidence
            and (not site or folded(together(device.evidence).site) == site)
        )
        known, keys = [device for device, _ in devices], {device.id: key for device, key in devices}
        bare_rows = reconcile(offer.sightings, offer.kind, known, scope=scope, choices=choices)
        # the devices in use that the rows end, out of those in the scope; None: out of all
        # the quantity of a device on the date; 0 if no source showed it by then
        quantities = {}
        for device in known:
            if device.life is LifecycleState.IN_USE and (not offer.is_whole or device.id in scope):
                shown = day_evidence(device.evidence, [(row.kind, row.sighting) for row in device.today])
                quantities[device.id] = together(shown).quantity if shown else 0
        ended = 0
        for row in bare_rows:
            before = quantities.get(row.device, 0)
            if row.outcome is Outcome.GONE:
                ended += before
            elif row.outcome is Outcome.CHANGED and row.evidence:
                is_out = any(change.new == LifecycleState.OUT_OF_USE.value for change in row.changes)
                ended += before if is_out else max(0, before - together(row.evidence).quantity)
        retirement = Retirement(ended, sum(quantities.values()))
        moved = {number: row.moved for number, row in enumerate(bare_rows) if row.moved}
    reasoner = Reasoner(offer.day)
    concluded = verdicts(connection, list(keys.values()))
    rows: list[RowView] = []
    evidence: dict[int, Mapping[str, Sighting]] = {}
    for number, bare in enumerate(watched(bare_rows, text("Identifying devices"))):
        row, key = _with_verdict(bare, reasoner, keys.get(bare.device, ""), concluded)
        sighting = offer.sightings[row.number] if row.number >= 0 else None
        rows.append(
            RowView(
                number=number,
                outcome=row.outcome,
                device_id=row.device,
                place=sighting.citation.place if sighting else "",
                matched_by=row.matched_by,
                changes=row.changes,
                candidates=row.candidates,
                choice=choices.get(row.number, ""),
                why=row.why,
                trace_key=key,
                sighting=sighting,
            )
        )
        if row.outcome in {Outcome.ADDED, Outcome.CHANGED} and row.evidence:
            evidence[number] = row.evidence
    for place, why in offer.unreadable:
        rows.append(RowView(len(rows), Outcome.UNREADABLE, "", place, "", (), (), "", why, "", None))
    repeats = {number: row.first for number, row in enumerate(bare_rows) if row.first >= 0}
    return Comparison(
        tuple(rows),
        evidence,
        repeats,
        moved,
        (*reasoner.concluded, *conclusions),
        base,
        retirement,
        correction,
    )


def _with_verdict(
    row: Row, reasoner: Reasoner, old_key: str, concluded: Mapping[str, Mapping[str, str]]
) -> tuple[Row, str]:
    """Return the row with the changes of its maker, and the key of its traces; empty for no sighting."""
    if not row.evidence:
        return row, ""
    key, identification = reasoner.conclude(together(row.evidence))
    if not old_key or key == old_key or old_key not in concluded:
        return row, key
    old, new = concluded[old_key], verdict_of(identification)
    if old == new:  # an unchanged row has the same maker from differently worded traces
        return row, old_key if row.outcome is Outcome.UNCHANGED else key
    differs = tuple(
        Change(shown, old[name], new[name]) for name, shown in SHOWN_VERDICT.items() if old[name] != new[name]
    )
    return replace(row, outcome=Outcome.CHANGED, changes=(*row.changes, *differs)), key
