"""The mark of an unread rule, until a person confirms its text with a source."""

from dataclasses import replace
from datetime import date

from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.law.export_rules import DatedRule, ExportRules
from overzicht.subjects.licensing.gates.acts import Card
from overzicht.subjects.licensing.gates.model import (
    Certainty,
    GateAnswer,
    GateCase,
    Outcome,
    Question,
)

OPEN_POINTS = {
    "goods": text("the annex of goods"),
    "annex": text("the newest version of the annex"),
    "article": text("the number of the article"),
}
UNREAD = "wording"


def verified(case: GateCase, card: Card, answer: GateAnswer, day: date) -> GateAnswer:
    """Return an answer that rests on a card, with the open question if the card is not certain.

    A prohibition needs no answer: an unread part never opens a gate.
    """
    marked = replace(answer, certainty=card.certainty)
    if card.is_certain:
        return marked
    what = joined([card.certainty.words, *(OPEN_POINTS[point] for point in card.open_points)])
    sentence = text(
        "Is the text of {act}, {place}, as the card {card} states it? Unverified: {what}",
        act=card.act.lstrip("DP"),
        place=card.article or "?",
        card=card.id,
        what=what,
    )
    return _asked(case, marked, card.id, sentence, day)


def verified_rule(
    case: GateCase, rules: ExportRules, rule: DatedRule, answer: GateAnswer, day: date
) -> GateAnswer:
    """Return an answer that rests on an article of a dual-use regulation, as `verified` does for a card.

    One confirmation covers all paragraphs of an article.
    """
    if UNREAD not in rule.unverified:
        return answer
    article = rule.article.partition(",")[0].partition("(")[0]
    act = rules.sources[rule.source].title
    sentence = text(
        "Is Article {article} of {act} as this case applies it? Its text was not read",
        article=article,
        act=act,
    )
    number = rules.regulation if rule.source == "regulation" else rule.source
    return _asked(case, replace(answer, certainty=Certainty.MEMORY), f"{number}-{article}", sentence, day)


def _asked(case: GateCase, answer: GateAnswer, name: str, sentence: Text, day: date) -> GateAnswer:
    key = f"text:{name}"
    confirmation = case.confirmed(key, day)
    is_confirmed = confirmation is not None and confirmation.answer == "yes"
    if is_confirmed or answer.open_question or answer.outcome is Outcome.PROHIBITED:
        return answer
    return replace(answer, open_question=Question(key, sentence))
