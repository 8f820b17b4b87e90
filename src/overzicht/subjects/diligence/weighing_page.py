"""Weighings as one HTML page: own style and content policy, no script, nothing fetched."""

from collections.abc import Callable, Sequence
from typing import Any

from overzicht.evidence.answers import HOLDS
from overzicht.evidence.worded_enum import words_of
from overzicht.law.instruments import instrument
from overzicht.reports.html.document import ONE_COLUMN, Page
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.vocabulary import tellers
from overzicht.subjects.diligence.law_model import Difference
from overzicht.subjects.diligence.use_assessment import Label, Outcome, Weighing
from overzicht.subjects.diligence.weighing_lines import use_line

TONES = {
    Outcome.PROHIBITED: "danger",
    Outcome.LIKELY_VIOLATION: "danger",
    Outcome.CONTRARY: "warning",
    Outcome.DUTIES: "warning",
    Outcome.SIGNAL: "warning",
    Outcome.JUDGEMENT: "unknown",
    Outcome.UNKNOWN: "unknown",
    Outcome.NOT_DESCRIBED: "unknown",
    Outcome.NO_VIOLATION: "safe",
}


def law_words(words: Words) -> dict[str, Callable[[Any], Any]]:
    """Return the words of weighings in one language, as templates ask for them.

    A badge has a tone and a word: never colour alone.
    """
    return {
        **tellers(words, {"outcome": words_of(Outcome), "label": words_of(Label), "holds": HOLDS}),
        "tone": lambda outcome: TONES.get(outcome, "neutral"),
        "called": lambda name: instrument(name).called,
        "use_line": use_line,
    }


def render_weighings(weighings: Sequence[Weighing], differences: Sequence[Difference], lang: Language) -> str:
    """Return the page of several assessments of one date, with the differences between each and the next."""
    return Page("law_weighing.html", style=ONE_COLUMN).render(
        lang,
        weighings=weighings,
        differences=differences,
        law=law_words(words_for(lang)),
        as_of=weighings[0].as_of,
    )
