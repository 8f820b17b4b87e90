"""`/match` and `/search`: parties by example, many at once, and by the words of a search box."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from followthemoney import model
from followthemoney.types import registry

from overzicht.reports.i18n import Words
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.faces.desks import REFUSED, bad_request, lists_asked, query_context, sort_of
from overzicht.web.faces.models import (
    MOST_QUERIES,
    EntityModel,
    FacetItemModel,
    FacetModel,
    MatchAnswer,
    MatchBody,
    MatchesModel,
    SearchAnswer,
    TotalModel,
)
from overzicht.web.page import words_of
from overzicht.web.service import Here
from overzicht.workflows.parties.choose import FACETS, counts
from overzicht.workflows.parties.context import PartyFilter, PartyQueryContext
from overzicht.workflows.parties.datasets import datasets_of
from overzicht.workflows.parties.features import ALGORITHM, features_of
from overzicht.workflows.parties.find import (
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
from overzicht.workflows.parties.proxies import entity_of
from overzicht.workflows.parties.search_text import SearchTextError

MOST_LEFT_OUT = 50
MOST_FOUND, LAST_FOUND = 500, 9_499
BEST = "best"
Many = Annotated[list[Key], Query(max_length=100)]
router = APIRouter(responses=REFUSED)


class Filters:
    """Which parties count, as both ways of asking take it in the query."""

    def __init__(
        self,
        include_dataset: Many = [],  # noqa: B006 - read by the framework, never changed
        exclude_dataset: Many = [],  # noqa: B006
        exclude_schema: Many = [],  # noqa: B006
        topics: Many = [],  # noqa: B006
        changed_since: Annotated[
            Line, Query(description="a day, or the beginning of one: 2026, 2026-11, 2026-11-25T12:00")
        ] = "",
    ) -> None:
        self.include, self.exclude = include_dataset, exclude_dataset
        self.party_filter = PartyFilter(
            lists=(),
            without_schemata=tuple(exclude_schema),
            topics=tuple(topics),
            changed_since=_day(changed_since),
        )


def _day(value: str) -> date | None:
    """Return the first day that a text such as `2026-11` means; a problem for one that means none."""
    parts = value.partition("T")[0].split("-")
    if not value:
        return None
    try:
        return date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except (ValueError, OverflowError) as error:
        raise bad_request(f"{value!r} is no day") from error


@router.post("/match/{dataset}", summary="Parties like the examples", tags=["yente: matching"])
def match(  # noqa: PLR0913 - parameters of the request
    *,
    request: Request,
    response: Response,
    here: Here,
    _who: Reader,
    day: OnDay,
    dataset: Key,
    asked: MatchBody,
    filters: Annotated[Filters, Depends()],
    exclude_entity_ids: Annotated[list[Key], Query(max_length=MOST_LEFT_OUT)] = [],  # noqa: B006
    limit: Annotated[int, Query(ge=1, le=MOST_FOUND)] = 5,
    threshold: Annotated[
        float | None, Query(ge=0, le=1, description="from which score on `match` is true")
    ] = None,
    cutoff: Annotated[float | None, Query(ge=0, le=1, description="the least score that is given")] = None,
    algorithm: Annotated[Line, Query(description=f"{ALGORITHM!r}, or {BEST!r} for the same")] = BEST,
) -> MatchAnswer:
    """Return for each example the parties like it, best first, each with its score and the reasons.

    All examples of a request are matched as one batch. Without a threshold the engine's own holds.
    """
    if algorithm not in (ALGORITHM, BEST):
        raise bad_request(f"there is no algorithm {algorithm!r}", f"take {ALGORITHM!r} or {BEST!r}")
    for option in asked.config:
        raise bad_request(f"the algorithm {ALGORITHM!r} has no option {option!r}")
    examples = _examples(asked)
    with query_context(here, day) as context:
        party_filter = replace(
            filters.party_filter,
            lists=lists_asked(context.loaded_lists, dataset, filters.include, filters.exclude),
            without_ids=tuple(exclude_entity_ids),
        )
        found = match_parties(
            context, examples, party_filter, threshold=threshold, cutoff=LOOSE if cutoff is None else cutoff
        )
    response.headers["x-batch-size"] = str(len(examples))
    words = words_of(request)
    answers = {
        example.key: _matches(example, scored[:limit], words)
        for example, scored in zip(examples, found, strict=True)
    }
    return MatchAnswer(responses=answers, limit=limit)


def _examples(asked: MatchBody) -> list[Example]:
    queries = {key: example for key, example in asked.queries.items() if example is not None}
    if not queries:
        raise bad_request("no queries were given")
    if len(queries) > MOST_QUERIES:
        raise bad_request(f"there are too many queries in one batch; at most {MOST_QUERIES} are taken")
    try:
        return [
            example_of(
                key, each.schema_, {p: v if isinstance(v, list) else [v] for p, v in each.properties.items()}
            )
            for key, each in queries.items()
        ]
    except NoExampleError as error:
        raise bad_request(error.message, error.fix) from error


def _matches(example: Example, found: list[Scored], words: Words) -> MatchesModel:
    results = [_scored(example, each, words) for each in found]
    query = {"id": example.key, "schema": example.schema, "properties": example.properties}
    return MatchesModel.model_validate(
        {"results": results, "total": TotalModel(value=len(results)), "query": query}
    )


def _scored(example: Example, found: Scored, words: Words) -> dict[str, Any]:
    features = features_of(example.query, found.match)
    return {
        **entity_of(found.party),
        "score": found.match.score,
        "match": found.is_match,
        "features": {name: each.score for name, each in features.items()},
        "explanations": {
            name: {
                "score": each.score,
                "detail": "; ".join(words.say(sentence) for sentence in each.sentences),
                "query": each.query or None,
                "candidate": each.candidate or None,
            }
            for name, each in features.items()
        },
    }


Facet = Literal["countries", "topics", "datasets", "schema", "identifiers", "genders"]
DEFAULT_FACETS: list[Facet] = ["countries", "topics", "datasets"]
LABELS = {
    "countries": "Countries", "topics": "Topics", "datasets": "Data sources", "schema": "Entity types",
    "identifiers": "Identifiers", "genders": "Genders",
}  # fmt: skip


class SearchFilters:
    """What only a search takes."""

    def __init__(
        self,
        schema: Annotated[Key, Query(description="a FollowTheMoney schema; kinds of it count too")] = "Thing",
        countries: Many = [],  # noqa: B006
        datasets: Many = [],  # noqa: B006
        filter: Annotated[  # noqa: A002 - its name in the interface
            list[Key], Query(max_length=100, description="a property and its value: `birthDate:1985`")
        ] = [],  # noqa: B006
        target: Annotated[bool | None, Query(deprecated=True)] = None,
        filter_op: Annotated[Literal["OR", "AND"], Query()] = "OR",
    ) -> None:
        if model.get(schema) is None:
            raise bad_request(f"there is no schema {schema!r}")
        self.schema, self.countries, self.datasets = schema, tuple(countries), tuple(datasets)
        self.values = tuple(map(_filter, filter))
        self.target, self.all_of = target, filter_op == "AND"

    def added_to(self, party_filter: PartyFilter) -> PartyFilter:
        """Return a filter with the limits of this one added."""
        return replace(
            party_filter, schema=self.schema, countries=self.countries, values=self.values,
            is_listed=self.target, all_of=self.all_of,
        )  # fmt: skip


def _filter(text: str) -> tuple[str, str]:
    name, colon, value = text.removeprefix("properties.").partition(":")
    if not colon or all(prop.name != name for prop in model.properties):
        raise bad_request(f"{text!r} is no property and value", "write it as birthDate:1985")
    return name, value


@router.get("/search/{dataset}", summary="Parties by words", tags=["yente: matching"])
def search(  # noqa: PLR0913 - parameters of the request
    *,
    here: Here,
    _who: Reader,
    day: OnDay,
    dataset: Key,
    filters: Annotated[Filters, Depends()],
    more: Annotated[SearchFilters, Depends()],
    q: Annotated[Line, Query(description="words of a name, a number, or an id; empty for all")] = "",
    limit: Annotated[int, Query(ge=0, le=MOST_FOUND)] = 10,
    offset: Annotated[int, Query(ge=0, le=LAST_FOUND)] = 0,
    sort: Annotated[list[Key], Query(max_length=5, description="`caption:asc`, `last_change:desc`")] = [],  # noqa: B006
    fuzzy: Annotated[bool, Query(description="also names that are only somewhat alike")] = False,
    simple: Annotated[bool, Query(description="a user types: the last word may be unfinished")] = False,
    facets: Annotated[list[Facet], Query()] = DEFAULT_FACETS,
) -> SearchAnswer:
    """Return the parties with all these words in one of their names, and counts of what was found.

    `q` takes AND, OR, NOT or `-`, "phrases" and prefix*; a field goes into `filter`. For matching, `/match`
    is the better way.
    """
    with query_context(here, day) as context:
        kept = [*filters.include, *more.datasets]
        party_filter = more.added_to(filters.party_filter)
        party_filter = replace(
            party_filter, lists=lists_asked(context.loaded_lists, dataset, kept, filters.exclude)
        )
        found = _searched(context, q, party_filter, fuzzy=fuzzy, is_prefix=simple)
        parties = _sorted(found, sort)
        counted: dict[str, FacetModel] = {name: _facet(context, found, name) for name in facets}
    page = parties[offset : offset + limit]
    return SearchAnswer(
        results=[EntityModel.model_validate(entity_of(each)) for each in page], facets=counted,
        total=TotalModel(value=len(parties), relation="eq" if found.is_whole else "gte"),
        limit=limit, offset=offset,
    )  # fmt: skip


def _searched(
    context: PartyQueryContext, text: str, party_filter: PartyFilter, *, fuzzy: bool, is_prefix: bool
) -> Searched:
    try:
        return search_parties(context, text, party_filter, fuzzy=fuzzy, is_prefix=is_prefix)
    except SearchTextError as error:
        raise bad_request(error.message, error.fix) from error


def _sorted(found: Searched, sort: list[str]) -> list[Any]:
    parties = list(found.parties)
    for each in reversed(sort):
        name, is_down = sort_of(each, tuple(SORTS))
        parties.sort(key=SORTS[name], reverse=is_down)
    return parties


def _facet(context: PartyQueryContext, found: Searched, name: str) -> FacetModel:
    labels = _labels(context, name)
    items = [
        FacetItemModel(name=value, label=labels.get(value, value), count=count)
        for value, count in counts(found.parties, name)[:MOST_FOUND]
    ]
    return FacetModel(label=LABELS[name], values=items)


def _labels(context: PartyQueryContext, name: str) -> dict[str, str]:
    assert name in FACETS  # noqa: S101 - the query takes no other
    known = {"countries": registry.country.names, "topics": registry.topic.names}
    if name == "datasets":
        return {each.name: each.title for each in datasets_of(context.loaded_lists).values()}
    return dict(known.get(name, {}))
