"""Comparison of an inventory that changes the past: a corrected whole list, or a list of an earlier date.

A corrected list is compared with the register as if the list that it replaces had never been there. Its rows
keep the devices of the rows that they correct. What was imported or recorded later is then applied again to
the devices that changed. The result is written in one step, and can be undone in one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.devices import Sighting
from overzicht.devices.combining import together
from overzicht.devices.device_marks import folded
from overzicht.devices.identity import same_devices
from overzicht.devices.identity_rules import Observation
from overzicht.evidence import text
from overzicht.grouping import by_key
from overzicht.register.corrections import pair_rows
from overzicht.register.reconcile import reconcile
from overzicht.register.sighting import evidence_agrees, fields_of, life_by
from overzicht.register.terms import (
    NEW,
    REPLACED,
    REPLACES,
    SKIP,
    Change,
    InventoryOffer,
    KnownDevice,
    LifecycleState,
    Outcome,
    Retirement,
    Row,
    SameDayRow,
    Status,
)
from overzicht.register.timeline import Cause, Period, Step, periods
from overzicht.store.decisions import judgements_starting, standing
from overzicht.store.register import history, imports
from overzicht.store.register.device_states import OF_MAKERS, rows_of_date
from overzicht.store.register.identifications import TraceConclusion
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.subjects.register.imports.reasoning import conclude_histories

NEW_ROW = "row "  # before the number of a row: the name of its device, which has no id yet
OWN = Cause(0, None, "", "", "")  # of the import that is compared; it may have no number yet
TAKEN_OUT = text("The corrected list leaves it out.")
NAMED = text(
    "The corrected list leaves it out. It is removed and not deleted: a plan, task or decision names it."
)
BACK = text("Only the list that is replaced showed it so. It is as it was before.")


@dataclass(frozen=True, slots=True)
class Correction:
    """How an inventory changes the past.

    `supersedes` is the import that it replaces, 0 for none. `devices` gives the device of each of its rows,
    `histories` the states of each device from its date on, and `moved` the new device of rows of other
    inventories of its date. A new device has the name of its row.
    """

    supersedes: int
    devices: Mapping[int, str]
    histories: Mapping[str, tuple[Period, ...]]
    moved: Mapping[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class CorrectedRows:
    """The outcome of each row against the present register, then those of other devices, and what to write.

    `keys` are those of the present traces of devices, `choices` those of people, also in the replaced list.
    """

    rows: tuple[Row, ...]
    keys: Mapping[str, str]
    choices: Mapping[int, str]
    retirement: Retirement
    correction: Correction
    concluded: tuple[TraceConclusion, ...]


def correct(
    connection: Connection, offer: InventoryOffer, choices: Mapping[int, str], superseded: StoredImport | None
) -> CorrectedRows:
    """Return what an inventory changes in the past; it replaces the import `superseded` (None: no import)."""
    return _Correcting(connection, offer, choices, superseded).result()


def superseded_import(connection: Connection, offer: InventoryOffer) -> StoredImport | None:
    """Return the accepted whole list of the same date, kind and site that an inventory corrects, if any.

    Of several, it is the one with the most rows in common, then the newest. Another sheet of the same file is
    another list, and so are the imports that the offer names as `beside` it.
    """
    if not offer.is_whole:
        return None
    candidates = [
        stored
        for stored in imports.list_imports(connection, [offer.organisation_id], Status.ACCEPTED)
        if (stored.day, stored.kind, stored.is_whole) == (offer.day, offer.kind, True)
        and folded(stored.site) == folded(offer.site)
        and stored.id not in offer.beside
        and (stored.sha256 != offer.sha256 or stored.options.get("sheet", "") == offer.sheet)
    ]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    in_common = {
        stored.id: len(pair_rows(_sightings(imports.rows_of(connection, stored.id)), offer.sightings))
        for stored in candidates
    }
    return max(candidates, key=lambda stored: (in_common[stored.id], stored.id))


def _sightings(rows: Iterable[RowView]) -> list[Sighting]:
    return [row.sighting for row in rows if row.sighting is not None]


class _Correcting:
    """The comparison of one inventory, in order: known devices, rows, what follows, and what is shown."""

    def __init__(
        self,
        connection: Connection,
        offer: InventoryOffer,
        choices: Mapping[int, str],
        superseded: StoredImport | None,
    ) -> None:
        self._connection, self._offer, self._superseded = connection, offer, superseded
        self._before = history.states_before(connection, offer.organisation_id, offer.day)
        self._now = history.states_on(connection, offer.organisation_id, offer.day)
        self._order = history.order_of(connection, superseded) if superseded else history.LAST
        self._without = superseded.id if superseded else 0
        listed = list(imports.rows_of(connection, superseded.id)) if superseded else []
        self._listed = {row.device_id for row in listed if row.device_id}
        corrected = [row for row in listed if row.sighting is not None]
        self._pairs = pair_rows(_sightings(corrected), offer.sightings)
        self._corrects = {number: corrected[pair.before] for number, pair in self._pairs.items()}
        self._today = list(self._rows_of_date(superseded))
        self._known = self._known_devices()
        self._forced: dict[int, str] = {}
        self._rows = self._reconciled(choices)
        self._devices = self._named()

    def _rows_of_date(self, superseded: StoredImport | None) -> Iterator[SameDayRow]:
        """Yield the rows of the other inventories of the date, with the devices that they had without it."""
        moved = superseded.options.get("moved", ()) if superseded else ()
        unmoved = {(import_id, row): device for import_id, row, device in moved}
        offer = self._offer
        for row in rows_of_date(self._connection, offer.organisation_id, offer.day, without=self._without):
            yield replace(row, device=unmoved.get((row.import_id, row.row), row.device))

    def _known_devices(self) -> dict[str, KnownDevice]:
        offer = self._offer
        today = by_key((row.device, row) for row in self._today)
        changed = {device for device, state in self._now.items() if state.begin == offer.day}
        steps = self._steps(changed | today.keys(), self._today, until=offer.day)
        known = {}
        for device in self._before.keys() | today.keys():
            state = self._before.get(device)
            earlier = (step for step in steps.get(device, ()) if step.order < self._order)
            last = (state, *periods(state, earlier))[-1]
            life = last.life if last else life_by({row.kind: row.sighting for row in today[device]})
            known[device] = KnownDevice(
                device, life, state.evidence if state else {}, tuple(today.get(device, ()))
            )
        return known

    def _steps(
        self, devices: Collection[str], today: Sequence[SameDayRow], until: date = date.max
    ) -> dict[str, list[Step]]:
        span = history.Span(self._offer.organisation_id, self._offer.day, self._without, until)
        return history.steps_of(self._connection, span, devices, today)

    # Rows

    def _reconciled(self, choices: Mapping[int, str]) -> list[Row]:
        """Return the rows against the register without the replaced list; a pair counts if no mark does."""
        given = {number: row.choice for number, row in self._corrects.items() if row.choice} | dict(choices)
        self._choices = dict(given)
        for number, choice in given.items():
            if choice not in {NEW, SKIP} and not choice.startswith(REPLACES) and choice not in self._known:
                self._forced[number], given[number] = choice, NEW
        rows = self._reconcile(given)
        shown = {name for row in rows for name in (row.device, *row.candidates) if row.number >= 0}
        again = {
            row.number: self._corrects[row.number].device_id
            for row in rows
            if row.outcome is Outcome.ADDED and row.number in self._corrects and row.number not in given
        }
        again = {n: device for n, device in again.items() if device in self._known.keys() - shown}
        return self._reconcile(given | again) if again else rows

    def _reconcile(self, choices: Mapping[int, str]) -> list[Row]:
        offer = self._offer
        scope = {device for device, state in self._before.items() if self._is_expected(state)}
        known = [self._known[device] for device in sorted(self._known)]
        return reconcile(offer.sightings, offer.kind, known, scope=scope, choices=choices)

    def _is_expected(self, state: Period) -> bool:
        """Return whether the inventory should show a device in this state."""
        offer = self._offer
        if not offer.is_whole or offer.kind not in state.evidence:
            return False
        return not offer.site or folded(together(state.evidence).site) == folded(offer.site)

    def _named(self) -> dict[int, str]:
        """Return the device of each result: a known one, that of a paired row, one of later, or a new one."""
        devices: dict[int, str] = {}
        later = self._later()
        taken = {row.device for row in self._rows} | self._known.keys()
        for number, row in enumerate(self._rows):
            if row.first >= 0:
                if row.first in devices:
                    devices[number] = devices[row.first]
            elif row.outcome in {Outcome.ADDED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.GONE}:
                corrected = self._corrects.get(row.number)
                names = (
                    self._forced.get(row.number, ""),
                    corrected.device_id if corrected else "",
                    later.get(number, ""),
                )
                free = [name for name in names if name and name not in taken]
                devices[number] = row.device or (free[0] if free else f"{NEW_ROW}{number}")
                taken.add(devices[number])
        return devices

    def _later(self) -> dict[int, str]:
        """Return the devices that begin after the date and that new rows show, by the number of the row."""
        offer = self._offer
        first = history.first_states_after(self._connection, offer.organisation_id, offer.day)
        later = [
            (device, first[device]) for device in sorted(first.keys() - self._known.keys() - self._now.keys())
        ]
        new = [n for n, row in enumerate(self._rows) if row.outcome is Outcome.ADDED and row.number >= 0]
        if not later or not new:
            return {}
        seen = [Observation(together(state.evidence), device, is_known=True) for device, state in later] + [
            Observation(offer.sightings[number]) for number in new
        ]
        named: dict[int, str] = {}
        for group in same_devices(seen).devices:
            rows = [new[member - len(later)] for member in group.members if member >= len(later)]
            if group.device and rows:
                named[rows[0]] = group.device
        return named

    # What follows

    def _histories(self) -> tuple[dict[str, tuple[Period, ...]], dict[tuple[int, int], str], set[str]]:
        """Return the states of each device that changes, the rows that move, and the devices that remain.

        These only the replaced list showed, but a plan, a task, a record or a decision names them.
        """
        offer = self._offer
        moved = {
            (row.import_id, row.row): self._devices[number]
            for number, result in enumerate(self._rows)
            for row in result.moved
        }
        today = [replace(row, device=moved.get((row.import_id, row.row), row.device)) for row in self._today]
        own = by_key(self._own_steps())
        affected = (
            self._listed | own.keys() | set(moved.values()) | {row.device for row in self._rows if row.device}
        )
        affected |= {row.device for row in self._today if (row.import_id, row.row) in moved}
        steps = self._steps(affected, today)
        histories = {
            device: periods(self._before.get(device), [*steps[device], *own.get(device, ())])
            for device in affected
        }
        ended = {
            device for device in affected if device in self._now and self._after(device, histories) is None
        }
        named = self._named_elsewhere(ended)
        for device in named:
            removed = Step(
                offer.day, self._order, replace(OWN, reason=str(TAKEN_OUT)), life=LifecycleState.REMOVED,
                evidence=self._now[device].evidence,
            )  # fmt: skip
            histories[device] = periods(None, [removed, *steps[device]])
        return histories, moved, named

    def _own_steps(self) -> Iterator[tuple[str, Step]]:
        offer = self._offer
        rows = by_key((device, n) for n, device in self._devices.items() if self._rows[n].number >= 0)
        for device, numbers in rows.items():
            sightings = tuple(offer.sightings[number] for number in numbers)
            yield device, Step(offer.day, self._order, OWN, offer.kind, sightings=sightings)
        for number, row in enumerate(self._rows):
            if row.outcome is Outcome.GONE:
                yield row.device, Step(offer.day, self._order, OWN, offer.kind, offer.site)
            for change in row.changes:
                if change.field == REPLACED:
                    successor, ended = self._devices[number], LifecycleState.REPLACED
                    yield change.new, Step(offer.day, self._order, OWN, life=ended, replaced_by=successor)

    def _named_elsewhere(self, devices: set[str]) -> set[str]:
        """Return the devices that a plan, a task, a record or a decision names."""
        findings = judgements_starting(self._connection, OF_MAKERS).items() if devices else ()
        judged = {
            finding.removeprefix(OF_MAKERS).rpartition("-")[0]
            for finding, judgements in findings
            if standing(judgements) is not None
        }
        return devices & (judged | history.named_devices(self._connection, devices))

    def _after(self, device: str, histories: Mapping[str, Sequence[Period]]) -> Period | None:
        """Return the state of a device at the end of the date."""
        own = [state for state in histories.get(device, ()) if state.begin == self._offer.day]
        return own[-1] if own else self._before.get(device)

    # What is shown

    def result(self) -> CorrectedRows:
        """Return the outcome of each row and of other devices, against the present register."""
        histories, moved, named = self._histories()
        rows = [
            self._shown(number, row, histories) for number, row in enumerate(self._rows) if row.number >= 0
        ]
        missed = {row.device for row in self._rows if row.outcome is Outcome.GONE}
        others = histories.keys() - {self._devices[n] for n in self._devices if self._rows[n].number >= 0}
        rows += filter(None, (self._other(device, histories, missed, named) for device in sorted(others)))
        devices = {n: device for n, device in self._devices.items() if n < len(self._offer.sightings)}
        keys = {device: state.trace_key for device, state in self._now.items()}
        retirement = self._retirement(histories)
        concluded, conclusions = conclude_histories(histories, self._before)
        correction = Correction(self._without, devices, concluded, moved)
        return CorrectedRows(tuple(rows), keys, self._choices, retirement, correction, conclusions)

    def _shown(self, number: int, row: Row, histories: Mapping[str, Sequence[Period]]) -> Row:
        """Return the outcome of a row of the inventory against the present state of its device."""
        device = self._devices.get(number, "")
        named = "" if device.startswith(NEW_ROW) else device
        if row.outcome in {Outcome.UNCLEAR, Outcome.DUPLICATE}:
            return replace(row, device=named)
        after, now = self._after(device, histories), self._now.get(device)
        replaces = tuple(change for change in row.changes if change.field == REPLACED)
        changes = (*_differences(now, after), *replaces) if now and after else replaces
        outcome = Outcome.ADDED if now is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
        pair = self._pairs.get(number) if device and self._corrects_device(number) == device else None
        return replace(
            row,
            outcome=outcome,
            device=named,
            matched_by=row.matched_by or (pair.mark.value if pair else ""),
            changes=changes,
            evidence=after.evidence if after else row.evidence,
            moved=(),
        )

    def _corrects_device(self, number: int) -> str:
        return self._corrects[number].device_id if number in self._corrects else ""

    def _other(
        self, device: str, histories: Mapping[str, Sequence[Period]], missed: set[str], named: set[str]
    ) -> Row | None:
        """Return the outcome for a device that the inventory does not show; None if nothing changes."""
        now, after = self._now.get(device), self._after(device, histories)
        if device in named:
            return Row(Outcome.WITHDRAWN, -1, device, changes=_differences(now, after), why=NAMED)
        if after is None:
            return Row(Outcome.WITHDRAWN, -1, device, why=TAKEN_OUT) if now else None
        if device in missed:
            return Row(Outcome.GONE, -1, device)
        changes = _differences(now, after)
        if now is None or changes:
            outcome = Outcome.CHANGED if now else Outcome.ADDED
            return Row(outcome, -1, device, changes=changes, why=BACK, evidence=after.evidence)
        return None

    def _retirement(self, histories: Mapping[str, Sequence[Period]]) -> Retirement:
        """Return the devices in use that end, of those that the inventory or the replaced list is about."""
        offer = self._offer
        ended = total = 0
        for device, state in self._now.items():
            is_meant = not offer.is_whole or device in self._listed or self._is_expected(state)
            if state.life is not LifecycleState.IN_USE or not is_meant:
                continue
            before = together(state.evidence).quantity
            total += before
            if device in histories:
                after = self._after(device, histories)
                is_there = after is not None and after.life is LifecycleState.IN_USE
                ended += max(0, before - (together(after.evidence).quantity if after and is_there else 0))
        return Retirement(ended, total)


def _differences(now: Period | None, after: Period | None) -> tuple[Change, ...]:
    if now is None or after is None:
        return ()
    life = (Change("life", now.life.value, after.life.value),) if now.life is not after.life else ()
    if evidence_agrees(now.evidence, after.evidence):
        return life
    old, new = fields_of(together(now.evidence)), fields_of(together(after.evidence))
    return (*(Change(name, old[name], new[name]) for name in new if new[name] != old[name]), *life)
