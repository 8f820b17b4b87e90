"""A licence case as a document: one content for its lines on a terminal and its page."""

from overzicht.evidence import Text, text
from overzicht.evidence.answers import LISTING_ANSWERS
from overzicht.evidence.phrases import COMMAS, in_both, joined
from overzicht.law.countries import country_text
from overzicht.law.export_rules import Criterion, export_rules
from overzicht.law.working_days import Clock
from overzicht.reports.sections import ANSWER_TONES, NO_TAG, Document, Entry, Phrase, Section, Tag
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.completeness import Gap
from overzicht.subjects.licensing.consultation import ConsultationStatus, Ground, status_sentence
from overzicht.subjects.licensing.denial_matching import MatchKind
from overzicht.subjects.licensing.gates.model import Certainty, Gates, Outcome
from overzicht.subjects.licensing.objections import Objection
from overzicht.subjects.licensing.office_workflow import ConditionState, OfficeView
from overzicht.subjects.licensing.order import Checklist
from overzicht.subjects.licensing.shipments import Shipment
from overzicht.subjects.licensing.states import status_words
from overzicht.subjects.licensing.terms import TermKind

OUTCOMES = {
    Outcome.PROHIBITED: Tag(text("prohibited"), "danger"),
    Outcome.NEEDS_AUTHORISATION: Tag(text("needs authorisation")),
    Outcome.DUTY: Tag(text("duty"), "warning"),
    Outcome.NOT_KNOWN: Tag(text("not known"), "warning"),
    Outcome.CLEAR: Tag(text("clear"), "plain"),
}
KINDS = {"individual": text("individual"), "global": text("global"), "large_project": text("large_project")}
HOLDS = {"yes": Tag(text("yes")), "no": Tag(text("no"), "plain"), "unknown": Tag(text("unknown"), "warning")}
GROUNDS = {Ground.LOCATION: text("art14-objection"), Ground.DENIAL: text("art16-consultation")}
MATCH_TONES = {MatchKind.HIT: "danger", MatchKind.POSSIBLE: "warning", MatchKind.RULED_OUT: "plain"}
CONDITIONS = {
    ConditionState.OPEN: "warning",
    ConditionState.MET: "safe",
    ConditionState.BREACHED: "danger",
}
OFFICER = "officer"  # who may read what is confidential of other states, and the assessment
NOT_CHECKED, OVERDUE = Tag(text("not checked"), "warning"), Tag(text("overdue"), "danger")


def gap_text(gap: Gap) -> Text:
    """Return a missing field with its article."""
    return text("{says} (Article {article})", says=gap.sentence, article=gap.article)


def case_document(view: CaseView) -> Document:
    """Return the whole case; a page does not show the parts of officers to others."""
    case, screened = view.application, view.screening.parties if view.screening else ()
    status = status_words(view.case.status)
    title = text("case {id}: {status}, as of {day}", id=case.id, status=status, day=view.day)
    kind, action = KINDS[case.kind], case.transaction.words
    lead = text("{kind}, {transaction}, {authority}", kind=kind, transaction=action, authority=case.authority)
    answers = {party.party: party for party in screened}
    parties: list[Entry] = []
    for party in case.parties:
        tag, more = NOT_CHECKED, [country_text(party.country)] if party.country else []
        if result := answers.get(party.name):
            answer = result.binding.of_lists
            tag = Tag(LISTING_ANSWERS[answer], ANSWER_TONES[answer])
            more += [result.binding.sentence, *result.others]
        parties.append(Entry(party.role.words, party.name, tag, more=more))
    items: list[Entry] = []
    for item in case.items:
        amount, unit = str(item.quantity.amount), item.quantity.unit
        amount_text = text("{code}  {amount} {unit}", code=item.code or "-", amount=amount, unit=unit)
        tag = Tag(text("not listed"), "plain") if item.not_listed else NOT_CHECKED
        place = f"/control/provisions/{item.code}" if item.code else ""
        label = text("line {line}", line=item.line)
        tag = NO_TAG if item.code else tag
        items.append(Entry(amount_text, label, tag, more=[item.description], link=place))
    terms: list[Entry] = []
    for term in view.office.terms:
        is_late = term.is_overdue and not term.met_on and term.kind is not TermKind.OBJECTION
        terms.append(Entry(term.statement, tag=OVERDUE if is_late else NO_TAG, citations=term.citations))
    blocking = Tag(text("prevents filing"), "danger")
    gaps = [Entry(gap_text(gap), tag=blocking if gap.blocks else NO_TAG) for gap in view.gaps]
    heads = (text("party"), text("answer of the binding lists"), text("role"))
    codes = view.commodity_codes
    sections = (
        Section(
            text("parties:"),
            id="parties",
            entries=parties,
            columns=heads,
            line="{text}: {label}",
            is_headed=False,
        ),
        Section(
            text("items:"),
            id="items",
            entries=items,
            close=(codes,),
            result=(Entry(codes),),
            line="{label}: {text}",
            is_headed=False,
        ),
        Section(text("terms:"), id="terms", entries=terms, line="{text}"),
        Section(text("missing:"), id="gaps", entries=gaps, line="{text}"),
        gate_section(view.gates, is_reopened=view.is_reopened),
        *_order(view.checklist),
        *denial_sections(view),
        _weighing(view),
        *_office(view.office),
    )
    return Document(title, (lead,), sections, view.day)


