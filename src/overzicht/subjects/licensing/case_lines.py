"""A licence case for the terminal, in the language of the command."""

from overzicht.cli.language import spoken, translate, worded
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import COMMAS, in_both, joined
from overzicht.law.export_rules import Criterion, export_rules
from overzicht.law.working_days import Clock
from overzicht.subjects.licensing.cases import CaseView, ConsultationView, ToConsult
from overzicht.subjects.licensing.completeness import Gap
from overzicht.subjects.licensing.consultation import status_sentence
from overzicht.subjects.licensing.denial_matching import DenialMatch
from overzicht.subjects.licensing.gates.model import Certainty, GateAnswer, Gates, Outcome
from overzicht.subjects.licensing.objections import Objection
from overzicht.subjects.licensing.office import AlertsResponse
from overzicht.subjects.licensing.office_workflow import Condition, OfficeView
from overzicht.subjects.licensing.order import Checklist
from overzicht.subjects.licensing.shipments import Shipment
from overzicht.subjects.licensing.states import Status

OUTCOMES = {
    Outcome.PROHIBITED: text("prohibited"),
    Outcome.NEEDS_AUTHORISATION: text("needs authorisation"),
    Outcome.DUTY: text("duty"),
    Outcome.NOT_KNOWN: text("not known"),
    Outcome.CLEAR: text("clear"),
}
KINDS = {"individual": text("individual"), "global": text("global"), "large_project": text("large_project")}
HOLDS = {"yes": text("yes"), "no": text("no"), "unknown": text("unknown")}


def status_words(status: Status) -> Text:
    """Return the status of a case as its officers see it."""
    return text("consulting") if status is Status.CONSULTING else status.words


def case_lines(view: CaseView) -> list[str]:
    """Return the whole case as lines of text."""
    case = view.application
    head = text(
        "case {id}: {status}, as of {day}", id=case.id, status=status_words(view.case.status), day=view.day
    )
    lines = [
        spoken(head),
        f"  {worded(KINDS[case.kind])}, {spoken(case.transaction.words)}, {case.authority}",
    ]
    lines += [f"  {spoken(party.role.words)}: {party.name}" for party in case.parties]
    lines += [
        spoken(
            text(
                "  line {line}: {code}  {amount} {unit}",
                line=item.line,
                code=item.code or "-",
                amount=str(item.quantity.amount),
                unit=item.quantity.unit,
            )
        )
        for item in case.items
    ]
    lines.append(f"  {spoken(view.commodity_codes)}")
    lines += _section(text("terms:"), [spoken(term.statement) for term in view.office.terms])
    lines += _section(text("missing:"), [gap_line(gap) for gap in view.gaps])
    lines += _section(text("gates:"), gate_lines(view.gates))
    lines += [spoken(text("decision order:")), *checklist_lines(view.checklist)]
    lines += _section(text("denials:"), [line for match in view.matches for line in match_lines(view, match)])
    lines += _section(
        text("to consult:"), [line for item in view.to_consult for line in to_consult_lines(item)]
    )
    lines += _section(
        text("consulted:"), [line for item in view.consultations for line in standpoint_lines(view, item)]
    )
    lines += [spoken(text("weighing (Article 15):")), *weighing_lines(view)]
    return [*lines, *office_lines(view.office)]


def gap_line(gap: Gap) -> str:
    """Return a missing field with its article."""
    return spoken(text("{says} (Article {article})", says=gap.sentence, article=gap.article))


def gate_lines(results: Gates) -> list[str]:
    """Return the answers of the gates with source and certainty, and the open questions with their keys."""
    lines = [line for answer in results.answers for line in _answer_lines(answer)]
    reach = text("a grant is within reach") if results.can_grant else text("a grant is out of reach")
    return [
        *lines,
        spoken(text("outcome: {outcome}; {reach}", outcome=OUTCOMES[results.outcome], reach=reach)),
    ]


def _answer_lines(answer: GateAnswer) -> list[str]:
    sentence = text(
        "{gate} {outcome}: {says}",
        gate=answer.gate.value,
        outcome=OUTCOMES[answer.outcome],
        says=answer.sentence,
    )
    if answer.certainty is not Certainty.READ:
        sentence = text("{says} (unverified: {mark})", says=sentence, mark=answer.certainty.words)
    lines = [spoken(sentence)]
    lines += [
        "   " + spoken(text("source: {source}", source=f"{c.title}, {c.place} {c.address}".rstrip()))
        for c in answer.citations
    ]
    if question := answer.open_question:
        request = text("question {key}: {says}", key=question.key, says=question.sentence)
        lines.append(f"   {spoken(request)}")
    return lines


