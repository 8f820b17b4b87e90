"""The day that holds for every page: in the address where it was chosen, and kept in a cookie."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from overzicht.dates import read_iso_date
from overzicht.errors import UnreadableDateError
from overzicht.web.clock import today

PARAMETER = "as-of"
COOKIE = "overzicht-as-of"
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day of a page; `chosen` is False where it is simply today."""

    day: date
    chosen: bool


def as_of(request: Request) -> AsOf:
    """Return the day asked for in the address, else the one kept from before, else today.

    What is no day, or an unlikely one, counts as today: the bar on the page shows which day it is.
    """
    given = request.query_params.get(PARAMETER)
    day = _read(request.cookies.get(COOKIE, "") if given is None else given)
    return AsOf(today(), chosen=False) if day is None or day == today() else AsOf(day, chosen=True)


def _read(value: str) -> date | None:
    try:
        day = read_iso_date(value)
    except UnreadableDateError:
        return None
    return day if FIRST <= day <= LAST else None


def _day_of_query(
    day: Annotated[
        date | None,
        Query(alias=PARAMETER, ge=FIRST, le=LAST, description="the day that is asked about; default: today"),
    ] = None,
) -> date:
    return day or today()


OnPage = Annotated[AsOf, Depends(as_of)]
OnDay = Annotated[date, Depends(_day_of_query)]
