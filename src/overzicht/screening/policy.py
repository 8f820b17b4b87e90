"""The thresholds of screening, which every path reads: which score is a match, unsure, or no match."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from overzicht.errors import PackagedFactError
from overzicht.safeyaml import read_yaml

FILE = "policy.yml"


class Band(StrEnum):
    """What a score means: a match, a pair for a person to judge, or two parties."""

    MATCH = "match"
    UNSURE = "unsure"
    NO_MATCH = "no match"


@dataclass(frozen=True, slots=True)
class Bands:
    """Scores from `unsure_from` are unsure, from `match_from` a match; 0 < unsure_from <= match_from <= 1."""

    unsure_from: float
    match_from: float

    def __post_init__(self) -> None:
        if not 0 < self.unsure_from <= self.match_from <= 1:
            raise ValueError(f"bands must rise between 0 and 1, not {self.unsure_from}, {self.match_from}")

    def of(self, score: float) -> Band:
        """Return the band of a score."""
        if score >= self.match_from:
            return Band.MATCH
        return Band.UNSURE if score >= self.unsure_from else Band.NO_MATCH


@lru_cache(maxsize=8)
def bands(use: str) -> Bands:
    """Return the packaged bands for a use (`records`); PackagedFactError where the file has none in form."""
    data: Any = read_yaml((files("overzicht.screening") / "data" / FILE).read_text(encoding="utf-8"))
    try:
        low, high = data[use]["unsure"]
        return Bands(float(low), float(high))
    except (KeyError, TypeError, ValueError) as error:
        raise PackagedFactError(FILE, f"the bands of {use!r} are not in form ({error})") from error


@lru_cache(maxsize=1)
def possible_score() -> float:
    """Return the score of a name from which a party is possibly listed; PackagedFactError without one."""
    data: Any = read_yaml((files("overzicht.screening") / "data" / FILE).read_text(encoding="utf-8"))
    try:
        return float(data["names"]["possible"])
    except (KeyError, TypeError, ValueError) as error:
        raise PackagedFactError(FILE, f"the score of a possible name is not in form ({error})") from error
