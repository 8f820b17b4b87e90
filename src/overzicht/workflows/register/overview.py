"""The overview over a register: the same report as of inventories, made from what the register knows."""

import hashlib
from datetime import date

from sqlalchemy import Connection

from overzicht import __version__
from overzicht.devices import DeviceKind, Identification
from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Citation, Reason
from overzicht.register.model import Status
from overzicht.reports.model import DeviceRow, InputFile, OverviewReport
from overzicht.store.database import Store
from overzicht.store.register import devices as kept
from overzicht.store.register.devices import COUNTED, DeviceFilter, DeviceLine
from overzicht.store.register.imports import list_imports
from overzicht.store.register.organisations import ids_below
from overzicht.store.register.states import evidence_of
from overzicht.store.register.traces import identification_of
from overzicht.workflows.licensing.act import Act
from overzicht.workflows.listings import Shelf
from overzicht.workflows.overview.conclusions import conclusions, unknowns
from overzicht.workflows.overview.findings import citations_of, findings_of
from overzicht.workflows.overview.listings import list_statuses
from overzicht.workflows.overview.ownership import regime_rows
from overzicht.workflows.overview.rows import maker_rows, merged_reasons, place_rows
from overzicht.workflows.register.listings import ask, refresh_listings

Told = dict[str, Identification]


def make_register_overview(store: Store, wanted: DeviceFilter, act: Act) -> OverviewReport:
    """Return the overview of the devices that fit, of those in use or not seen, for the filter's day.

    The lists are asked about the makers as for any overview, and what they say is kept for the pages.
    """
    refresh_listings(store, wanted.as_of, act)
    with store.reading() as connection:
        return _assemble(connection, wanted)


def _assemble(connection: Connection, wanted: DeviceFilter) -> OverviewReport:
    as_of = wanted.as_of
    lines = [line for line in kept.all_devices(connection, wanted) if line.life in COUNTED]
    cards = load_knowledge().makers
    makers = tuple(sorted({line.maker_id for line in lines} & set(cards)))
    asked = ask(connection, makers, as_of)
    devices = _rows(connection, lines)
    maker_summary = maker_rows(devices, cards, asked.screened)
    lists = list_statuses(Shelf(connection), as_of)
    findings = findings_of(
        devices=devices, listings=asked.screened.listings, checks=asked.screened.checks,
        ownership=asked.ownership, as_of=as_of,
    )  # fmt: skip
    return OverviewReport(
        run_id=_run_id(lines, as_of),
        version=__version__,
        as_of=as_of,
        inputs=_inputs(connection, wanted),
        lists=lists,
        conclusions=conclusions(devices, maker_summary, asked.screened, lists),
        makers=maker_summary,
        places=place_rows(devices),
        devices=devices,
        listings=asked.screened.listings,
        checks=asked.screened.checks,
        ownership=asked.ownership,
        regimes=regime_rows(set(makers), cards, asked.stakes, asked.screened, as_of),
        unknowns=unknowns(devices, asked.screened, lists),
        findings=findings,
        citations=citations_of(findings, devices),
    )


def _rows(connection: Connection, lines: list[DeviceLine]) -> tuple[DeviceRow, ...]:
    told = {key: identification_of(connection, key) for key in sorted({line.trace_key for line in lines})}
    reasons = {key: merged_reasons((*each.reasons, *each.kind_reasons)) for key, each in told.items()}
    said = evidence_of(connection, [line.id for line in lines])
    rows = []
    for line in lines:
        cited = tuple(each.citation for _, each in sorted(said.get(line.id, {}).items()))
        rows.append(_row(line, told[line.trace_key], reasons[line.trace_key], cited))
    return tuple(sorted(rows, key=lambda row: (row.site, row.place, row.label, row.id)))


def _row(
    line: DeviceLine, found: Identification, reasons: tuple[Reason, ...], citations: tuple[Citation, ...]
) -> DeviceRow:
    return DeviceRow(
        id=line.id,
        label=line.label,
        organisation=line.organisation,
        site=line.site,
        place=line.place,
        address=line.address,
        brand=line.brand,
        model=line.model,
        mac=line.mac,
        kind=DeviceKind(line.kind),
        product_line=found.product_line,
        quantity=line.quantity,
        bought=line.bought,
        status=line.life.value,
        maker_id=line.maker_id,
        maker_name=line.maker,
        undecided=line.undecided,
        confidence=line.confidence,
        is_relabelled=line.is_relabelled,
        maker_is_listed=bool(line.listed),
        reasons=reasons,
        conflicts=found.conflicts,
        citations=citations,
    )


def _inputs(connection: Connection, wanted: DeviceFilter) -> tuple[InputFile, ...]:
    """Return the inventories that were accepted by the day, each file once."""
    ids = ids_below(connection, [wanted.organisation], wanted.as_of) if wanted.organisation else None
    found = {
        each.sha256: InputFile(
            filename=each.filename,
            sha256=each.sha256,
            kind=each.kind,
            records=each.records,
            sightings=sum(each.counts.get(name, 0) for name in ("added", "changed", "unchanged", "unclear")),
        )
        for each in reversed(list_imports(connection, ids, Status.ACCEPTED))
        if each.day <= wanted.as_of
    }
    return tuple(found.values())


def _run_id(lines: list[DeviceLine], as_of: date) -> str:
    said = [f"{line.id} {line.since} {line.trace_key} {line.listed}" for line in lines]
    digest = hashlib.sha256("\n".join([as_of.isoformat(), __version__, *sorted(said)]).encode())
    return f"run-{digest.hexdigest()[:10]}"
