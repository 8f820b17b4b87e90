"""`/healthz`, `/readyz`, `/catalog`, `/algorithms`: whether the service is there, and what it can tell."""

from datetime import UTC, date, datetime, time

from fastapi import APIRouter

from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.faces.models import (
    AlgorithmDocs,
    AlgorithmModel,
    AlgorithmsAnswer,
    CatalogAnswer,
    CoverageModel,
    DatasetModel,
    FeatureDoc,
    PublisherModel,
    StatusModel,
)
from overzicht.web.problems import Problem, ProblemError
from overzicht.web.service import Here
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.parties.datasets import Dataset, coverage_of, datasets_of
from overzicht.workflows.parties.features import ALGORITHM, DESCRIPTION, FEATURES

LONGEST_WAIT = 20.0  # seconds; shorter than the 30 that clients wait by themselves, for a first start
router = APIRouter(tags=["yente: system"])


@router.get("/healthz", summary="Whether the service is there")
def healthz() -> StatusModel:
    """Answer, and look at nothing."""
    return StatusModel()


@router.get(
    "/readyz", summary="Whether the lists can be asked", responses={503: {"description": "not ready yet"}}
)
def readyz(here: Here) -> StatusModel:
    """Answer once the index is up to date and the engine runs; prepares both where that has not been done."""
    if here.engines.wait(LONGEST_WAIT):
        return StatusModel()
    problem = Problem(
        type="not-ready", title="Service Unavailable", status=503,
        detail="the index is being made", fix="ask again in a few seconds",
    )  # fmt: skip
    raise ProblemError(problem, {"Retry-After": "5"})


@router.get("/catalog", summary="The data sets")
def catalog(here: Here, _who: Reader, day: OnDay) -> CatalogAnswer:
    """Return the data sets: `default`, `all`, and one for each list of which something is at hand."""
    with here.store.reading() as connection:
        loaded_lists = LoadedLists(connection)
        found = [_model(loaded_lists, each, day) for each in datasets_of(loaded_lists).values()]
    return CatalogAnswer(
        datasets=found,
        current=[each.name for each in found if each.index_current],
        outdated=[each.name for each in found if not each.index_current],
        index_stale=not found[0].index_current,
    )


def _model(loaded_lists: LoadedLists, dataset: Dataset, day: date) -> DatasetModel:
    covered = coverage_of(loaded_lists, dataset, day)
    stored = [each for each in loaded_lists.stored if each.snapshot.source in dataset.lists]
    days = sorted(each.version.day for each in stored)
    version = max((each.added_at for each in stored), default="")
    card = dataset.card
    address = next((each.url for each in card.addresses), None) if card else None
    return DatasetModel(
        name=dataset.name, title=dataset.title, summary=dataset.summary, url=address, version=version,
        index_version=version, index_current=bool(covered) and all(c.covers_date for c in covered.values()),
        updated_at=datetime.combine(dataset.newest, time(), UTC) if dataset.newest else None,
        entity_count=dataset.records,
        coverage=CoverageModel(
            start=days[0].isoformat() if days else None, end=days[-1].isoformat() if days else None
        ),
        publisher=PublisherModel(name=card.publisher, official=card.publisher_is_official) if card else None,
        children=[] if card else list(dataset.lists),
    )  # fmt: skip


@router.get("/algorithms", summary="The matching algorithms")
def algorithms(_who: Reader) -> AlgorithmsAnswer:
    """Return the one algorithm there is."""
    features = {name: FeatureDoc(description=told, coefficient=1.0) for name, told in FEATURES.items()}
    own = AlgorithmModel(
        name=ALGORITHM,
        description=DESCRIPTION,
        features=features,
        docs=AlgorithmDocs(config={}, features=features),
    )
    return AlgorithmsAnswer(algorithms=[own], default=ALGORITHM, best=ALGORITHM)
