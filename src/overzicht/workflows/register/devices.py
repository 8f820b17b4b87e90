"""Devices of the register: listed, shown with everything that bears on them, and changed by people."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import Connection, select

from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, Text, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.shown import shown_as
from overzicht.register.model import LifecycleState
from overzicht.store import decisions
from overzicht.store.database import Store
from overzicht.store.decisions import Judgement, Task
from overzicht.store.register import counts as register_counts
from overzicht.store.register import devices as kept
from overzicht.store.register.devices import Counts, DeviceFilter, DeviceLine, DevicePage, Page
from overzicht.store.register.imports import DeviceSighting, sightings_of
from overzicht.store.register.organisations import RegisterError, holds_on
from overzicht.store.register.plans import StoredPlan, list_plans
from overzicht.store.register.states import Change, DeviceState, change_devices, states_of
from overzicht.store.register.traces import identification_of
from overzicht.store.runs import findings_of
from overzicht.store.tables import register as tables
from overzicht.workflows.overview.rows import merged_reasons

PREFIX = "maker-"


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device on a day, with its history up to it, where it was seen, who made it and why, what people did.

    Nothing is in it that came later: states, sightings, judgements, tasks and plans are as they stood then.

    `finding` is on the maker: `judge` takes its id. A judgement on earlier evidence stays, with another id.
    `listings` are the findings on its maker, from the run that was asked for the day; empty where none was.
    """

    line: Annotated[DeviceLine, shown_as("device")]
    history: tuple[DeviceState, ...]
    sightings: tuple[DeviceSighting, ...]
    finding: Finding
    listings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    tasks: tuple[Task, ...]
    plans: tuple[StoredPlan, ...]
    predecessors: tuple[str, ...]  # the devices whose place it took


def list_devices(store: Store, wanted: DeviceFilter, page: Page | None = None) -> DevicePage:
    """Return a page of the devices that fit; see `workflows.register`."""
    with store.reading() as connection:
        return kept.list_devices(connection, wanted, page or Page())


def counts(store: Store, wanted: DeviceFilter) -> Counts:
    """Return the counts of the devices that fit; see `store.register_devices.Counts`."""
    with store.reading() as connection:
        return register_counts.counts(connection, wanted)


def find_devices(store: Store, name: str, as_of: date) -> list[str]:
    """Return the ids of the devices that a person may call so."""
    with store.reading() as connection:
        return kept.find_devices(connection, name, as_of)


def show_device(store: Store, device_id: str, as_of: date) -> DeviceView:
    """Return a device with everything that bears on it; UnknownNameError where it was not there then."""
    with store.reading() as connection:
        return _view(connection, device_id, as_of)


def set_life(
    store: Store,
    device_id: str,
    life: LifecycleState,
    actor: Actor,
    *,
    reason: str = "",
    replaced_by: str = "",
) -> DeviceView:
    """Begin another life of a device on the day of the act.

    `replaced` needs `replaced_by`, a device of the register, and nothing else may have it; RegisterError.
    """
    if (life is LifecycleState.REPLACED) != bool(replaced_by) or replaced_by == device_id:
        raise RegisterError(
            "a replaced device needs another device in its place, and only that one", fix="say by which"
        )
    with store.writing(actor.name, actor.at) as tx:
        before = kept.get_device(tx.connection, device_id, actor.day)
        if replaced_by:
            kept.get_device(tx.connection, replaced_by, actor.day)
        values = {
            "life": life.value,
            "replaced_by": replaced_by or None,
            "not_seen_since": actor.day.isoformat() if life is LifecycleState.NOT_SEEN else None,
        }
        change_devices(tx, actor.day, [Change(device_id, values, reason=reason)], {})
        tx.log(f"device {life.value}", device_id, before=before.life.value, reason=reason, by=replaced_by)
        return _view(tx.connection, device_id, actor.day)


