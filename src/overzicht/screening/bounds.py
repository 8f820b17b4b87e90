"""Minimum scores of one search: of a match, and of a possible match."""

from dataclasses import dataclass

from overzicht.entities import Band


@dataclass(frozen=True, slots=True)
class Bounds:
    """Minimum score of a match, and of a possible match (None: no possible matches).

    With `is_strict` a match must have the same name as well.
    """

    match: float
    possible: float | None
    is_strict: bool = False

    @property
    def least(self) -> float:
        """The minimum score of any result."""
        return self.match if self.possible is None else self.possible

    def band(self, score: float) -> Band:
        """Return the band of a score that is at least `least`."""
        return Band.MATCH if score >= self.match else Band.POSSIBLE
