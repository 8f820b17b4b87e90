"""Findings that belong to a step and not to one risk: from the register, from other subjects and the law."""

from collections.abc import Callable, Iterator
from datetime import date

from overzicht.composition import Slot
from overzicht.dates import Holds
from overzicht.evidence import (
    Citation,
    Confidence,
    Reason,
    text,
)
from overzicht.evidence.phrases import COMMAS, joined
from overzicht.evidence.text import Value
from overzicht.law.instruments import instruments
from overzicht.register.quantities import worded
from overzicht.store.database import Store
from overzicht.store.register.organisations import OrganisationLine
from overzicht.subjects.diligence.file_entries import StepFact
from overzicht.subjects.diligence.file_places import Holder, shown_by_inventories
from overzicht.subjects.diligence.step_terms import Step
from overzicht.subjects.register.replacement_plans import list_plans
from overzicht.subjects.register.statements import StatementView, list_statements

Added = Callable[[Store, OrganisationLine, date], Iterator[StepFact]]
ADDED: Slot[Added] = Slot("diligence step facts")
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
        yield StepFact.of(Step.TRACK, organisation, key, statement, as_of, reason)
    if gone:
        statement = text("{count} devices were replaced or removed until this date", count=gone)
        yield StepFact.of(Step.TRACK, organisation, "gone", statement, as_of, shown_by_inventories(holder))
    for view in list_statements(store, as_of, organisation.id):
        if not view.statement.withdrawn_at:
            yield _of_statement(view, organisation, as_of)
    for add in ADDED.added():
        yield from add(store, organisation, as_of)
    # which rules for organisations are in force, and which are not yet
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
            yield StepFact.of(Step.POLICY, organisation, key, statement, as_of, law_reason)


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
    return StepFact.of(
        Step.COMMUNICATE,
        organisation,
        f"statement {statement.id}",
        text("public statement about {organisation} ({when}): {maker}, {quantity}, {status}", **values),
        as_of,
        Reason(text("stated by its source"), citations=(statement.citation,)),
        *against,
    )
