"""The date of a page: chosen in the address, and stored in a cookie for the next pages."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from overzicht.dates import FIRST, LAST, read_iso_date
from overzicht.errors import UnreadableDateError
from overzicht.web.clock import today

PARAMETER = "as-of"  # on pages, and in the interfaces of other products
OWN_PARAMETER = "asOf"  # in our own interface, which also accepts the old name (`web.versions`)
COOKIE = "overzicht-as-of"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The date of a page; `chosen` is False if it is today."""

    day: date
    chosen: bool


def as_of(request: Request) -> AsOf:
    """Return the date in the address, else the one in the cookie, else today.

    A date that is not valid or not plausible counts as today; the page shows its date.
    """
    value = request.query_params.get(PARAMETER)
    try:
        day = read_iso_date(request.cookies.get(COOKIE, "") if value is None else value)
    except UnreadableDateError:
        day = today()
    is_chosen = FIRST <= day <= LAST and day != today()
    return AsOf(day if is_chosen else today(), is_chosen)


MEANING = "date of the answer; default: today"
OwnDay = Annotated[date | None, Query(alias=OWN_PARAMETER, ge=FIRST, le=LAST, description=MEANING)]
CompatDay = Annotated[date | None, Query(alias=PARAMETER, ge=FIRST, le=LAST, description=MEANING)]


def _day_of_query(day: OwnDay = None) -> date:
    return day or today()


def _compat_day_of_query(day: CompatDay = None, own: OwnDay = None) -> date:
    return day or own or today()


OnPage = Annotated[AsOf, Depends(as_of)]
OnDay = Annotated[date, Depends(_day_of_query)]
OnCompatDay = Annotated[date, Depends(_compat_day_of_query)]  # of an interface of another product
