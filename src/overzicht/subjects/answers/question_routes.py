"""`/questions/watch`: what new data change in earlier answers, among the routes of questions."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.store.log import log_end
from overzicht.subjects.answers import watching
from overzicht.subjects.answers.model import WatchReport
from overzicht.web.asof import OnDay
from overzicht.web.auth import OverallReader


def watch(
    context: OverallReader,
    day: OnDay,
    since: Annotated[
        date | None, Query(description="compare with this date; else the day of each answer")
    ] = None,
) -> WatchReport:
    """Return the answered questions whose first line or cited facts differ between the two dates."""
    with context.store.reading() as connection:
        key = ("watch", since, day, log_end(connection).hash)
    return context.cache.get(key, lambda: watching.watch(context.store, day, since))


def add_routes(router: APIRouter) -> None:
    """Add the route of answers to those of questions."""
    router.get("/watch", summary="Earlier answers that new data change")(watch)
