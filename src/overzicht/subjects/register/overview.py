"""The overview of a register: the same report as for inventories, made from the stored devices."""

import hashlib
from dataclasses import replace

from sqlalchemy import Connection

from overzicht import __version__
from overzicht.devices.combining import together
from overzicht.devices.device_marks import WORDS, Mark
from overzicht.evidence import Confidence, Reason, Text, text
from overzicht.evidence.actor import Actor
from overzicht.register.terms import Outcome, Status
from overzicht.reports.overview_report import InputFile, OverviewReport, PlanRow, RowProblem
from overzicht.store.database import Store
from overzicht.store.register.counts import begun_after
from overzicht.store.register.device_states import evidence_of
from overzicht.store.register.devices import IN_REPORTS, THERE, DeviceFilter, all_devices
from overzicht.store.register.imports import StoredImport, list_imports, rows_of, seen_in
from overzicht.store.register.organisations import ids_below, ids_within
from overzicht.store.register.plans import list_plans
from overzicht.subjects.inventories.devices import KnownDevice
from overzicht.subjects.overview.build import assemble
from overzicht.subjects.register.imports.accounts import account_of, left_out_of
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.replacement_plans import with_progress
from overzicht.subjects.screening.lookup import party_lookup


def make_register_overview(store: Store, filters: DeviceFilter, actor: Actor) -> OverviewReport:
    """Return the overview of the devices that fit, for the filter's date; those planned or out of use apart.

    The makers are screened as for any overview, and the result is stored for the pages.
    """
    as_of = filters.as_of
    refresh_listings(store, as_of, actor)
    with party_lookup(store) as lookup:
        connection = lookup.connection
        shown = replace(filters, life=IN_REPORTS) if filters.life == THERE else filters
        lines = {line.id: line for line in all_devices(connection, shown) if line.life in IN_REPORTS}
        evidence, seen = evidence_of(connection, lines, as_of), seen_in(connection, list(lines), as_of)
        # the mark by which each row was matched with the device
        known = []
        for line in lines.values():
            identity = tuple(
                Reason(
                    text(
                        "{places}: one device by the same {mark}",
                        places=f"{row.citation.title}, {row.citation.place}",
                        mark=WORDS[Mark(row.matched_by)],
                    ),
                    Confidence.HIGH,
                    (row.citation,),
                )
                for row in seen.get(line.id, ())
                if row.matched_by
            )
            known.append(
                KnownDevice(
                    replace(together(evidence[line.id]), id=line.id),
                    line.life,
                    tuple({row.citation.key: row.citation for row in seen.get(line.id, ())}.values()),
                    identity,
                )
            )
        # the inventories that were accepted until the filter's date, each file once
        ids = ids_within(connection, filters.organisation, filters.as_of)
        accepted = reversed(list_imports(connection, ids, Status.ACCEPTED))
        by_file = {stored.sha256: stored for stored in accepted if stored.day <= filters.as_of}
        inputs = tuple(_input(connection, stored) for stored in by_file.values())
        report = assemble(lookup, known, inputs, as_of)
        devices = tuple(
            replace(row, organisation=lines[row.id].organisation, status=lines[row.id].life.value)
            for row in report.devices
        )
        later = report.later + begun_after(connection, filters)
        # the open plans of the filter's organisations, those of all organisations with them
        rows: list[PlanRow] = []
        ids = ids_within(connection, filters.organisation, filters.as_of)
        allowed = (
            filters.allowed
            if filters.allowed is None
            else ids_below(connection, filters.allowed, filters.as_of)
        )
        for stored in list_plans(connection, ids, filters.as_of, only_open=True):
            if allowed is None or stored.organisation_id in allowed:
                view = with_progress(connection, stored, filters.as_of)
                rows.append(PlanRow(stored.title, stored.owner, stored.due, view.progress.statement))
        plans = tuple(rows)
    contents = sorted(f"{line.id} {line.since} {line.trace_key} {line.listed}" for line in lines.values())
    digest = hashlib.sha256("\n".join([as_of.isoformat(), __version__, *contents]).encode())
    return replace(report, devices=devices, later=later, plans=plans, run_id=f"run-{digest.hexdigest()[:10]}")


def _input(connection: Connection, stored: StoredImport) -> InputFile:
    def rows(*outcomes: Outcome) -> tuple[RowProblem, ...]:
        return tuple(
            RowProblem(row.place, row.why or Text(""))
            for outcome in outcomes
            if stored.counts.get(outcome.value)
            for row in rows_of(connection, stored.id, outcome)
            if not row.choice
        )

    account = account_of(connection, stored)
    end = stored.options.get("end")
    return InputFile(
        filename=stored.filename,
        sha256=stored.sha256,
        kind=stored.kind,
        records=account,
        sightings=account.devices + account.merged,
        problems=rows(Outcome.UNREADABLE, Outcome.UNCLEAR),
        mapping={column["column"]: column["field"] for column in stored.columns} or None,
        duplicates=rows(Outcome.DUPLICATE),
        left_out=tuple(RowProblem(row.place, row.sentence) for row in left_out_of(stored)),
        doubts=tuple(
            RowProblem(row["place"], Text.from_json(row["reason"]))
            for row in stored.options.get("doubts", ())
        ),
        whole=end["is_whole"] if end else None,
        end=Text.from_json(end["evidence"]) if end else None,
    )
