"""`/classifications`: a product's facts compared with the provisions of the control list."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from overzicht.errors import UnknownNameError
from overzicht.subjects.control_list.classification.item import Item, read_item
from overzicht.subjects.control_list.classification.vocabulary import vocabulary
from overzicht.subjects.control_list.classification.workflow import (
    ItemClassification,
    classification_json,
    classify_item,
    day_of_list,
    entry_json,
    facts_asked,
    save_classification,
    walk,
)
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.clock import now
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line
from overzicht.web.problems import HAS_NAMES

router = APIRouter(prefix="/classifications", tags=["control list"])


class ItemRequest(BaseModel):
    """A product with its facts, in the fields of a product's file; see `GET /classifications/facts`."""

    item: Annotated[
        dict[Key, Any],
        Field(max_length=100, description="id, name, functions, sources, facts, entries, answers"),
    ]
    version: Annotated[Line, Field(description="a version of the list, instead of that of the date")] = ""


class FactResponse(BaseModel):
    """A fact that can be stated about a product: its kind, its unit, the options of a choice."""

    fact: str
    kind: str
    unit: str
    values: list[str]
    asks: str
    is_judgement: bool


class ClassificationResponse(BaseModel):
    """Provisions met, not met and unknown, each with reasons. `missing` are the facts to state next."""

    item: dict[str, Any]
    as_of: date
    list_version: Annotated[str, Field(validation_alias="list")]
    text_is_loaded: bool
    met: list[str]
    unknown: list[str]
    missing: list[str]
    paths: list[dict[str, Any]]
    not_walked: list[str]
    entries: Annotated[list[dict[str, Any]], Field(description="entries that could describe the product")]
    open_entries: Annotated[list[str], Field(description="those of them that are not decided")]
    not_named: list[str]
    questions: list[dict[str, Any]]
    cautions: list[str]
    unused_facts: list[str]


class EntryResponse(BaseModel):
    """An entry walked from its text: criteria with answers. `needed` are those that can change the result."""

    list_version: Annotated[str, Field(validation_alias="list")]
    entry: str
    covers: str
    answer: str
    needed: list[str]
    criteria: list[dict[str, Any]]


class StoredClassification(BaseModel):
    """A stored classification with its number."""

    number: int
    classification: ClassificationResponse


@router.get("/facts", summary="Facts to state about a product", openapi_extra=HAS_NAMES)
def facts(
    context: Reader,
    function: Annotated[list[Key], Query(min_length=1, max_length=20, description="such as imaging_camera")],
) -> list[FactResponse]:
    """Return every fact that the rules use for a product with these functions."""
    known, words = vocabulary(), context.words
    unknown = sorted(set(function) - set(known.functions))
    if unknown:
        raise UnknownNameError("function", unknown[0], tuple(known.functions))
    return [
        FactResponse(
            fact=name,
            kind=spec.kind.value,
            unit=spec.unit,
            values=list(spec.values),
            asks=words.either(spec.en, spec.nl),
            is_judgement=spec.is_judgement,
        )
        for name, spec in ((name, known.facts[name]) for name in facts_asked(function))
    ]


@router.get("/entries/{entry}", summary="Criteria of one entry", openapi_extra=HAS_NAMES)
def criteria(context: Reader, day: OnDay, entry: Key, version: Line = "") -> EntryResponse:
    """Return every criterion of an entry as a question in the words of the installed text."""
    return _entry(context, entry, None, version, day)


@router.post("/entries/{entry}/try", summary="Walk one entry with answers", openapi_extra=HAS_NAMES)
def walk_one(context: Reader, day: OnDay, entry: Key, request: ItemRequest) -> EntryResponse:
    """Return the result of an entry by the `answers` and facts of a product: met, not met or unknown."""
    return _entry(context, entry, read_item(request.item, "item"), request.version, day)


@router.post("/try", summary="Classify without saving", openapi_extra=HAS_NAMES)
def classify(context: Reader, day: OnDay, request: ItemRequest) -> ClassificationResponse:
    """Compare a product with the provisions. A missing fact gives the answer unknown."""
    return _response(context, _classified(context, request, day))


@router.post("", status_code=201, summary="Classify and save", openapi_extra=HAS_NAMES)
def classify_and_keep(context: Editor, day: OnDay, request: ItemRequest) -> StoredClassification:
    """Save a classification. A new version of the list then opens a task to review it."""
    result = _classified(context, request, day)
    number = save_classification(context.store, result, actor=context.principal.name, at=now())
    return StoredClassification(number=number, classification=_response(context, result))


def _entry(context: RequestContext, entry: str, item: Item | None, version: str, day: date) -> EntryResponse:
    walked, opened = walk(context.store, entry, item, version, day)
    data = {"list": str(opened.version), **entry_json(walked, with_criteria=True)}
    return EntryResponse.model_validate(data)


def _classified(context: RequestContext, request: ItemRequest, day: date) -> ItemClassification:
    day = day_of_list(context.store, request.version) if request.version else day
    return classify_item(context.store, read_item(request.item, "item"), day)


def _response(context: RequestContext, result: ItemClassification) -> ClassificationResponse:
    return ClassificationResponse.model_validate(classification_json(result, context.words.say))
