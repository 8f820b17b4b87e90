"""`/reconcile`: the Reconciliation Service API 0.2, which OpenRefine speaks.

The manifest is for everybody; all else asks for a reader. `/reconcile` is the data set `default`, any other
is `/reconcile/NAME`. JSONP, which the standard leaves open, is not offered: a script of this service would
run in another site's page. How pages elsewhere may read the answers stands in `web.cors`.
"""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi import Query as InQuery
from pydantic import TypeAdapter, ValidationError
from starlette.responses import JSONResponse

from overzicht.store.accounts import Role
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, Require
from overzicht.web.faces import vocabulary
from overzicht.web.faces.answering import candidates, description_of, extension
from overzicht.web.faces.desks import REFUSED, bad_request, lists_asked, open_loaded_lists, query_context
from overzicht.web.faces.manifest import manifest_of
from overzicht.web.faces.reconcile_models import (
    MOST_QUERIES,
    EntitySuggestions,
    ExtendQuery,
    Proposal,
    Query,
    SuggestedModel,
    Suggestions,
)
from overzicht.web.page import words_of
from overzicht.web.problems import Problem, ProblemError, faults_of
from overzicht.web.service import Here, Service
from overzicht.workflows.parties.context import PartyFilter
from overzicht.workflows.parties.datasets import DEFAULT, dataset_named, datasets_of
from overzicht.workflows.parties.find import search_parties

MOST_CHARACTERS = 3_000_000  # of a batch; the whole request is limited as well
SUGGESTED = 10
TOO_MANY: dict[int | str, dict[str, Any]] = {413: {"description": "there are too many queries in one batch"}}
Batch = Annotated[str, InQuery(max_length=MOST_CHARACTERS)]
Sent = Annotated[str, Form(max_length=MOST_CHARACTERS)]
Prefix = Annotated[Line, InQuery(description="what was typed so far")]
Cursor = Annotated[int, InQuery(ge=0, le=10_000, description="how many to leave out")]
router = APIRouter(prefix="/reconcile", tags=["reconciliation"], responses={**REFUSED, **TOO_MANY})
_queries = TypeAdapter(dict[Key, Query])


@router.get("", summary="The manifest, or a batch of queries")
def default_manifest(
    request: Request, here: Here, day: OnDay, queries: Batch = "", extend: Batch = ""
) -> JSONResponse:
    """Answer for the data set `default`."""
    return _answer(request, here, day, DEFAULT, (queries, extend))


@router.post("", summary="A batch of queries, or properties of entities")
def default_batch(
    request: Request, here: Here, _who: Reader, day: OnDay, queries: Sent = "", extend: Sent = ""
) -> JSONResponse:
    """Answer for the data set `default`."""
    return _answer(request, here, day, DEFAULT, (queries, extend))


@router.get("/{dataset}", summary="The manifest of a data set, or a batch of queries")
def manifest(
    request: Request, here: Here, day: OnDay, dataset: Key, queries: Batch = "", extend: Batch = ""
) -> JSONResponse:
    """Return what the service offers; with `queries` or `extend` what a post of these returns."""
    return _answer(request, here, day, dataset, (queries, extend))


@router.post("/{dataset}", summary="A batch of queries on a data set, or properties of entities")
def batch(
    *, request: Request, here: Here, _who: Reader, day: OnDay, dataset: Key, queries: Sent = "",
    extend: Sent = "",
) -> JSONResponse:  # fmt: skip
    """Return the candidates for each query of a batch, or the properties that were asked for."""
    return _answer(request, here, day, dataset, (queries, extend))


