"""The values of stated facts in the language of a reader."""

import pytest

from overzicht.evidence import Citation
from overzicht.reports.i18n import words_for
from overzicht.subjects.control_list.classification.item import ItemFact, Value
from overzicht.subjects.control_list.classification.options import (
    OPTIONS,
    option_words,
    stated_words,
)
from overzicht.subjects.control_list.classification.vocabulary import vocabulary

NL = words_for("nl")


@pytest.mark.parametrize(
    ("value", "dutch"),
    [
        (True, "ja"),
        (False, "nee"),
        ("two_dimensional", "tweedimensionaal"),
        (frozenset({"5A001.f", "4A005"}), "4A005, 5A001.f"),
        ("model of its own", "as printed"),
    ],
)
def test_a_stated_value_is_in_words(value: Value, dutch: str) -> None:
    fact = ItemFact("a.fact", value, "as printed", Citation("sheet", "Data sheet"))
    assert NL.value(stated_words(fact)) == dutch


def test_each_option_of_the_vocabulary_has_words() -> None:
    options = {option for fact in vocabulary().facts.values() for option in fact.values}
    assert options - OPTIONS.keys() == set()
    assert NL.say(option_words(["linear", "other"])) == "lineair, overig"
