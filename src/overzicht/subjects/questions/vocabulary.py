"""The words for what a set and its papers are, as sentences that are translated."""

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.subjects.questions.model import Flag

LATE = {Holds.YES: text("late"), Holds.NO: text("in time"), Holds.UNKNOWN: text("not known whether late")}
NOTICES = {
    Holds.YES: text("a notice of delay was given"),
    Holds.NO: text("no notice of delay among the papers"),
    Holds.UNKNOWN: text("not known whether a notice was given: no paper was loaded"),
}


def flag_text(flag: Flag) -> Text:
    """Return what a flag says, as a sentence without a full stop."""
    return flag.code.words.filled(where=flag.where)


PARTS = {
    "title": text("title"),
    "question": text("question {numbers}"),
    "answer": text("answer {numbers}"),
    "note": text("note {numbers}"),
    "notice": text("notice"),
    "explanation": text("explanation"),
}
