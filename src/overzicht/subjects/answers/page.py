"""An answer as one HTML page in the form of an official answer: own style, no script, nothing fetched."""

from collections.abc import Mapping
from typing import Any

from overzicht.reports.citations import NumberedCitations
from overzicht.reports.html.document import ONE_COLUMN, Page
from overzicht.reports.i18n import Language, Words
from overzicht.reports.vocabulary import word
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.vocabulary import KINDS, MARKS

STYLE = (
    ONE_COLUMN
    + """.oz-answer { max-width: var(--oz-measure); margin-bottom: 2.5rem; }
.oz-answer__facts { padding-left: 1.25em; overflow-wrap: anywhere; }
.oz-answer__facts li + li { margin-top: 0.6rem; }
"""
)


def _spoken(words: Words) -> Mapping[str, Any]:
    return {
        "mark": lambda origin: words.say(MARKS[origin]) if origin in MARKS else "",
        "question_kind": lambda kind: words.say(word(KINDS, kind)),
    }


PAGE = Page("answer_document.html", "overzicht.subjects.answers", _spoken, STYLE)


def render_answer(report: AnswerReport, lang: Language) -> str:
    """Return the page."""
    return PAGE.render(lang, report.version, report=report, index=NumberedCitations(report.citations))
