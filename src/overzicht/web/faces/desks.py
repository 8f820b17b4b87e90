"""What the routes of these interfaces share: a desk to ask at, data sets by name, and refusals."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from overzicht.web.problems import Problem, ProblemError
from overzicht.web.service import Service
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.parties.context import PartyQueryContext
from overzicht.workflows.parties.datasets import dataset_named, datasets_of

REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"description": "something that was asked for cannot be understood"}
}


@contextmanager
def query_context(here: Service, day: date) -> Iterator[PartyQueryContext]:
    """Open a desk for a day, with an engine of the pool."""
    with here.engines.lend() as engine, here.store.reading() as connection:
        yield PartyQueryContext(connection, LoadedLists(connection), engine, day)


def bad_request(detail: str, fix: str = "") -> ProblemError:
    """Return the refusal of a request that cannot be understood."""
    problem = Problem(type="bad-request", title="Bad Request", status=400, detail=detail, fix=fix)
    return ProblemError(problem)


def lists_asked(
    loaded_lists: LoadedLists, dataset: str, include: Sequence[str] = (), exclude: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the lists of a data set, kept to those of some and without those of others.

    Raises UnknownNameError for a data set that there is not.
    """
    known = datasets_of(loaded_lists)
    chosen = dataset_named(known, dataset).lists
    if include:
        kept = {each for name in include for each in dataset_named(known, name).lists}
        chosen = tuple(each for each in chosen if each in kept)
    left_out = {each for name in exclude for each in dataset_named(known, name).lists}
    return tuple(each for each in chosen if each not in left_out)


def sort_of(asked: str, known: Sequence[str]) -> tuple[str, bool]:
    """Return what `caption` or `caption:desc` sorts by, and whether downwards; a problem for all else."""
    name, _, order = asked.partition(":")
    if name not in known or order not in ("", "asc", "desc"):
        raise bad_request(f"nothing is sorted by {asked!r}", f"take one of {', '.join(known)}")
    return name, order == "desc"


@contextmanager
def open_loaded_lists(here: Service) -> Iterator[LoadedLists]:
    """Open the lists alone, for what needs no engine."""
    with here.store.reading() as connection:
        yield LoadedLists(connection)
