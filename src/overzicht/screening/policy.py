"""Thresholds of screening: the scores of a match, of an unsure result, and of no match."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from overzicht.errors import PackagedFactError
from overzicht.evidence import Confidence
from overzicht.safeyaml import read_packaged_yaml

FILE = "policy.yml"


class Band(StrEnum):
    """Band of a score: a match, a pair for a person to judge, or two parties."""

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


class Policy(NamedTuple):
    """Bands of whole records; minimum scores of a possible name, and of high and medium confidence."""

    records: Bands
    possible: float
    high: float
    medium: float


@lru_cache(maxsize=1)
def read_policy() -> Policy:
    """Return the packaged thresholds; PackagedFactError if the file is faulty."""
    data: Any = read_packaged_yaml((files("overzicht.screening") / "data" / FILE).read_text(encoding="utf-8"))
    try:
        low, high = data["records"]["unsure"]
        names = data["names"]
        scores = (names["possible"], *(names["confidence"][rank] for rank in ("high", "medium")))
        return Policy(Bands(float(low), float(high)), *map(float, scores))
    except (KeyError, TypeError, ValueError) as error:
        raise PackagedFactError(FILE, f"a threshold is missing or not valid ({error})") from error


def record_bands() -> Bands:
    """Return the packaged bands of whole records; PackagedFactError if the file is faulty."""
    return read_policy().records


def possible_score() -> float:
    """Return the minimum score of a name that is possibly listed; PackagedFactError if the file is faulty."""
    return read_policy().possible


def confidence_of(score: float) -> Confidence:
    """Return the confidence in a match of this score."""
    if score >= read_policy().high:
        return Confidence.HIGH
    return Confidence.MEDIUM if score >= read_policy().medium else Confidence.LOW
