"""What the reconciliation interface takes and gives, by its version 0.2."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from overzicht.web.api.models.shared import Key, Line

MOST_QUERIES = 500  # in one batch; the manifest asks for fewer
MOST_IDS, MOST_PROPERTIES = 500, 50
MOST_CANDIDATES = 50


class Taken(BaseModel):
    """What comes in: a field that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid")


class EntityValue(BaseModel):
    """A value that is an entity itself."""

    id: Key
    name: Line = ""


Value = Line | bool | int | float | EntityValue


class PropertyValues(Taken):
    """Values of one property, to find a party by."""

    pid: Key
    v: Value | Annotated[list[Value], Field(max_length=100)]

    def texts(self) -> list[str]:
        """Return the values as texts; an entity counts by its name."""
        values = self.v if isinstance(self.v, list) else [self.v]
        return [(each.name or each.id) if isinstance(each, EntityValue) else str(each) for each in values]


class Query(Taken):
    """One party to find."""

    query: Line = ""
    type: Key | Annotated[list[Key], Field(max_length=20)] = Field(default_factory=list)
    limit: Annotated[float, Field(ge=1, le=1_000_000)] = 5
    properties: Annotated[list[PropertyValues], Field(max_length=MOST_PROPERTIES)] = Field(
        default_factory=list
    )
    type_strict: Literal["any", "should", "all"] = "any"

    @property
    def types(self) -> list[str]:
        """The types asked for; empty for any."""
        return [self.type] if isinstance(self.type, str) else self.type

    @property
    def most(self) -> int:
        """How many candidates are wanted."""
        return min(int(self.limit), MOST_CANDIDATES)


class WantedProperty(BaseModel):
    """A property to fetch; of its settings `limit` is known (0 for all values)."""

    id: Key
    settings: dict[str, object] = Field(default_factory=dict)

    @property
    def most(self) -> int | None:
        """How many values are wanted, or None for all."""
        try:
            return int(str(self.settings.get("limit", 0))) or None
        except ValueError:
            return None


class ExtendQuery(BaseModel):
    """Properties of entities that are wanted."""

    ids: Annotated[list[Key], Field(max_length=MOST_IDS)]
    properties: Annotated[list[WantedProperty], Field(max_length=MOST_PROPERTIES)]


class TypeModel(BaseModel):
    """A type: a FollowTheMoney schema."""

    id: str
    name: str
    broader: list["TypeModel"] | None = None


class ThingModel(BaseModel):
    """A property or a type that is suggested."""

    id: str
    name: str
    description: str = ""


class CandidateModel(BaseModel):
    """A party that may be the one asked for; `score` runs from 0 to 100."""

    id: str
    name: str
    description: str
    type: list[TypeModel]
    score: float
    features: list[dict[str, str | float]]
    match: bool


class ResultModel(BaseModel):
    """The candidates for one query, best first."""

    result: list[CandidateModel]


class SuggestedModel(ThingModel):
    """An entity that is suggested."""

    notable: list[TypeModel]


class Suggestions(BaseModel):
    """Things that begin with what was typed."""

    result: list[ThingModel]


class EntitySuggestions(BaseModel):
    """Entities that begin with what was typed."""

    result: list[SuggestedModel]


class Proposal(BaseModel):
    """The properties that entities of a type may have."""

    properties: list[ThingModel]
    type: str
    limit: int