@router.get(
    "/{dataset}/suggest/entity", summary="Parties that begin with what was typed",
    response_model_exclude_none=True,
)  # fmt: skip
def suggest_entity(
    *, request: Request, here: Here, _who: Reader, day: OnDay, dataset: Key, prefix: Prefix = "",
    cursor: Cursor = 0,
) -> EntitySuggestions:  # fmt: skip
    """Return parties with these words in a name, the last one perhaps unfinished."""
    words = words_of(request)
    with query_context(here, day) as context:
        party_filter = PartyFilter(lists=lists_asked(context.loaded_lists, dataset))
        found = (
            search_parties(context, prefix, party_filter, is_prefix=True).parties if prefix.strip() else ()
        )
    return EntitySuggestions(
        result=[
            SuggestedModel(
                id=each.record.id, name=each.record.caption, description=description_of(each, words),
                notable=[vocabulary.type_of(each.record.schema)],
            )
            for each in found[cursor : cursor + SUGGESTED]
        ]
    )  # fmt: skip


@router.get("/{dataset}/suggest/type", summary="Types that begin with what was typed")
def suggest_type(
    here: Here, _who: Reader, dataset: Key, prefix: Prefix = "", cursor: Cursor = 0
) -> Suggestions:
    """Return FollowTheMoney schemata."""
    _check(here, dataset)
    return Suggestions(result=vocabulary.types_called(prefix)[cursor : cursor + SUGGESTED])


@router.get("/{dataset}/suggest/property", summary="Properties that begin with what was typed")
def suggest_property(
    here: Here, _who: Reader, dataset: Key, prefix: Prefix = "", cursor: Cursor = 0
) -> Suggestions:
    """Return FollowTheMoney properties."""
    _check(here, dataset)
    return Suggestions(result=vocabulary.properties_called(prefix)[cursor : cursor + SUGGESTED])


@router.get("/{dataset}/properties", summary="Properties that can be fetched")
def propose_properties(
    here: Here, _who: Reader, dataset: Key, type: Key = vocabulary.ANY_PARTY,  # noqa: A002 - of the standard
    limit: Annotated[int, InQuery(ge=1, le=500)] = 100,
) -> Proposal:  # fmt: skip
    """Return the properties that entities of a type may have."""
    _check(here, dataset)
    if not vocabulary.is_type(type):
        raise bad_request(f"there is no type {type!r}")
    return Proposal(properties=vocabulary.properties_of(type)[:limit], type=type, limit=limit)


def _check(here: Service, dataset: str) -> None:
    """Raise UnknownNameError where there is no such data set."""
    with open_loaded_lists(here) as loaded_lists:
        dataset_named(datasets_of(loaded_lists), dataset)


def _answer(request: Request, here: Service, day: date, dataset: str, sent: tuple[str, str]) -> JSONResponse:
    queries, extend = sent
    if not queries.strip() and not extend.strip():
        if request.method == "POST":
            raise bad_request("neither `queries` nor `extend` came along")
        with open_loaded_lists(here) as loaded_lists:
            named = dataset_named(datasets_of(loaded_lists), dataset)
        return JSONResponse(manifest_of(request, here, named))
    Require(Role.READER)(request, None)  # the manifest alone is for everybody
    words = words_of(request)
    if extend.strip():
        asked = _read(TypeAdapter(ExtendQuery), extend)
        with query_context(here, day) as context:
            return JSONResponse(extension(context, lists_asked(context.loaded_lists, dataset), asked))
    batch_asked = _read(_queries, queries)
    if len(batch_asked) > MOST_QUERIES:
        problem = Problem(
            type="too-large", title="Content too large", status=413,
            detail=f"there are too many queries in one batch; at most {MOST_QUERIES} are taken",
        )  # fmt: skip
        raise ProblemError(problem)
    with query_context(here, day) as context:
        found = candidates(context, lists_asked(context.loaded_lists, dataset), batch_asked, words)
    return JSONResponse({key: each.model_dump(exclude_none=True) for key, each in found.items()})


def _read(adapter: TypeAdapter[Any], text: str) -> Any:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False, include_input=False, include_context=False))
        problem = Problem(
            type="bad-request", title="Bad Request", status=400, faults=faults,
            detail="the batch is not of the form that the reconciliation interface 0.2 describes",
        )  # fmt: skip
        raise ProblemError(problem) from error