def gate_section(results: Gates, *, is_reopened: bool = False) -> Section:
    """Return the answers of the gates with source and certainty, and the open questions with their keys."""
    entries: list[Entry] = []
    for answer in results.answers:
        sentence, questions = answer.sentence, []
        if answer.certainty is not Certainty.READ:
            sentence = text("{says} (unverified: {mark})", says=sentence, mark=answer.certainty.words)
        if question := answer.open_question:
            questions = [text("question {key}: {says}", key=question.key, says=question.sentence)]
        addresses = (f"{c.title}, {c.place} {c.address}".rstrip() for c in answer.citations)
        sources = [*(text("source: {source}", source=address) for address in addresses), *questions]
        more = [*questions, answer.gate.words]
        tag = OUTCOMES[answer.outcome]
        entries.append(Entry(sentence, answer.gate.value, tag, (), sources, answer.citations, more))
    reach = text("a grant is within reach") if results.can_grant else text("a grant is out of reach")
    outcome = OUTCOMES[results.outcome]
    if is_reopened:
        sentence = text(
            "An act or a listing came after the grant. The licence cannot be used: assess the case again."
        )
    elif results.can_grant:
        sentence = text("No gate is shut. An officer decides.")
    else:
        sentence = text("A licence cannot be granted as long as a gate is shut or not known.")
    return Section(
        text("gates:"),
        id="gates",
        entries=entries,
        columns=(text("gate"), text("outcome"), text("reason and source")),
        close=(text("outcome: {outcome}; {reach}", outcome=outcome.words, reach=reach),),
        result=(Entry(sentence, tag=outcome),),
        indent=3,
    )


def _order(checklist: Checklist) -> tuple[Section, Section]:
    """Return the checklist with article, question, result and fact, and what the authorisations say."""
    steps: list[Entry] = []
    for step in checklist.steps:
        places = sorted({f"{c.title}, {c.place}" for c in step.citations})
        sources = [text("source: {source}", source=place) for place in places]
        label, tag = f"{step.number:4} Art. {step.article:18}", HOLDS[step.result.value]
        steps.append(Entry(step.rule.text, label, tag, (step.sentence,), sources, step.citations))
    ways: list[Entry] = []
    for fit in checklist.fits:
        named = in_both(en=fit.authorisation.en, nl=fit.authorisation.nl)
        reasons = fit.knocked_out_by or fit.open_points
        ways.append(Entry(named, fit.authorisation.id, HOLDS[fit.answer.value], reasons))
    for duty in checklist.duties:
        if duty.answer.value != "no":
            sentence = duty.duty.text
            if duty.missing:
                names = ", ".join(name.value for name in duty.missing)
                sentence = text("{says} (missing: {names})", says=sentence, names=names)
            ways.append(Entry(sentence, f"Art. {duty.duty.article}", HOLDS[duty.answer.value]))
    way, result = text("way: {way}", way=checklist.way.words), text("answer")
    heads = (text("step"), result, text("question, fact and source"))
    named_heads = (text("article"), result, text("authorisation or duty"))
    title = text("general authorisations and duties:")
    return (
        Section(
            text("decision order:"),
            id="order",
            entries=steps,
            columns=heads,
            result=(Entry(way),),
            line="{label} {tag:8} {text}",
            indent=5,
        ),
        Section(title, id="ways", entries=ways, columns=named_heads, close=(way,), indent=5, is_headed=False),
    )


