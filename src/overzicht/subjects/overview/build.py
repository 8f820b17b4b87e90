"""From inventories to a report, and storage of the report as a run."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from overzicht import __version__
from overzicht.devices import Identification
from overzicht.devices.card import MakerCard
from overzicht.devices.evidence import Gatherer
from overzicht.devices.identify import GroupedIdentifier
from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.traces.interface import Lookup
from overzicht.devices.traces.mac import packaged_registry
from overzicht.devices.traces.recog import Recog, load_recog
from overzicht.evidence import Finding, text
from overzicht.parties.ownership import parties_of
from overzicht.progress import watched
from overzicht.reports.device_rows import in_order
from overzicht.reports.findings import maker_finding
from overzicht.reports.overview_report import DeviceRow, InputFile, OverviewReport, VulnerabilityRow
from overzicht.sources.inventories.registry import ReadingChoices
from overzicht.store.database import Store
from overzicht.store.runs import StoredRun, add_run
from overzicht.subjects.inventories.devices import KnownDevice, devices_of
from overzicht.subjects.overview.brands import Branded, brand_cards, lone_brands, named_by_lists
from overzicht.subjects.overview.conclusions import with_sentences
from overzicht.subjects.overview.findings import findings_of, vulnerability_finding
from overzicht.subjects.overview.listings import list_statuses, screen_parties
from overzicht.subjects.overview.ownership import (
    gather_stakes,
    ownership_edges,
    regime_rows,
    uncertain_stakes,
)
from overzicht.subjects.overview.rows import DeviceCounts, DeviceRows
from overzicht.subjects.overview.suppliers import Suppliers
from overzicht.subjects.overview.vulnerabilities import KnownVulnerabilities, all_once
from overzicht.subjects.screening.lookup import PartyLookup, party_lookup

COMMAND = "overview"
SUMMED = ("devices", "listed", "relabelled", "unknown")  # of a run


@dataclass(frozen=True, slots=True)
class OverviewChoices(ReadingChoices):
    """Options for reading inventories, and a recog folder."""

    recog: Path | None = None


def make_overview(
    store: Store, paths: Sequence[Path], choices: OverviewChoices, *, as_of: date
) -> OverviewReport:
    """Return the overview of inventories as of a date; InputFileError for a file that cannot be read."""
    read = map(choices.read, paths)
    # a file that is given twice must not double its devices
    inventories = list({inventory.snapshot.sha256: inventory for inventory in read}.values())
    devices, inputs = devices_of(inventories, as_of)
    recog = load_recog(choices.recog) if choices.recog else None
    with party_lookup(store) as lookup:
        report = assemble(lookup, devices, inputs, as_of, recog)
        # an id that depends on the inputs, options, lists, date and version of the product
        parts = {
            "inputs": [inventory.snapshot.sha256 for inventory in inventories],
            "mapping": [list(pair) for pair in choices.mapping],
            "reading": [choices.sheet, choices.kind, *choices.include, choices.accept_reading],
            "recog": [
                f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
                for path in (sorted(choices.recog.glob("*.xml")) if choices.recog else ())
            ],
            "lists": sorted(
                (stored.snapshot.sha256, str(stored.snapshot.published))
                for stored in lookup.loaded_lists.stored
            ),
            "as_of": as_of.isoformat(),
            "version": __version__,
        }
        run_id = f"run-{hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:10]}"
        return replace(report, run_id=run_id)


def assemble(
    lookup: PartyLookup,
    known: Iterable[KnownDevice],
    inputs: tuple[InputFile, ...],
    as_of: date,
    recog: Recog | None = None,
) -> OverviewReport:
    """Return the report on devices of files or of a register; its run id is empty.

    The devices are gone through twice, so that not all need to be in memory.
    """
    knowledge = load_knowledge()
    # the identification of each device that is there on a date, brands without a maker, and a count. It
    # counts the devices that come later.
    reasoner = GroupedIdentifier(Gatherer(Lookup(knowledge, packaged_registry(), recog), as_of))
    identifications: list[Identification] = []
    brand_names: dict[str, None] = {}
    later = 0
    for device in watched(known, text("Identifying devices")):
        if device.is_later_than(as_of):
            later += device.sighting.quantity
            continue
        identification = reasoner.identification(device.sighting)
        identifications.append(identification)
        brand_names.update(dict.fromkeys(lone_brands(device.sighting, identification)))
    brands = brand_cards(brand_names, as_of)
    cards = {**knowledge.makers, **brands}
    makers = {identification.maker_id for identification in identifications} - {""}
    parties = parties_of(makers | brands.keys(), cards, as_of)
    screened = screen_parties(parties, lookup, as_of)
    named = named_by_lists(brands, screened)
    branded = Branded(named)
    stakes = gather_stakes(parties, cards, lookup, as_of)
    vulnerabilities = KnownVulnerabilities(lookup.loaded_lists, as_of)
    counts, suppliers = DeviceCounts(), Suppliers()
    exposed: dict[tuple[str, ...], tuple[VulnerabilityRow, ...]] = {}

    def rows() -> Iterator[DeviceRow]:
        made = DeviceRows(cards, screened)
        present = (device for device in known if not device.is_later_than(as_of))
        for device, identification in zip(present, identifications, strict=True):
            result = branded.of(device.sighting, identification)
            matches = vulnerabilities.of(device.sighting, result)
            row = made.row(device, result, matches)
            if matches:
                exposed[tuple(match.id for match in matches)] = matches
            counts.add(row)
            suppliers.add(device, row)
            yield row

    devices = in_order(rows())
    ownership = ownership_edges(stakes, screened, as_of)
    supplied = suppliers.rows(lookup, as_of)
    report = OverviewReport(
        run_id="",
        version=__version__,
        as_of=as_of,
        inputs=inputs,
        lists=list_statuses(lookup.loaded_lists, as_of),
        conclusions=(),
        makers=counts.makers(cards, screened, as_of),
        places=counts.places(),
        devices=devices,
        listings=screened.listings,
        checks=screened.checks,
        ownership=ownership,
        regimes=tuple(regime_rows(makers | named.keys(), cards, stakes, screened, as_of)),
        unknowns=(),
        findings=findings_of(screened, ownership, suppliers=supplied, as_of=as_of),
        citations=(),
        later=later,
        vulnerabilities=all_once(exposed.values()),
        vulnerability_lists=vulnerabilities.lists,
        suppliers=supplied,
    )
    report = with_sentences(report, screened)
    return replace(report, unknowns=(*report.unknowns, *uncertain_stakes(stakes, as_of)))


def keep_run(store: Store, report: OverviewReport, *, actor: str, at: datetime) -> None:
    """Store a report's findings as a run, with the names by which a person may look them up."""
    counts = report.counts
    run = StoredRun(
        id=report.run_id,
        command=COMMAND,
        as_of=report.as_of,
        inputs=tuple((file.filename, file.sha256) for file in report.inputs),
        version=report.version,
        summary={name: counts[name] for name in SUMMED} | {"makers": len(report.makers)},
        actor=actor,
        at=at.isoformat(timespec="seconds"),
    )
    with store.writing(actor, at) as tx:
        add_run(tx, run, _named_findings(report), _names(report, load_knowledge().makers))


def _named_findings(report: OverviewReport) -> Iterator[tuple[Finding, Sequence[str]]]:
    """Yield every finding, that on a device with the names of the device."""
    for device in watched(report.devices, text("Storing findings")):
        names = (device.id, device.label, device.address, *device.mac.split(", "))
        yield maker_finding(device, report.as_of), names
    yield from ((finding, ()) for finding in report.findings)
    yield from ((vulnerability_finding(row, report.as_of), ()) for row in report.vulnerabilities)


def _names(report: OverviewReport, cards: Mapping[str, MakerCard]) -> Iterator[tuple[str, str]]:
    for check in report.checks:
        yield check.party_id, check.party_id
        yield check.party_id, check.party_name
        if check.party_id in cards:
            for known in cards[check.party_id].names:
                yield check.party_id, known.name
    for supplier in report.suppliers:
        yield supplier.id, supplier.name
    for row in report.vulnerabilities:
        yield row.id, row.id
        yield row.id, row.cve
