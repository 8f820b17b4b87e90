"""A licence case for the terminal."""

from overzicht.evidence import Text
from overzicht.exportcontrol.denials.consultation import status_sentence
from overzicht.exportcontrol.denials.matching import DenialMatch
from overzicht.exportcontrol.licensing.gates.model import Certainty, Gates
from overzicht.exportcontrol.licensing.order import Checklist
from overzicht.exportcontrol.workingdays import Clock
from overzicht.law.export_rules import Criterion, export_rules
from overzicht.workflows.licensing.cases import CaseView, ConsultationView, ToConsult


def case_lines(view: CaseView) -> list[str]:
    """Return the whole case as lines of text."""
    case = view.application
    lines = [f"case {case.id}: {view.case.status}, as of {view.day}", f"  {case.kind}, {case.authority}"]
    lines += [f"  {party.role}: {party.name}" for party in case.parties]
    lines += [f"  line {i.line}: {i.code or '-'}  {i.quantity.amount} {i.quantity.unit}" for i in case.items]
    lines += _section("missing", [f"{gap.sentence} (Article {gap.article})" for gap in view.gaps])
    lines += ["gates:", *(f"  {line}" for line in gate_lines(view.gates))]
    lines += ["decision order:", *checklist_lines(view.checklist)]
    lines += _section("denials", [line for match in view.matches for line in match_lines(view, match)])
    lines += _section("to consult", [line for item in view.to_consult for line in to_consult_lines(item)])
    lines += _section(
        "consulted", [line for item in view.consultations for line in standpoint_lines(view, item)]
    )
    lines += ["weighing (Article 15):", *weighing_lines(view)]
    return lines


def gate_lines(results: Gates) -> list[str]:
    """Return the answers of the gates with source and certainty, and the open questions with their keys."""
    lines = []
    for answer in results.answers:
        mark = "" if answer.certainty is Certainty.READ else f" ({answer.certainty.words})"
        lines.append(f"{answer.gate} {answer.outcome}: {answer.sentence}{mark}")
        lines += [f"   source: {c.title}, {c.place} {c.address}".rstrip() for c in answer.citations]
        if answer.open_question:
            lines.append(f"   question {answer.open_question.key}: {answer.open_question.sentence}")
    reach = "a grant is within reach" if results.can_grant else "a grant is out of reach"
    return [*lines, f"outcome: {results.outcome}; {reach}"]


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def checklist_lines(checklist: Checklist) -> list[str]:
    """Return the checklist with article, question, result and fact, and what the authorisations say."""
    lines = []
    for step in checklist.steps:
        lines.append(f"  {step.number:4} Art. {step.article:18} {step.result.value:8} {step.rule.en}")
        lines.append(f"       {step.sentence}")
        sources = {f"{c.title}, {c.place}" for c in step.citations}
        lines += [f"       source: {source}" for source in sorted(sources)]
    for fit in checklist.fits:
        lines.append(f"  {fit.authorisation.id} {fit.answer.value}: {fit.authorisation.en}")
        lines += [f"       {reason}" for reason in fit.knocked_out_by or fit.open_points]
    for duty in checklist.duties:
        if duty.answer.value != "no":
            missing = ", ".join(name.value for name in duty.missing)
            tail = f" (missing: {missing})" if missing else ""
            lines.append(f"  Art. {duty.duty.article} {duty.answer.value}: {duty.duty.en}{tail}")
    return [*lines, f"  way: {checklist.way}"]


def match_lines(view: CaseView, match: DenialMatch) -> list[str]:
    """Return a denial that matches the case, with its reasons."""
    dismissed = ", dismissed by a person" if match.denial.id in view.dismissed else ""
    denial = match.denial
    head = f"{match.kind}{dismissed}: {denial.id} of {denial.issuing_state}, {denial.notified_on}"
    return [head, *(f"  {reason}" for reason in match.reasons)]


def clock_lines(clock: Clock | None) -> list[str]:
    """Return a clock in words, the days it skipped, and the readings of its extension."""
    if clock is None:
        return ["the article did not apply on that day"]
    lines = [f"{clock.statement} ({clock.calendar})"]
    lines += [f"skipped: {day} {name}" for day, name in clock.skipped]
    statements: tuple[Text | None, ...] = (clock.extension_statement, clock.unverified)
    return [*lines, *(str(statement) for statement in statements if statement is not None)]


def to_consult_lines(state: ToConsult) -> list[str]:
    """Return a state to consult, and the deadline if it is asked on this day."""
    about = f" on {', '.join(state.denials)}" if state.denials else ""
    return [
        f"{state.state} ({state.ground}){about}; if asked on this day:",
        *(f"  {x}" for x in clock_lines(state.clock)),
    ]


def standpoint_lines(view: CaseView, standpoint: ConsultationView) -> list[str]:
    """Return a consultation and its status."""
    if standpoint.clock is None:
        return [f"{standpoint.consultation.state}: the article did not apply on that day"]
    consultation = standpoint.consultation
    status = status_sentence(consultation, standpoint.clock, view.day)
    return [f"{status} ({consultation.ground})", *(f"  {line}" for line in clock_lines(standpoint.clock))]


def weighing_lines(view: CaseView) -> list[str]:
    """Return the records of Article 15 and what they point to, with the inputs."""
    lines = [
        f"  {r.criterion} {r.direction} {r.weight.name.lower()}: {r.finding} "
        f"[{r.evidence}; {r.source_date}; {r.by}]{_force(export_rules().criteria[r.criterion])}"
        for r in view.suggestion.considered
    ]
    lines += [
        f"  not weighed: {criterion.id} ({criterion.en}){_force(criterion)}"
        for criterion in view.suggestion.unweighed
    ]
    points = f"for {view.suggestion.points_for}, against {view.suggestion.points_against}"
    return [*lines, f"  suggestion: {view.suggestion.statement} ({points})"]


def _force(criterion: Criterion) -> str:
    """Return whether a criterion obliges to refuse, with the mark where no source was read for that."""
    if criterion.obliges is None:
        return ""
    effect = "obliges to refuse where it is met" if criterion.obliges else "is weighed, does not oblige"
    return f" - {effect}{' (unverified)' if criterion.unverified else ''}"
