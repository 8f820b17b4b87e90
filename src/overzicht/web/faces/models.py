"""What the interface of yente takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field

from overzicht.web.api.models.shared import Key, Lines

MOST_QUERIES = 500  # in one batch
MOST_VALUES = 200  # of a property, and properties of an example
NO_WEIGHTS = "taken and left aside: the algorithm has none"

Value = Lines | int | float | bool | None


class StatusModel(BaseModel):
    """That the service is there."""

    status: str = "ok"


class EntityModel(BaseModel):
    """A FollowTheMoney entity: a record of a list, or one of its listings (the schema Sanction)."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[Union[str, "EntityModel"]]]
    datasets: list[str] = Field(description="the list that it is of")
    referents: list[str] = Field(description="records that are known to be the same party")
    target: bool = Field(description="whether a listing of it is in force on the day")
    first_seen: datetime = Field(description="the day of the first version held that has it")
    last_seen: datetime
    last_change: datetime = Field(description="the day of the first version held with this wording")


class FeatureModel(BaseModel):
    """What one feature says of a match; above 0 for it, below 0 against it."""

    score: float
    detail: str | None
    query: str | None
    candidate: str | None


class ScoredModel(EntityModel):
    """An entity with how well it fits."""

    score: float = Field(ge=0, le=1)
    match: bool = Field(description="whether the score is at least the threshold")
    features: dict[str, float]
    explanations: dict[str, FeatureModel]


class TotalModel(BaseModel):
    """How many there are; with `gte` at least that many."""

    value: int
    relation: Literal["eq", "gte"] = "eq"


class ExampleModel(BaseModel):
    """A party as an example of what to find."""

    model_config = ConfigDict(populate_by_name=True)

    id: Key | None = None
    schema_: Key = Field(alias="schema")
    properties: Annotated[
        dict[Key, Lines | Annotated[list[Value], Field(max_length=MOST_VALUES)]],
        Field(max_length=MOST_VALUES),
    ]


class MatchBody(BaseModel):
    """Examples by a key of the asker's own."""

    queries: dict[Key, ExampleModel | None]
    weights: dict[str, float] = Field(default_factory=dict, description=NO_WEIGHTS)
    config: dict[str, Any] = Field(default_factory=dict, description="the algorithm takes none")


class MatchesModel(BaseModel):
    """What was found for one example."""

    status: int = 200
    results: list[ScoredModel]
    total: TotalModel
    query: ExampleModel


class MatchAnswer(BaseModel):
    """What was found, by the keys of the examples."""

    responses: dict[str, MatchesModel]
    limit: int


class FacetItemModel(BaseModel):
    """A value, and how many of what was found have it."""

    name: str
    label: str
    count: int


class FacetModel(BaseModel):
    """The values of one facet, the most frequent first."""

    label: str
    values: list[FacetItemModel]


class ResultsModel(BaseModel):
    """A part of a longer answer."""

    limit: int
    offset: int
    total: TotalModel


class SearchAnswer(ResultsModel):
    """The entities that were found, with counts of all of them."""

    results: list[EntityModel]
    facets: dict[str, FacetModel]


class AdjacentResults(ResultsModel):
    """The entities that one property leads to."""

    results: list[EntityModel]


class AdjacentAnswer(BaseModel):
    """An entity, and by property what it is connected with."""

    entity: EntityModel
    adjacent: dict[str, AdjacentResults]


class FeatureDoc(BaseModel):
    """What a feature tells."""

    description: str
    coefficient: float = Field(description="1 for every feature: none has a weight of its own")
    url: str | None = None


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
    """The matching algorithms; `best` is an alias for the one named."""

    algorithms: list[AlgorithmModel]
    default: str
    best: str


class PublisherModel(BaseModel):
    """Who publishes a list."""

    name: str
    official: bool


class CoverageModel(BaseModel):
    """From when on a list is at hand, and until when."""

    start: str | None
    end: str | None


class DatasetModel(BaseModel):
    """A data set: a list, or several together."""

    name: str
    title: str
    summary: str
    url: str | None
    load: bool = True
    version: str
    index_version: str
    index_current: bool = Field(description="whether each list of it can tell for the day that was asked for")
    updated_at: datetime | None
    entity_count: int
    coverage: CoverageModel
    publisher: PublisherModel | None
    children: list[str]


class CatalogAnswer(BaseModel):
    """The data sets; `current` can tell for the day, `outdated` cannot, or only in part."""

    datasets: list[DatasetModel]
    current: list[str]
    outdated: list[str]
    index_stale: bool