def _view(connection: Connection, device_id: str, as_of: date) -> DeviceView:
    line = kept.get_device(connection, device_id, as_of)
    history = tuple(states_of(connection, device_id, as_of))
    seen = tuple(each for each in sightings_of(connection, device_id) if each.day <= as_of)
    finding = maker_finding(connection, line, tuple(each.citation for each in seen if each.supports), as_of)
    states = tables.register_device_state
    took = select(states.c.device_id).where(states.c.replaced_by == device_id, holds_on(states, as_of))
    return DeviceView(
        line=line,
        history=history,
        sightings=seen,
        finding=finding,
        listings=_listings(connection, line.maker_id, as_of),
        judgements=tuple(_judgements(connection, line, history, as_of)),
        tasks=tuple(decisions.tasks_about(connection, device_id, as_of)),
        plans=tuple(list_plans(connection, None, as_of, only_open=False, device_id=device_id)),
        predecessors=tuple(sorted(connection.execute(took).scalars())),
    )


def finding_id(device_id: str, trace_key: str) -> str:
    """Return the id of the finding on a device's maker: the same while its traces say the same."""
    return f"{PREFIX}{device_id}-{trace_key[:8]}"


def has_device_finding(connection: Connection, name: str) -> bool:
    """Return whether `name` is the id of a finding on a device of the register, in any state of it."""
    device, _, key = name.removeprefix(PREFIX).rpartition("-")
    if not name.startswith(PREFIX) or not device or not key:
        return False
    states = tables.register_device_state
    query = select(states.c.id).where(states.c.device_id == device, states.c.trace_key.startswith(key))
    return connection.execute(query.limit(1)).first() is not None


def maker_finding(
    connection: Connection, line: DeviceLine, citations: tuple[Citation, ...], as_of: date
) -> Finding:
    """Return the finding on a device's maker, with its reasons and where the inventories show the device."""
    found = identification_of(connection, line.trace_key)
    against = tuple(Reason(each, Confidence.MEDIUM, against=True) for each in found.conflicts)
    said = Reason(text("this is what the inventory says of it"), Confidence.HIGH, citations)
    is_anything = bool(line.brand or line.model or line.mac)
    answer = Answer.FOUND if found.maker_id else Answer.NOT_FOUND if is_anything else Answer.NOT_CHECKED
    return Finding(
        id=finding_id(line.id, line.trace_key),
        kind=FindingKind.MAKER,
        subject=line.id,
        object=found.maker_id,
        answer=answer,
        statement=_statement(line),
        as_of=as_of,
        confidence=found.confidence,
        reasons=(*merged_reasons((*found.reasons, *found.kind_reasons)), *against, said),
    )


def _statement(line: DeviceLine) -> Text:
    if line.maker_id and line.is_relabelled:
        return text("made by {maker}, sold as {brand}", maker=line.maker, brand=line.brand)
    if line.maker_id:
        return text("made by {maker}", maker=line.maker)
    if line.undecided:
        makers = ", ".join(line.undecided)
        return text("made by one of {makers}; the evidence does not choose", makers=makers)
    return text("the maker is unknown")


def _listings(connection: Connection, maker_id: str, as_of: date) -> tuple[Finding, ...]:
    table = tables.register_maker_day
    query = select(table.c.run_id).where(table.c.as_of == as_of.isoformat(), table.c.maker_id == maker_id)
    run_id = connection.execute(query).scalar()
    found = findings_of(connection, run_id, [maker_id]) if run_id else []
    return tuple(sorted(found, key=lambda each: (each.answer is not Answer.FOUND, str(each.statement))))


def _judgements(
    connection: Connection, line: DeviceLine, history: tuple[DeviceState, ...], as_of: date
) -> list[Judgement]:
    ids = dict.fromkeys(finding_id(line.id, state.trace_key) for state in history)
    return [each for name in ids for each in decisions.judgements_on(connection, name, as_of)]
