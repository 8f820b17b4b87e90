"""Faults of fields are told in our words, in Dutch too."""

from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from overzicht.evidence.faults import faults_of, in_words
from overzicht.reports.catalogue import reworded


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=2, max_length=5)] = "xx"
    day: date = date(2026, 1, 1)
    count: Annotated[int, Field(ge=1, lt=10)] = 1
    kind: Literal["camera", "recorder"] = "camera"
    parts: Annotated[list["_Part"], Field(min_length=1, max_length=2)] = []

    @field_validator("name")
    @classmethod
    def _no_digit(cls, name: str) -> str:
        if any(sign.isdigit() for sign in name):
            raise ValueError("a name has no digits")
        return name


class _Part(BaseModel):
    unit: str


@pytest.mark.parametrize(
    ("given", "fault", "dutch"),
    [
        ({"name": "x"}, "name: it is too short; at least 2 characters", "het is te kort; minstens 2 tekens"),
        ({"name": "xxxxxx"}, "name: it is too long; at most 5 characters", "hoogstens 5 tekens"),
        ({"name": 5}, "name: it is not text; put it between quotes", "het is geen tekst"),
        ({"name": "a1"}, "name: a name has no digits", ""),
        ({"day": "soon"}, "day: it is not a date; write it as YYYY-MM-DD", "het is geen datum"),
        ({"count": "many"}, "count: it is not a whole number", "het is geen geheel getal"),
        ({"count": 0}, "count: the number must be 1 or more", "het getal moet 1 of meer zijn"),
        ({"count": 10}, "count: the number must be less than 10", "kleiner zijn dan 10"),
        ({"kind": "car"}, "kind: it is not a valid value; use 'camera' or 'recorder'", "geen geldige waarde"),
        ({"colour": "red"}, "colour: there is no such field", "dit veld bestaat niet"),
        (
            {"parts": []},
            "parts: it has too few entries; at least 1",
            "het heeft te weinig regels; minstens 1",
        ),
        ({"parts": [{}]}, "parts.0.unit: the unit is missing; a number needs a unit", "de eenheid ontbreekt"),
        ({"parts": 3}, "parts: it is not a list", "het is geen lijst"),
    ],
)
def test_each_fault_says_what_is_wrong(given: dict[str, Any], fault: str, dutch: str) -> None:
    with pytest.raises(ValidationError) as failure:
        _Form.model_validate(given)
    errors = failure.value.errors()
    assert in_words(errors).startswith(fault)
    assert dutch in reworded(faults_of(errors)[0].reason)


def test_the_whole_has_no_place() -> None:
    with pytest.raises(ValidationError) as failure:
        _Form.model_validate(7)
    assert in_words(failure.value.errors()) == "it has no fields of its own"


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        (
            "a.csv: this is not a procurement notice that can be read",
            "a.csv: dit is geen leesbare aankondiging van een aanbesteding",
        ),
        (
            "a.yml: id: it is missing; colour: there is no such field",
            "a.yml: id: het ontbreekt; colour: dit veld bestaat niet",
        ),
        ("it is too short; at least 3 characters", "het is te kort; minstens 3 tekens"),
    ],
)
def test_faults_of_a_file_are_dutch_as_a_whole(english: str, dutch: str) -> None:
    assert reworded(english) == dutch


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("there is no licence case 'new'", "er is geen vergunningszaak 'new'"),  # a name keeps its words
        ("map.geojson: the boundaries cannot be read: it is not JSON from line 3 on",
         "map.geojson: de grenzen zijn niet leesbaar: vanaf regel 3 is het geen JSON"),
        ("cannot read '2026-02-30' as a date: the calendar has no such day",
         "'2026-02-30' is niet te lezen als datum: die dag bestaat niet"),
    ],
)  # fmt: skip
def test_a_mistake_is_in_one_language(english: str, dutch: str) -> None:
    assert reworded(english) == dutch


def test_each_of_two_mistakes_with_numbers_is_in_dutch_and_fields_keep_their_names() -> None:
    short = "it is too short; at least 2 characters"
    kort = "het is te kort; minstens 2 tekens"
    assert reworded(f"asked: {short}") == f"asked: {kort}"
    assert reworded(f"title.en: {short}; asked: {short}; x: it is missing") == (
        f"title.en: {kort}; asked: {kort}; x: {reworded('it is missing')}"
    )
