"""Columns of pairs of names: what marks a family name, a father's name, and words that are not met."""

import numpy as np
import pytest

from overzicht.screening.columns import UNKNOWN_FAMILY
from overzicht.screening.evaluate import pair_columns
from overzicht.screening.features import FEATURES

NAMES = [feature.name for feature in FEATURES]


def column(name: str, query: str, target: str, schema: str = "Person") -> float:
    row = pair_columns([{"query": query, "target": target, "schema": schema}])[0]
    return float(row[NAMES.index(name)])


@pytest.mark.parametrize(
    ("query", "target", "expected"),
    [
        ("Ivan Semakov", "SEMAKOV, Ivan", 1.0),
        ("Ivan Petrenko", "SEMAKOV, Ivan", 0.0),
        ("Ivan SEMAKOV", "Ivan Petrenko", 0.0),  # capitals mark the family name, at either end
        ("SEMAKOV Ivan", "Ivan Semakov", 1.0),
        ("Ivan Semakov", "Semakov Ivan", UNKNOWN_FAMILY),
        ("IVAN SEMAKOV", "Ivan Semakov", UNKNOWN_FAMILY),
    ],
)
def test_a_comma_or_capitals_mark_the_family_name(query: str, target: str, expected: float) -> None:
    assert column("family_alike", query, target) == pytest.approx(expected, abs=0.01)


def test_a_company_has_no_family_name() -> None:
    assert column("family_alike", "RULVEN, Trading", "Ostmark, Trading", "Company") == pytest.approx(0.6)


def test_a_fathers_name_alone_is_told_apart_from_a_name_that_is_met() -> None:
    share = column("patronymic_share", "Denis Vladimirovich Korovin", "Denis Vladimirovich Kolesnikov")
    assert 0.2 < share < 1.0
    assert column("patronymic_share", "Denis Korovin", "Denis Korovin") == 0.0


def test_words_left_on_both_sides_stand_against_each_other() -> None:
    other, longer = (
        column("contrast", "Rulven Shipping", name, "Company")
        for name in ("Ostmark Shipping", "Rulven Shipping Sarvo")
    )
    assert other > 0.3
    assert longer == pytest.approx(0.0)


def test_columns_of_a_pair_are_numbers_for_any_text() -> None:
    texts = ["", "-", "王", "a", "x" * 500, "1 2 3", "Ёж, ё", "الله"]
    rows = pair_columns([{"query": a, "target": b, "schema": "Person"} for a in texts for b in texts])
    assert np.isfinite(rows).all()
