"""The risk map of an organisation as of a date, made from the register or from an overview run."""

from dataclasses import dataclass
from datetime import date

from overzicht.devices.knowledge import load_knowledge
from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Confidence, FindingKind, text
from overzicht.evidence.actor import Actor
from overzicht.register.terms import Status
from overzicht.store import runs
from overzicht.store.database import Store
from overzicht.store.register import devices as register_devices
from overzicht.store.register.devices import COUNTED, RETIRED, DeviceFilter
from overzicht.store.register.imports import list_imports
from overzicht.store.register.organisations import OrganisationLine, get_organisation, ids_below
from overzicht.subjects.diligence.file_entries import DiligenceError, RiskMap
from overzicht.subjects.diligence.file_places import HeldDevice, Holder, places_of
from overzicht.subjects.diligence.file_said import said_of
from overzicht.subjects.diligence.file_step_facts import step_facts
from overzicht.subjects.diligence.mapping import map_places
from overzicht.subjects.overview.build import COMMAND
from overzicht.subjects.overview.findings import findings_of
from overzicht.subjects.register.listings import MakerScreening, refresh_listings, screen_makers
from overzicht.subjects.screening.lookup import party_lookup

SURE = (Confidence.HIGH, Confidence.MEDIUM)


@dataclass(frozen=True, slots=True)
class _RegisterView:
    """The devices of an organisation with everything below it, and the screening of their makers."""

    organisation: OrganisationLine
    holder: Holder
    devices: tuple[HeldDevice, ...]
    gone: int
    screening: MakerScreening


def map_of_register(store: Store, organisation: str, actor: Actor) -> RiskMap:
    """Return the map of an organisation with everything below it, screened again for the actor's date."""
    run = refresh_listings(store, actor.day, actor)
    with party_lookup(store) as lookup:
        as_of = actor.day
        connection = lookup.connection
        line = get_organisation(connection, organisation, as_of)
        lines = register_devices.all_devices(connection, DeviceFilter(as_of, organisation=line.id, life=()))
        matches: list[HeldDevice] = []
        for row in lines:
            if row.life in COUNTED:
                is_sure = row.confidence in SURE
                matches.append(
                    HeldDevice(
                        maker_id=row.maker_id,
                        maker=row.maker,
                        quantity=row.quantity,
                        brand=row.brand if row.is_relabelled and is_sure else "",
                        supplier=row.supplier,
                        is_listed=is_sure and bool(row.listed),
                        is_low=bool(row.maker_id) and not is_sure,
                    )
                )
        devices = tuple(matches)
        gone = sum(row.quantity for row in lines if row.life in RETIRED)
        makers = tuple(sorted({device.maker_id for device in devices} & set(load_knowledge().makers)))
        imports = reversed(list_imports(connection, ids_below(connection, [line.id], as_of), Status.ACCEPTED))
        files = {
            file.sha256: Citation("inventory", file.filename, snapshot=file.sha256, retrieved=file.day)
            for file in imports
            if file.day <= as_of
        }
        holder = Holder(line.name, as_of, tuple(files.values()))
        view = _RegisterView(line, holder, devices, gone, screen_makers(lookup, makers, as_of))
    screening = view.screening
    findings = findings_of(screening.screened, screening.ownership, as_of=actor.day)
    statements = said_of(store, screening.makers, actor.day)
    empty = text("The register has no device of this organisation on this date. Its own use was not checked.")
    return RiskMap(
        risks=map_places(places_of(view.devices, view.holder), (*findings, *statements.findings)),
        facts=tuple(step_facts(store, view.organisation, view.gone, view.holder, actor.day)),
        run=run,
        notes=(*(() if view.devices or view.gone else (empty,)), *statements.notes),
    )


def map_of_run(store: Store, run_id: str, name: str, as_of: date) -> RiskMap:
    """Return the map of an overview run; DiligenceError for a run of another command, or of a later date."""
    with store.reading() as connection:
        run = runs.find_run(connection, run_id)
        if run is None:
            known = tuple(run.id for run in runs.list_runs(connection) if run.command == COMMAND)
            raise UnknownNameError("run", run_id, known[:20])
        if run.command != COMMAND:
            raise DiligenceError(
                f"run {run.id} is not an overview of inventories", fix="`overzicht runs` lists the runs"
            )
        if run.as_of > as_of:
            raise DiligenceError(
                f"run {run.id} is dated {run.as_of}, after {as_of}", fix="give a later --as-of"
            )
        findings = runs.findings_of(connection, run.id)
    files = tuple(Citation("inventory", file, snapshot=digest) for file, digest in run.inputs)
    devices: list[HeldDevice] = []
    for finding in findings:
        if finding.kind is FindingKind.MAKER:
            cards, values = load_knowledge().makers, dict(finding.statement.values)
            is_sure = finding.confidence in SURE
            maker = cards[finding.object].trade_name if finding.object in cards else finding.object
            devices.append(
                HeldDevice(
                    maker_id=finding.object,
                    maker=maker,
                    quantity=1,
                    brand=str(values.get("brand", "")) if is_sure else "",
                    is_low=bool(finding.object) and not is_sure,
                )
            )
    makers = sorted({device.maker_id for device in devices if device.maker_id})
    statements = said_of(store, makers, as_of)
    others = [finding for finding in findings if finding.kind is not FindingKind.MAKER]
    holder = Holder(name, run.as_of, files, counts_rows=True)
    note = text(
        "The map uses run {run} of {day}: it counts rows, and suppliers were not checked.",
        run=run.id,
        day=run.as_of,
    )
    risks = map_places(places_of(devices, holder), (*others, *statements.findings))
    return RiskMap(risks=risks, run=run.id, notes=(note, *statements.notes))
