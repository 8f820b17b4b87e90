"""The values of answers that programs read."""

from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.sets import SetLine
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(SetLine, address="/answers"),
    Contract(AnswerReport, "answer", "/answers/{number}"),
)
