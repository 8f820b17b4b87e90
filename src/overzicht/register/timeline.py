"""The states of a device as they follow from inventories and from what people record, in order of date.

An inventory of an earlier date changes what follows it. Each later inventory and record is applied again to
the devices that it is about: its rows keep their devices, and what they state is compared with another past.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from overzicht.devices import Sighting
from overzicht.devices.combining import day_evidence, together
from overzicht.devices.marks import Marks, folded
from overzicht.register.model import LifecycleState
from overzicht.register.sighting import evidence_agrees, life_by, next_life


@dataclass(frozen=True, slots=True)
class Cause:
    """What began a state: a row of an import, or a person (without an import) with a reason."""

    import_id: int | None
    row: int | None
    reason: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Period:
    """A state of a device, from its first day to that of the next one."""

    begin: date
    life: LifecycleState
    evidence: Mapping[str, Sighting]
    not_seen_since: date | None
    replaced_by: str
    cause: Cause
    trace_key: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Statement of an import or a person about a device on a date.

    `sightings` of a `kind` show it. Without them `life` is recorded; without both, a whole list of the kind
    and `site` does not show it, unless one of its `unclear` rows may do so. `evidence` is that of a device
    that nothing shows any more, and that ended. `order` is the order within the date.
    """

    day: date
    order: tuple[str, int, int]
    cause: Cause
    kind: str = ""
    site: str = ""
    unclear: frozenset[str] = frozenset()  # their marks, as `own_marks` returns them
    sightings: tuple[Sighting, ...] = ()
    life: LifecycleState | None = None
    replaced_by: str = ""
    evidence: Mapping[str, Sighting] = field(default_factory=dict)


def own_marks(sighting: Sighting) -> frozenset[str]:
    """Return the serial numbers, MAC addresses and label by which a row may show a device."""
    marks = Marks.of(sighting)
    return frozenset({*marks.serials, *marks.macs, marks.label} - {""})


def periods(base: Period | None, steps: Iterable[Step]) -> tuple[Period, ...]:
    """Return the states that follow from the steps, after the state before them (None: no state)."""
    states: list[Period] = []
    current, day = base, date.min
    before: Mapping[str, Sighting] = {}
    today: list[tuple[str, Sighting]] = []
    for step in sorted(steps, key=lambda step: (step.day, step.order)):
        if step.day != day:
            day, before, today = step.day, current.evidence if current else {}, []
        today += [(step.kind, sighting) for sighting in step.sightings]
        if step.sightings:
            following = _seen(current, day_evidence(before, today), step)
        elif step.life is not None:
            evidence = current.evidence if current else step.evidence
            if not evidence or step.life is None:
                following = None
            else:
                missing = step.day if step.life is LifecycleState.NOT_SEEN else None
                following = Period(step.day, step.life, evidence, missing, step.replaced_by, step.cause)
        else:
            following = None if today else _missed(current, before, step)
        if following is not None:
            states.append(following)
            current = following
    return tuple(states)


def _seen(current: Period | None, evidence: Mapping[str, Sighting], step: Step) -> Period | None:
    if current is None:
        return Period(step.day, life_by(evidence), evidence, None, "", step.cause)
    life = next_life(current.life, current.evidence, evidence)
    if life is current.life:
        if evidence_agrees(current.evidence, evidence):
            return None
        return replace(current, begin=step.day, evidence=evidence, cause=step.cause, trace_key="")
    return Period(step.day, life, evidence, None, "", step.cause)


def _missed(current: Period | None, before: Mapping[str, Sighting], step: Step) -> Period | None:
    if current is None or current.life is not LifecycleState.IN_USE or step.kind not in before:
        return None
    sighting = together(before)
    if step.site and folded(sighting.site) != folded(step.site):
        return None
    if step.unclear and step.unclear & own_marks(sighting):
        return None
    return replace(
        current,
        begin=step.day,
        life=LifecycleState.NOT_SEEN,
        not_seen_since=step.day,
        cause=step.cause,
    )
