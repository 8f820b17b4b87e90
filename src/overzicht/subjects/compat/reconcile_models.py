"""The requests and answers of the reconciliation interface 0.2."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from overzicht.web.fields import Key, Line

MAX_QUERIES = 500  # in one batch; the manifest states a smaller number
MAX_IDS, MAX_PROPERTIES = 500, 50
MAX_CANDIDATES = 50


class StrictRequest(BaseModel):
    """A request in which an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")


class EntityValue(BaseModel):
    """A value that is an entity."""

    id: Key
    name: Line = ""


Value = Line | bool | int | float | EntityValue


class PropertyValues(StrictRequest):
    """Values of one property of the party to find."""

    pid: Key
    v: Value | Annotated[list[Value], Field(max_length=100)]

    def texts(self) -> list[str]:
        """Return the values as texts; an entity counts by its name."""
        values = self.v if isinstance(self.v, list) else [self.v]
        return [
            (value.name or value.id) if isinstance(value, EntityValue) else str(value) for value in values
        ]


class Query(StrictRequest):
    """One party to find."""

    query: Line = ""
    type: Key | Annotated[list[Key], Field(max_length=20)] = Field(default_factory=list)
    limit: Annotated[float, Field(ge=1, le=1_000_000)] = 5
    properties: Annotated[list[PropertyValues], Field(max_length=MAX_PROPERTIES)] = Field(
        default_factory=list
    )
    type_strict: Literal["any", "should", "all"] = "any"

    @property
    def types(self) -> list[str]:
        """The types; empty for any."""
        return [self.type] if isinstance(self.type, str) else self.type

    @property
    def most(self) -> int:
        """The maximum number of candidates."""
        return min(int(self.limit), MAX_CANDIDATES)


class PropertyQuery(BaseModel):
    """A property to fetch; its only setting is `limit` (0 for all values)."""

    id: Key
    settings: dict[str, object] = Field(default_factory=dict)

    @property
    def most(self) -> int | None:
        """The maximum number of values, or None for all."""
        try:
            return int(str(self.settings.get("limit", 0))) or None
        except ValueError:
            return None


class ExtendQuery(BaseModel):
    """A request for properties of entities."""

    ids: Annotated[list[Key], Field(max_length=MAX_IDS)]
    properties: Annotated[list[PropertyQuery], Field(max_length=MAX_PROPERTIES)]


class TypeModel(BaseModel):
    """A type: a FollowTheMoney schema."""

    id: str
    name: str
    broader: list["TypeModel"] | None = None


class NamedModel(BaseModel):
    """A suggested property or type."""

    id: str
    name: str
    description: str = ""


class CandidateModel(BaseModel):
    """A party that may be the requested one; `score` is from 0 to 100."""

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


class SuggestedModel(NamedModel):
    """A suggested entity."""

    notable: list[TypeModel]


class Suggestions(BaseModel):
    """Types or properties that start with the typed text."""

    result: list[NamedModel]


class EntitySuggestions(BaseModel):
    """Entities that start with the typed text."""

    result: list[SuggestedModel]


class Proposal(BaseModel):
    """The properties that entities of a type may have."""

    properties: list[NamedModel]
    type: str
    limit: int
