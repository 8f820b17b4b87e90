"""The control list: versions, provisions in context, hits of a search, changes; uses of authorisations."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from overzicht.views.control import ListChanges
from overzicht.web.api.models.shared import Key, Line

Countries = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="two letters, such as CH")]


class ChangesPage(ListChanges):
    """The changes between two versions, a page of them; `counts` are of all."""

    total: int
    page: int
    size: int
    next_page: int | None


class UseAsked(BaseModel):
    """A use to keep, such as EU001 for 6A003.b.4.b; since the day of the request."""

    authorisation: Key
    path: Key
    destination: Countries
    consignee: Line = ""


class ItemAsked(BaseModel):
    """A product with its facts, in the fields of a product's file; see `GET /classifications/facts`."""

    item: Annotated[dict[str, Any], Field(description="id, name, functions, sources, facts")]
    version: Annotated[Line, Field(description="the list of a version instead of the day")] = ""


class FactModel(BaseModel):
    """A fact that can be stated of a product: its kind, its unit, the words of a choice."""

    fact: str
    kind: str
    unit: str
    values: list[str]
    asks: str
    is_judgement: bool


class ClassificationModel(BaseModel):
    """Provisions met, not met and unknown, each with reasons; `missing` are the facts worth asking for."""

    item: dict[str, Any]
    as_of: date
    list_version: Annotated[str, Field(validation_alias="list")]
    text_is_loaded: bool
    met: list[str]
    unknown: list[str]
    missing: list[str]
    paths: list[dict[str, Any]]
    not_walked: list[str]
    not_named: list[str]
    questions: list[dict[str, Any]]
    cautions: list[str]
    unused_facts: list[str]


class KeptClassificationModel(BaseModel):
    """A classification that was kept under a number."""

    number: int
    classification: ClassificationModel
