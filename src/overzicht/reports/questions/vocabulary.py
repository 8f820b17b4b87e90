"""The words for what a set and its papers are, as sentences that are translated."""

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.questions.mentions import How, MentionKind, Reply, Stance
from overzicht.questions.model import Flag, FlagCode, Layout, PaperKind, RoleKind
from overzicht.questions.references import RefKind
from overzicht.questions.sets import SetKind, State

STATES = {
    State.OPEN: text("open"),
    State.POSTPONED: text("postponed"),
    State.ANSWERED: text("answered"),
    State.CORRECTED: text("answered, with a further answer"),
    State.WITHDRAWN: text("withdrawn"),
    State.FINISHED: text("finished, day unknown"),
    State.ORAL: text("put orally"),
}
KINDS = {
    SetKind.WRITTEN: text("written questions"),
    SetKind.ORAL: text("oral questions"),
    SetKind.SENATE: text("written questions, Senate"),
}
PAPERS = {
    PaperKind.QUESTIONS: text("questions"),
    PaperKind.ORAL: text("oral questions"),
    PaperKind.ANSWER: text("answer"),
    PaperKind.FURTHER: text("further answer"),
    PaperKind.NOTICE: text("notice of delay"),
    PaperKind.WITHDRAWAL: text("withdrawal"),
    PaperKind.UNKNOWN: text("kind not known"),
}
LAYOUTS = {
    Layout.XML: text("official text (XML)"),
    Layout.HTML: text("official page (HTML)"),
    Layout.LETTER: text("letter (Word)"),
    Layout.TEXT: text("plain text of a paper"),
    Layout.DERIVED: text("text derived by others"),
    Layout.METADATA: text("metadata (XML)"),
    Layout.ODATA: text("House of Representatives OData"),
}
ROLES = {
    RoleKind.SUBMITTER: text("submitter"),
    RoleKind.CO_SUBMITTER: text("co-submitter"),
    RoleKind.ADDRESSEE: text("put to"),
    RoleKind.ANSWERER: text("answered by"),
    RoleKind.ON_BEHALF: text("also on behalf of"),
}
REFS = {
    RefKind.ANSWER: text("answer in this paper"),
    RefKind.SET: text("question set"),
    RefKind.PAPER: text("paper with answers"),
    RefKind.DOSSIER: text("parliamentary paper"),
    RefKind.PROCEEDINGS: text("proceedings"),
    RefKind.MOTION: text("motion"),
    RefKind.PAGE: text("page on the web"),
}
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


MENTION_KINDS = {
    MentionKind.COMPANY: text("company"),
    MentionKind.PRODUCT: text("product"),
    MentionKind.BODY: text("body"),
    MentionKind.PARTY: text("party on a list"),
    MentionKind.OPEN: text("not decided who is meant"),
}
STANCES = {
    Stance.ALLEGATION: text("put by a member"),
    Stance.STATEMENT: text("stated by the cabinet"),
    Stance.NON_CONFIRMATION: text("not confirmed by the cabinet"),
    Stance.SOURCE: text("in a note"),
    Stance.SUBJECT: text("in the title"),
}
REPLIES = {
    Reply.STATEMENT: text("answered"),
    Reply.NON_CONFIRMATION: text("the answer does not confirm it"),
    Reply.NONE: text("no answer is held"),
}
HOWS = {
    How.CARD: text("a name on a maker card"),
    How.KNOWN: text("a known name"),
    How.SENSE: text("a name with several meanings; the words around it decide"),
    How.FORM: text("told by its legal form"),
    How.CUE: text("told by the words beside it"),
    How.AGAIN: text("told elsewhere in the set"),
    How.LIST: text("a name on a loaded list"),
}
PARTS = {
    "title": text("title"),
    "question": text("question {numbers}"),
    "answer": text("answer {numbers}"),
    "note": text("note {numbers}"),
    "notice": text("notice"),
    "explanation": text("explanation"),
}
