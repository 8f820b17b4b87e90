"""The census on the devices that questions ask about: coverage, then bounds, then an estimate."""

from collections.abc import Iterator
from functools import partial
from itertools import product

from overzicht.census.answers import Question
from overzicht.evidence import Citation, Text, text
from overzicht.reports.answers.model import Origin
from overzicht.store.census import rolls, rounds
from overzicht.workflows.answers.facts import Fact, Gap, Layer, Scope, SetContext, Topic
from overzicht.workflows.census.overview import NationalOverview, national_overview

KEY = "census"  # of the fact with coverage and bounds; its count is the lower bound
ROUNDS_READ = 3  # the newest of a place


def census(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield for each scope the conclusions of the newest round on the bodies of its place, and its gaps."""
    for scope, layer in product(context.scopes, context.layers):
        round_id = _round_of(layer, scope, context) if layer.origin is not None else ""
        if round_id and layer.origin is not None:
            question = Question(scope.parties, scope.kind)
            overview = national_overview(layer.store, round_id, context.as_of, question)
            yield from _facts(overview, scope, layer.origin)


def _round_of(layer: Layer, scope: Scope, context: SetContext) -> str:
    """Return the newest round on bodies of a place by the date; empty if there is none."""
    with layer.store.reading() as connection:
        known = [own for own in rounds.list_rounds(connection) if own.reference_date <= context.as_of]
        for own in reversed(known[-ROUNDS_READ:]):
            if scope.place in rolls.countries_of(connection, own.roll_id):
                return own.id
    return ""


def _facts(overview: NationalOverview, scope: Scope, origin: Origin) -> Iterator[Fact | Gap]:
    cited = (
        Citation(
            source="census", title=overview.title, place=overview.round, published=overview.reference_date,
            official=False,
        ),
    )  # fmt: skip
    fact = partial(Fact, Topic.COUNT, citations=cited, origin=origin, parties=scope.parties, kind=scope.kind)
    coverage, result = overview.coverage.sentence, overview.outcome
    bounds, *others = result.sentences
    yield fact(text=_after(coverage, bounds), scope=scope, key=KEY, count=result.proved)
    for sentence in (*others, *(point.sentence for point in overview.trend)):
        yield fact(text=_after(coverage, sentence), scope=scope)
    silent = overview.coverage.roll - overview.coverage.answered
    if silent:
        missing = text("The answers of {count} bodies to the census.", count=silent)
        yield Gap(Topic.COUNT, missing, scope=scope)
    private = text("Private owners: no roll of them exists, so no number and no rate can be given.")
    yield Gap(Topic.COUNT, private, scope=scope)


def _after(coverage: Text, sentence: Text) -> Text:
    """Return a sentence after the coverage, which comes before every number."""
    return text("{coverage} {sentence}", coverage=coverage, sentence=sentence)
