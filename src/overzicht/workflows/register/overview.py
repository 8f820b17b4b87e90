"""The overview over a register: the same report as of inventories, made from what the register knows."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from overzicht import __version__
from overzicht.devices.combining import together
from overzicht.devices.marks import WORDS, Mark
from overzicht.evidence import Confidence, Reason, Text, text
from overzicht.evidence.actor import Actor
from overzicht.register.model import Outcome, Status
from overzicht.reports.model import InputFile, OverviewReport, RowProblem
from overzicht.store.database import Store
from overzicht.store.register import devices as kept
from overzicht.store.register.counts import begun_after
from overzicht.store.register.devices import IN_REPORTS, DeviceFilter, DeviceLine
from overzicht.store.register.imports import DeviceSighting, StoredImport, list_imports, rows_of, seen_in
from overzicht.store.register.organisations import ids_below
from overzicht.store.register.states import evidence_of
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.overview.build import assemble
from overzicht.workflows.overview.known import KnownDevice
from overzicht.workflows.register.listings import refresh_listings


def make_register_overview(store: Store, wanted: DeviceFilter, actor: Actor) -> OverviewReport:
    """Return the overview of the devices that fit, in use, not seen or planned, for the filter's day.

    The lists are asked about the makers as for any overview, and what they say is kept for the pages.
    """
    refresh_listings(store, wanted.as_of, actor)
    with party_lookup(store) as lookup:
        connection = lookup.connection
        lines = [line for line in kept.all_devices(connection, wanted) if line.life in IN_REPORTS]
        report = assemble(lookup, _known(connection, lines, wanted.as_of), _inputs(connection, wanted),
                          wanted.as_of)  # fmt: skip
        rows = {line.id: line for line in lines}
        devices = tuple(
            replace(row, organisation=rows[row.id].organisation, status=rows[row.id].life.value)
            for row in report.devices
        )
        later = report.later + begun_after(connection, wanted)
        return replace(report, devices=devices, later=later, run_id=_run_id(lines, wanted.as_of))


def _known(connection: Connection, lines: list[DeviceLine], as_of: date) -> list[KnownDevice]:
    """Return the devices of the register with all that was known of them on the day."""
    ids = [line.id for line in lines]
    evidence = evidence_of(connection, ids, as_of)
    seen = seen_in(connection, ids, as_of)
    return [
        KnownDevice(
            replace(together(evidence[line.id]), id=line.id),
            line.life,
            tuple({each.citation.key: each.citation for each in seen.get(line.id, ())}.values()),
            _identity(seen.get(line.id, ())),
        )
        for line in lines
    ]


def _identity(seen: Sequence[DeviceSighting]) -> tuple[Reason, ...]:
    """Return by what each row was known to be of the device."""
    return tuple(
        Reason(
            text("{places}: one device by the same {mark}",
                 places=f"{each.citation.title}, {each.citation.place}", mark=WORDS[Mark(each.matched_by)]),
            Confidence.HIGH,
            (each.citation,),
        )
        for each in seen
        if each.matched_by
    )  # fmt: skip


def _inputs(connection: Connection, wanted: DeviceFilter) -> tuple[InputFile, ...]:
    """Return the inventories that were accepted by the day, each file once."""
    ids = ids_below(connection, [wanted.organisation], wanted.as_of) if wanted.organisation else None
    accepted = [
        each for each in reversed(list_imports(connection, ids, Status.ACCEPTED)) if each.day <= wanted.as_of
    ]
    return tuple(_input(connection, each) for each in {each.sha256: each for each in accepted}.values())


def _input(connection: Connection, one: StoredImport) -> InputFile:
    def rows(*outcomes: Outcome) -> tuple[RowProblem, ...]:
        return tuple(
            RowProblem(row.place, row.why or Text(""))
            for outcome in outcomes
            if one.counts.get(outcome.value)
            for row in rows_of(connection, one.id, outcome)
            if not row.choice
        )

    said = ("added", "changed", "unchanged", "unclear", "duplicate")
    mapping = {each["column"]: each["field"] for each in one.columns}
    return InputFile(
        filename=one.filename,
        sha256=one.sha256,
        kind=one.kind,
        records=one.records,
        sightings=sum(one.counts.get(name, 0) for name in said),
        problems=rows(Outcome.UNREADABLE, Outcome.UNCLEAR),
        mapping=mapping or None,
        duplicates=rows(Outcome.DUPLICATE),
        left_out=tuple(
            RowProblem(each["place"], Text.from_json(each["reason"]))
            for each in one.options.get("left_out", ())
        ),
    )


def _run_id(lines: Sequence[DeviceLine], as_of: date) -> str:
    said = [f"{line.id} {line.since} {line.trace_key} {line.listed}" for line in lines]
    digest = hashlib.sha256("\n".join([as_of.isoformat(), __version__, *sorted(said)]).encode())
    return f"run-{digest.hexdigest()[:10]}"
