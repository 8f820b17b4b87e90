"""The date of a classification, and the text of the list that the rules know for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ListDay:
    """A date relative to the versions of the list behind the rules.

    `version` is the newest one on or before the date, or empty; `following` is the next one, or empty.
    `is_exact` is False if an act changed the list between `version` and the date and was not read. A value
    that differs in `following` is then unknown.
    """

    day: date
    version: str
    following: str = ""
    is_exact: bool = True

    def value(self, by_version: Mapping[str, T]) -> T | None:
        """Return the value on the date, or None if it is unknown."""
        if self.version not in by_version:
            return None
        value = by_version[self.version]
        if not self.is_exact and self.following and by_version[self.following] != value:
            return None
        return value

    def counts(self, versions: tuple[str, ...]) -> bool | None:
        """Return whether something in these versions applies on the date, or None if unknown."""
        if not versions:
            return True
        names = {name for name in (self.version, self.following) if name}
        return self.value({name: name in versions for name in names})
