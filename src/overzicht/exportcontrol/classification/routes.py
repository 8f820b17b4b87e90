"""What is left where no provision is met: the catch-alls of Articles 4, 5, 9 and 10, as questions."""

from functools import cache

from overzicht.evidence import text
from overzicht.evidence.packaged import LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.exportcontrol.classification.evaluate import Evaluator
from overzicht.exportcontrol.classification.result import ConditionResult, Question
from overzicht.exportcontrol.classification.rules import Node
from overzicht.law.export_rules import export_rules


class Route(LocalizedText):
    """A question outside the list; `because` says why it is asked, `when` what decides it, if facts can."""

    article: str
    because: LocalizedText
    when: Node | None = None


class RoutesFile(StrictModel):
    """`routes.yaml`: the questions, and the text on functions that no entry names."""

    unlisted: LocalizedText
    terms: tuple[str, ...]
    questions: tuple[Route, ...]


@cache
def routes_file() -> RoutesFile:
    """Return the packaged questions, read once; PackagedFactError where they are wrong."""
    return packaged_facts(RoutesFile, "overzicht.exportcontrol", "data/classification/routes.yaml")


def routes_for(evaluator: Evaluator) -> tuple[Question, ...]:
    """Return the questions in order, with the answer where the stated facts decide it; else unknown."""
    rules = export_rules()
    if not rules.applies_on(evaluator.at.day):
        return ()
    return tuple(_question(route, evaluator) for route in routes_file().questions)


def _question(route: Route, evaluator: Evaluator) -> Question:
    cited = (export_rules().cite(route.article),)
    if route.when is None:
        return Question(route.article, route.text, route.because.text, ConditionResult.UNKNOWN, cited)
    outcome = evaluator.decide(route.when)
    sentences = [leaf.sentence for leaf in outcome.leaves]
    because = text("{because}; {reasons}", because=route.because.text, reasons=joined(sentences, SEMICOLONS))
    return Question(route.article, route.text, because, outcome.met, cited, outcome.missing)
