"""Names in, listings out."""

from datetime import date
from typing import Annotated

from followthemoney import model
from pydantic import AfterValidator, BaseModel, Field

from overzicht.entities import PartyQuery
from overzicht.views.screening import ScreenedParty
from overzicht.views.view import also
from overzicht.web.api.models.shared import Key

MOST_QUERIES = 500
MOST_NAMES = 20


def _is_schema(value: str) -> str:
    if value not in model.schemata:
        raise ValueError("this is no FollowTheMoney schema (Person, Company, LegalEntity, Vessel, …)")
    return value


class QueryModel(BaseModel):
    """A party to ask about; `id` comes back with the answer."""

    id: Key
    names: Annotated[list[Key], Field(min_length=1, max_length=MOST_NAMES)]
    kind: Annotated[Key, AfterValidator(_is_schema)] = "LegalEntity"
    birth_date: Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""

    def to_query(self) -> PartyQuery:
        """Return the query as the engine takes it."""
        return PartyQuery(id=self.id, names=tuple(self.names), schema=self.kind, birth_date=self.birth_date)


class MatchAsked(BaseModel):
    """Parties to ask the lists about; no lists named means all, no threshold the engine's own."""

    queries: Annotated[list[QueryModel], Field(min_length=1, max_length=MOST_QUERIES)]
    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None


class MatchModel(BaseModel):
    """One answer per party asked about, in the same order."""

    as_of: date
    results: list[Annotated[ScreenedParty, also(id="query")]]
