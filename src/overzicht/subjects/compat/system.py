"""`/healthz`, `/readyz`, `/catalog`, `/algorithms`: the state of the service and its datasets."""

from datetime import UTC, datetime, time
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.isolation import calls_are_filtered, is_trusted
from overzicht.subjects.compat.datasets import bad_request
from overzicht.subjects.compat.matching import feature_docs
from overzicht.subjects.compat.models import (
    AlgorithmDocs,
    AlgorithmModel,
    AlgorithmsAnswer,
    CatalogAnswer,
    CoverageModel,
    DatasetModel,
    PublisherModel,
    ReadinessModel,
    StatusModel,
)
from overzicht.subjects.compat.parties.datasets import coverage_of, datasets_of
from overzicht.subjects.compat.parties.features import ALGORITHM, DESCRIPTION
from overzicht.subjects.lists.jobs import UPDATE_LISTS
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.web.asof import OnCompatDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.problems import Problem, ProblemError
from overzicht.web.service import ServiceDep

MAX_WAIT = 20.0  # seconds, for a first start; clients wait 30 seconds
router = APIRouter(tags=["yente: system"])


@router.get("/healthz", summary="Whether the service runs")
def healthz() -> StatusModel:
    """Answer without a check."""
    return StatusModel()


@router.get(
    "/readyz", summary="Whether the lists can be searched", responses={503: {"description": "not ready yet"}}
)
def readyz(service: ServiceDep) -> ReadinessModel:
    """Answer once the index is up to date and the engine runs; this prepares both if needed."""
    if service.engines.wait(MAX_WAIT):
        return _readiness()
    problem = Problem(
        type="not-ready",
        title="Service Unavailable",
        status=503,
        detail="the index is not ready yet",
        fix="try again in a few seconds",
    )
    raise ProblemError(problem, {"Retry-After": "5"})


@router.post("/updatez", summary="Fetch new versions of the lists")
def update(
    context: Editor,
    *,
    sync: Annotated[bool, Query(description="waiting is not possible: use the job")] = False,
) -> StatusModel:
    """Start to fetch all lists. The role editor replaces yente's update token."""
    if sync:
        raise bad_request("`sync` is not possible", "leave it out; the address of the job is in `Location`")
    context.start_job(UPDATE_LISTS, {"lists": []})
    return StatusModel()


@cache
def _readiness() -> ReadinessModel:
    is_filtered = not is_trusted() and calls_are_filtered()
    return ReadinessModel(
        reading="own process" if is_trusted() else "child process",
        system_calls="filtered" if is_filtered else "not filtered",
    )


@router.get("/catalog", summary="The datasets")
def catalog(context: Reader, day: OnCompatDay) -> CatalogAnswer:
    """Return the datasets: `default`, `all`, and one for each list with a loaded version."""
    with context.store.reading() as connection:
        lists = LoadedLists(connection)
        datasets: list[DatasetModel] = []
        for dataset in datasets_of(lists).values():
            coverage = coverage_of(lists, dataset, day)
            versions = [stored for stored in lists.stored if stored.snapshot.source in dataset.lists]
            days = sorted(stored.version.day.isoformat() for stored in versions)
            version = max((stored.added_at for stored in versions), default="")
            card = dataset.card
            datasets.append(
                DatasetModel(
                    name=dataset.name,
                    title=dataset.title,
                    summary=dataset.summary,
                    url=next((address.url for address in card.addresses), None) if card else None,
                    version=version,
                    index_version=version,
                    index_current=bool(coverage) and all(c.covers_date for c in coverage.values()),
                    updated_at=datetime.combine(dataset.newest, time(), UTC) if dataset.newest else None,
                    entity_count=dataset.records,
                    coverage=CoverageModel(start=days[0] if days else None, end=days[-1] if days else None),
                    publisher=PublisherModel(name=card.publisher, official=card.publisher_is_official)
                    if card
                    else None,
                    children=[] if card else list(dataset.lists),
                )
            )
    return CatalogAnswer(
        datasets=datasets,
        current=[dataset.name for dataset in datasets if dataset.index_current],
        outdated=[dataset.name for dataset in datasets if not dataset.index_current],
        index_stale=not datasets[0].index_current,
    )


@router.get("/algorithms", summary="The matching algorithms")
def algorithms(_: Reader) -> AlgorithmsAnswer:
    """Return the only algorithm."""
    features = feature_docs()
    algorithm = AlgorithmModel(
        name=ALGORITHM,
        description=DESCRIPTION,
        features=features,
        docs=AlgorithmDocs(config={}, features=features),
    )
    return AlgorithmsAnswer(algorithms=[algorithm], default=ALGORITHM, best=ALGORITHM)
