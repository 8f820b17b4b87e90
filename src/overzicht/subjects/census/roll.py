"""The roll: the bodies that exist on a date, their codes, and the successors of those that ended.

Periods are half-open: the end is the first day without the body. A body that merged has one successor, which
answers for it. A body that was split has several, and its answers are not divided among them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property


class EventKind(StrEnum):
    """Kind of a change of bodies."""

    MERGE = "merge"
    ABSORB = "absorb"
    SPLIT = "split"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class BodyEvent:
    """A change from one body to another on the first day of the new state; codes as the roll has them."""

    day: date
    kind: EventKind
    old_code: str
    new_code: str
    old_name: str = ""
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A public body; `codes` by scheme, `size` in inhabitants, `end` the first day without it.

    Without a start the source does not state one, and the body counts from ever.
    """

    id: str
    name: str
    kind: str
    country: str
    codes: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()  # others by which it is known
    region: str = ""
    size: int | None = None
    parent: str = ""
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()  # ids
    source: str = ""

    def exists_on(self, day: date) -> bool:
        """Return whether the body exists on a date."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    @property
    def all_codes(self) -> frozenset[str]:
        """Its id and every code."""
        return frozenset({self.id, *(code for _, code in self.codes)})


@dataclass(frozen=True)
class Roll:
    """All bodies of a roll, those that ended too, by id."""

    bodies: tuple[Body, ...]
    by_id: Mapping[str, Body] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {body.id: body for body in self.bodies})

    @cached_property
    def by_code(self) -> Mapping[str, Body]:
        """The bodies by each code that one body has alone, and by id."""
        owners: dict[str, set[str]] = defaultdict(set)
        for body in self.bodies:
            for code in body.all_codes:
                owners[code].add(body.id)
        return {code: self.by_id[min(ids)] for code, ids in owners.items() if len(ids) == 1}

    def on(self, day: date, kinds: Sequence[str] = ()) -> tuple[Body, ...]:
        """Return the bodies that exist on a date, of these kinds (empty: all), by id."""
        return tuple(b for b in self.bodies if b.exists_on(day) and (not kinds or b.kind in kinds))

    def counts_on(self, day: date) -> Mapping[str, int]:
        """Return the number of bodies by kind on a date."""
        return dict(sorted(Counter(body.kind for body in self.on(day)).items()))

    def answering(self, body_id: str, day: date) -> tuple[str, ...]:
        """Return who answers on a date for a body: itself, its successor, or the several of a split body.

        Empty if the body is not on the roll, or ended without a successor.
        """
        waiting, reached, seen = [body_id], set(), set()
        while waiting:
            body = self.by_id.get(waiting.pop())
            if body is None or body.id in seen:
                continue
            seen.add(body.id)
            if body.end is None or day < body.end:
                reached.add(body.id)
            else:
                waiting += body.successors
        return tuple(sorted(reached))


@dataclass(frozen=True, slots=True)
class RollBuild:
    """A roll made of rows and events; a roll with faults is refused.

    `notes` are rows that repeat a body under another name, and bodies that end before they start.
    """

    roll: Roll
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def build_roll(rows: Iterable[Body], events: Sequence[BodyEvent] = ()) -> RollBuild:
    """Return the roll of the rows of a file, with its ends, starts and successors completed by events."""
    # the bodies by id, and notes: rows of one kind, first code and end are one body
    rows_without_repeats = list(rows)
    bodies: dict[str, Body] = {}
    first_of: dict[tuple[str, str, date | None], str] = {}
    notes = []
    for row in rows_without_repeats:
        key = (row.kind, row.codes[0][1], row.end) if row.codes else None
        same = first_of.setdefault(key, row.id) if key else row.id
        if row.id in bodies or same != row.id:
            known = bodies[same if same in bodies else row.id]
            bodies[known.id] = _named(known, row.name)
            notes.append(f"{row.name}: the same body as {known.name} ({known.id})")
        else:
            bodies[row.id] = row
    by_code = Roll(tuple(bodies.values())).by_code
    faults: list[str] = []
    for event in sorted(events, key=lambda event: (event.day, event.old_code, event.new_code)):
        old, new = by_code.get(event.old_code), by_code.get(event.new_code)
        if old is None or new is None:
            missing = event.old_code if old is None else event.new_code
            faults.append(f"{missing}: the event of {event.day} names a code that the roll does not have")
            continue
        # the old body of an event with its end and this successor
        own_body = bodies[old.id]
        successor = new.id
        if successor == own_body.id:
            ended = own_body
        elif own_body.end is not None and own_body.end != event.day:
            faults.append(
                f"{own_body.name}: it ends on {own_body.end} in the roll, and on {event.day} in the changes"
            )
            ended = own_body
        else:
            ended = replace(
                own_body, end=event.day, successors=tuple(dict.fromkeys((*own_body.successors, successor)))
            )
        bodies[old.id] = ended
        if bodies[new.id].start is None and _is_new(event, events):
            bodies[new.id] = replace(bodies[new.id], start=event.day)
        bodies[old.id] = _named(bodies[old.id], event.old_name)
        bodies[new.id] = _named(bodies[new.id], event.new_name)
    # a body whose successors are ids, not codes
    matches: list[Body] = []
    for body in sorted(bodies.values(), key=lambda body: body.id):
        ids = [by_code[code].id if code in by_code else code for code in body.successors]
        matches.append(replace(body, successors=tuple(dict.fromkeys(ids))))
    ordered = tuple(matches)
    notes += [
        f"{body.name}: it ends on {body.end}, before it starts on {body.start}"
        for body in ordered
        if body.start and body.end and body.end <= body.start
    ]
    return RollBuild(Roll(ordered), tuple(notes), tuple(faults))


def _is_new(event: BodyEvent, events: Sequence[BodyEvent]) -> bool:
    """Return whether an event made its new body: by a merger or a rename, and without an earlier event."""
    if event.kind in {EventKind.ABSORB, EventKind.SPLIT} or event.old_code == event.new_code:
        return False
    earlier = (other for other in events if other.day < event.day)
    return not any(event.new_code in (other.new_code, other.old_code) for other in earlier)


def _named(body: Body, name: str) -> Body:
    if not name or name in (body.name, *body.names):
        return body
    return replace(body, names=(*body.names, name))
