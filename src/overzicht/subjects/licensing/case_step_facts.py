"""Facts of licence cases about the steps of the due diligence of their applicant.

An organisation is the applicant of a licence case if it has the name of the exporter or broker, without its
company form.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from overzicht.devices.vocabulary import without_company_form
from overzicht.evidence import Citation, Confidence, Reason, Text, text
from overzicht.store.database import Store
from overzicht.store.register.organisations import OrganisationLine
from overzicht.subjects.diligence.file_entries import StepFact
from overzicht.subjects.diligence.step_terms import Step
from overzicht.subjects.licensing.case_records import StoredCase, cases_on
from overzicht.subjects.licensing.gates.model import applicant_names
from overzicht.subjects.licensing.model import FactName
from overzicht.subjects.licensing.office_workflow import ConditionState, conditions_of
from overzicht.subjects.licensing.states import Status

AWARENESS = (FactName.AWARE_ART4, FactName.AWARE_ART5)
REFUSED = (Status.DENIED, Status.PROHIBITED, Status.SUSPENDED, Status.ANNULLED, Status.REVOKED)


def step_facts_of_cases(store: Store, organisation: OrganisationLine, as_of: date) -> Iterator[StepFact]:
    """Yield what the licence cases show in which the organisation is the applicant, as of the date."""
    name = without_company_form(organisation.name)
    with store.reading() as connection:
        for case in cases_on(connection, as_of):
            if name in map(without_company_form, applicant_names(case.application)):
                yield from _facts_of(organisation, case, as_of)


def _facts_of(organisation: OrganisationLine, case: StoredCase, as_of: date) -> Iterator[StepFact]:
    """Yield what a licence case of the organisation shows: programme, conditions, notices, refusals."""
    case_id = case.application.id
    citation = Citation("licences", "licence cases", place=case_id)

    def fact(step: Step, name: str, statement: Text) -> StepFact:
        reason = Reason(text("stated by licence case {id}", id=case_id), Confidence.HIGH, (citation,))
        return StepFact.of(step, organisation, f"licence {case_id} {name}", statement, as_of, reason)

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
