"""The words for what a set and its papers are, as sentences that are translated."""

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of
from overzicht.questions.mentions import MentionKind, RecognisedBy, Reply, Stance
from overzicht.questions.model import Flag, FlagCode, Layout, PaperKind, RoleKind
from overzicht.questions.references import RefKind
from overzicht.questions.sets import SetKind, State

STATES = words_of(State)
KINDS = words_of(SetKind)
PAPERS = words_of(PaperKind)
LAYOUTS = words_of(Layout)
ROLES = words_of(RoleKind)
REFS = words_of(RefKind)
LATE = {
    Holds.YES: text("late"),
    Holds.NO: text("in time"),
    Holds.UNKNOWN: text("not known whether late"),
}
NOTICES = {
    Holds.YES: text("a notice of delay was given"),
    Holds.NO: text("no notice of delay among the papers"),
    Holds.UNKNOWN: text("not known whether a notice was given: no paper was loaded"),
}
_FLAGS = {
    FlagCode.NO_QUESTIONS: text("no questions were found in it"),
    FlagCode.UNNUMBERED: text("its questions have no numbers; they were counted"),
    FlagCode.BARE_NUMBERS: text("its questions are told by numbers alone"),
    FlagCode.DERIVED: text(
        "it is text derived by others; groups and notes may differ from the official text"
    ),
    FlagCode.NO_HEADING: text("it has no heading of the questions; look in the paper with the questions"),
}


def flag_text(flag: Flag) -> Text:
    """Return what a flag says, as a sentence without a full stop."""
    if flag.code in _FLAGS:
        return _FLAGS[flag.code]
    sentences = {
        FlagCode.UNREADABLE_LABEL: text("a label cannot be read: {where}", where=flag.where),
        FlagCode.REPEATED_NUMBER: text("question {where} stands twice", where=flag.where),
        FlagCode.MISSING_NUMBER: text("question {where} is left out", where=flag.where),
        FlagCode.ANSWER_WITHOUT_QUESTION: text(
            "there is an answer {where}, and no such question", where=flag.where
        ),
        FlagCode.QUESTION_WITHOUT_ANSWER: text("question {where} has no answer", where=flag.where),
        FlagCode.NOTE_WITHOUT_MARK: text("nothing points to note {where}", where=flag.where),
        FlagCode.MARK_WITHOUT_NOTE: text(
            "a mark points to note {where}, which is not there", where=flag.where
        ),
        FlagCode.HEADING: text("its heading is not in the known form: {where}", where=flag.where),
        FlagCode.NOT_PUBLIC: text("an attachment is not public: {where}", where=flag.where),
        FlagCode.UNKNOWN_ELEMENT: text(
            "an element is not known, its text was kept: {where}", where=flag.where
        ),
    }
    return sentences[flag.code]


MENTION_KINDS = words_of(MentionKind)
STANCES = words_of(Stance)
REPLIES = words_of(Reply)
HOWS = words_of(RecognisedBy)
PARTS = {
    "title": text("title"),
    "question": text("question {numbers}"),
    "answer": text("answer {numbers}"),
    "note": text("note {numbers}"),
    "notice": text("notice"),
    "explanation": text("explanation"),
}
