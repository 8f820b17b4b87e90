"""The decision order as a checklist: question, article, fact, result, source.

**What the law says.** First other law (sanctions), then the list. A listed item needs a general authorisation
or an application; for other items the national list and the catch-alls apply. Items in another member state
and denials of other states require consultations (Articles 3, 4, 5, 9, 10, 11, 12, 14, 16). Papers are kept
(Article 27(3)).

**What we check.** Stated facts of the case, the gates (`gates/decision.py`), and matching denials. *Unknown*
never counts as *no*: the step names the missing fact, and the next step follows.

**What we cannot see.** Rules before 27 August 2009. The location of an address without a special place.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import computed_field

from overzicht.dates import Holds, any_holds
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.citation import unique
from overzicht.evidence.json_marks import HIDDEN, shown_as
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.law.export_rules import ExportRules, Rule, export_rules
from overzicht.subjects.licensing.authorisations import Fit, fits, general_authorisations
from overzicht.subjects.licensing.catchall import DutyAnswer, duties, inside_steps
from overzicht.subjects.licensing.destination import destination
from overzicht.subjects.licensing.gates.model import Gates, LegalGate, Outcome
from overzicht.subjects.licensing.gates.uses import RULES_OF_KIND, WITHOUT_RULE
from overzicht.subjects.licensing.model import Application, FactName


@dataclass(frozen=True, slots=True)
class CaseFindings:
    """What other stages found: the gates, and how many denials of others match (None: not checked)."""

    gates: Gates | None = None
    denial_hits: int | None = None


class DecisionOutcome(WordedEnum):
    """Where the decision order leads."""

    STOP = "other law first", text("other law comes first: a sanction or a measure for the destination")
    INSIDE = "inside the Union", text("the destination is inside the Union: only Article 11 applies")
    GENERAL = "general authorisation", text("a Union general export authorisation fits")
    APPLY = (
        "apply for an authorisation",
        text("an authorisation is needed; end-use and end-user are assessed case by case (Article 15)"),
    )
    NOTIFY = (
        "tell the authority and hold",
        text("the exporter must notify the authority and wait for its decision"),
    )
    FREE = "no authorisation needed", text("no authorisation is needed; the reasoning is stored")
    OPEN = "not settled", text("undecided: the checklist shows the unknown facts")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist: an article of the regulation, the fact as a sentence, and the result."""

    number: str
    rule: Annotated[Rule, HIDDEN]
    sentence: Annotated[Text, shown_as("says")]
    result: Holds
    citations: tuple[Citation, ...] = ()

    @computed_field
    @property
    def question(self) -> Text:
        """Question of the law."""
        return self.rule.text

    @computed_field
    @property
    def article(self) -> str:
        """The article that asks."""
        return self.rule.article


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole checklist of a case on a date: steps, outcome, authorisations and duties."""

    day: date
    steps: tuple[Step, ...]
    way: DecisionOutcome
    fits: tuple[Fit, ...]
    duties: tuple[DutyAnswer, ...]


def walk(case: Application, day: date, outside: CaseFindings) -> Checklist:
    """Return the checklist for a case under the regulation of `day`; before 428/2009 nothing is known."""
    rules = export_rules(day)
    if not rules.applies_on(day):
        sentence = text(
            "the regulation applies from {day}; older law is not included", day=rules.applies_from
        )
        classification = rules.rules["classification"]
        step = Step("0", classification, sentence, Holds.UNKNOWN, (rules.cite_rule(classification),))
        return Checklist(day, (step,), DecisionOutcome.OPEN, (), ())
    case_fits, case_duties = fits(case, day), duties(case, day)
    name = FactName.COMPLIANCE_PROGRAMME
    drafts = (
        *_destination(case, day),
        ("2a", "sanctions-parties", *_gate(outside, LegalGate.PARTIES)),
        _measures(case, outside),
        *_classification(case),
        _general(case_fits, case),
        *_catch_alls(case, case_duties),
        _location(case, day),
        _denials(outside),
        _statement(case),
        ("7", "compliance-programme", stated(case, name), Holds(case.fact(name).answer), ()),
        _keeping(rules),
    )
    steps = tuple(_step(rules, draft) for draft in drafts)
    if case.transaction in RULES_OF_KIND or case.transaction in WITHOUT_RULE:
        own = tuple(step for step in steps if step.number not in ONLY_FOR_EXPORTS)
        return Checklist(day, own, _way_by_gates(outside.gates), (), ())
    return Checklist(day, steps, _way(case, steps, case_fits, case_duties), case_fits, case_duties)


ONLY_FOR_EXPORTS = frozenset({"1a", "1b", "1c", "3a", "3c", "3d", "3e", "3f", "4"})


def _way_by_gates(gates: Gates | None) -> DecisionOutcome:
    """Return where the gates lead for a kind of case other than an export."""
    if gates is None or gates.questions:
        return DecisionOutcome.OPEN
    uses, acts = gates.of(LegalGate.CATCH_ALL), gates.of(LegalGate.DESTINATION)
    if Outcome.PROHIBITED in {uses, acts, gates.of(LegalGate.PARTIES)}:
        return DecisionOutcome.STOP
    if uses is Outcome.CLEAR and acts is Outcome.NEEDS_AUTHORISATION:
        return DecisionOutcome.APPLY
    ways = {
        Outcome.NEEDS_AUTHORISATION: DecisionOutcome.APPLY,
        Outcome.DUTY: DecisionOutcome.NOTIFY,
        Outcome.CLEAR: DecisionOutcome.FREE,
    }
    return ways.get(uses, DecisionOutcome.OPEN)


Draft = tuple[str, str, Text, Holds, tuple[Citation, ...]]
"""A step without its rule: number, name of the rule, sentence, result and other sources."""


def _step(rules: ExportRules, draft: Draft) -> Step:
    number, name, sentence, result, citations = draft
    rule = rules.rules[name]
    return Step(number, rule, sentence, result, (*citations, rules.cite_rule(rule)))


def _destination(case: Application, day: date) -> list[Draft]:
    place = destination(case, day)
    first = ("1", "destination", place.sentence, place.holds, place.citations)
    if place.holds is Holds.NO:
        return [first]
    return [first, *((*step, ()) for step in inside_steps(case))]


def _gate(outside: CaseFindings, gate: LegalGate) -> tuple[Text, Holds, tuple[Citation, ...]]:
    """Return the strictest answers of a gate as a sentence, a result and sources."""
    if outside.gates is None:
        return text("not checked"), Holds.UNKNOWN, ()
    outcome = outside.gates.of(gate)
    answers = [
        answer for answer in outside.gates.answers if answer.gate is gate and answer.outcome is outcome
    ]
    cited = unique(citation for answer in answers for citation in answer.citations)
    sentence = (
        joined((answer.sentence for answer in answers), SEMICOLONS) if answers else text("no act applies")
    )
    return sentence, _RESULTS.get(outcome, Holds.NO), cited


_RESULTS = {Outcome.PROHIBITED: Holds.YES, Outcome.NOT_KNOWN: Holds.UNKNOWN, Outcome.DUTY: Holds.UNKNOWN}


def stated(case: Application, name: FactName) -> Text:
    """Return a stated fact in a sentence: the fact, the answer, and on what source."""
    fact = case.fact(name)
    if fact.answer == "unknown":
        return text("not stated: {fact}", fact=name.words)
    answer = text("yes") if fact.answer == "yes" else text("no")
    return text("{fact}: {answer} ({source})", fact=name.words, answer=answer, source=fact.source)


def _measures(case: Application, outside: CaseFindings) -> Draft:
    names = (FactName.RESTRICTIVE_MEASURES, FactName.ARMS_EMBARGO)
    facts = [stated(case, name) for name in names]
    if outside.gates is None:
        answer = Holds(case.fact(FactName.RESTRICTIVE_MEASURES).answer)
        return "2b", "sanctions-destination", joined(facts, SEMICOLONS), answer, ()
    sentence, result, cited = _gate(outside, LegalGate.DESTINATION)
    return "2b", "sanctions-destination", joined((sentence, *facts), SEMICOLONS), result, cited


def _classification(case: Application) -> list[Draft]:
    steps: list[Draft] = []
    for item in case.items:
        number = f"3.{item.line}"
        if item.code:
            sentence = text(
                "line {line}: {code}, list {version}, by {who}",
                line=item.line,
                code=item.code,
                version=item.list_version or "?",
                who=item.classified_by or "?",
            )
            steps.append((number, "classification", sentence, Holds.YES, ()))
        elif item.not_listed:
            sentence = text(
                "line {line}: not listed, by {who}", line=item.line, who=item.classified_by or "?"
            )
            steps.append((number, "classification", sentence, Holds.NO, ()))
        else:
            sentence = text("line {line} is not classified", line=item.line)
            steps.append((number, "classification", sentence, Holds.UNKNOWN, ()))
    return steps


def _general(case_fits: tuple[Fit, ...], case: Application) -> Draft:
    fitting = [fit.authorisation.id for fit in case_fits if fit.answer is Holds.YES]
    maybe = [fit.authorisation.id for fit in case_fits if fit.answer is Holds.UNKNOWN]
    cited = tuple(fit.citation for fit in case_fits if fit.answer is not Holds.NO)
    if not any(item.code for item in case.items):
        return "3a", "general-authorisation", text("no item is listed"), Holds.NO, ()
    if fitting:
        sentence = text("fits: {names}", names=", ".join(fitting))
        return "3a", "general-authorisation", sentence, Holds.YES, cited
    if maybe:
        sentence = text("may fit, with points open: {names}", names=", ".join(maybe))
        return "3a", "general-authorisation", sentence, Holds.UNKNOWN, cited
    return "3a", "general-authorisation", text("none fits"), Holds.NO, ()


_TRIGGERS = (
    ("3c", "national-list", "measure"),
    ("3d", "informed", "informed"),
    ("3e", "aware", "aware"),
    ("3f", "suspicion", "suspicion"),
)


def _catch_alls(case: Application, duty_answers: tuple[DutyAnswer, ...]) -> list[Draft]:
    """Return a step per trigger, with the facts of the duties that the regulation of the day has."""
    steps: list[Draft] = []
    for number, rule, trigger in _TRIGGERS:
        answers = [answer for answer in duty_answers if answer.duty.trigger == trigger]
        facts = joined((stated(case, answer.facts[0]) for answer in answers), SEMICOLONS)
        steps.append((number, rule, facts, any_holds([answer.answer for answer in answers]), ()))
    return steps


def must_consult_location(case: Application, day: date) -> Holds:
    """Return whether Article 14(1) asks to consult: items elsewhere, and a far destination or Annex IV."""
    if case.located_in is None:
        return Holds.UNKNOWN
    if case.located_in == case.issuing_state:
        return Holds.NO
    general = general_authorisations()
    is_partner = general.authorisations["EU001"].covers(case.destination, day)
    if not is_partner and destination(case, day).holds is not Holds.YES:
        return Holds.YES
    return any_holds([general.in_annex_iv(item.code) for item in case.items if item.code])


def _location(case: Application, day: date) -> Draft:
    where = case.located_in or "?"
    sentence = text("the items are in {where}, {state} decides", where=where, state=case.issuing_state)
    return "4", "location", sentence, must_consult_location(case, day), ()


def _denials(outside: CaseFindings) -> Draft:
    if outside.denial_hits is None:
        return "5", "denials", text("the denials were not checked"), Holds.UNKNOWN, ()
    sentence = text("{count} denials of other states match", count=outside.denial_hits)
    return "5", "denials", sentence, Holds.YES if outside.denial_hits else Holds.NO, ()


def _statement(case: Application) -> Draft:
    statement = case.end_use.statement if case.end_use else None
    if statement is None:
        sentence = text(
            "there is no statement; for an individual authorisation the authority may grant an exemption"
        )
        return "6", "end-use-statement", sentence, Holds.NO, ()
    sentence = text("signed by {who} on {day}", who=statement.signed_by, day=statement.signed_on)
    return "6", "end-use-statement", sentence, Holds.YES, ()


def _keeping(rules: ExportRules) -> Draft:
    years = rules.records.years
    sentence = text("{years} years from the end of the calendar year of the export", years=years)
    return "8", "records", sentence, Holds.YES, ()


def _way(
    case: Application, steps: tuple[Step, ...], case_fits: tuple[Fit, ...], answers: tuple[DutyAnswer, ...]
) -> DecisionOutcome:
    results = {step.number: step.result for step in steps}
    if Holds.YES in (results["2a"], results["2b"]):
        return DecisionOutcome.STOP
    if results["1"] is not Holds.NO:
        if results["1a"] is Holds.YES:
            return DecisionOutcome.APPLY  # outside it would need one as well
        return (
            DecisionOutcome.INSIDE
            if results["1"] is Holds.YES and results["1a"] is Holds.NO
            else DecisionOutcome.OPEN
        )
    if any(item.code for item in case.items):
        fitting = any(fit.answer is Holds.YES for fit in case_fits)
        return DecisionOutcome.GENERAL if fitting and results["2a"] is Holds.NO else DecisionOutcome.APPLY
    arising = [answer.duty.does for answer in answers if answer.answer is Holds.YES]
    if "authorise" in arising or "national" in arising:
        way_unlisted = DecisionOutcome.APPLY
    elif "notify" in arising:
        way_unlisted = DecisionOutcome.NOTIFY
    elif any(not item.not_listed for item in case.items):
        way_unlisted = DecisionOutcome.OPEN
    else:
        is_open = any(answer.answer is Holds.UNKNOWN for answer in answers)
        settled = Holds.UNKNOWN not in (results["1"], results["2a"], results["2b"])
        way_unlisted = DecisionOutcome.FREE if settled and not is_open else DecisionOutcome.OPEN
    return way_unlisted