def _section(title: Text, lines: list[str]) -> list[str]:
    return [spoken(title), *(f"  {line}" for line in lines)] if lines else []


def checklist_lines(checklist: Checklist) -> list[str]:
    """Return the checklist with article, question, result and fact, and what the authorisations say."""
    lines = []
    for step in checklist.steps:
        result = spoken(HOLDS[step.result.value])
        lines.append(f"  {step.number:4} Art. {step.article:18} {result:8} {spoken(step.rule.text)}")
        lines.append(f"       {spoken(step.sentence)}")
        sources = {f"{c.title}, {c.place}" for c in step.citations}
        lines += ["       " + spoken(text("source: {source}", source=source)) for source in sorted(sources)]
    for fit in checklist.fits:
        named = in_both(en=fit.authorisation.en, nl=fit.authorisation.nl)
        lines.append(f"  {fit.authorisation.id} {spoken(HOLDS[fit.answer.value])}: {spoken(named)}")
        lines += [f"       {spoken(reason)}" for reason in fit.knocked_out_by or fit.open_points]
    for duty in checklist.duties:
        if duty.answer.value != "no":
            sentence = duty.duty.text
            if duty.missing:
                names = ", ".join(name.value for name in duty.missing)
                sentence = text("{says} (missing: {names})", says=sentence, names=names)
            lines.append(f"  Art. {duty.duty.article} {spoken(HOLDS[duty.answer.value])}: {spoken(sentence)}")
    return [*lines, "  " + spoken(text("way: {way}", way=checklist.way.words))]


def match_lines(view: CaseView, match: DenialMatch) -> list[str]:
    """Return a denial that matches the case, with its reasons."""
    denial, kind = match.denial, match.kind.words
    if denial.id in view.dismissed:
        kind = joined((kind, text("dismissed by a person")), COMMAS)
    head = text(
        "{kind}: {denial} of {state}, {day}",
        kind=kind,
        denial=denial.id,
        state=denial.issuing_state,
        day=denial.notified_on,
    )
    return [spoken(head), *(f"  {spoken(reason)}" for reason in match.reasons)]


def clock_lines(clock: Clock | None) -> list[str]:
    """Return a clock in words, the days it skipped, and the readings of its extension."""
    if clock is None:
        return [spoken(text("the article did not apply on that day"))]
    lines = [f"{spoken(clock.statement)} ({clock.calendar})"]
    lines += [spoken(text("skipped: {day} {name}", day=day, name=name)) for day, name in clock.skipped]
    statements: tuple[Text | None, ...] = (clock.extension_statement, clock.unverified)
    return [*lines, *(spoken(statement) for statement in statements if statement is not None)]


def to_consult_lines(state: ToConsult) -> list[str]:
    """Return a state to consult, and the deadline if it is asked on this day."""
    due = text("{state} ({ground}); if asked on this day:", state=state.state, ground=worded(state.ground))
    if state.denials:
        due = text(
            "{state} ({ground}) on {denials}; if asked on this day:",
            state=state.state,
            ground=worded(state.ground),
            denials=", ".join(state.denials),
        )
    return [spoken(due), *(f"  {line}" for line in clock_lines(state.clock))]


def standpoint_lines(view: CaseView, standpoint: ConsultationView) -> list[str]:
    """Return a consultation and its status."""
    consultation = standpoint.consultation
    if standpoint.clock is None:
        message = text("{state}: the article did not apply on that day", state=consultation.state)
        return [spoken(message)]
    status = status_sentence(consultation, standpoint.clock, view.day)
    return [
        f"{spoken(status)} ({worded(consultation.ground)})",
        *(f"  {x}" for x in clock_lines(standpoint.clock)),
    ]


