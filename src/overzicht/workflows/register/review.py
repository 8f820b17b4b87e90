"""Going through devices one by one: which is next, and how many are left to judge."""

from overzicht.store.database import Store
from overzicht.store.register import review as kept
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.review import Queue


def review_queue(store: Store, wanted: DeviceFilter, after: str = "") -> Queue:
    """Return how many devices that fit are judged and waiting, and the ids of the two that come next.

    A device is judged while a decision stands on the finding of its present traces; new traces put it back.
    """
    with store.reading() as connection:
        return kept.queue(connection, wanted, after)
