"""The register on a date: listings of its manufacturers and counts, cached until the register changes."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import TypeVar

from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.store.register.device_states import register_version
from overzicht.store.register.devices import Counts, DeviceFilter
from overzicht.subjects.register.devices import counts
from overzicht.subjects.register.listings import refresh_listings
from overzicht.web.clock import now
from overzicht.web.context import RequestContext

Value = TypeVar("Value")


def cached(context: RequestContext, key: Hashable, compute: Callable[[], Value]) -> Value:
    """Return a value, computed once per key, state of the lists and state of the register."""
    with context.store.reading() as connection:
        version = register_version(connection)
    return context.cache.get(("register", key, version), compute)


def screen_register(context: RequestContext, day: date) -> None:
    """Screen the manufacturers of the register for a date, unless this was done before."""
    actor = Actor(day, SYSTEM_ACTOR, now())
    cached(context, ("listings", day), lambda: refresh_listings(context.store, day, actor))


def cached_counts(context: RequestContext, devices: DeviceFilter) -> Counts:
    """Return the counts of the devices that match."""
    return cached(context, ("counts", devices), lambda: counts(context.store, devices))
