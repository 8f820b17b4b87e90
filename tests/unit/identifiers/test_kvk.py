"""KvK numbers as they come out of spreadsheets and tenders."""

import pytest

from overzicht.identifiers import kvk


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("34286326", "34286326"),
        ("KvK 34286326", "34286326"),
        ("KvK-nr. 34.28.63.26", "34286326"),
        ("kvk-nummer: 34 28 63 26", "34286326"),
        ("K.v.K. 34286326", "34286326"),
        ("1234567", "01234567"),
        ("CoC number 01234567", "01234567"),
        ("Chamber of Commerce: 01234567", "01234567"),
    ],
)
def test_ways_of_writing(text: str, value: str) -> None:
    assert kvk.normalize(text) == value
    assert kvk.is_valid(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "n.v.t.",
        "onbekend",
        "00000000",
        "99999999",
        "123456",
        "123456789",
        "000012345678",
        "NL123456789B01",
        "3428632A",
        "342863260000",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert kvk.normalize(text) is None


def test_a_stripped_zero_is_not_the_normal_form() -> None:
    assert not kvk.is_valid("1234567")


def test_format_has_no_separators() -> None:
    value = kvk.normalize("12.34.56.78")
    assert value is not None
    assert kvk.format(value) == "12345678"
