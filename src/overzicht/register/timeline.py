"""The states of a device as they follow from inventories and from what people record, in order of date.

An inventory of an earlier date changes what follows it. Each later inventory and record is applied again to
the devices that it is about: its rows keep their devices, and what they state is compared with another past.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from overzicht.devices import Sighting
from overzicht.devices.combining import day_evidence, together
from overzicht.devices.device_marks import Marks, folded
from overzicht.register.sighting import evidence_agrees, life_by, next_life
from overzicht.register.terms import LifecycleState


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
            evidence = day_evidence(before, today)
            life = next_life(current.life, current.evidence, evidence) if current else life_by(evidence)
            if current is None or life is not current.life:
                following = Period(step.day, life, evidence, None, "", step.cause)
            elif evidence_agrees(current.evidence, evidence):
                following = None
            else:
                following = replace(
                    current, begin=step.day, evidence=evidence, cause=step.cause, trace_key=""
                )
        elif step.life is not None:
            stated = current.evidence if current else step.evidence
            missing = step.day if step.life is LifecycleState.NOT_SEEN else None
            following = None
            if stated:
                following = Period(step.day, step.life, stated, missing, step.replaced_by, step.cause)
        else:
            following = None
            if not today and current and current.life is LifecycleState.IN_USE and step.kind in before:
                sighting = together(before)
                is_here = not step.site or folded(sighting.site) == folded(step.site)
                if is_here and not step.unclear & own_marks(sighting):
                    missing, life = step.day, LifecycleState.NOT_SEEN
                    following = replace(
                        current, begin=step.day, life=life, not_seen_since=missing, cause=step.cause
                    )
        if following is not None:
            states.append(following)
            current = following
    return tuple(states)
