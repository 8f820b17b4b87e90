"""`/reconcile`: the Reconciliation Service API 0.2, which OpenRefine uses.

The manifest is public; everything else requires a reader. `/reconcile` is the dataset `default`, any other is
`/reconcile/NAME`. JSONP is optional in the standard and not offered: a script of this service would run in
the page of another site. `web.cors` describes which pages may read the answers.
"""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi import Query as InQuery
from pydantic import TypeAdapter, ValidationError
from starlette.responses import JSONResponse

from overzicht import __version__
from overzicht.kit.ask import READER
from overzicht.subjects.compat import entity_words as vocabulary
from overzicht.subjects.compat.answering import candidates, description_of, extension
from overzicht.subjects.compat.datasets import (
    REFUSED,
    bad_request,
    find_dataset,
    lists_of,
    query_context,
)
from overzicht.subjects.compat.entity_words import DEFAULT_TYPES, SCHEMA_SPACE, type_of
from overzicht.subjects.compat.parties.context import PartyFilter
from overzicht.subjects.compat.parties.datasets import DEFAULT, Dataset
from overzicht.subjects.compat.parties.find import search_parties
from overzicht.subjects.compat.reconcile_models import (
    MAX_QUERIES,
    EntitySuggestions,
    ExtendQuery,
    Proposal,
    Query,
    SuggestedModel,
    Suggestions,
)
from overzicht.web import asof
from overzicht.web.asof import OnCompatDay
from overzicht.web.auth import Reader, Require
from overzicht.web.fields import Key, Line
from overzicht.web.problems import Problem, ProblemError, faults_of, too_large
from overzicht.web.service import Service, ServiceDep

BATCH_SIZE = 50
PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 320  # pixels
DOCUMENTATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
TOKEN = {"type": "apiKey", "name": "Authorization", "in": "header"}  # `Bearer TOKEN`
LIMIT = {
    "name": "limit",
    "label": "Maximum number of values",
    "type": "number",
    "default": 0,
    "help_text": "Maximum number of values of a property; 0 for all.",
}
MAX_CHARACTERS = 3_000_000  # of a batch; the whole request is limited as well
PAGE_SIZE = 10
TOO_MANY: dict[int | str, dict[str, Any]] = {413: {"description": "there are too many queries in one batch"}}
BatchInQuery = Annotated[str, InQuery(max_length=MAX_CHARACTERS)]
BatchInForm = Annotated[str, Form(max_length=MAX_CHARACTERS)]
Prefix = Annotated[Line, InQuery(description="the typed text")]
Cursor = Annotated[int, InQuery(ge=0, le=10_000, description="number of results to skip")]
router = APIRouter(prefix="/reconcile", tags=["reconciliation"], responses={**REFUSED, **TOO_MANY})


def manifest_of(request: Request, service: Service, dataset: Dataset) -> dict[str, Any]:
    """Return the manifest of a dataset. A date in the address is repeated in every address in it."""
    base = str(request.base_url).rstrip("/")
    own = f"{base}/reconcile/{dataset.name}"
    as_of = request.query_params.get(asof.PARAMETER)
    day = f"?{urlencode({asof.PARAMETER: as_of})}" if as_of else ""
    suggest = {
        kind: {"service_url": own, "service_path": f"/suggest/{kind}{day}"}
        for kind in ("entity", "type", "property")
    }
    manifest: dict[str, Any] = {
        "versions": ["0.2"],
        "name": f"Overzicht: {dataset.title}",
        "identifierSpace": f"{base}/entities/",
        "schemaSpace": SCHEMA_SPACE,
        "documentation": DOCUMENTATION,
        "serviceVersion": __version__,
        "batchSize": BATCH_SIZE,
        "defaultTypes": [type_of(name).model_dump(exclude_none=True) for name in DEFAULT_TYPES],
        "view": {"url": f"{base}/reconcile/view/{{{{id}}}}{day}"},
        "preview": {
            "url": f"{base}/reconcile/preview/{{{{id}}}}{day}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": own, "service_path": f"/properties{day}"},
            "property_settings": [LIMIT],
        },
    }
    if not service.options.reads_openly:
        manifest["authentication"] = TOKEN
    return manifest


@router.get("", summary="The manifest, or a batch of queries")
def default_manifest(
    request: Request,
    service: ServiceDep,
    day: OnCompatDay,
    queries: BatchInQuery = "",
    extend: BatchInQuery = "",
) -> JSONResponse:
    """Answer for the dataset `default`."""
    return _manifest(request, service, DEFAULT) or _answer(request, day, DEFAULT, queries, extend)


@router.post("", summary="A batch of queries, or properties of entities")
def default_batch(
    context: Reader, day: OnCompatDay, queries: BatchInForm = "", extend: BatchInForm = ""
) -> JSONResponse:
    """Answer for the dataset `default`."""
    return _answer(context.request, day, DEFAULT, queries, extend)


