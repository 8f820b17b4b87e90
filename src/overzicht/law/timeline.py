"""Values of law over time: each holds from its start (inclusive) up to the start of the next."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Starting(Protocol):
    """A value with its start date; None for the first, which holds before every known start."""

    @property
    def since(self) -> date | None:
        """The first date, or None."""
        ...


S = TypeVar("S", bound=Starting)


def check_order(values: Sequence[Starting]) -> None:
    """Raise ValueError unless only the first value has no start and the others are in order."""
    first, *later = [value.since for value in values]
    days = [start for start in later if start is not None]
    if first is not None or len(days) < len(later):
        raise ValueError("the values are not in order: the first value, and only that, has no start")
    if days != sorted(set(days)):
        raise ValueError("the values are not in order of their start, each date once")


def value_on(values: Sequence[S], day: date) -> S:
    """Return the value in force on `day`."""
    return [value for value in values if value.since is None or value.since <= day][-1]
