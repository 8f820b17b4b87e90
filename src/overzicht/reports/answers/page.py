"""An answer as one HTML page in the form of an official answer: own style, no script, nothing fetched."""

from functools import cache

import jinja2
from markupsafe import Markup

from overzicht.reports.answers.citations import AnswerCitations
from overzicht.reports.answers.model import AnswerReport
from overzicht.reports.answers.vocabulary import KINDS, MARKS
from overzicht.reports.html.page import content_policy, page_environment, stylesheet
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.vocabulary import word

STYLE = """.oz-layout--single { display: block; }
.oz-answer { max-width: var(--oz-measure); margin-bottom: 2.5rem; }
.oz-answer__facts { padding-left: 1.25em; overflow-wrap: anywhere; }
.oz-answer__facts li + li { margin-top: 0.6rem; }
"""


def render_answer(report: AnswerReport, lang: Language) -> str:
    """Return the page."""
    css = stylesheet() + STYLE
    return (
        _environment(words_for(lang).lang)
        .get_template("answer.html")
        .render(
            report=report,
            index=AnswerCitations(report),
            css=Markup(css),  # noqa: S704 - our own files
            policy=content_policy(css),
        )
    )


@cache
def _environment(lang: Language) -> jinja2.Environment:
    words = words_for(lang)
    environment = page_environment(lang, "overzicht.reports.answers", "overzicht.reports").overlay()
    environment.globals = {
        **environment.globals,
        "mark": lambda origin: words.say(MARKS[origin]) if origin in MARKS else "",
        "question_kind": lambda kind: words.say(word(KINDS, kind)),
    }
    return environment