@router.get("/{dataset}", summary="The manifest of a dataset, or a batch of queries")
def manifest(
    request: Request,
    service: ServiceDep,
    day: OnCompatDay,
    dataset: Key,
    queries: BatchInQuery = "",
    *,
    extend: BatchInQuery = "",
) -> JSONResponse:
    """Return the manifest; with `queries` or `extend` the same as a POST."""
    return _manifest(request, service, dataset) or _answer(request, day, dataset, queries, extend)


@router.post("/{dataset}", summary="A batch of queries on a dataset, or properties of entities")
def batch(
    context: Reader, day: OnCompatDay, dataset: Key, queries: BatchInForm = "", extend: BatchInForm = ""
) -> JSONResponse:
    """Return the candidates for each query of a batch, or the requested properties."""
    return _answer(context.request, day, dataset, queries, extend)


@router.get(
    "/{dataset}/suggest/entity",
    summary="Parties that start with the typed text",
    response_model_exclude_none=True,
)
def suggest_entity(
    context: Reader, day: OnCompatDay, dataset: Key, prefix: Prefix = "", cursor: Cursor = 0
) -> EntitySuggestions:
    """Return parties with these words in a name; the last word may be unfinished."""
    with query_context(context.service, day) as parties:
        party_filter = PartyFilter(lists=lists_of(parties.loaded_lists, dataset))
        matches = (
            search_parties(parties, prefix, party_filter, is_prefix=True).parties if prefix.strip() else ()
        )
    return EntitySuggestions(
        result=[
            SuggestedModel(
                id=party.record.id,
                name=party.record.caption,
                description=description_of(party, context.words),
                notable=[vocabulary.type_of(party.record.schema)],
            )
            for party in matches[cursor : cursor + PAGE_SIZE]
        ]
    )


@router.get("/{dataset}/suggest/type", summary="Types that start with the typed text")
def suggest_type(context: Reader, dataset: Key, prefix: Prefix = "", cursor: Cursor = 0) -> Suggestions:
    """Return FollowTheMoney schemata."""
    find_dataset(context.service, dataset)
    return Suggestions(result=vocabulary.types_called(prefix)[cursor : cursor + PAGE_SIZE])


@router.get("/{dataset}/suggest/property", summary="Properties that start with the typed text")
def suggest_property(context: Reader, dataset: Key, prefix: Prefix = "", cursor: Cursor = 0) -> Suggestions:
    """Return FollowTheMoney properties."""
    find_dataset(context.service, dataset)
    return Suggestions(result=vocabulary.properties_called(prefix)[cursor : cursor + PAGE_SIZE])


@router.get("/{dataset}/properties", summary="Properties that can be fetched")
def propose_properties(
    context: Reader,
    dataset: Key,
    kind: Annotated[Key, InQuery(alias="type")] = vocabulary.ANY_PARTY,
    limit: Annotated[int, InQuery(ge=1, le=500)] = 100,
) -> Proposal:
    """Return the properties that entities of a type may have."""
    find_dataset(context.service, dataset)
    if not vocabulary.is_type(kind):
        raise bad_request(f"there is no type {kind!r}")
    return Proposal(properties=vocabulary.properties_of(kind)[:limit], type=kind, limit=limit)


def _manifest(request: Request, service: Service, dataset: str) -> JSONResponse | None:
    """Return the manifest, which is public; None if the request has a batch."""
    if any(request.query_params.get(name, "").strip() for name in ("queries", "extend")):
        return None
    return JSONResponse(manifest_of(request, service, find_dataset(service, dataset)))


def _answer(request: Request, day: date, dataset: str, queries: str, extend: str) -> JSONResponse:
    if not queries.strip() and not extend.strip():
        raise bad_request("`queries` and `extend` are missing")
    context = Require(READER)(request, Response(), None)
    if extend.strip():
        query = _read(TypeAdapter(ExtendQuery), extend)
        with query_context(context.service, day) as parties:
            return JSONResponse(extension(parties, dataset, query))
    batch = _read(TypeAdapter(dict[Key, Query]), queries)
    if len(batch) > MAX_QUERIES:
        detail = f"there are too many queries in one batch; the maximum is {MAX_QUERIES}"
        raise ProblemError(too_large(detail))
    with query_context(context.service, day) as parties:
        results = candidates(parties, dataset, batch, context.words)
    return JSONResponse({key: result.model_dump(exclude_none=True) for key, result in results.items()})


def _read(adapter: TypeAdapter[Any], text: str) -> Any:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        problem = Problem(
            type="bad-request",
            title="Bad Request",
            status=400,
            faults=faults_of(error.errors(include_url=False, include_input=False, include_context=False)),
            detail="the batch does not have the form of the reconciliation interface 0.2",
        )
        raise ProblemError(problem) from error
