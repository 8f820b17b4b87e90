"""A product's file: units, sources, contradictions; each fault names the file, the place and the way out."""

from decimal import Decimal
from typing import Any

import pytest

from overzicht.errors import EXIT_INPUT, InputFileError
from overzicht.subjects.control_list.classification.item import (
    ContradictoryFactsError,
    Item,
    read_item,
    with_derived,
)
from overzicht.subjects.control_list.quantity import Quantity

SHEET = {"title": "data sheet", "address": "https://example.org/sheet", "date": "2026-01-02"}


def _data(*facts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    stated = [{"source": "sheet", **fact} for fact in facts]
    return {"id": "x", "name": "X", "functions": ["imaging_camera"], "sources": {"sheet": SHEET},
            "facts": stated, **changes}  # fmt: skip


def _item(*facts: dict[str, Any], **changes: Any) -> Item:
    return read_item(_data(*facts, **changes), "x.yaml")


def _refused(*facts: dict[str, Any], **changes: Any) -> str:
    with pytest.raises(InputFileError) as caught:
        _item(*facts, **changes)
    assert caught.value.exit_code == EXIT_INPUT
    assert caught.value.fix
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "unit", "in_unit"),
    [("8,7", "Hz", "8.7"), (8.7, "fps", "8.7"), (0.025, "kHz", "25"), (25, "frames/s", "25")],
)
def test_an_amount_is_brought_to_the_unit_of_the_vocabulary(value: Any, unit: str, in_unit: str) -> None:
    item = _item({"fact": "camera.frame_rate", "value": value, "unit": unit})
    assert item.facts["camera.frame_rate"].value == Quantity(Decimal(in_unit), "Hz")
    assert item.facts["camera.frame_rate"].shown == f"{value} {unit}"


def test_a_fact_keeps_where_it_stands() -> None:
    fact = _item({"fact": "camera.frame_rate", "value": 9, "unit": "Hz", "place": "page 3"}).facts[
        "camera.frame_rate"
    ]
    assert (fact.citation.address, fact.citation.place) == ("https://example.org/sheet", "page 3")
    assert fact.citation.published is not None


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"fact": "camera.frame_rate", "value": 9}, "the unit is missing"),
        ({"fact": "camera.frame_rate", "value": 9, "unit": "furlong"}, "the unit 'furlong' is not known"),
        ({"fact": "camera.frame_rate", "value": 9, "unit": "kg"}, "cannot be given in Hz"),
        ({"fact": "camera.frame_rate", "value": "fast", "unit": "Hz"}, "'fast' is not a number"),
        ({"fact": "camera.frame_rate", "value": "nan", "unit": "Hz"}, "is not a valid amount"),
        ({"fact": "camera.frame_rate", "value": -1, "unit": "Hz"}, "is not a valid amount"),
        ({"fact": "camera.frame_rate", "value": True, "unit": "Hz"}, "is not a number"),
        ({"fact": "camera.fixed_lens", "value": "maybe"}, "neither yes nor no"),
        ({"fact": "camera.fixed_lens", "value": 1}, "neither yes nor no"),
        ({"fact": "array.dimensions", "value": "round"}, "not known here: round"),
        ({"fact": "crypto.purposes", "value": []}, "the list is empty"),
        ({"fact": "relates_to", "value": ["5A01"]}, "is not the code of a provision"),
        (
            {"fact": "camera.fixed_lens", "value": True, "source": "elsewhere"},
            "there is no source 'elsewhere'",
        ),
        ({"fact": "camera.fixed_lens", "value": True, "source": ""}, "the fact has no source"),
    ],
)
def test_a_fact_that_cannot_be_taken_is_refused_with_its_place(fact: dict[str, Any], words: str) -> None:
    message = _refused(fact)
    assert message.startswith(f"x.yaml, fact 1 ({fact['fact']}): ")
    assert words in message


