"""The map of an organisation, made of what the register or an overview run knows on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_knowledge
from overzicht.diligence.mapping import map_places
from overzicht.diligence.recorded import DiligenceError, RiskMap, StepFact
from overzicht.diligence.words import Step
from overzicht.errors import UnknownNameError
from overzicht.evidence import (
    Answer,
    Citation,
    Confidence,
    Finding,
    FindingKind,
    Reason,
    Text,
    finding_id,
    text,
)
from overzicht.evidence.actor import Actor
from overzicht.evidence.text import Value
from overzicht.register.model import LifecycleState, Status
from overzicht.register.quantities import worded
from overzicht.store import runs
from overzicht.store.database import Store
from overzicht.store.register import devices as register_devices
from overzicht.store.register.devices import COUNTED, DeviceFilter, DeviceLine
from overzicht.store.register.imports import list_imports
from overzicht.store.register.organisations import OrganisationLine, get_organisation, ids_below
from overzicht.workflows.ask import PartyLookup, party_lookup
from overzicht.workflows.diligence.places import HeldDevice, Holder, places_of
from overzicht.workflows.diligence.said import said_of
from overzicht.workflows.overview.build import COMMAND
from overzicht.workflows.overview.findings import findings_of
from overzicht.workflows.register.listings import Asked, ask, refresh_listings
from overzicht.workflows.register.plans import PlanView, list_plans
from overzicht.workflows.register.statements import StatementView, list_statements

SURE = (Confidence.HIGH, Confidence.MEDIUM)


@dataclass(frozen=True, slots=True)
class _RegisterView:
    """What the register shows of an organisation and all below it, with the lists' answers."""

    organisation: OrganisationLine
    holder: Holder
    held: tuple[HeldDevice, ...]
    gone: int
    asked: Asked


def map_of_register(store: Store, organisation: str, actor: Actor) -> RiskMap:
    """Return the map of an organisation with all below it, for the day of the act; asks the lists anew."""
    run = refresh_listings(store, actor.day, actor)
    with party_lookup(store) as lookup:
        seen = _look(lookup, organisation, actor.day)
    findings = findings_of(
        devices=(),
        listings=seen.asked.screened.listings,
        checks=seen.asked.screened.checks,
        ownership=seen.asked.ownership,
        as_of=actor.day,
    )
    said = said_of(store, seen.asked.makers, actor.day)
    return RiskMap(
        risks=map_places(places_of(seen.held, seen.holder), (*findings, *said.findings)),
        facts=tuple(_facts(store, seen, actor.day)),
        run=run,
        notes=(*_empty(seen.held), *said.notes),
    )


def _look(lookup: PartyLookup, organisation: str, as_of: date) -> _RegisterView:
    connection = lookup.connection
    line = get_organisation(connection, organisation, as_of)
    wanted = DeviceFilter(as_of, organisation=line.id, life=())
    lines = register_devices.all_devices(connection, wanted)
    cards = load_knowledge().makers
    held = tuple(_held(each) for each in lines if each.life in COUNTED)
    gone = sum(
        each.quantity for each in lines if each.life in {LifecycleState.REPLACED, LifecycleState.REMOVED}
    )
    makers = tuple(sorted({each.maker_id for each in held} & set(cards)))
    files = _files(connection, ids_below(connection, [line.id], as_of), as_of)
    holder = Holder(line.name, as_of, files)
    return _RegisterView(line, holder, held, gone, ask(lookup, makers, as_of))


def _held(line: DeviceLine) -> HeldDevice:
    is_sure = line.confidence in SURE
    return HeldDevice(
        maker_id=line.maker_id,
        maker=line.maker,
        quantity=line.quantity,
        brand=line.brand if line.is_relabelled and is_sure else "",
        supplier=line.supplier,
        is_listed=is_sure and bool(line.listed),
        is_low=bool(line.maker_id) and not is_sure,
    )


def _files(connection: Connection, organisation_ids: Sequence[str], as_of: date) -> tuple[Citation, ...]:
    """Return the inventories that were accepted by the day, each once."""
    found = {
        each.sha256: Citation("inventory", each.filename, snapshot=each.sha256, retrieved=each.day)
        for each in reversed(list_imports(connection, organisation_ids, Status.ACCEPTED))
        if each.day <= as_of
    }
    return tuple(found.values())


def _empty(held: Sequence[HeldDevice]) -> tuple[Text, ...]:
    if held:
        return ()
    return (
        text("The register has no device of this organisation on this day; its own use was not checked."),
    )