def weighing_lines(view: CaseView) -> list[str]:
    """Return the records of Article 15 and what they point to, with the inputs."""
    lines = [
        f"  {r.criterion} {spoken(r.direction.words)} {translate(r.weight.name.lower())}: {r.finding} "
        f"[{r.evidence}; {r.source_date}; {r.by}]{_force(export_rules().criteria[r.criterion])}"
        for r in view.suggestion.considered
    ]
    lines += [
        "  "
        + spoken(text("not weighed: {id} ({criterion})", id=criterion.id, criterion=criterion.text))
        + _force(criterion)
        for criterion in view.suggestion.unweighed
    ]
    result = text(
        "suggestion: {says} (for {good}, against {bad})",
        says=view.suggestion.statement,
        good=view.suggestion.points_for,
        bad=view.suggestion.points_against,
    )
    return [*lines, f"  {spoken(result)}"]


def _force(criterion: Criterion) -> str:
    """Return whether a criterion obliges to refuse, with the mark where no source was read for that."""
    if criterion.obliges is None:
        return ""
    obliges, weighs = text("obliges to refuse where it is met"), text("is weighed, does not oblige")
    effect = obliges if criterion.obliges else weighs
    if criterion.unverified:
        effect = text("{says} (unverified)", says=effect)
    return f" - {spoken(effect)}"


def _objection(objection: Objection) -> Text:
    """Return an objection with its last step: received, heard, decided or withdrawn."""
    sentence = text(
        "{number}. {party} on {day}: {grounds}",
        number=objection.number,
        party=objection.party,
        day=objection.received_on,
        grounds=objection.grounds,
    )
    if objection.is_late:
        sentence = text("{says} (late)", says=sentence)
    if objection.outcome is not None and objection.decided_on is not None:
        return text(
            "{says}; {outcome} on {day}, by {who}: {reasons}",
            says=sentence,
            outcome=objection.outcome.words,
            day=objection.decided_on,
            who=objection.decided_by,
            reasons=objection.reasons,
        )
    if objection.withdrawn_on is not None:
        return text("{says}; withdrawn on {day}", says=sentence, day=objection.withdrawn_on)
    if objection.heard_on is not None:
        return text("{says}; heard on {day}", says=sentence, day=objection.heard_on)
    return sentence


def due_lines(due: AlertsResponse) -> list[str]:
    """Return a line for each thing that is due in a case."""
    return [spoken(alert.sentence) for alert in due.alerts]


def office_lines(office: OfficeView) -> list[str]:
    """Return attachments, conditions, shipments, and what is left of each line."""
    attachments = [
        spoken(
            text(
                "{kind}: {name}, sha256 {hash}", kind=entry.kind.words, name=entry.filename, hash=entry.sha256
            )
        )
        for entry in office.attachments
    ]
    conditions = [spoken(_condition(condition)) for condition in office.conditions]
    shipments = [spoken(_shipment(shipment)) for shipment in office.shipments]
    left = [
        spoken(
            text(
                "line {line}: {left} of {licensed} {unit}",
                line=entry.line,
                left=str(entry.left),
                licensed=str(entry.licensed),
                unit=entry.unit,
            )
        )
        for entry in office.balances
    ]
    notices = [
        spoken(
            text(
                "{about}: to {recipient} on {day} ({proof})",
                about=entry.about,
                day=entry.sent_on,
                recipient=entry.recipient,
                proof=entry.proof,
            )
        )
        for entry in office.notices
    ]
    return [
        *_section(text("objections:"), [spoken(_objection(entry)) for entry in office.objections]),
        *_section(text("attachments:"), attachments),
        *_section(text("conditions:"), conditions),
        *_section(text("shipments:"), shipments),
        *_section(text("left of the licence:"), left),
        *_section(text("notices:"), notices),
    ]


def _condition(condition: Condition) -> Text:
    sentence = text(
        "{number} {state}: {condition}",
        number=condition.number,
        state=condition.state.words,
        condition=condition.sentence,
    )
    if condition.due is not None:
        sentence = text("{says}; due on {day}", says=sentence, day=condition.due)
    return text("{says} ({source})", says=sentence, source=condition.source) if condition.source else sentence


def _shipment(shipment: Shipment) -> Text:
    sentence = text(
        "{number}: line {line}, {amount} {unit} on {day}, {document}",
        number=shipment.number,
        line=shipment.line,
        amount=str(shipment.amount),
        unit=shipment.unit,
        day=shipment.shipped_on,
        document=shipment.document,
    )
    if shipment.reversed_on is None:
        return sentence
    return text(
        "{says}; reversed on {day}: {reason}", says=sentence, day=shipment.reversed_on, reason=shipment.reason
    )
