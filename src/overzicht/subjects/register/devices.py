"""Devices of the register: lists, one device with its whole history, and changes of status."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from sqlalchemy import Connection, select

from overzicht.devices import Trace
from overzicht.devices.combining import together
from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason
from overzicht.evidence.actor import Actor
from overzicht.evidence.json_marks import shown_as
from overzicht.register.terms import LifecycleState
from overzicht.reports.findings import inventory_reason, maker_answer, maker_statement
from overzicht.reports.overview_report import ListStatus, VulnerabilityRow
from overzicht.store import decisions
from overzicht.store.database import Store, reading
from overzicht.store.decisions import Judgement
from overzicht.store.register import counts as register_counts
from overzicht.store.register import devices as stored
from overzicht.store.register import facets, review
from overzicht.store.register.device_states import (
    Change,
    DeviceState,
    change_devices,
    evidence_of,
    finding_id,
    states_of,
)
from overzicht.store.register.devices import DeviceFilter, DeviceLine, DevicePage, Page
from overzicht.store.register.identifications import identification_of
from overzicht.store.register.imports import DeviceSighting, sightings_of
from overzicht.store.register.organisations import RegisterError, holds_on
from overzicht.store.register.plans import StoredPlan, list_plans
from overzicht.store.rows import batches
from overzicht.store.runs import findings_of
from overzicht.store.tables import register as tables
from overzicht.store.tables.tasks import Task
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.overview.rows import device_vulnerabilities, merged_reasons
from overzicht.subjects.overview.vulnerabilities import KnownVulnerabilities

BATCH = 1_000  # devices whose evidence is read at once
counts = reading(register_counts.counts)
find_devices = reading(stored.find_devices)
review_queue = reading(review.queue)
devices_of = reading(stored.devices_of)
review_facets = reading(review.review_facets)
facets_of_devices = reading(facets.facets_of_devices)


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device as of a date: its history until then, sightings, manufacturer with reasons, and decisions.

    `finding` is about the maker: `judge` takes its id. A judgement on earlier evidence has another id.
    `listings` are the findings about its maker from the run for the date; empty without a run.
    """

    line: Annotated[DeviceLine, shown_as("device")]
    history: tuple[DeviceState, ...]
    sightings: tuple[DeviceSighting, ...]
    finding: Finding
    listings: tuple[Finding, ...]
    judgements: tuple[Judgement, ...]
    tasks: tuple[Task, ...]
    plans: tuple[StoredPlan, ...]
    predecessors: tuple[str, ...]  # the devices that it replaced
    firmware: tuple[str, ...]
    vulnerabilities: tuple[VulnerabilityRow, ...]  # known exploited, the surest first
    vulnerability_list: ListStatus  # whether the catalogue of them covers the date


@reading
def list_devices(connection: Connection, filters: DeviceFilter, page: Page | None = None) -> DevicePage:
    """Return a page of the devices that fit, with their known exploited vulnerabilities."""
    listed = stored.list_devices(connection, filters, page or Page())
    return replace(listed, rows=tuple(with_vulnerabilities(connection, listed.rows, filters.as_of)))


def with_vulnerabilities(
    connection: Connection, lines: Sequence[DeviceLine], as_of: date
) -> Iterator[DeviceLine]:
    """Yield the devices with their known exploited vulnerabilities; None stays if that was not checked."""
    known = KnownVulnerabilities(LoadedLists(connection), as_of)
    is_checked = known.is_checked
    for batch in batches(lines, BATCH):
        evidence = evidence_of(connection, [line.id for line in batch], as_of)
        for line in batch:
            rows = known.of(together(evidence[line.id]), line) if evidence.get(line.id) else ()
            yield replace(line, vulnerabilities=device_vulnerabilities(rows) if rows or is_checked else None)


@reading
def all_devices(connection: Connection, filters: DeviceFilter) -> list[DeviceLine]:
    """Return every device that fits, with its known exploited vulnerabilities."""
    return list(with_vulnerabilities(connection, stored.all_devices(connection, filters), filters.as_of))


