"""The register on a day: the lists asked about its makers once, its counts remembered until it changes."""

from collections.abc import Callable, Hashable
from datetime import date
from typing import TypeVar

from overzicht.evidence.actor import Actor
from overzicht.store.register.devices import Counts, DeviceFilter
from overzicht.store.register.states import register_version
from overzicht.web.clock import now, today
from overzicht.web.service import Service
from overzicht.workflows.register.devices import counts
from overzicht.workflows.register.listings import refresh_listings

BY = "overzicht"  # what is kept so that pages are fast is no act of the reader
Value = TypeVar("Value")


def remember(here: Service, asked: Hashable, make: Callable[[], Value]) -> Value:
    """Return what `make` gives, made once for this question, these lists and this state of the register."""
    with here.store.reading() as connection:
        version = register_version(connection)
    return here.memory.recall(("register", asked, version), make)


def ask_the_lists(here: Service, day: date) -> None:
    """Have the lists asked about the makers of the register for a day, unless that was done."""
    actor = Actor(day, BY, now())
    remember(here, ("listings", day), lambda: refresh_listings(here.store, day, actor))


def counted(here: Service, wanted: DeviceFilter) -> Counts:
    """Return the counts of the devices that fit."""
    return remember(here, ("counts", wanted), lambda: counts(here.store, wanted))


def act_of(name: str, day: date | None = None) -> Actor:
    """Return an act of an account now, which counts for a day (today unless given)."""
    return Actor(day or today(), name, now())
