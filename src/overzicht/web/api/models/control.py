"""The control list: versions, provisions in context, hits of a search, changes; uses of authorisations."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from overzicht.exportcontrol.controllist.diff import ChangeKind
from overzicht.store.control.authorisation_uses import AuthorisationUse
from overzicht.web.api.models.shared import Key, Line

Countries = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="two letters, such as CH")]


class ListVersionModel(BaseModel):
    """An installed version."""

    version: str
    day: date
    sha256: str
    file: str
    provisions: int
    corrections: int


class ProvisionModel(BaseModel):
    """A provision in its context; `caution` says what the version cannot tell for the day."""

    version: str
    caution: str | None
    path: str
    citation: dict[str, Any]
    context: list[dict[str, Any]]
    provision: dict[str, Any]
    notes: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    references: list[dict[str, Any]]


class HitModel(BaseModel):
    """A provision that fits a question; `score` only orders, `fits` are the pieces of the question."""

    path: str
    text: str
    context: list[str]
    score: float
    fits: list[str]


class FoundProvisionsModel(BaseModel):
    """Hits, best first. A hit is a lead to read, not a classification."""

    version: str
    caution: str | None
    hits: list[HitModel]


class ChangeModel(BaseModel):
    """One difference between two versions; `touched` are the provisions that it touches."""

    kind: ChangeKind
    path: str
    old_path: str | None
    old_text: str
    new_text: str
    numbers: list[dict[str, Any]]
    touched: list[str]


class ChangesModel(BaseModel):
    """The changes between two versions, a page of them; `counts` are of all."""

    before: str
    after: str
    definitions_compared: bool
    counts: dict[ChangeKind, int]
    changes: list[ChangeModel]
    total: int
    page: int
    next_page: int | None


class UseModel(BaseModel):
    """An export under a general authorisation; `ended` is null while it is relied on."""

    id: str
    authorisation: str
    path: str
    destination: str
    consignee: str
    since: date
    ended: date | None

    @classmethod
    def of(cls, use: AuthorisationUse) -> "UseModel":
        """Return the form of a use."""
        return cls(
            id=use.id, authorisation=use.authorisation, path=use.path, destination=use.destination,
            consignee=use.consignee, since=use.since, ended=use.ended,
        )  # fmt: skip


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
