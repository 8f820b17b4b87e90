"""The filter of devices in the query of an address; the same for pages, files and programs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import Depends, Query

from overzicht.register.terms import LifecycleState
from overzicht.store.register.devices import THERE, DeviceFilter
from overzicht.web.asof import OnDay, OnPage
from overzicht.web.auth import Reader
from overzicht.web.clock import today
from overzicht.web.fields import Line

ANY, YES, NO = "", "yes", "no"
SAME_NAMES = ("organisation", "site", "maker", "kind", "model")  # in the query and in the filter
NOT_CHECKED = "not checked"
YesNo = Literal["", "yes", "no"]
ListedAnswer = Literal["", "yes", "no", "not checked"]
LifeName = Literal["", "all", "planned", "in use", "not seen", "out of use", "replaced", "removed"]
Sort = Literal[
    "label",
    "-label",
    "site",
    "-site",
    "maker",
    "-maker",
    "model",
    "-model",
    "kind",
    "-kind",
    "life",
    "-life",
    "bought",
    "-bought",
]


@dataclass(frozen=True, slots=True)
class DeviceQuery:
    """The parameters of a filter of devices; an empty one does not limit the result."""

    q: Annotated[Line, Query(description="words in a label, place, address, brand, model or number")] = ""
    organisation: Annotated[Line, Query(description="an organisation's id; with all below it")] = ""
    site: Annotated[Line, Query(description="a site's id")] = ""
    maker: Annotated[Line, Query(description="a manufacturer's id, or `unknown`")] = ""
    kind: Annotated[Line, Query(description="a kind of device")] = ""
    model: Annotated[Line, Query(description="a whole model name")] = ""
    life: Annotated[LifeName, Query(description="empty: planned, in use or not seen")] = ""
    listed: Annotated[ListedAnswer, Query(description="whether a list names the manufacturer")] = ""
    relabelled: Annotated[YesNo, Query(description="whether it is sold under another brand")] = ""
    plan: Annotated[str, Query(pattern=r"^[0-9]{0,9}$", description="the number of a plan")] = ""


def _filter(context: Reader, query: Annotated[DeviceQuery, Depends()]) -> DeviceFilter:
    is_set = {YES: True, NO: False}
    return DeviceFilter(
        today(),
        **{name: getattr(query, name) for name in SAME_NAMES},
        life=THERE if not query.life else () if query.life == "all" else (LifecycleState(query.life),),
        listed=is_set.get(query.listed),
        is_unchecked=query.listed == NOT_CHECKED,
        relabelled=is_set.get(query.relabelled),
        text=query.q,
        plan=int(query.plan) if query.plan else None,
        allowed=context.allowed,
    )


FilterToday = Annotated[DeviceFilter, Depends(_filter)]


def _on_day(devices: FilterToday, day: OnDay) -> DeviceFilter:
    return replace(devices, as_of=day)


def _on_page(devices: FilterToday, day: OnPage) -> DeviceFilter:
    return replace(devices, as_of=day.day)


FilterOnDay = Annotated[DeviceFilter, Depends(_on_day)]
FilterOnPage = Annotated[DeviceFilter, Depends(_on_page)]


def query_of(devices: DeviceFilter) -> Mapping[str, str]:
    """Return the query of a filter, without its date and without what does not limit it."""
    words = {None: ANY, True: YES, False: NO}
    query = {
        "q": devices.text,
        **{name: getattr(devices, name) for name in SAME_NAMES},
        "life": "" if devices.life == THERE else "all" if not devices.life else devices.life[0].value,
        "listed": NOT_CHECKED if devices.is_unchecked else words[devices.listed],
        "relabelled": words[devices.relabelled],
        "plan": "" if devices.plan is None else str(devices.plan),
    }
    return {name: value for name, value in query.items() if value}
