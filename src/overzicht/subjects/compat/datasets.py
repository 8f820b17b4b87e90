"""Shared by these interfaces: the context of party queries, datasets by name, and refusals."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from overzicht.subjects.compat.parties.context import PartyQueryContext
from overzicht.subjects.compat.parties.datasets import Dataset, dataset_named, datasets_of
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.web.problems import ProblemError, problem_error
from overzicht.web.service import Service

REFUSED: dict[int | str, dict[str, Any]] = {400: {"description": "a part of the request is not valid"}}


@contextmanager
def query_context(service: Service, day: date) -> Iterator[PartyQueryContext]:
    """Open the context of party queries for a date, with an engine of the pool."""
    with service.engines.lend() as engine, service.store.reading() as connection:
        yield PartyQueryContext(connection, LoadedLists(connection), engine, day)


def find_dataset(service: Service, name: str) -> Dataset:
    """Return a dataset; raises UnknownNameError."""
    with service.store.reading() as connection:
        return dataset_named(datasets_of(LoadedLists(connection)), name)


def bad_request(detail: str, fix: str = "") -> ProblemError:
    """Return the error for a request that is not valid."""
    return problem_error(400, "bad-request", "Bad Request", detail, fix)


def lists_of(
    loaded_lists: LoadedLists, dataset: str, include: Sequence[str] = (), exclude: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the lists of a dataset, limited to those of `include` and without those of `exclude`.

    Raises UnknownNameError for an unknown dataset.
    """
    known = datasets_of(loaded_lists)
    excluded = {list_id for name in exclude for list_id in dataset_named(known, name).lists}
    included = {list_id for name in include for list_id in dataset_named(known, name).lists}
    return tuple(
        list_id
        for list_id in dataset_named(known, dataset).lists
        if list_id not in excluded and (not include or list_id in included)
    )


def sort_of(value: str, known: Sequence[str]) -> tuple[str, bool]:
    """Return the field of `caption` or `caption:desc`, and whether it is descending; else a problem."""
    name, _, order = value.partition(":")
    if name not in known or order not in ("", "asc", "desc"):
        raise bad_request(f"cannot sort by {value!r}", f"use one of {', '.join(known)}")
    return name, order == "desc"