def denial_sections(view: CaseView) -> tuple[Section, Section, Section]:
    """Return the denials that match the case, the states to consult, and those that were consulted."""
    matches: list[Entry] = []
    for match in view.matches:
        denial, kind = match.denial, match.kind.words
        if denial.id in view.dismissed:
            kind = joined((kind, text("dismissed by a person")), COMMAS)
        state, day = denial.issuing_state, denial.notified_on
        sentence = text("{denial} of {state}, {day}", denial=denial.id, state=state, day=day)
        tag, page = Tag(kind, MATCH_TONES[match.kind]), f"/denials/{denial.id}"
        matches.append(Entry(sentence, denial.id, tag, match.reasons, link=page, key=denial.id))
    due: list[Entry] = []
    for target in view.to_consult:
        ground = GROUNDS[target.ground]
        sentence = text("{state} ({ground}); if asked on this day:", state=target.state, ground=ground)
        if target.denials:
            on = text(
                "{state} ({ground}) on {denials}; if asked on this day:", denials=", ".join(target.denials)
            )
            sentence = on.filled(state=target.state, ground=ground)
        notes, key = _clock(target.clock), f"{target.state} {target.ground}"
        tag, more = Tag(text("to consult"), "warning"), (target.ground.words,)
        due.append(Entry(sentence, country_text(target.state), tag, notes, more=more, key=key))
    consulted: list[Entry] = []
    for made in view.consultations:
        consultation, notes = made.consultation, []
        sentence = text("{state}: the article did not apply on that day", state=consultation.state)
        if made.clock is not None:
            status = status_sentence(consultation, made.clock, view.day)
            sentence = text("{status} ({ground})", status=status, ground=GROUNDS[consultation.ground])
            notes = _clock(made.clock)
        is_open = made.standing is ConsultationStatus.OPEN
        key = f"{consultation.state} {consultation.ground}" if is_open else ""
        more = (consultation.ground.words,)
        consulted.append(Entry(sentence, country_text(consultation.state), notes=notes, more=more, key=key))
    none = () if matches else (Entry(text("No denial in the register matches this case.")),)
    return (
        Section(
            text("denials:"), id="denials", entries=matches, result=none, line="{tag}: {text}", reader=OFFICER
        ),
        Section(text("to consult:"), id="consult", entries=due, line="{text}", reader=OFFICER),
        Section(text("consulted:"), id="consulted", entries=consulted, line="{text}", reader=OFFICER),
    )


def _clock(clock: Clock | None) -> list[Phrase]:
    """Return a clock in words, the days it skipped, and the readings of its extension."""
    if clock is None:
        return [text("the article did not apply on that day")]
    skipped = (text("skipped: {day} {name}", day=day, name=name) for day, name in clock.skipped)
    sentence = text("{says} ({calendar})", says=clock.statement, calendar=clock.calendar)
    return [*filter(None, (sentence, *skipped, clock.extension_statement, clock.unverified))]