def set_life(
    store: Store,
    device_id: str,
    life: LifecycleState,
    actor: Actor,
    *,
    reason: str = "",
    replaced_by: str = "",
) -> DeviceView:
    """Change the status of a device from the actor's date on.

    `replaced` needs `replaced_by`, a device of the register; another status cannot have it: RegisterError.
    """
    if (life is LifecycleState.REPLACED) != bool(replaced_by) or replaced_by == device_id:
        raise RegisterError(
            "only a replaced device has a replacement, which is another device",
            fix="give the device that replaced it",
        )
    with store.writing(actor.name, actor.at) as tx:
        before = stored.get_device(tx.connection, device_id, actor.day)
        if replaced_by:
            stored.get_device(tx.connection, replaced_by, actor.day)
        values = {
            "life": life.value,
            "replaced_by": replaced_by or None,
            "not_seen_since": actor.day.isoformat() if life is LifecycleState.NOT_SEEN else None,
        }
        change_devices(tx, actor.day, [Change(device_id, values, reason=reason)], {})
        tx.log(f"device {life.value}", device_id, before=before.life.value, reason=reason, by=replaced_by)
        return _view(tx.connection, device_id, actor.day)


def _view(connection: Connection, device_id: str, as_of: date) -> DeviceView:
    """Return a device with its history and decisions; UnknownNameError if it did not exist on the date."""
    (line,) = with_vulnerabilities(connection, [stored.get_device(connection, device_id, as_of)], as_of)
    history = tuple(states_of(connection, device_id, as_of))
    sightings = tuple(seen for seen in sightings_of(connection, device_id) if seen.day <= as_of)
    citations = tuple(seen.citation for seen in sightings if seen.supports)
    states = tables.register_device_state
    replaced = select(states.c.device_id).where(states.c.replaced_by == device_id, holds_on(states, as_of))
    evidence = evidence_of(connection, [line.id], as_of)
    sighting = together(evidence[line.id]) if evidence.get(line.id) else None
    known = KnownVulnerabilities(LoadedLists(connection), as_of)
    findings = dict.fromkeys(finding_id(line.id, state.trace_key) for state in history)
    maker_id = line.maker_id
    table = tables.register_maker_day
    query = select(table.c.run_id).where(table.c.as_of == as_of.isoformat(), table.c.maker_id == maker_id)
    run_id = connection.execute(query).scalar()
    stored_findings = findings_of(connection, run_id, [maker_id]) if run_id else []
    listings = tuple(
        sorted(stored_findings, key=lambda item: (item.answer is not Answer.FOUND, str(item.statement)))
    )
    return DeviceView(
        line=line,
        history=history,
        sightings=sightings,
        finding=maker_finding(connection, line, citations, as_of),
        listings=listings,
        judgements=tuple(
            judgement for name in findings for judgement in decisions.judgements_on(connection, name, as_of)
        ),
        tasks=tuple(decisions.tasks_about(connection, device_id, as_of)),
        plans=tuple(list_plans(connection, None, as_of, only_open=False, device_id=device_id)),
        predecessors=tuple(sorted(connection.execute(replaced).scalars())),
        firmware=sighting.values(Trace.FIRMWARE) if sighting else (),
        vulnerabilities=known.of(sighting, identification_of(connection, line.trace_key)) if sighting else (),
        vulnerability_list=known.lists[0],
    )


show_device = reading(_view)


def maker_finding(
    connection: Connection, line: DeviceLine, citations: tuple[Citation, ...], as_of: date
) -> Finding:
    """Return the finding about a device's maker, with its reasons and the inventories that show it."""
    identification = identification_of(connection, line.trace_key)
    against = tuple(
        Reason(conflict, Confidence.MEDIUM, against=True) for conflict in identification.conflicts
    )
    return Finding(
        id=finding_id(line.id, line.trace_key),
        kind=FindingKind.MAKER,
        subject=line.id,
        object=identification.maker_id,
        answer=maker_answer(line),
        statement=maker_statement(line, line.maker),
        as_of=as_of,
        confidence=identification.confidence,
        reasons=(
            *merged_reasons((*identification.reasons, *identification.kind_reasons)),
            *against,
            inventory_reason(citations),
        ),
    )
