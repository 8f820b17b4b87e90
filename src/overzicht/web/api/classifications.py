"""`/classifications`: a product's facts along the provisions of the control list."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request

from overzicht.errors import UnknownNameError
from overzicht.exportcontrol.classification.item import read_item
from overzicht.exportcontrol.classification.vocabulary import vocabulary
from overzicht.reports.i18n import Words
from overzicht.web.api.models.control import (
    ClassificationModel,
    FactModel,
    ItemAsked,
    KeptClassificationModel,
)
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.clock import now
from overzicht.web.page import words_of
from overzicht.web.service import Here, Service
from overzicht.workflows.classification import (
    ItemClassification,
    classification_json,
    classify_item,
    day_of_list,
    facts_asked,
    keep,
)

router = APIRouter(prefix="/classifications", tags=["control list"])
MAY_NAME_NOTHING = {"x-names": True}


@router.get("/facts", summary="What to state of a product", openapi_extra=MAY_NAME_NOTHING)
def facts(
    request: Request,
    _who: Reader,
    function: Annotated[list[Key], Query(min_length=1, max_length=20, description="such as imaging_camera")],
) -> list[FactModel]:
    """Return every fact that the rules ask for of a product with these functions."""
    known = vocabulary()
    unknown = sorted(set(function) - set(known.functions))
    if unknown:
        raise UnknownNameError("function", unknown[0], tuple(known.functions))
    return [fact_model(name, words_of(request)) for name in facts_asked(function)]


def fact_model(name: str, words: Words) -> FactModel:
    """Return the form of a fact in a language."""
    spec = vocabulary().facts[name]
    return FactModel(
        fact=name,
        kind=spec.kind.value,
        unit=spec.unit,
        values=list(spec.values),
        asks=words.either(spec.en, spec.nl),
        is_judgement=spec.is_judgement,
    )


@router.post("/try", summary="Classify, and keep nothing", openapi_extra=MAY_NAME_NOTHING)
def classify(request: Request, here: Here, _who: Reader, day: OnDay, asked: ItemAsked) -> ClassificationModel:
    """Walk the provisions for a product; nothing is decided on a fact that is not stated."""
    return _model(_classified(here, asked, day), words_of(request))


@router.post("", status_code=201, summary="Classify, and keep it", openapi_extra=MAY_NAME_NOTHING)
def classify_and_keep(
    request: Request, here: Here, who: Editor, day: OnDay, asked: ItemAsked
) -> KeptClassificationModel:
    """Keep a classification, so that a new version of the list opens it again."""
    found = _classified(here, asked, day)
    number = keep(here.store, found, actor=who.name, at=now())
    return KeptClassificationModel(number=number, classification=_model(found, words_of(request)))


def _classified(here: Service, asked: ItemAsked, day: date) -> ItemClassification:
    item = read_item(asked.item, "item")
    return classify_item(here.store, item, day_of_list(here.store, asked.version) if asked.version else day)


def _model(found: ItemClassification, words: Words) -> ClassificationModel:
    return ClassificationModel.model_validate(classification_json(found, words.say))
