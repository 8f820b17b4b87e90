"""Organisations as a tree, their sites, and what was said of them in public."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from overzicht.store.register.organisations import OrganisationLine, SiteLine
from overzicht.web.api.models.shared import CitationModel, Key, Line
from overzicht.workflows.register.statements import StatementsAdded, StatementView

Name = Annotated[Key, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
OrganisationId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class OrganisationModel(BaseModel):
    """An organisation on a day; `path` names those above it that may be seen, itself last."""

    id: str
    name: str
    parent: str
    country: str
    note: str
    depth: int
    path: list[str]

    @classmethod
    def of(cls, line: OrganisationLine, seen: Collection[str] | None = None) -> "OrganisationModel":
        """Return the form of an organisation for who may see these ids (None: all)."""
        path = [each for each in line.path if seen is None or each in seen]
        return cls(
            id=line.id, name=line.name, parent=path[-2] if len(path) > 1 else "", country=line.country,
            note=line.note, depth=len(path) - 1, path=path,
        )  # fmt: skip


class OrganisationAsked(BaseModel):
    """An organisation to keep; without an id one is made of the name."""

    name: Name
    id: OrganisationId = ""
    parent: Line = Field(default="", description="the id of the one above; none: takes a grant for all")
    country: Country = "NL"
    note: Line = ""
    since: date | None = Field(default=None, description="the first day it counts for; default: today")


class OrganisationChange(BaseModel):
    """What changes of an organisation; what is left out stays. An empty parent means none."""

    name: Name | None = None
    parent: Line | None = None
    note: Line | None = None


class SiteModel(BaseModel):
    """A place of an organisation where equipment stands."""

    id: str
    organisation: str
    name: str
    address: str
    latitude: float | None
    longitude: float | None

    @classmethod
    def of(cls, line: SiteLine) -> "SiteModel":
        """Return the form of a site."""
        return cls(
            id=line.id, organisation=line.organisation_id, name=line.name, address=line.address,
            latitude=line.latitude, longitude=line.longitude,
        )  # fmt: skip


class StatementModel(BaseModel):
    """What somebody said in public of an organisation's equipment, and what cannot be true beside it."""

    number: int
    organisation: str
    said: date
    said_as: str
    maker_named: str
    makers: list[str]
    quantity: str
    at_least: int | None
    at_most: int | None
    kind: str
    use: str
    status: str
    citation: CitationModel
    file: CitationModel
    contradicts: list[int]
    differs: list[int]
    withdrawn_at: str

    @classmethod
    def of(cls, view: StatementView) -> "StatementModel":
        """Return the form of a statement."""
        said = view.statement
        return cls(
            number=said.id, organisation=said.organisation_id, said=said.said, said_as=said.said_as,
            maker_named=said.maker_named, makers=list(said.makers), quantity=said.quantity,
            at_least=said.at_least, at_most=said.at_most, kind=said.kind, use=said.use, status=said.status,
            citation=CitationModel.of(said.citation), file=CitationModel.of(said.file),
            contradicts=list(view.contradicts), differs=list(view.differs), withdrawn_at=said.withdrawn_at,
        )  # fmt: skip


class RowFault(BaseModel):
    """A row that could not be taken, and why."""

    place: str
    reason: str


class StatementsModel(BaseModel):
    """What came of a file of statements."""

    added: int
    known: int
    organisations: list[str]
    problems: list[RowFault]

    @classmethod
    def of(cls, done: StatementsAdded) -> "StatementsModel":
        """Return the form of what came of a file."""
        faults = [RowFault(place=each.place, reason=each.reason) for each in done.problems]
        return cls(
            added=done.added, known=done.known, organisations=list(done.organisations), problems=faults
        )
