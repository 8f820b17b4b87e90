"""The requests and answers of the interface of yente."""

from datetime import datetime
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field

from overzicht.web.fields import Key, Lines

MAX_QUERIES = 500  # in one batch
MAX_VALUES = 200  # of a property, and properties of an example

LARGEST_VALUE = 10**30
Value = (
    Lines
    | Annotated[int, Field(ge=-LARGEST_VALUE, le=LARGEST_VALUE)]
    | Annotated[float, Field(ge=-LARGEST_VALUE, le=LARGEST_VALUE)]
    | bool
    | None
)


class StatusModel(BaseModel):
    """The status of the service."""

    status: str = "ok"


class ReadinessModel(StatusModel):
    """The status of the service once it is ready, and how it reads files from outside.

    `reading` is `child process` or, without one, `own process`. `system_calls` is `filtered` if that process
    can use no network and start no program.
    """

    reading: str
    system_calls: str


class EntityModel(BaseModel):
    """A FollowTheMoney entity: a record, several records of one party, or a listing (the schema Sanction)."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[Union[str, "EntityModel"]]]
    datasets: list[str] = Field(description="the lists of its records")
    referents: list[str] = Field(description="records of the same party")
    target: bool = Field(description="whether a listing of it is in force on the day")
    first_seen: datetime = Field(description="date of the first loaded version that contains it")
    last_seen: datetime
    last_change: datetime = Field(description="date of the first loaded version with this wording")


class FeatureModel(BaseModel):
    """One feature of a match; a score above 0 supports it, below 0 contradicts it."""

    score: float
    detail: str | None
    query: str | None
    candidate: str | None


class ScoredModel(EntityModel):
    """An entity with its score."""

    score: float = Field(ge=0, le=1)
    match: bool = Field(description="whether the score is at least the threshold")
    features: dict[str, float]
    explanations: dict[str, FeatureModel]


class TotalModel(BaseModel):
    """The number of results; with `gte` at least that number."""

    value: int
    relation: Literal["eq", "gte"] = "eq"


class ExampleModel(BaseModel):
    """A party as an example of the parties to find."""

    model_config = ConfigDict(populate_by_name=True)

    id: Key | None = None
    schema_: Key = Field(alias="schema")
    properties: Annotated[
        dict[Key, Lines | Annotated[list[Value], Field(max_length=MAX_VALUES)]], Field(max_length=MAX_VALUES)
    ]


class MatchBody(BaseModel):
    """Examples by a key of the client."""

    queries: dict[Key, ExampleModel | None] = Field(json_schema_extra={"maxProperties": MAX_QUERIES})
    weights: dict[str, Annotated[float, Field(ge=-LARGEST_VALUE, le=LARGEST_VALUE)]] = Field(
        default_factory=dict,
        description="must be empty: the algorithm has none",
        json_schema_extra={"maxProperties": 0},
    )
    config: dict[str, Any] = Field(
        default_factory=dict,
        description="must be empty: the algorithm has no options",
        json_schema_extra={"maxProperties": 0},
    )


class MatchesModel(BaseModel):
    """The results for one example."""

    status: int = 200
    results: list[ScoredModel]
    total: TotalModel
    query: ExampleModel


class FeatureDoc(BaseModel):
    """The description of a feature."""

    description: str
    coefficient: float = Field(description="1 for every feature: there are no weights")
    url: str | None = None


class MatchAnswer(BaseModel):
    """The results, by the keys of the examples, and the features of the algorithm."""

    responses: dict[str, MatchesModel]
    matcher: dict[str, FeatureDoc]
    limit: int


class FacetItemModel(BaseModel):
    """A value, and the number of results with it."""

    name: str
    label: str
    count: int


class FacetModel(BaseModel):
    """The values of one facet, the most frequent first."""

    label: str
    values: list[FacetItemModel]


class _Page(BaseModel):
    limit: int
    offset: int
    total: TotalModel


class AdjacentResults(_Page):
    """A page of the entities of one property."""

    results: list[EntityModel]


class SearchAnswer(AdjacentResults):
    """A page of results, with counts of all of them."""

    facets: dict[str, FacetModel]


class AdjacentAnswer(BaseModel):
    """An entity, and by property the entities connected to it."""

    entity: EntityModel
    adjacent: dict[str, AdjacentResults]


class StatementModel(BaseModel):
    """One value of a record; `first_seen` and `last_seen` are dates of loaded versions with it."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    entity_id: str
    canonical_id: str
    prop: str
    prop_type: str
    schema_: str = Field(alias="schema")
    value: str
    original_value: str | None
    dataset: str
    lang: str | None
    first_seen: datetime
    last_seen: datetime


class StatementsAnswer(_Page):
    """A page of values."""

    results: list[StatementModel]


class AlgorithmDocs(BaseModel):
    """The options and features of an algorithm."""

    config: dict[str, Any]
    features: dict[str, FeatureDoc]


class AlgorithmModel(BaseModel):
    """A matching algorithm."""

    name: str
    description: str
    features: dict[str, FeatureDoc]
    docs: AlgorithmDocs


class AlgorithmsAnswer(BaseModel):
    """The matching algorithms; `best` is an alias of an algorithm."""

    algorithms: list[AlgorithmModel]
    default: str
    best: str


class PublisherModel(BaseModel):
    """The publisher of a list."""

    name: str
    official: bool


class CoverageModel(BaseModel):
    """The dates of the first and last loaded version of a list."""

    start: str | None
    end: str | None


class DatasetModel(BaseModel):
    """A dataset: one list, or several."""

    name: str
    title: str
    summary: str
    url: str | None
    load: bool = True
    version: str
    index_version: str
    index_current: bool = Field(description="whether each of its lists covers the date")
    updated_at: datetime | None
    entity_count: int
    coverage: CoverageModel
    publisher: PublisherModel | None
    children: list[str]


class CatalogAnswer(BaseModel):
    """The datasets; those in `current` cover the date, those in `outdated` do not, or only partly."""

    datasets: list[DatasetModel]
    current: list[str]
    outdated: list[str]
    index_stale: bool
