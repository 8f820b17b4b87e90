"""Columns of a pair of records: a row per pair, a column per entry of `RECORD_FEATURES`.

The sign of a feature states whether more of it speaks for a match (1), against it (-1), or either (0); the
scorer cannot learn otherwise. A country counts as evidence of identity only, never as a risk.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overzicht.screening.features import FEATURES, Feature
from overzicht.screening.records.agreement import (
    addresses_agreement,
    countries_agreement,
    dates_agreement,
    kind_of_record,
    kinds_agree,
)
from overzicht.screening.records.names import SUMS, Compared, compared, packed_names
from overzicht.screening.records.numbers import agreement, numbers_of
from overzicht.screening.records.party_record import PartyRecord
from overzicht.screening.scorer import packaged_scorer


def _signed(text: str, sign: int = 1) -> tuple[Feature, ...]:
    return tuple(Feature(name, sign) for name in text.split())


SUM_FEATURES = (
    *_signed("best_names best_strong_names second_names less_agreeing_side more_agreeing_side first_names"),
    *_signed("names_met less_share_met more_share_met"),
    *_signed("fewest_names most_names", 0),
    *_signed("shared_weight rarest_shared shared_of_less shared_of_both equal_names numbers_in_names"),
)
FACT_FEATURES = (
    *_signed("kind", 0),
    *_signed("kinds_differ", -1),
    *_signed("dates countries addresses numbers numbers_shared"),
    *_signed("numbers_clash other_numbers_differ", -1),
)
_SIDES = (
    ("query_covered", "target_covered"),
    ("query_missing", "target_missing"),
    ("words_left_query", "words_left_target"),
)
_PLACES = {feature.name: place for place, feature in enumerate(FEATURES)}
_SWAPPED = tuple((_PLACES[left], _PLACES[right]) for left, right in _SIDES)
RECORD_FEATURES = (*FACT_FEATURES, *SUM_FEATURES, *(Feature(f"name_{f.name}", f.sign) for f in FEATURES))
RECORD_NAMES = tuple(feature.name for feature in RECORD_FEATURES)
_MOST_SHARED = 3


def record_columns(pairs: Sequence[tuple[PartyRecord, PartyRecord]]) -> tuple[NDArray[np.float32], Compared]:
    """Return the columns (pairs by features) and the comparison of the names, in either order of a pair."""
    records = [record for pair in pairs for record in sorted(pair, key=_order)]
    names, _ = packed_names(records)
    numbered = np.arange(len(records), dtype=np.int32).reshape(-1, 2)
    result = compared(names, numbered, packaged_scorer("pair"))
    facts = np.array([_facts(*pair) for pair in pairs], np.float32).reshape(-1, len(FACT_FEATURES))
    columns = result.columns.copy()
    for left, right in _SWAPPED:  # the lower side first, in either order of the pair
        columns[:, left] = result.columns[:, [left, right]].min(axis=1)
        columns[:, right] = result.columns[:, [left, right]].max(axis=1)
    return np.hstack([facts, result.sums[:, :SUMS], columns]), result


def _order(record: PartyRecord) -> tuple[object, ...]:
    return record.names, record.aliases, record.weak_names, record.schema


def best_names(left: PartyRecord, right: PartyRecord) -> tuple[str, str, bool] | None:
    """Return the most similar names of two records, and whether either is weak; None without names."""
    ordered = sorted((left, right), key=_order)
    names, texts = packed_names(ordered)
    result = compared(names, np.array([[0, 1]], np.int32), packaged_scorer("pair"))
    first, second = (int(slot) for slot in result.best[0])
    if first < 0:
        return None
    slots = names.slots
    shown = [texts[slots.name[slot]] for slot in (first, second)]
    if ordered[0] is not left:
        shown.reverse()
    return shown[0], shown[1], bool(slots.weak[first] or slots.weak[second])


def _facts(left: PartyRecord, right: PartyRecord) -> tuple[float, ...]:
    kinds = sorted((kind_of_record(left.schema), kind_of_record(right.schema)))
    numbers = agreement(numbers_of(left.identifiers), numbers_of(right.identifiers))
    return (
        kinds[1],
        not kinds_agree(*kinds),
        dates_agreement(left.birth_dates, right.birth_dates),
        countries_agreement(left.countries, right.countries),
        addresses_agreement(left.addresses, right.addresses),
        numbers.level,
        min(len(numbers.shared), _MOST_SHARED) if numbers.level > 1 else 0,
        min(len(numbers.clashing), 2),
        numbers.others_differ,
    )