def _facts(store: Store, seen: _RegisterView, as_of: date) -> Iterable[StepFact]:
    """Yield what the register knows of the steps beside the map: plans, devices gone, public statements."""
    organisation = seen.organisation
    for plan in list_plans(store, as_of, organisation.id, only_open=False):
        yield StepFact(Step.TRACK, _plan_finding(plan, organisation.id, as_of))
    if seen.gone:
        yield StepFact(Step.TRACK, _gone_finding(seen, as_of))
    for statement in list_statements(store, as_of, organisation.id):
        if not statement.statement.withdrawn_at:
            yield StepFact(Step.COMMUNICATE, _statement_finding(statement, organisation, as_of))


def _plan_finding(view: PlanView, subject: str, as_of: date) -> Finding:
    plan = view.plan
    citation = Citation("register", "register of equipment", place=f"plan {plan.id}")
    return Finding(
        id=finding_id(FindingKind.STEP, subject, f"plan {plan.id}", as_of.isoformat()),
        kind=FindingKind.STEP,
        subject=subject,
        object=f"plan {plan.id}",
        answer=Answer.FOUND,
        statement=text("replacement plan “{title}”: {says}", title=plan.title, says=view.progress.statement),
        as_of=as_of,
        confidence=Confidence.HIGH,
        reasons=(Reason(text("so says the register"), Confidence.HIGH, (citation,)),),
    )


def _gone_finding(seen: _RegisterView, as_of: date) -> Finding:
    subject = seen.organisation.id
    shown = Reason(text("this is what the inventories show"), Confidence.HIGH, seen.holder.citations)
    return Finding(
        id=finding_id(FindingKind.STEP, subject, "gone", as_of.isoformat()),
        kind=FindingKind.STEP,
        subject=subject,
        answer=Answer.FOUND,
        statement=text("{count} devices were replaced or removed by this day", count=seen.gone),
        as_of=as_of,
        confidence=Confidence.HIGH,
        reasons=(shown,),
    )


def _statement_finding(view: StatementView, organisation: OrganisationLine, as_of: date) -> Finding:
    said = view.statement
    values: dict[str, Value] = {
        "organisation": organisation.name,
        "when": said.said_as,
        "maker": said.maker_named,
        "quantity": worded(said.quantity),
        "status": said.status,
    }
    against = tuple(
        Reason(
            text("statement {number} of the register cannot be true beside it", number=number), against=True
        )
        for number in view.contradicts
    )
    return Finding(
        id=finding_id(FindingKind.STEP, organisation.id, f"statement {said.id}"),
        kind=FindingKind.STEP,
        subject=organisation.id,
        object=f"statement {said.id}",
        answer=Answer.FOUND,
        statement=text("said in public of {organisation} ({when}): {maker}, {quantity}, {status}", **values),
        as_of=as_of,
        confidence=Confidence.MEDIUM,
        reasons=(Reason(text("so says its source"), citations=(said.citation,)), *against),
    )


def map_of_run(store: Store, run_id: str, name: str, as_of: date) -> RiskMap:
    """Return the map of an overview run; DiligenceError for a run of another kind, or of a later day."""
    with store.reading() as connection:
        run = runs.find_run(connection, run_id)
        if run is None:
            known = tuple(each.id for each in runs.list_runs(connection) if each.command == COMMAND)
            raise UnknownNameError("run", run_id, known[:20])
        if run.command != COMMAND:
            raise DiligenceError(
                f"run {run.id} is no overview of inventories", fix="`overzicht runs` lists the runs"
            )
        if run.as_of > as_of:
            raise DiligenceError(f"run {run.id} is of {run.as_of}, after {as_of}", fix="give a later --as-of")
        findings = runs.findings_of(connection, run.id)
    files = tuple(Citation("inventory", file, snapshot=digest) for file, digest in run.inputs)
    held = [_of_finding(each) for each in findings if each.kind is FindingKind.MAKER]
    makers = sorted({each.maker_id for each in held if each.maker_id})
    said = said_of(store, makers, as_of)
    others = [each for each in findings if each.kind is not FindingKind.MAKER]
    holder = Holder(name, run.as_of, files, counts_rows=True)
    note = text(
        "The map rests on run {run} of {day}: it counts rows, and suppliers were not checked.",
        run=run.id,
        day=run.as_of,
    )
    risks = map_places(places_of(held, holder), (*others, *said.findings))
    return RiskMap(risks=risks, run=run.id, notes=(note, *said.notes))


def _of_finding(finding: Finding) -> HeldDevice:
    cards, said = load_knowledge().makers, dict(finding.statement.values)
    is_sure = finding.confidence in SURE
    maker = cards[finding.object].trade_name if finding.object in cards else finding.object
    return HeldDevice(
        maker_id=finding.object,
        maker=maker,
        quantity=1,
        brand=str(said.get("brand", "")) if is_sure else "",
        is_low=bool(finding.object) and not is_sure,
    )
