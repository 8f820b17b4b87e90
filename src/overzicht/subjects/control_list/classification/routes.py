"""`/classifications`: a product's facts compared with the provisions of the control list."""

from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

from overzicht.errors import UnknownNameError
from overzicht.evidence.limited import Key, Line
from overzicht.evidence.text import SAY
from overzicht.kit.ask import EDITOR, READER, Ask
from overzicht.kit.operation import Body, Route, operation
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

TAG = "control list"


class ItemRequest(BaseModel):
    """A product with its facts, in the fields of a product's file; see `GET /classifications/facts`."""

    item: Annotated[
        dict[Key, Any],
        Field(max_length=100, description="id, name, functions, sources, facts, entries, answers"),
    ]
    version: Annotated[Line, Field(description="a version of the list, instead of that of the date")] = ""


PRODUCT = Body(ItemRequest.__name__, "", ItemRequest)


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


@operation(
    Route("GET /classifications/facts", READER, summary="Facts to state about a product", has_names=True),
    is_dated=False,
)
def facts(
    ask: Ask,
    function: Annotated[list[Key], Query(min_length=1, max_length=20, description="such as imaging_camera")],
) -> list[FactResponse]:
    """Return every fact that the rules use for a product with these functions."""
    del ask
    known = vocabulary()
    unknown = sorted(set(function) - set(known.functions))
    if unknown:
        raise UnknownNameError("function", unknown[0], tuple(known.functions))
    return [
        FactResponse(
            fact=name,
            kind=spec.kind.value,
            unit=spec.unit,
            values=list(spec.values),
            asks=SAY.get()(spec.text),
            is_judgement=spec.is_judgement,
        )
        for name, spec in ((name, known.facts[name]) for name in facts_asked(function))
    ]


@operation(
    Route("GET /classifications/entries/{entry}", READER, summary="Criteria of one entry", has_names=True)
)
def criteria(ask: Ask, entry: Key, version: Line = "") -> EntryResponse:
    """Return every criterion of an entry as a question in the words of the installed text."""
    return _entry(ask, entry, None, version)


@operation(
    Route(
        "POST /classifications/entries/{entry}/try",
        READER,
        PRODUCT,
        "Walk one entry with answers",
        has_names=True,
    ),
    is_dated=True,
)
def walk_one(ask: Ask, entry: Key, item: dict[str, Any], version: str) -> EntryResponse:
    """Return the result of an entry by the `answers` and facts of a product: met, not met or unknown."""
    return _entry(ask, entry, read_item(item, "item"), version)


@operation(
    Route("POST /classifications/try", READER, PRODUCT, "Classify without saving", has_names=True),
    is_dated=True,
)
def classify(ask: Ask, item: dict[str, Any], version: str) -> ClassificationResponse:
    """Compare a product with the provisions. A missing fact gives the answer unknown."""
    return _response(_classified(ask, item, version))


@operation(
    Route("POST /classifications", EDITOR, PRODUCT, "Classify and save", has_names=True, is_new=True),
    is_dated=True,
)
def classify_and_keep(ask: Ask, item: dict[str, Any], version: str) -> StoredClassification:
    """Save a classification. A new version of the list then opens a task to review it."""
    result = _classified(ask, item, version)
    number = save_classification(ask.store, result, actor=ask.principal.name, at=ask.now())
    return StoredClassification(number=number, classification=_response(result))


def _entry(ask: Ask, entry: str, item: Item | None, version: str) -> EntryResponse:
    walked, opened = walk(ask.store, entry, item, version, ask.day)
    data = {"list": str(opened.version), **entry_json(walked, with_criteria=True)}
    return EntryResponse.model_validate(data)


def _classified(ask: Ask, item: dict[str, Any], version: str) -> ItemClassification:
    day = day_of_list(ask.store, version) if version else ask.day
    return classify_item(ask.store, read_item(item, "item"), day)


def _response(result: ItemClassification) -> ClassificationResponse:
    return ClassificationResponse.model_validate(classification_json(result, SAY.get()))
