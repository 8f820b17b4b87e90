"""Findings that belong to a step and not to one risk: from the register, the licence cases and the law.

An organisation is the applicant of a licence case if it has the name of the exporter or broker, without its
company form.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from overzicht.dates import Holds
from overzicht.devices.vocabulary import without_company_form
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
from overzicht.evidence.phrases import COMMAS, joined
from overzicht.evidence.text import Value
from overzicht.law.instruments import instruments
from overzicht.register.quantities import worded
from overzicht.store.database import Store
from overzicht.store.register.organisations import OrganisationLine
from overzicht.subjects.diligence.file_places import Holder, shown_by_inventories
from overzicht.subjects.diligence.recorded import StepFact
from overzicht.subjects.diligence.words import Step
from overzicht.subjects.licensing.case_records import StoredCase, cases_on
from overzicht.subjects.licensing.gates.model import applicant_names
from overzicht.subjects.licensing.model import FactName
from overzicht.subjects.licensing.office_workflow import ConditionState, conditions_of
from overzicht.subjects.licensing.states import Status
from overzicht.workflows.register.plans import list_plans
from overzicht.workflows.register.statements import StatementView, list_statements

AWARENESS = (FactName.AWARE_ART4, FactName.AWARE_ART5)
REFUSED = (Status.DENIED, Status.PROHIBITED, Status.SUSPENDED, Status.ANNULLED, Status.REVOKED)
OF_ORGANISATIONS = (
    "ungp",
    "oecd-guidelines",
    "gdpr",
    "ai-act",
    "eu-human-rights-sanctions",
    "forced-labour-regulation",
    "csddd",
)


def step_facts(
    store: Store, organisation: OrganisationLine, gone: int, holder: Holder, as_of: date
) -> Iterator[StepFact]:
    """Yield the findings of steps 1, 4, 5 and 6; `gone` is the number of replaced or removed devices."""
    # plans, removed devices and public statements
    for plan_view in list_plans(store, as_of, organisation.id, only_open=False):
        plan, key = plan_view.plan, f"plan {plan_view.plan.id}"
        citation = Citation("register", "register of equipment", place=key)
        statement = text(
            "replacement plan “{title}”: {says}", title=plan.title, says=plan_view.progress.statement
        )
        reason = Reason(text("stated by the register"), Confidence.HIGH, (citation,))
        yield _fact(Step.TRACK, organisation, key, statement, as_of, reason)
    if gone:
        statement = text("{count} devices were replaced or removed until this date", count=gone)
        yield _fact(Step.TRACK, organisation, "gone", statement, as_of, shown_by_inventories(holder))
    for view in list_statements(store, as_of, organisation.id):
        if not view.statement.withdrawn_at:
            yield _of_statement(view, organisation, as_of)
    name = without_company_form(organisation.name)
    with store.reading() as connection:
        for case in cases_on(connection, as_of):
            if name in map(without_company_form, applicant_names(case.application)):
                yield from _of_case(organisation, case, as_of)
    yield from _of_law(organisation, as_of)


def _fact(
    step: Step, organisation: OrganisationLine, key: str, statement: Text, as_of: date, *reasons: Reason
) -> StepFact:
    finding = Finding(
        id=finding_id(FindingKind.STEP, organisation.id, key, as_of.isoformat()),
        kind=FindingKind.STEP,
        subject=organisation.id,
        object=key,
        answer=Answer.FOUND,
        statement=statement,
        as_of=as_of,
        confidence=max((reason.strength for reason in reasons), key=lambda strength: strength.rank),
        reasons=reasons,
    )
    return StepFact(step, finding)


def _of_statement(view: StatementView, organisation: OrganisationLine, as_of: date) -> StepFact:
    statement = view.statement
    values: dict[str, Value] = {
        "organisation": organisation.name,
        "when": statement.said_as,
        "maker": statement.maker_named,
        "quantity": worded(statement.quantity),
        "status": statement.status,
    }
    against = (
        Reason(text("statement {number} of the register contradicts it", number=number), against=True)
        for number in view.contradicts
    )
    return _fact(
        Step.COMMUNICATE,
        organisation,
        f"statement {statement.id}",
        text("public statement about {organisation} ({when}): {maker}, {quantity}, {status}", **values),
        as_of,
        Reason(text("stated by its source"), citations=(statement.citation,)),
        *against,
    )


def _of_case(organisation: OrganisationLine, case: StoredCase, as_of: date) -> Iterator[StepFact]:
    """Yield what a licence case of the organisation shows: programme, conditions, notices, refusals."""
    case_id = case.application.id
    citation = Citation("licences", "licence cases", place=case_id)

    def fact(step: Step, name: str, statement: Text) -> StepFact:
        reason = Reason(text("stated by licence case {id}", id=case_id), Confidence.HIGH, (citation,))
        return _fact(step, organisation, f"licence {case_id} {name}", statement, as_of, reason)

    programme = case.application.fact(FactName.COMPLIANCE_PROGRAMME)
    if programme.answer != "unknown":
        sentence = text(
            "internal compliance programme: {answer} ({source})",
            source=programme.source,
            answer=text("yes") if programme.answer == "yes" else text("no"),
        )
        yield fact(Step.POLICY, "programme", sentence)
    states = Counter(condition.state for condition in conditions_of(case))
    status = text(
        "licence case {id}: {status}; conditions met {met}, open {open}, breached {breached}",
        id=case_id,
        status=case.status.words,
        met=states[ConditionState.MET],
        open=states[ConditionState.OPEN],
        breached=states[ConditionState.BREACHED],
    )
    yield fact(Step.TRACK, "status", status)
    for name in AWARENESS:
        known = case.application.fact(name)
        if known.answer == "yes":
            sentence = text(
                "licence case {id}: {fact} ({source}); the law asks for a notice to the authority",
                id=case_id,
                fact=name.words,
                source=known.source,
            )
            yield fact(Step.COMMUNICATE, name.value, sentence)
    if case.status in REFUSED or states[ConditionState.BREACHED]:
        sentence = text(
            "licence case {id} is {status}, with {breached} breached conditions; record what was remedied",
            id=case_id,
            status=case.status.words,
            breached=states[ConditionState.BREACHED],
        )
        yield fact(Step.REMEDIATE, "refusal", sentence)


def _of_law(organisation: OrganisationLine, as_of: date) -> Iterator[StepFact]:
    """Yield which rules for organisations are in force, and which are not yet."""
    cards = [instruments()[name] for name in OF_ORGANISATIONS]
    for key, holds, sentence in (
        ("law in force", Holds.YES, text("rules for organisations in force on {day}: {names}")),
        ("law to come", Holds.NO, text("rules for organisations not in force on {day}: {names}")),
    ):
        chosen = [card for card in cards if card.on(as_of).applies is holds]
        if chosen:
            statement = sentence.filled(day=as_of, names=joined((card.called for card in chosen), COMMAS))
            citations = tuple(citation for card in chosen for citation in card.cite_phase(as_of))
            law_reason = Reason(text("by the date of application of each act"), Confidence.MEDIUM, citations)
            yield _fact(Step.POLICY, organisation, key, statement, as_of, law_reason)