def _weighing(view: CaseView) -> Section:
    """Return the records of Article 15 and what they point to, with the inputs."""
    weighed, known = view.suggestion, {criterion.id: criterion for criterion in view.criteria}
    entries: list[Entry] = []
    for record in weighed.considered:
        finding = text("{finding} [{evidence}; {day}; {by}]", finding=record.finding, by=record.by)
        sentence = finding.filled(evidence=record.evidence, day=record.source_date)
        rated = text(
            "{direction} {weight}", direction=record.direction.words, weight=Text(record.weight.name.lower())
        )
        criterion = export_rules().criteria[record.criterion]
        more = [known[record.criterion].text] if record.criterion in known else []
        entries.append(Entry(_with_force(sentence, criterion), record.criterion, Tag(rated), more=more))
    for criterion in weighed.unweighed:
        sentence = text("not weighed: {id} ({criterion})", id=criterion.id, criterion=criterion.text)
        entries.append(Entry(_with_force(sentence, criterion)))
    suggestion = text("suggestion: {says} (for {good}, against {bad})", says=weighed.statement)
    suggestion = suggestion.filled(good=weighed.points_for, bad=weighed.points_against)
    return Section(
        text("weighing (Article 15):"),
        id="weigh",
        entries=entries,
        close=(suggestion,),
        result=(Entry(suggestion, more=(text("This is a suggestion, not a decision."),)),),
        reader=OFFICER,
    )


def _with_force(sentence: Text, criterion: Criterion) -> Text:
    """Return a sentence with whether the criterion obliges to refuse, and whether a source was read."""
    if criterion.obliges is None:
        return sentence
    obliges, weighs = text("obliges to refuse where it is met"), text("is weighed, does not oblige")
    effect = obliges if criterion.obliges else weighs
    if criterion.unverified:
        effect = text("{says} (unverified)", says=effect)
    return text("{says} - {effect}", says=sentence, effect=effect)


def _office(office: OfficeView) -> tuple[Section, ...]:
    """Return objections, attachments, conditions, shipments, what is left of each line, and notices."""
    objections: list[Entry] = []
    for objection in office.objections:
        day = None if objection.is_open else objection.heard_on  # an open one says it in its sentence
        heard = [text("Heard on {day}", day=day)] if day else []
        if objection.not_heard:
            heard.append(text("No hearing: {reason}", reason=objection.not_heard))
        objections.append(Entry(_objection(objection), more=heard, key=str(objection.number)))
    files: list[Entry] = []
    for file in office.attachments:
        named = text(
            "{kind}: {name}, sha256 {hash}", kind=file.kind.words, name=file.filename, hash=file.sha256
        )
        files.append(Entry(named, more=(text("{day}, by {who}", day=file.added_on, who=file.by),)))
    conditions: list[Entry] = []
    for condition in office.conditions:
        sentence: Phrase = condition.sentence
        if condition.due is not None:
            sentence = text("{says}; due on {day}", says=sentence, day=condition.due)
        if condition.source:
            sentence = text("{says} ({source})", says=sentence, source=condition.source)
        number, tag = str(condition.number), Tag(condition.state.words, CONDITIONS[condition.state])
        conditions.append(Entry(sentence, number, tag, key=number))
    shipments = [
        Entry(_shipment(shipment), key="" if shipment.reversed_on else str(shipment.number))
        for shipment in office.shipments
    ]
    balances: list[Entry] = []
    for line in office.balances:
        left = text("line {line}: {left} of {licensed} {unit}", line=line.line, unit=line.unit)
        used = text("written off: {amount} {unit}", amount=str(line.written_off), unit=line.unit)
        balances.append(Entry(left.filled(left=str(line.left), licensed=str(line.licensed)), more=(used,)))
    notices = [
        Entry(
            text(
                "{about}: to {recipient} on {day} ({proof})",
                about=notice.about,
                day=notice.sent_on,
                recipient=notice.recipient,
                proof=notice.proof,
            )
        )
        for notice in office.notices
    ]
    return (
        Section(text("objections:"), id="objections", entries=objections),
        Section(text("attachments:"), id="attachments", entries=files),
        Section(text("conditions:"), id="conditions", entries=conditions),
        Section(text("shipments:"), id="shipments", entries=shipments),
        Section(text("left of the licence:"), id="left", entries=balances),
        Section(text("notices:"), id="notices", entries=notices),
    )


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
