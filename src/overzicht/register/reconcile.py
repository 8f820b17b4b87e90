"""Comparison of an inventory with the register: added, changed, unchanged, gone, or unclear.

`devices.identity` decides which rows are one device, and which device of the register: the same rule as for
an overview. Evidence from before the date of the inventory counts as one sighting per device. Rows of other
inventories of the same date count row by row, so that the order of files changes nothing.

A row is unclear, and a person chooses, if a mark that it shares with an earlier device is not decisive:

| shared with an earlier device      | different, or matching twice         | outcome                     |
| ---------------------------------- | ------------------------------------ | --------------------------- |
| serial number or MAC address       | the other of these; two devices fit  | unclear                     |
| label                              | serial number, MAC, brand or model   | unclear, proposed: replaced |
| label                              | site; two rows have it               | unclear                     |
| place and model                    | more rows or devices are there       | unclear                     |
| any of these                       | the device was replaced or removed   | unclear                     |

A device that an unclear row may be is not gone, nor is one in another inventory of the same date.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from overzicht.devices import Sighting
from overzicht.devices.combining import day_evidence, doubts_by_member, together
from overzicht.devices.device_marks import WORDS, Mark
from overzicht.devices.identity import Doubt, OneDevice, same_devices
from overzicht.devices.identity_rules import Observation
from overzicht.evidence import Text, text
from overzicht.register.sighting import ENDED, evidence_agrees, fields_of, next_life
from overzicht.register.terms import (
    NEW,
    PROPOSED,
    REPLACED,
    REPLACES,
    SKIP,
    Change,
    KnownDevice,
    LifecycleState,
    Outcome,
    Row,
    SameDayRow,
)

CHOSEN = Mark.DEVICE.value
OWN = (Mark.SERIAL, Mark.MAC)
Evidence = Mapping[str, Sighting]


def reconcile(
    rows: Sequence[Sighting],
    kind: str,
    known: Sequence[KnownDevice],
    *,
    scope: Collection[str] = (),
    choices: Mapping[int, str] | None = None,
) -> list[Row]:
    """Return the result for each row, in order, then those for other devices, by id.

    `kind` is the kind of inventory; `scope` the ids of the devices that it should show; `choices` a person's
    choices by row number from 0: a device's id, `new`, `skip` or `replaces:` with a device's id.
    """
    work = _Comparison(rows, kind, known, choices or {})
    work.settle()
    return [*work.rows(), *work.others, *work.gone(scope)]


class _Comparison:
    def __init__(
        self, rows: Sequence[Sighting], kind: str, known: Sequence[KnownDevice], choices: Mapping[int, str]
    ) -> None:
        self._rows, self._kind, self._choices = rows, kind, choices
        self._known = {device.id: device for device in known}
        self._replaced = {c.removeprefix(REPLACES) for c in choices.values() if c.startswith(REPLACES)}
        self._settled: dict[int, Row] = {}
        self._shown: set[str] = set()  # devices that a row is of, or may be
        self._named_ids: set[str] = set()  # devices that a group of sightings is
        self.others: list[Row] = []  # results for devices without a row in this inventory
        self._seen: list[Observation] = []
        self._row_of: dict[int, int] = {}  # number of a sighting to that of the row
        self._today: dict[int, SameDayRow] = {}
        self._offer()
        self._identity = same_devices(self._seen)
        self._doubts = doubts_by_member(self._identity)
        self._group_of = {n: group for group in self._identity.devices for n in group.members}

    def _offer(self) -> None:
        for device in self._known.values():
            if device.evidence and device.id not in self._replaced:
                is_over = device.life in ENDED
                self._seen.append(
                    Observation(together(device.evidence), device.id, is_known=True, is_over=is_over)
                )
            for row in device.today:
                is_settled = bool(device.evidence) or row.is_chosen
                self._today[len(self._seen)] = row
                self._seen.append(Observation(row.sighting, device.id if is_settled else ""))
        for number, sighting in enumerate(self._rows):
            choice = self._choices.get(number, "")
            if choice == SKIP:
                self._ask(number, [], text("A person skipped this row."))
                continue
            is_new = choice == NEW or choice.startswith(REPLACES)
            self._row_of[len(self._seen)] = number
            self._seen.append(Observation(sighting, f"row {number}" if is_new else choice))

    # Settling

    def settle(self) -> None:
        """Decide every row, and then the other devices of the date."""
        for group, device in self._named():
            rows = sorted(self._row_of[n] for n in group.members if n in self._row_of)
            is_chosen = not rows or any(self._choices.get(row) for row in rows)
            candidates, why = ([], None) if is_chosen else self._candidates(group, device)
            if why is not None:
                self._ask(rows[0], candidates, why, proposal=self._is_replacement(group, candidates))
                self._repeat(group, rows, "")
                continue
            evidence = self._evidence_of(group, device)
            moved = tuple(s for n in group.members if (s := self._today.get(n)) and s.device != device)
            if rows:
                self._settle(group, rows, device, evidence, moved)
            elif moved or (device and not evidence_agrees(self._before(device), evidence)):
                self._follow(device, evidence, moved)
        self._merge()

    def _named(self) -> Iterator[tuple[OneDevice, str]]:
        """Yield each group with the id of its device: its own, or the first one of the date in it."""
        taken = {group.device for group in self._identity.devices}
        for group in self._identity.devices:
            device = "" if group.device.startswith("row ") else group.device
            if not device:
                own = sorted({self._today[n].device for n in group.members if n in self._today} - taken)
                device = own[0] if own else ""
                taken.add(device)
            self._named_ids.add(device)
            yield group, device

    def _evidence_of(self, group: OneDevice, device: str) -> Evidence:
        """Return all sightings of a device: earlier ones and those of the date."""
        before = self._known[device].evidence if device in self._known else {}
        sightings = [
            (self._today[n].kind if n in self._today else self._kind, self._seen[n].sighting)
            for n in group.members
            if n in self._today or n in self._row_of
        ]
        return day_evidence(before, sightings)

    def _settle(
        self,
        group: OneDevice,
        rows: Sequence[int],
        device: str,
        evidence: Evidence,
        moved: tuple[SameDayRow, ...],
    ) -> None:
        first = rows[0]
        mark = self._mark_of(group, first)
        self._shown.add(device)
        if device:
            changes = self._changes(device, evidence)
            outcome = Outcome.CHANGED if changes or moved else Outcome.UNCHANGED
        else:
            choice = next(filter(None, map(self._choices.get, rows)), "")
            replaces = choice.removeprefix(REPLACES) if choice.startswith(REPLACES) else ""
            changes = (Change(REPLACED, "", replaces),) if replaces else ()
            outcome = Outcome.ADDED
        self._settled[first] = Row(outcome, first, device, mark, changes, evidence=evidence, moved=moved)
        self._repeat(group, rows, device)

    def _repeat(self, group: OneDevice, rows: Sequence[int], device: str) -> None:
        """Settle all rows of a group but the first: they show the same device."""
        for row in rows[1:]:
            mark = self._mark_of(group, row)
            place = self._rows[rows[0]].citation.place
            why = text("{place} shows the same device: the same {mark}", place=place, mark=WORDS[Mark(mark)])
            self._settled[row] = Row(Outcome.DUPLICATE, row, device, mark, why=why, first=rows[0])

    def _mark_of(self, group: OneDevice, row: int) -> str:
        if self._choices.get(row):
            return CHOSEN
        number = next(n for n in group.members if self._row_of.get(n) == row)
        mark = group.mark_of(number)
        return mark.value if mark else ""

    def _follow(self, device: str, evidence: Evidence, moved: tuple[SameDayRow, ...]) -> None:
        outcome = Outcome.CHANGED if device else Outcome.ADDED
        changes = self._changes(device, evidence) if device else ()
        self.others.append(Row(outcome, -1, device, changes=changes, evidence=evidence, moved=moved))

    def _merge(self) -> None:
        """End the devices of the date whose rows now all belong to another one."""
        for device in self._known.values():
            is_of_today = device.today and not device.evidence and device.life not in ENDED
            if is_of_today and device.id not in self._named_ids:
                changes = (Change("life", device.life.value, LifecycleState.REMOVED.value),)
                why = text("Another inventory of this date shows that it is the same device as another one.")
                self.others.append(Row(Outcome.CHANGED, -1, device.id, changes=changes, why=why))

    # Asking

    def _ask(self, row: int, candidates: Sequence[str], why: Text, *, proposal: bool = False) -> None:
        self._shown.update(candidates)
        changes = tuple(Change(PROPOSED, "", device) for device in candidates) if proposal else ()
        self._settled[row] = Row(Outcome.UNCLEAR, row, changes=changes, candidates=tuple(candidates), why=why)

    def _candidates(self, group: OneDevice, device: str) -> tuple[list[str], Text | None]:
        """Return the earlier devices that a group of rows may be, and the question; none if it is clear."""
        own = [self._seen[n].device for n in group.members if self._seen[n].is_known]
        if device in self._known and self._known[device].life in ENDED:
            return [device], text("It was reported as gone, and is seen again.")
        for doubt in self._doubts_of(group):
            others = self._earlier(doubt, group, is_open=not own)
            if others and (not own or doubt.mark in OWN):
                match doubt.mark, doubt.against:
                    case _, Mark.DEVICE if doubt.mark in OWN:
                        question = text("Its numbers match more than one device.")
                    case Mark.PLACE, _:
                        question = text("More than one device of this kind is at its place.")
                    case Mark.LABEL, Mark.SITE:
                        question = text("A device with its label is at another site.")
                    case _, Mark.ROW:
                        question = text("More than one row has the label of a device.")
                    case _:
                        question = text(
                            "It has the {key} of a device, but another {other}. Is it the same device, or "
                            "its replacement?",
                            key=WORDS[doubt.mark],
                            other=WORDS[doubt.against],
                        )
                return sorted({*own, *others}), question
        return [], None

    def _doubts_of(self, group: OneDevice) -> list[Doubt]:
        return list(dict.fromkeys(doubt for n in group.members for doubt in self._doubts.get(n, ())))

    def _earlier(self, doubt: Doubt, group: OneDevice, *, is_open: bool = True) -> list[str]:
        """Return the earlier devices, other than the group's, that a doubt leaves open.

        A device that ended raises no question about a group that already has a device.
        """
        numbers = [
            n
            for n in doubt.members
            if self._seen[n].is_known and n not in group.members and (is_open or not self._seen[n].is_over)
        ]
        if doubt.mark is Mark.ADDRESS or doubt.against is Mark.ORGANISATION:
            return []
        if doubt.mark is Mark.PLACE:  # those that another row of this inventory shows are taken
            numbers = [n for n in numbers if not any(m in self._row_of for m in self._group_of[n].members)]
        if doubt.mark is Mark.LABEL and len(numbers) > 1:
            return []  # a label of many devices asks about none
        return [self._seen[n].device for n in numbers]

    def _is_replacement(self, group: OneDevice, candidates: Sequence[str]) -> bool:
        differs = {Mark.SERIAL, Mark.MAC, Mark.PRODUCT}
        doubts = (doubt for doubt in self._doubts_of(group) if self._earlier(doubt, group))
        return len(candidates) == 1 and any(d.mark is Mark.LABEL and d.against in differs for d in doubts)

    # Results

    def _changes(self, device: str, evidence: Evidence) -> tuple[Change, ...]:
        known = self._known[device]
        before = self._before(device)
        state = next_life(known.life, before, evidence)
        life: tuple[Change, ...] = ()
        if state is not known.life:
            life = (Change("life", known.life.value, state.value),)
        if evidence_agrees(before, evidence):
            return life
        old, new = fields_of(together(before)), fields_of(together(evidence))
        return (*(Change(name, old[name], new[name]) for name in new if new[name] != old[name]), *life)

    def _before(self, device: str) -> Evidence:
        known = self._known[device]
        return day_evidence(known.evidence, [(row.kind, row.sighting) for row in known.today])

    def rows(self) -> list[Row]:
        return [self._settled[row] for row in range(len(self._rows))]

    def gone(self, scope: Collection[str]) -> list[Row]:
        expected = set(scope) - self._shown - self._replaced
        missing = (self._known[device] for device in sorted(expected))
        return [
            Row(Outcome.GONE, -1, device.id)
            for device in missing
            if device.life is LifecycleState.IN_USE and not device.today
        ]
