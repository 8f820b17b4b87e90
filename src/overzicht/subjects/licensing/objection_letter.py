"""The letter about an objection: its receipt while it waits, and the decision on it."""

from overzicht.evidence import text
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.sections import Section
from overzicht.subjects.licensing.objections import ObjectionOutcome, appeal_until
from overzicht.subjects.licensing.views import CaseDocument

OBJECTION_TITLE = text("Letter about an objection")
_OUTCOMES = {
    ObjectionOutcome.INADMISSIBLE: text(
        "The objection is inadmissible. The authority does not look at its content."
    ),
    ObjectionOutcome.UNFOUNDED: text("The objection is unfounded. The decision remains as it is."),
    ObjectionOutcome.PARTLY_FOUNDED: text(
        "The objection is partly founded. The authority withdraws that part of the decision and takes "
        "another one (Awb 7:11)."
    ),
    ObjectionOutcome.FOUNDED: text(
        "The objection is founded. The authority withdraws the decision and takes another one (Awb 7:11)."
    ),
}


def objection_sections(document: CaseDocument, lang: Language) -> tuple[Section, ...]:
    """Return the sections of the letter about the newest objection; without one, a section that says so."""
    words, objection = words_for(lang), document.objection
    if objection is None:
        return (Section(words.text("Objection"), (words.text("There is no objection."),)),)
    received: list[str] = []
    received.append(
        words.text(
            "To {party}: the authority received your objection of {day} against the decision of {decided} on "
            "case {id}.",
            party=objection.party,
            day=objection.received_on,
            decided=objection.decision_of,
            id=document.application.id,
        )
    )
    received.append(words.text("Your grounds: {grounds}", grounds=objection.grounds))
    if objection.is_late:
        received.append(
            words.say(
                text("It came in after the term of six weeks. The authority asks why (Awb 6:11).")
                if objection.is_open
                else text("It came in after the term of six weeks (Awb 6:7, 6:11).")
            )
        )
    for repair in objection.repairs:
        received.append(
            words.text(
                "On {day} the authority asked you for this, by {until}: {reason}",
                day=repair.requested_on,
                until=repair.until,
                reason=repair.reason,
            )
        )
    hearing: list[str] = []
    if objection.heard_on is not None:
        hearing.append(words.text("You were heard on {day} (Awb 7:2).", day=objection.heard_on))
        if objection.hearing:
            hearing.append(objection.hearing)
    elif objection.not_heard:
        hearing.append(words.text("There was no hearing (Awb 7:3): {reason}", reason=objection.not_heard))
    elif objection.is_open:
        hearing.append(words.text("The authority hears you before it decides (Awb 7:2)."))
    decision: list[str] = []
    if objection.withdrawn_on is not None:
        decision.append(words.text("The objection was withdrawn on {day}.", day=objection.withdrawn_on))
    elif objection.outcome is None or objection.decided_on is None:
        due = objection.term(document.day).due
        decision.append(words.text("The authority decides on your objection by {day} (Awb 7:10).", day=due))
        if objection.has_committee:
            decision.append(words.text("An advisory committee advises on it first (Awb 7:13)."))
    else:
        decision.append(words.text("The authority decided on {day}.", day=objection.decided_on))
        decision.append(words.say(_OUTCOMES[objection.outcome]))
    appeal: list[str] = []
    if objection.decided_on is not None:
        appeal.append(
            words.text(
                "You can appeal to the district court until {day}: six weeks from the day after this "
                "decision was sent to you (Awb 6:7, 6:8 and 8:1).",
                day=appeal_until(objection.decided_on),
            )
        )
    sections = (
        Section(words.text("The objection"), tuple(received)),
        Section(words.text("Hearing"), tuple(hearing)),
        Section(words.text("The decision"), tuple(decision)),
        Section(words.text("Reasons"), (objection.reasons,) if objection.reasons else ()),
        Section(words.text("Appeal"), tuple(appeal)),
    )
    return tuple(entry for entry in sections if not entry.is_empty)