def test_one_fact_stated_twice_must_be_one_amount() -> None:
    same = {"fact": "camera.frame_rate", "value": 25, "unit": "Hz"}
    assert _item(same, {**same, "value": 0.025, "unit": "kHz"}).facts["camera.frame_rate"].shown == "25 Hz"
    message = _refused(same, {**same, "value": 50})
    assert (
        "fact 2 (camera.frame_rate): contradicts what is stated before: 25 Hz (data sheet), here 50 Hz"
        in message
    )


def test_a_range_must_not_end_before_it_starts() -> None:
    item = _item(
        {"fact": "array.response_from", "value": 14, "unit": "µm"},
        {"fact": "array.response_to", "value": 8, "unit": "µm"},
    )
    with pytest.raises(ContradictoryFactsError) as caught:
        with_derived(item)
    assert "array.response_from (14 µm) lies above array.response_to (8 µm)" in str(caught.value)


def test_a_product_needs_a_known_function_and_known_fields() -> None:
    assert "unknown function 'toaster'" in _refused(functions=["toaster"])
    assert "functions" in _refused(functions=[])
    assert "colour" in _refused(colour="red")
    with pytest.raises(InputFileError):
        read_item(["a list"], "x.yaml")


def test_an_unknown_is_no_fact_and_a_strange_one_is_told() -> None:
    item = _item(
        {"fact": "camera.frame_rate", "value": "unknown"},
        {"fact": "camera.frame_rat", "value": 25, "unit": "Hz"},
        {"fact": "weight", "value": 3},
    )
    assert dict(item.facts) == {}
    assert item.unused == ("camera.frame_rat (perhaps camera.frame_rate)", "weight")


FIELD = [
    {"fact": "camera.horizontal_field", "value": 90, "unit": "degrees"},
    {"fact": "camera.vertical_field", "value": 70, "unit": "degrees"},
    {"fact": "camera.horizontal_elements", "value": 160, "unit": "pixels"},
    {"fact": "camera.vertical_elements", "value": 120, "unit": "pixels"},
]


def test_the_field_of_view_of_an_element_follows_from_the_lesser_ratio() -> None:
    derived = with_derived(_item(*FIELD)).facts["camera.ifov"]
    assert derived.shown == "9.8175 mrad"  # 90 degrees over 160, not 70 over 120
    assert "camera.vertical_field = 70 degrees" in derived.reading
    assert "camera.ifov" not in with_derived(_item(*FIELD[:3])).facts


def test_a_derived_fact_agrees_with_the_stated_one_or_both_are_refused() -> None:
    stated = {"fact": "camera.ifov", "value": 9.9, "unit": "mrad"}
    assert with_derived(_item(*FIELD, stated)).facts["camera.ifov"].shown == "9.9 mrad"
    with pytest.raises(
        ContradictoryFactsError, match=r"x, camera\.ifov: contradictory facts: stated as 1\.7 mrad"
    ):
        with_derived(_item(*FIELD, {**stated, "value": 1.7}))


@pytest.mark.parametrize("value", ["1e-999999", "9e999999", "1e25", "1e-25"])
def test_an_amount_beyond_all_measure_is_refused(value: str) -> None:
    fact = {"fact": "camera.horizontal_elements", "value": value, "unit": "pixels", "source": "sheet"}
    assert "is not a valid amount" in _refused(fact)


def test_a_ratio_of_the_largest_and_the_smallest_amount_is_written_out() -> None:
    sizes = [
        {"fact": f"camera.{side}_{what}", "value": value, "unit": unit, "source": "sheet"}
        for side in ("horizontal", "vertical")
        for what, value, unit in (("field", "1e24", "degrees"), ("elements", "1e-24", "pixels"))
    ]
    assert with_derived(_item(*sizes)).facts


def test_no_elements_give_no_ratio() -> None:
    none = [{**FIELD[2], "value": 0}, *FIELD[:2], FIELD[3]]
    assert "camera.ifov" not in with_derived(_item(*none)).facts


def test_a_place_is_told_as_a_person_counts() -> None:
    message = _refused(
        {"fact": "camera.fixed_lens", "value": True}, {"fact": "x", "value": 1, "colour": "red"}
    )
    assert message.startswith("x.yaml, fact 2, colour: ")
    assert "control template" in message
