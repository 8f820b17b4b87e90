"""`/match` and `/search`: parties by example, many at once, and by words."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from followthemoney import model
from followthemoney.types import registry

from overzicht.reports.i18n import Words
from overzicht.subjects.compat.datasets import (
    REFUSED,
    bad_request,
    lists_of,
    query_context,
    sort_of,
)
from overzicht.subjects.compat.models import (
    MAX_QUERIES,
    EntityModel,
    FacetItemModel,
    FacetModel,
    FeatureDoc,
    MatchAnswer,
    MatchBody,
    MatchesModel,
    SearchAnswer,
    TotalModel,
)
from overzicht.subjects.compat.parties.choose import counts
from overzicht.subjects.compat.parties.context import PartyFilter, PartyQueryContext
from overzicht.subjects.compat.parties.datasets import datasets_of
from overzicht.subjects.compat.parties.features import ALGORITHM, FEATURES, features_of
from overzicht.subjects.compat.parties.find import (
    LOOSE,
    SORTS,
    Example,
    NoExampleError,
    Scored,
    Searched,
    example_of,
    match_parties,
    search_parties,
)
from overzicht.subjects.compat.parties.merged import grouped
from overzicht.subjects.compat.parties.proxies import entity_of
from overzicht.subjects.compat.parties.search_text import SearchTextError
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.web.asof import OnCompatDay
from overzicht.web.auth import Reader
from overzicht.web.fields import Key, Line

MAX_EXCLUDED = 50
MAX_RESULTS, MAX_OFFSET = 500, 9_499
BEST = "best"
Keys = Annotated[list[Key], Query(max_length=100, default_factory=list)]
router = APIRouter(responses=REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters of parties in the query, of both matching and search."""

    include_dataset: Keys
    exclude_dataset: Keys
    exclude_schema: Keys
    topics: Keys
    changed_since: Annotated[
        Line, Query(description="a date, or the start of one: 2026, 2026-11, 2026-11-25T12:00")
    ] = ""

    def party_filter(self, lists: LoadedLists, dataset: str, include: list[str] | None = None) -> PartyFilter:
        """Return the filter for a dataset, limited to more datasets to include."""
        included = [*self.include_dataset, *(include or ())]
        return PartyFilter(
            lists=lists_of(lists, dataset, included, self.exclude_dataset),
            without_schemata=tuple(self.exclude_schema),
            topics=tuple(self.topics),
            changed_since=_day(self.changed_since),
        )


def _day(value: str) -> date | None:
    """Return the first date of a text such as `2026-11`; None if empty, a problem if it is not valid."""
    if not value:
        return None
    try:
        return date(*(int(part) for part in (*value.partition("T")[0].split("-"), "1", "1")[:3]))
    except (ValueError, OverflowError) as error:
        raise bad_request(f"{value!r} is not a date", "use a form such as 2026-11-25") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchOptions:
    """The options of matching in the query."""

    exclude_entity_ids: Annotated[list[Key], Query(max_length=MAX_EXCLUDED, default_factory=list)]
    limit: Annotated[int, Query(ge=1, le=MAX_RESULTS)] = 5
    threshold: Annotated[
        float | None, Query(ge=0, le=1, description="minimum score for which `match` is true")
    ] = None
    cutoff: Annotated[float | None, Query(ge=0, le=1, description="minimum score of a result")] = None
    algorithm: Annotated[Line, Query(description=f"{ALGORITHM!r}, or {BEST!r} for the same")] = BEST


