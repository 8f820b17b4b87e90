"""Comparing an inventory with the register: added, changed, unchanged, gone, or unclear and to be asked.

| key, the surest first | it counts when                                            | otherwise             |
| --------------------- | --------------------------------------------------------- | --------------------- |
| MAC, serial number    | one device has it, and nothing else contradicts           | unclear               |
| label                 | one row and one device have it, on the same site          | unclear               |
| network address       | one row and one device have it, and the product agrees    | not used              |
| place and model       | as many rows as devices, or devices that nothing tells    | unclear               |
|                       | apart; then in order                                      |                       |

A value that stands in several rows is no key. A contradiction is another MAC address, serial number or label.
What a device was matched by is kept. A device that an unclear row may be is not gone.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from overzicht.devices import Sighting
from overzicht.evidence import Text, text
from overzicht.register.keys import ADDRESS, LABEL, MAC, PLACE, SERIAL, STRONG, WORDS, Index, Marks, repeated
from overzicht.register.model import NEW, REPLACES, SKIP, Change, Known, Life, Outcome, Row
from overzicht.register.sighting import fields_of, filled_up, life_by, says_the_same, together

CHOSEN = "a person"
MOST_PAIRS = 250_000  # of rows and devices of one place; beyond it nobody compares one by one
ENDED = (Life.REPLACED, Life.REMOVED)


def reconcile(
    rows: Sequence[Sighting],
    kind: str,
    known: Sequence[Known],
    *,
    scope: Collection[str] = (),
    choices: Mapping[int, str] | None = None,
) -> list[Row]:
    """Return what each row comes to, in order, and after them the devices of `scope` that are gone, by id.

    `kind` is the kind of inventory; `scope` the ids of the devices that it should show; `choices` what a
    person said of a row (its number from 0): a device's id, `new`, `skip` or `replaces:` with a device's id.
    """
    work = _Comparison(rows, kind, known)
    work.choose(choices or {})
    work.by_own_marks()
    work.by_label()
    work.by_address()
    work.by_place()
    return [*work.rows(), *work.gone(scope)]


class _Comparison:
    def __init__(self, rows: Sequence[Sighting], kind: str, known: Sequence[Known]) -> None:
        self._rows, self._kind = rows, kind
        self._known = known
        self._seen = [Marks.of(sighting) for sighting in rows]
        self._have = [Marks.of(together(device.evidence)) for device in known]
        self._numbers = {device.id: number for number, device in enumerate(known)}
        self._open = dict.fromkeys(range(len(rows)))  # rows not settled yet, in order
        self._free = dict.fromkeys(range(len(known)))  # devices not taken yet
        self._found: dict[int, Row] = {}
        self._asked: set[str] = set()  # devices that an unclear row may be

    # Settling

    def _take(self, row: int, device: int, key: str) -> None:
        one = self._known[device]
        self._open.pop(row, None)
        self._free.pop(device, None)
        older = one.evidence.get(self._kind)
        said = filled_up(self._rows[row], older) if older else self._rows[row]
        evidence = {**one.evidence, self._kind: said}
        is_same = older is not None and says_the_same(said, older)  # most rows, most of the time
        changes = _life_change(one, evidence) if is_same else _changes(one, evidence)
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        self._found[row] = Row(outcome, row, one.id, key, changes, evidence=evidence)

    def _ask(self, row: int, devices: Sequence[int], why: Text) -> None:
        self._open.pop(row, None)
        ids = tuple(self._known[device].id for device in devices)
        self._asked.update(ids)
        self._found[row] = Row(Outcome.UNCLEAR, row, candidates=ids, why=why)

    def _add(self, row: int, key: str = "", replaces: str = "") -> None:
        self._open.pop(row, None)
        changes = (Change("replaces", "", replaces),) if replaces else ()
        evidence = {self._kind: self._rows[row]}
        self._found[row] = Row(Outcome.ADDED, row, matched_by=key, changes=changes, evidence=evidence)

    # The keys, the surest first

    def choose(self, choices: Mapping[int, str]) -> None:
        for row, choice in sorted(choices.items()):
            if choice == NEW:
                self._add(row, CHOSEN)
            elif choice == SKIP:
                self._ask(row, [], text("A person left this row out."))
            elif choice.startswith(REPLACES):
                replaced = choice.removeprefix(REPLACES)
                self._free.pop(self._numbers[replaced], None)
                self._asked.add(replaced)
                self._add(row, CHOSEN, replaced)
            else:
                self._take(row, self._numbers[choice], CHOSEN)

    def by_own_marks(self) -> None:
        indexes = {kind: Index(kind, self._devices()) for kind in STRONG}
        twice = {kind: repeated(kind, self._seen) for kind in STRONG}
        for row in list(self._open):
            found: dict[int, str] = {}
            for kind in (SERIAL, MAC):  # the surest last, so that it is the one named
                values = [v for v in self._seen[row].keys(kind) if v not in twice[kind]]
                found |= dict.fromkeys(indexes[kind].having(values), kind)
            free = {device: kind for device, kind in found.items() if device in self._free}
            if free:
                self._settle(row, free)

    def _settle(self, row: int, found: Mapping[int, str]) -> None:
        """Settle a row by the devices that have a mark of it, each with the kind of mark."""
        if len(found) > 1:
            self._ask(row, sorted(found), text("Its marks are those of more than one device."))
            return
        ((device, kind),) = found.items()
        against = self._seen[row].contradiction(self._have[device])
        if against:
            self._ask(row, [device], _differs(kind, against))
        elif self._known[device].life in ENDED:
            self._ask(row, [device], text("It was said to be gone, and is seen again."))
        else:
            self._take(row, device, kind)

    def by_label(self) -> None:
        for row, device in self._single_pairs(LABEL):
            seen, have = self._seen[row], self._have[device]
            if seen.site and have.site and seen.site != have.site:
                self._ask(row, [device], text("A device with its label stands on another site."))
            else:
                self._settle(row, {device: LABEL})
        self._by_label_and_site()

    def _by_label_and_site(self) -> None:
        """Settle rows whose label several devices have, and one of them on the row's site."""
        devices = Index(LABEL, self._devices())
        rows = Index(LABEL, ((row, self._seen[row]) for row in self._open))
        for row in list(self._open):
            seen = self._seen[row]
            label = seen.keys(LABEL)
            here = [d for d in devices.having(label) if d in self._free and self._have[d].site == seen.site]
            alike = [other for other in rows.having(label) if self._seen[other].site == seen.site]
            if len(here) == 1 and len(alike) == 1:
                self._settle(row, {here[0]: LABEL})

    def _single_pairs(self, kind: str) -> list[tuple[int, int]]:
        """Return the open rows and free devices that alone have a value of this kind."""
        rows = dict(Index(kind, ((row, self._seen[row]) for row in self._open)).groups())
        devices = dict(Index(kind, self._devices()).groups())
        return [
            (rows[value][0], devices[value][0])
            for value in sorted(rows)
            if len(rows[value]) == 1 and len(devices.get(value, ())) == 1
        ]

    def by_address(self) -> None:
        for row, device in self._single_pairs(ADDRESS):
            seen, have = self._seen[row], self._have[device]
            is_other = bool(seen.product and have.product) and seen.product != have.product
            if not is_other and not seen.contradiction(have) and self._known[device].life not in ENDED:
                self._take(row, device, ADDRESS)

    def by_place(self) -> None:
        standing = [(d, m) for d, m in self._devices() if self._known[d].life not in ENDED]
        devices = dict(Index(PLACE, standing).groups())
        for value, rows in Index(PLACE, ((row, self._seen[row]) for row in self._open)).groups():
            self._share(rows, devices.get(value, []))
        for row in list(self._open):
            self._add(row)

    def _share(self, rows: Sequence[int], devices: Sequence[int]) -> None:
        """Give the devices of a place to the rows of it, where that needs no guess."""
        is_alike = not any(self._have[device].is_told_apart for device in devices)
        if is_alike and not any(self._seen[row].is_told_apart for row in rows):
            for row, device in zip(rows, devices, strict=False):
                self._take(row, device, PLACE)
            return
        if len(rows) * len(devices) > MOST_PAIRS:
            self._asked.update(self._known[device].id for device in devices)
            for row in rows:
                self._ask(row, [], text("Too many devices of this kind stand at its place to tell which."))
            return
        fitting = {row: [d for d in devices if not self._contradict(row, d)] for row in rows}
        self._share_fitting({row: found for row, found in fitting.items() if found}, is_alike=is_alike)

    def _share_fitting(self, wanted: Mapping[int, list[int]], *, is_alike: bool) -> None:
        counted = Counter(device for found in wanted.values() for device in found)
        possible = sorted(counted)
        all_fit = all(found == possible for found in wanted.values())
        if all_fit and (len(wanted) == len(possible) or is_alike):
            for row, device in zip(wanted, possible, strict=False):
                self._take(row, device, PLACE)
            return
        for row, found in wanted.items():
            if len(found) == 1 and counted[found[0]] == 1:
                self._take(row, found[0], PLACE)
            else:
                self._ask(row, found, text("More than one device of this kind stands at its place."))

    def _contradict(self, row: int, device: int) -> bool:
        return bool(self._seen[row].contradiction(self._have[device]))

    def _devices(self) -> list[tuple[int, Marks]]:
        return [(device, self._have[device]) for device in self._free]

    # What it came to

    def rows(self) -> list[Row]:
        return [self._found[row] for row in range(len(self._rows))]

    def gone(self, scope: Collection[str]) -> list[Row]:
        expected = set(scope) - self._asked
        free = [self._known[device] for device in self._free]
        missing = sorted(d.id for d in free if d.id in expected and d.life is Life.IN_USE)
        return [Row(Outcome.GONE, -1, device) for device in missing]


def _changes(device: Known, evidence: Mapping[str, Sighting]) -> tuple[Change, ...]:
    old, new = fields_of(together(device.evidence)), fields_of(together(evidence))
    found = [Change(name, old[name], new[name]) for name in new if new[name] != old[name]]
    return (*found, *_life_change(device, evidence))


def _life_change(device: Known, evidence: Mapping[str, Sighting]) -> tuple[Change, ...]:
    """Return the change of a device's life by being seen; none for one in use, or only in a notice."""
    if device.life is Life.IN_USE or life_by(evidence) is Life.PLANNED:
        return ()
    return (Change("life", device.life.value, Life.IN_USE.value),)


def _differs(kind: str, against: str) -> Text:
    return text(
        "It has the {key} of a device, but another {other}: the same one, or one in its place?",
        key=WORDS[kind],
        other=WORDS[against],
    )
