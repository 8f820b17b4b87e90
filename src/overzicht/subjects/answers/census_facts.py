"""The census on the devices that questions ask about: coverage, then bounds, then an estimate."""

import shlex
from collections.abc import Iterator
from functools import partial
from itertools import product

from overzicht.evidence import Citation, Text, text
from overzicht.subjects.answers.facts import Fact, Gap, Layer, Scope, SetContext, Topic
from overzicht.subjects.answers.model import Origin
from overzicht.subjects.answers.reading.lexicon import makers_named
from overzicht.subjects.answers.value_names import party_name
from overzicht.subjects.census import claim_records as stored_surveys
from overzicht.subjects.census import roll_records as rolls
from overzicht.subjects.census import round_records as rounds
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.overview import NationalOverview, equipment_text
from overzicht.subjects.census.publishing import published_overview
from overzicht.subjects.census.surveys import read_rows

KEY = "census"  # of the fact with coverage and bounds; its count is the lower bound
SURVEYS_SHOWN = 3  # the newest of a place


def census(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield for each scope the conclusions of the newest round on the bodies of its place, and its gaps.

    For each place of the questions, the bodies that have equipment of a party follow.
    """
    overviews: dict[tuple[Layer, str], NationalOverview | Text | None] = {}
    for scope, layer in product(context.scopes, context.layers):
        overview = _overview(layer, scope.place, Question(scope.parties, scope.kind), context)
        overviews[layer, scope.place] = overview
        if isinstance(overview, Text):
            yield Gap(Topic.COUNT, overview, scope=scope)
        elif overview:
            yield from _facts(overview, scope, layer)
        # what the newest surveys of others found on the bodies of a scope, with their response first. A
        # survey about other makers is left out. One that names no maker is about all.
        if layer.origin is not None:
            with layer.store.reading() as connection:
                views = read_rows(stored_surveys.read_survey_rows(connection))
            known = [
                (view.row.day, view, view.summary)
                for view in views
                if view.row.place == scope.place and view.row.is_known_on(context.as_of)
            ]
            newest = sorted(known, key=lambda own: own[0], reverse=True)
            telling = [
                (view.row, summary, makers_named(view.row.question))
                for _, view, summary in newest
                if summary is not None
            ]
            meant = [own for own in telling if not own[2] or own[2] & scope.parties]
            for row, summary, named in meant[:SURVEYS_SHOWN]:
                title, place = row.asked_by or row.survey, f"{row.survey}, {row.number}"
                cited = Citation("survey", title, place, row.source, official=False)
                parties = named & scope.parties
                yield Fact(
                    Topic.COUNT, summary, (cited,), layer.origin, parties, kind=scope.kind, scope=scope
                )
    for place, layer in product(sorted(context.places) if context.everybody else (), context.layers):
        if (layer, place) not in overviews:
            overviews[layer, place] = _overview(layer, place, Question(), context)
        overview = overviews[layer, place]
        if isinstance(overview, Text):
            yield Gap(Topic.PRESENCE, overview, place=place)
        elif overview:
            # how many bodies of a place have equipment of each party; few bodies are not told apart
            bodies = {row.key: row.bodies for row in overview.makers}
            for party in context.everybody:
                if party in bodies:
                    presence = text(
                        "At least {count} of them have equipment of {party}.",
                        count=bodies[party],
                        party=party_name(party),
                    )
                    sentence = _after(overview.coverage.summary, presence)
                    parties = frozenset({party})
                    yield Fact(
                        Topic.PRESENCE, sentence, _cited(overview), layer.origin or Origin.OWN, parties, place
                    )
            silent = overview.coverage.roll - overview.coverage.answered
            if silent:
                missing = text("The answers of {count} bodies to the census.", count=silent)
                yield Gap(Topic.PRESENCE, missing, place=place)


def _overview(
    layer: Layer, place: str, question: Question, context: SetContext
) -> NationalOverview | Text | None:
    """Return what the newest round on bodies of a place has published; None without a round.

    Only that: other numbers could, with it or with those of another answer, give the answer of a body away.
    """
    if layer.origin is None:
        return None
    with layer.store.reading() as connection:
        known = [own for own in rounds.list_rounds(connection) if own.reference_date <= context.as_of]
        newest = next(
            (own.id for own in reversed(known) if place in rolls.countries_of(connection, own.roll_id)), ""
        )
    if not newest:
        return None
    options = [part for maker in sorted(question.makers) for part in ("--maker", maker)]
    options += ["--kind", question.kind] if question.kind else []
    return published_overview(layer.store, newest, context.as_of, question) or text(
        "The census has no published overview on {equipment} by {day}: `{command}` makes one.",
        equipment=equipment_text(question),
        day=context.as_of,
        command=shlex.join(["overzicht", "census", "publish", newest, *options]),
    )


def _cited(overview: NationalOverview) -> tuple[Citation, ...]:
    cited = Citation(
        source="census",
        title=overview.title,
        place=overview.round,
        published=overview.reference_date,
        official=False,
    )
    return (cited,)


def _facts(overview: NationalOverview, scope: Scope, layer: Layer) -> Iterator[Fact | Gap]:
    origin = layer.origin or Origin.OWN
    fact = partial(
        Fact, Topic.COUNT, citations=_cited(overview), origin=origin, parties=scope.parties, kind=scope.kind
    )
    coverage, result = overview.coverage, overview.outcome
    bounds = text(
        "{coverage} Between {least} and {most} of {roll} have {equipment}.",
        coverage=coverage.summary,
        least=result.proved,
        most=result.most,
        roll=result.tally.roll,
        equipment=equipment_text(Question(scope.parties, scope.kind)),
    )
    yield fact(text=bounds, scope=scope, key=KEY, count=result.proved)
    for sentence in (*result.sentences, *(point.sentence for point in overview.trend)):
        yield fact(text=_after(coverage.sentence, sentence), scope=scope)
    silent = coverage.roll - coverage.answered
    if silent:
        missing = text("The answers of {count} bodies to the census.", count=silent)
        yield Gap(Topic.COUNT, missing, scope=scope)
    private = text("Private owners: no roll of them exists, so no number and no rate can be given.")
    yield Gap(Topic.COUNT, private, scope=scope)


def _after(coverage: Text, sentence: Text) -> Text:
    """Return a sentence after the coverage, which comes before every number."""
    return text("{coverage} {sentence}", coverage=coverage, sentence=sentence)