@router.post("/match/{dataset}", summary="Parties like the examples", tags=["yente: matching"])
def match(
    context: Reader,
    day: OnCompatDay,
    dataset: Key,
    body: MatchBody,
    filters: Annotated[Filters, Depends()],
    *,
    options: Annotated[MatchOptions, Depends()],
) -> MatchAnswer:
    """Return the parties that match each example, best first, each with its score and the reasons.

    All records of a party are one result, with the score of the best. All examples of a request are matched
    as one batch. The default threshold is that of the engine.
    """
    if options.algorithm not in (ALGORITHM, BEST):
        raise bad_request(f"there is no algorithm {options.algorithm!r}", f"use {ALGORITHM!r} or {BEST!r}")
    for option in body.config:
        raise bad_request(f"the algorithm {ALGORITHM!r} has no option {option!r}")
    for name in body.weights:
        raise bad_request(f"the algorithm {ALGORITHM!r} has no weight {name!r}", "leave out `weights`")
    examples = _examples(body)
    cutoff = LOOSE if options.cutoff is None else options.cutoff
    with query_context(context.service, day) as parties:
        party_filter = filters.party_filter(parties.loaded_lists, dataset)
        matches = match_parties(parties, examples, party_filter, threshold=options.threshold, cutoff=cutoff)
        merged = [grouped(parties.connection, scored, lambda match: match.party) for scored in matches]
    excluded = set(options.exclude_entity_ids)
    context.response.headers["x-batch-size"] = str(len(examples))
    answers = {
        example.key: _matches(
            example,
            [group for group in groups if not excluded & {match.party.record.id for match in group}],
            options.limit,
            context.words,
        )
        for example, groups in zip(examples, merged, strict=True)
    }
    return MatchAnswer(responses=answers, matcher=feature_docs(), limit=options.limit)


def feature_docs() -> dict[str, FeatureDoc]:
    """Return the descriptions of the features of the algorithm."""
    return {name: FeatureDoc(description=meaning, coefficient=1.0) for name, meaning in FEATURES.items()}


def _examples(body: MatchBody) -> list[Example]:
    queries = {key: example for key, example in body.queries.items() if example is not None}
    if not queries:
        raise bad_request("the request has no queries")
    if len(queries) > MAX_QUERIES:
        raise bad_request(f"there are too many queries in one batch; the maximum is {MAX_QUERIES}")
    try:
        return [
            example_of(
                key,
                query.schema_,
                {p: v if isinstance(v, list) else [v] for p, v in query.properties.items()},
            )
            for key, query in queries.items()
        ]
    except NoExampleError as error:
        raise bad_request(error.message, error.fix) from error


def _matches(example: Example, groups: list[list[Scored]], limit: int, words: Words) -> MatchesModel:
    # a party: its records that match as the best does, and the ids of the others
    results: list[dict[str, Any]] = []
    for group in groups[:limit]:
        scored, *others = group
        features = features_of(example.query, scored.match)
        results.append(
            {
                **entity_of(
                    scored.party,
                    [other.party.record.id for other in others],
                    [other.party for other in others if other.is_match == scored.is_match],
                ),
                "score": scored.match.score,
                "match": scored.is_match,
                "features": {name: feature.score for name, feature in features.items()},
                "explanations": {
                    name: {
                        "score": feature.score,
                        "detail": "; ".join(words.say(sentence) for sentence in feature.sentences),
                        "query": feature.query or None,
                        "candidate": feature.candidate or None,
                    }
                    for name, feature in features.items()
                },
            }
        )
    query = {"id": example.key, "schema": example.schema, "properties": example.properties}
    total = TotalModel(value=len(results))
    return MatchesModel.model_validate({"results": results, "total": total, "query": query})


