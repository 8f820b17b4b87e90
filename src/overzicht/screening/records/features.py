"""Columns of a pair of records: a row per pair, a column per entry of `RECORD_FEATURES`.

Each feature has its sign: more of it speaks for a match (1), against it (-1), or either way (0); the scorer
may not learn otherwise. A country counts as evidence of identity only, never as a risk.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overzicht.screening.features import FEATURES, Feature
from overzicht.screening.records.facts import (
    addresses_agreement,
    countries_agreement,
    dates_agreement,
    kind_of_record,
    kinds_agree,
)
from overzicht.screening.records.model import PartyRecord
from overzicht.screening.records.names import SUMS, Compared, compared, packed_names
from overzicht.screening.records.numbers import agreement, numbers_of
from overzicht.screening.scorer import packaged_scorer

SUM_FEATURES = (
    Feature("best_names", 1),
    Feature("best_strong_names", 1),
    Feature("second_names", 1),
    Feature("less_agreeing_side", 1),
    Feature("more_agreeing_side", 1),
    Feature("first_names", 1),
    Feature("names_met", 1),
    Feature("less_share_met", 1),
    Feature("more_share_met", 1),
    Feature("fewest_names", 0),
    Feature("most_names", 0),
    Feature("shared_weight", 1),
    Feature("rarest_shared", 1),
    Feature("shared_of_less", 1),
    Feature("shared_of_both", 1),
    Feature("equal_names", 1),
    Feature("numbers_in_names", 1),
)
FACT_FEATURES = (
    Feature("kind", 0),
    Feature("kinds_differ", -1),
    Feature("dates", 1),
    Feature("countries", 1),
    Feature("addresses", 1),
    Feature("numbers", 1),
    Feature("numbers_shared", 1),
    Feature("numbers_clash", -1),
    Feature("other_numbers_differ", -1),
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
RECORD_SIGNS = tuple(feature.sign for feature in RECORD_FEATURES)
_MOST_SHARED = 3


def record_columns(pairs: Sequence[tuple[PartyRecord, PartyRecord]]) -> tuple[NDArray[np.float32], Compared]:
    """Return the columns (pairs by features) and what the names said; the order in a pair does not count."""
    records = [record for pair in pairs for record in sorted(pair, key=_order)]
    words, names, slots, _ = packed_names(records)
    numbered = np.arange(len(records), dtype=np.int32).reshape(-1, 2)
    result = compared(words, names, slots, numbered, packaged_scorer("pair"))
    facts = np.array([_facts(*pair) for pair in pairs], np.float32).reshape(-1, len(FACT_FEATURES))
    columns = result.columns.copy()
    for left, right in _SWAPPED:  # the lesser side first, whichever was asked for
        columns[:, left] = result.columns[:, [left, right]].min(axis=1)
        columns[:, right] = result.columns[:, [left, right]].max(axis=1)
    return np.hstack([facts, result.sums[:, :SUMS], columns]), result


def _order(record: PartyRecord) -> tuple[object, ...]:
    """Return a key by which two records come in one order, whichever was given first."""
    return record.names, record.aliases, record.weak_names, record.schema


def best_names(left: PartyRecord, right: PartyRecord) -> tuple[str, str, bool] | None:
    """Return the likest names of two records, and whether either is weak; None if either has no names."""
    ordered = sorted((left, right), key=_order)
    words, names, slots, texts = packed_names(ordered)
    result = compared(words, names, slots, np.array([[0, 1]], np.int32), packaged_scorer("pair"))
    first, second = (int(slot) for slot in result.best[0])
    if first < 0:
        return None
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
