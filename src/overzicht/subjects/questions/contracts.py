"""The values of parliamentary questions that programs read."""

from overzicht.subjects.questions.figures import Figures
from overzicht.subjects.questions.views import (
    FoundSet,
    OverdueView,
    QuestionSetLine,
    ReadingView,
    SetMentionsView,
)
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(QuestionSetLine, address="/questions"),
    Contract(FoundSet, "questions search"),
    Contract(Figures, "questions stats", "/questions/figures"),
    Contract(OverdueView, "questions overdue", "/questions/overdue"),
    Contract(ReadingView, "questions show", "/questions/{number}/versions"),
    Contract(SetMentionsView, "questions mentions", "/questions/mentions"),
)
