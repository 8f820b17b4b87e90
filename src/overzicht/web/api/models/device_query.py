"""Which devices are asked for, as the query of an address says it; the same for pages, files and programs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import Depends, Query

from overzicht.register.model import LifecycleState
from overzicht.store.register.devices import THERE, DeviceFilter
from overzicht.web.api.models.shared import Line
from overzicht.web.asof import OnDay, OnPage
from overzicht.web.auth import Reader
from overzicht.web.clock import today
from overzicht.web.rights import allowed

ANY, YES, NO = "", "yes", "no"
YesNo = Literal["", "yes", "no"]
LifeAsked = Literal["", "all", "planned", "in use", "not seen", "replaced", "removed"]
Sort = Literal[
    "label", "-label", "site", "-site", "maker", "-maker", "model", "-model", "kind", "-kind", "life",
    "-life", "bought", "-bought",
]  # fmt: skip
LARGEST_PLAN = 2**31 - 1


def _filter(  # noqa: PLR0913, PLR0917 - one parameter per value of the query
    who: Reader,
    q: Annotated[
        Line, Query(description="words that a label, place, address, brand, model or number has")
    ] = "",
    organisation: Annotated[Line, Query(description="an organisation's id; with all below it")] = "",
    site: Annotated[Line, Query(description="a site's id")] = "",
    maker: Annotated[Line, Query(description="a maker's id, or `unknown`")] = "",
    kind: Annotated[Line, Query(description="a kind of device")] = "",
    model: Annotated[Line, Query(description="a model, whole")] = "",
    life: Annotated[LifeAsked, Query(description="empty: planned, in use or not seen")] = "",
    listed: Annotated[YesNo, Query(description="whether a list names the maker")] = "",
    relabelled: Annotated[YesNo, Query(description="whether it is sold under another brand")] = "",
    plan: Annotated[str, Query(pattern=r"^[0-9]{0,9}$", description="the number of a plan")] = "",
) -> DeviceFilter:
    return DeviceFilter(
        today(),
        organisation=organisation,
        site=site,
        maker=maker,
        kind=kind,
        life=lives(life),
        listed=_bool(listed),
        relabelled=_bool(relabelled),
        text=q,
        plan=int(plan) if plan else None,
        model=model,
        allowed=allowed(who),
    )


Chosen = Annotated[DeviceFilter, Depends(_filter)]  # of today; the routes' own day goes before it


def _on_day(chosen: Chosen, day: OnDay) -> DeviceFilter:
    return replace(chosen, as_of=day)


def _on_page(chosen: Chosen, day: OnPage) -> DeviceFilter:
    return replace(chosen, as_of=day.day)


Wanted = Annotated[DeviceFilter, Depends(_on_day)]
WantedOnPage = Annotated[DeviceFilter, Depends(_on_page)]


def lives(asked: str) -> tuple[LifecycleState, ...]:
    """Return the lives that a word of the address stands for; empty for all of them."""
    return THERE if not asked else () if asked == "all" else (LifecycleState(asked),)


def _bool(value: str) -> bool | None:
    return {YES: True, NO: False}.get(value)


def query_of(wanted: DeviceFilter) -> Mapping[str, str]:
    """Return the query that asks for these devices; what is left open is left out, and so is the day."""
    life = "" if wanted.life == THERE else "all" if not wanted.life else wanted.life[0].value
    asked = {
        "q": wanted.text,
        "organisation": wanted.organisation,
        "site": wanted.site,
        "maker": wanted.maker,
        "kind": wanted.kind,
        "model": wanted.model,
        "life": life,
        "listed": _word(wanted.listed),
        "relabelled": _word(wanted.relabelled),
        "plan": "" if wanted.plan is None else str(wanted.plan),
    }
    return {name: value for name, value in asked.items() if value}


def _word(value: bool | None) -> str:
    return ANY if value is None else YES if value else NO
