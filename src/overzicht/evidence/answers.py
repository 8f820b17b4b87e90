"""The words for the five answers, one wording about lists and one about anything else, and for yes and no."""

from collections.abc import Mapping

from overzicht.dates import Holds
from overzicht.evidence.finding import Answer, Finding, FindingKind
from overzicht.evidence.text import Text, text

LISTING_ANSWERS: Mapping[str, Text] = {  # of a list about a party
    Answer.FOUND: text("listed"),
    Answer.POSSIBLE: text("possibly listed"),
    Answer.NOT_FOUND: text("not listed"),
    Answer.NOT_CHECKED: text("not checked"),
    Answer.COULD_NOT_READ: text("could not be read"),
}

ANSWERS: Mapping[str, Text] = {  # to other questions: a manufacturer, an owner, a law, an activity
    **LISTING_ANSWERS,
    Answer.FOUND: text("found"),
    Answer.NOT_FOUND: text("not found"),
}

HOLDS: Mapping[str, Text] = {Holds.YES: text("yes"), Holds.NO: text("no"), Holds.UNKNOWN: text("unknown")}


def answer_of(finding: Finding) -> Text:
    """Return the answer of a finding: *listed* or *not listed* about a list, else *found* or *not found*."""
    is_listing = finding.kind in (FindingKind.LISTING, FindingKind.OWNER_LISTING)
    return (LISTING_ANSWERS if is_listing else ANSWERS)[finding.answer]