Facet = Literal["countries", "topics", "datasets", "schema", "identifiers", "genders"]
DEFAULT_FACETS: tuple[Facet, ...] = ("countries", "topics", "datasets")
LABELS = {
    "countries": "Countries",
    "topics": "Topics",
    "datasets": "Data sources",
    "schema": "Entity types",
    "identifiers": "Identifiers",
    "genders": "Genders",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """The filters and options of a search in the query."""

    schema: Annotated[Key, Query(description="a FollowTheMoney schema; its subtypes count too")] = "Thing"
    countries: Keys
    datasets: Keys
    filter: Annotated[
        list[Key],
        Query(max_length=100, default_factory=list, description="a property and its value: `birthDate:1985`"),
    ]
    target: Annotated[bool | None, Query(deprecated=True)] = None
    filter_op: Annotated[Literal["OR", "AND"], Query()] = "OR"
    q: Annotated[Line, Query(description="words of a name, a number, or an id; empty for all")] = ""
    limit: Annotated[int, Query(ge=0, le=MAX_RESULTS)] = 10
    offset: Annotated[int, Query(ge=0, le=MAX_OFFSET)] = 0
    sort: Annotated[
        list[Key], Query(max_length=5, default_factory=list, description="`caption:asc`, `last_change:desc`")
    ]
    fuzzy: Annotated[bool, Query(description="also names that are less similar")] = False
    simple: Annotated[bool, Query(description="the last word may be unfinished, for search while typing")] = (
        False
    )
    facets: Annotated[list[Facet], Query(max_length=20, default_factory=lambda: list(DEFAULT_FACETS))]

    def added_to(self, party_filter: PartyFilter) -> PartyFilter:
        """Return a filter with the limits of this search; a problem for an unknown schema or property."""
        if model.get(self.schema) is None:
            raise bad_request(f"there is no schema {self.schema!r}")
        values: list[tuple[str, str]] = []
        for text in self.filter:
            name, colon, value = text.removeprefix("properties.").partition(":")
            if not colon or all(prop.name != name for prop in model.properties):
                raise bad_request(
                    f"{text!r} is not a property and a value", "use a form such as birthDate:1985"
                )
            values.append((name, value))
        return replace(
            party_filter,
            schema=self.schema,
            countries=tuple(self.countries),
            values=tuple(values),
            is_listed=self.target,
            all_of=self.filter_op == "AND",
        )


@router.get("/search/{dataset}", summary="Parties by words", tags=["yente: matching"])
def search(
    context: Reader,
    day: OnCompatDay,
    dataset: Key,
    filters: Annotated[Filters, Depends()],
    options: Annotated[SearchOptions, Depends()],
) -> SearchAnswer:
    """Return the parties with all these words in one of their names, and counts of the results.

    `q` accepts AND, OR, NOT or `-`, "phrases" and prefix*. Use `filter` for a field, and `/match` to screen.
    """
    with query_context(context.service, day) as parties:
        party_filter = options.added_to(filters.party_filter(parties.loaded_lists, dataset, options.datasets))
        try:
            searched = search_parties(
                parties, options.q, party_filter, fuzzy=options.fuzzy, is_prefix=options.simple
            )
        except SearchTextError as error:
            raise bad_request(error.message, error.fix) from error
        facets = {name: _facet(parties, searched, name) for name in options.facets}
    results = list(searched.parties)
    for value in reversed(options.sort):
        name, is_descending = sort_of(value, tuple(SORTS))
        results.sort(key=SORTS[name], reverse=is_descending)
    page = results[options.offset : options.offset + options.limit]
    return SearchAnswer(
        results=[EntityModel.model_validate(entity_of(party)) for party in page],
        facets={str(name): facet for name, facet in facets.items()},
        total=TotalModel(value=len(results), relation="eq" if searched.is_whole else "gte"),
        limit=options.limit,
        offset=options.offset,
    )


def _facet(context: PartyQueryContext, searched: Searched, name: Facet) -> FacetModel:
    labels: dict[str, str] = {}
    if name == "countries":
        labels = dict(registry.country.names)
    elif name == "topics":
        labels = dict(registry.topic.names)
    elif name == "datasets":
        labels = {dataset.name: dataset.title for dataset in datasets_of(context.loaded_lists).values()}
    items = [
        FacetItemModel(name=value, label=labels.get(value, value), count=count)
        for value, count in counts(searched.parties, name)[:MAX_RESULTS]
    ]
    return FacetModel(label=LABELS[name], values=items)
