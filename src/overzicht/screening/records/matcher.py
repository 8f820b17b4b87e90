"""The record matcher: two party records in, one calibrated score, its band, and the reasons out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from overzicht.evidence import Reason
from overzicht.screening.policy import Band, Bands, record_bands
from overzicht.screening.records.agreement import (
    Dates,
    dates_agreement,
    kind_of_record,
    kinds_agree,
)
from overzicht.screening.records.explain import record_reasons
from overzicht.screening.records.features import RECORD_NAMES, record_columns
from overzicht.screening.records.numbers import agreement, numbers_of
from overzicht.screening.records.party_record import PartyRecord
from overzicht.screening.scorer import Scorer, read_scorer

FILE = "record_scorer.json"
THRESHOLD = 0.5  # of a calibrated score: a match is likelier than not
OTHER_KIND_SCORE = 0.0  # a person is not a ship or a company, even with the same name
_BATCH = 4096  # pairs compared together; bounds the memory of a long file
_DIFFER = RECORD_NAMES.index("kinds_differ")


@dataclass(frozen=True, slots=True)
class RecordMatch:
    """Comparison of two records: `score` 0 to 1, its `band`, the reasons for and against a match."""

    score: float
    band: Band
    reasons: tuple[Reason, ...]


class RecordMatcher:
    """Compares records pair by pair, in either order."""

    def __init__(self, scorer: Scorer | None = None, limits: Bands | None = None) -> None:
        self._scorer = scorer or packaged_record_scorer()
        self.bands = limits or record_bands()

    def score(self, left: Sequence[PartyRecord], right: Sequence[PartyRecord]) -> NDArray[np.float64]:
        """Return the score (0 to 1) of each record of `left` with the record of `right` in the same place.

        ValueError if one sequence is longer. A record without names and numbers has no match.
        """
        pairs = list(zip(left, right, strict=True))
        parts = [self._scores(pairs[start : start + _BATCH]) for start in range(0, len(pairs), _BATCH)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def compare(self, left: PartyRecord, right: PartyRecord) -> RecordMatch:
        """Return the score of two records, its band and its reasons, the strongest first."""
        score = float(self.score([left], [right])[0])
        return RecordMatch(round(score, 4), self.bands.of(score), record_reasons(left, right))

    def _scores(self, pairs: Sequence[tuple[PartyRecord, PartyRecord]]) -> NDArray[np.float64]:
        columns = record_columns(pairs)[0]
        return np.where(columns[:, _DIFFER] > 0, OTHER_KIND_SCORE, self._scorer.scores(columns))


@lru_cache(maxsize=1)
def packaged_record_scorer() -> Scorer:
    """Return the packaged scorer of records; PackagedFactError if the file is faulty."""
    return read_scorer(FILE, "record", RECORD_NAMES)


def contradicts(left: PartyRecord, right: PartyRecord) -> bool:
    """Return whether the kinds, birth years or numbers exclude that two records are one party."""
    return (
        not kinds_agree(kind_of_record(left.schema), kind_of_record(right.schema))
        or dates_agreement(left.birth_dates, right.birth_dates) <= Dates.APART
        or bool(agreement(numbers_of(left.identifiers), numbers_of(right.identifiers)).clashing)
    )
