"""Decisions of reviewers on the sentences of drafted answers."""

from dataclasses import dataclass
from enum import StrEnum

from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum


class Decision(WordedEnum):
    """A reviewer's decision on a sentence."""

    ACCEPT = "accept", text("accepted")
    EDIT = "edit", text("edited")
    STRIKE = "strike", text("struck")


class Part(StrEnum):
    """The part of an answer that a sentence is in."""

    FIRST = "first"
    FACTS = "facts"
    MORE = "more"
    JUDGEMENT = "judgement"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SentenceReview:
    """A decision on a sentence as it was drafted for `as_of`.

    `sentence` is the id of the sentence. `wording` is the text of the reviewer, empty unless it was edited.
    """

    set_number: str
    question: int
    part: Part
    sentence: str
    decision: Decision
    drafted: Text
    wording: str
    as_of: str
    reason: str
    actor: str = ""
    at: str = ""
    id: int = 0
