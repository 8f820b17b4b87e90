"""The day that a classification is for, and which text of the list the rules know for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListDay:
    """A day, seen from the versions of the list that the rules were read from.

    `version` is the newest of them on or before the day, empty before the first; `following` the next one,
    empty where there is none. `is_exact` is False where an act changed the list between `version` and the
    day: what that act says was not read, so a value that differs in `following` is not known for the day.
    """

    day: date
    version: str
    following: str = ""
    is_exact: bool = True

    def value(self, by_version: Mapping[str, T]) -> T | None:
        """Return the value for the day, or None where it cannot be known."""
        if self.version not in by_version:
            return None
        value = by_version[self.version]
        if not self.is_exact and self.following and by_version[self.following] != value:
            return None
        return value

    def counts(self, versions: tuple[str, ...]) -> bool | None:
        """Return whether something that stands in these versions counts on the day; None where unknown."""
        if not versions:
            return True
        names = {name for name in (self.version, self.following) if name}
        return self.value({name: name in versions for name in names})
