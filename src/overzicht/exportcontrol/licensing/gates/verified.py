"""The mark of an unread rule, until a person confirms its text with a source."""

from dataclasses import replace
from datetime import date

from overzicht.evidence import text
from overzicht.evidence.phrases import joined
from overzicht.exportcontrol.licensing.gates.acts import Card
from overzicht.exportcontrol.licensing.gates.model import GateAnswer, GateCase, Outcome, Question

OPEN_POINTS = {
    "goods": text("the annex of goods"),
    "annex": text("the newest version of the annex"),
    "article": text("the number of the article"),
}


def verified(case: GateCase, card: Card, answer: GateAnswer, day: date) -> GateAnswer:
    """Return an answer that rests on a card, with the open question if the card is not certain.

    A prohibition needs no answer: an unread part never opens a gate.
    """
    marked = replace(answer, certainty=card.certainty)
    if card.is_certain or answer.outcome is Outcome.PROHIBITED:
        return marked
    key = f"text:{card.id}"
    confirmation = case.confirmed(key, day)
    if confirmation is not None and confirmation.answer == "yes":
        return marked
    what = joined([card.certainty.words, *(OPEN_POINTS[point] for point in card.open_points)])
    sentence = text(
        "Is the text of {act}, {place}, as the card {card} states it? Unverified: {what}",
        act=card.act.lstrip("DP"), place=card.article or "?", card=card.id, what=what,
    )  # fmt: skip
    return replace(marked, open_question=Question(key, sentence))
