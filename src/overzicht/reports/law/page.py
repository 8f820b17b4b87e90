"""Weighings as one HTML page: own style and content policy, no script, nothing fetched."""

from collections.abc import Sequence

from overzicht.dates import Holds
from overzicht.diligence.vocabulary import HOLDS, LABELS, OUTCOMES
from overzicht.diligence.weighing import Label, Outcome, Weighing
from overzicht.evidence import Text
from overzicht.law.instruments import instrument
from overzicht.reports.html.document import ONE_COLUMN, Page
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.law.lines import use_line
from overzicht.reports.law.model import Difference

TONES = {
    Outcome.PROHIBITED: "danger",
    Outcome.LIKELY_VIOLATION: "danger",
    Outcome.CONTRARY: "warning",
    Outcome.DUTIES: "warning",
    Outcome.SIGNAL: "warning",
    Outcome.UNKNOWN: "unknown",
    Outcome.NO_VIOLATION: "safe",
}


class LawWords:
    """The words of weighings in one language, as templates ask for them."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def outcome(self, outcome: Outcome | str) -> str:
        """Return what an outcome is called."""
        return self._words.say(OUTCOMES[Outcome(outcome)])

    def tone(self, outcome: Outcome) -> str:
        """Return the tone of its badge; never colour alone, the badge carries the word."""
        return TONES.get(outcome, "neutral")

    def label(self, label: Label | str) -> str:
        """Return law, guidance or own policy signal."""
        return self._words.say(LABELS[Label(label)])

    def holds(self, answer: Holds) -> str:
        """Return yes, no or unknown."""
        return self._words.say(HOLDS[answer])

    def called(self, name: str) -> Text:
        """Return the short name of an instrument."""
        return instrument(name).called

    def use_line(self, weighing: Weighing) -> Text:
        """Return who does what where."""
        return use_line(weighing)


def render_weighings(weighings: Sequence[Weighing], differences: Sequence[Difference], lang: Language) -> str:
    """Return the page of several weighings of one day, with what differs between each and the next."""
    return Page("law_weighing.html", style=ONE_COLUMN).render(
        lang,
        weighings=weighings,
        differences=differences,
        law=LawWords(words_for(lang)),
        as_of=weighings[0].as_of,
    )
