"""Values as lists print them."""

import pytest

from overzicht.errors import UnreadableDateError
from overzicht.sources.lists.list_values import (
    Statements,
    collapse,
    country_code,
    is_han,
    is_latin,
    partial_date,
    properties_of,
    split_cell,
    split_comment,
    split_enumeration,
)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1937-04-28", "1937-04-28"),
        ("1937-04-28-05:00", "1937-04-28"),
        ("1958-1", ""),
        ("28.4.1937", "1937-04-28"),
        ("7.8. 1978", "1978-08-07"),
        ("28/04/1937", "1937-04-28"),
        ("9.1958", "1958-09"),
        ("January 1958", "1958-01"),
        ("16 Jun. 1969", "1969-06-16"),
        ("1958", "1958"),
        ("16 Brumaire 1969", ""),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_partial_date(printed: str, value: str) -> None:
    assert partial_date(printed) == value


@pytest.mark.parametrize("printed", ["2922", "1.1.3017", "31.2.1960", "1.13.1960", "29.2.1961"])
def test_partial_date_refuses_what_cannot_be(printed: str) -> None:
    with pytest.raises(UnreadableDateError):
        partial_date(printed)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("", ()),
        ("one", ("one",)),
        ("one; two;", ("one", "two")),
        ('one; "two; three"', ("one", "two; three")),
        ('JSC "Proof"; other', ('JSC "Proof"', "other")),
        ("http://a.example/;x", ("http://a.example/;x",)),
    ],
)
def test_split_cell(cell: str, values: tuple[str, ...]) -> None:
    assert split_cell(cell) == values


def test_split_enumeration() -> None:
    assert split_enumeration("(a) one; (b) two") == ("one", "two")
    assert split_enumeration("a) one, b) two") == ("one", "two")
    assert split_enumeration("one (a) two") == ("one (a) two",)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("G73 (Tunisian)", ("G73", "Tunisian")),
        ("A1 (Unconfirmed (likely))", ("A1", "Unconfirmed (likely)")),
        ("(TIN) 97", ("97", "TIN")),
        ("plain 12", ("plain 12", "")),
        ("X (a), (b) Y (c)", ("X (a), (b) Y (c)", "")),
    ],
)
def test_split_comment(value: str, parts: tuple[str, str]) -> None:
    assert split_comment(value) == parts


def test_scripts_countries_and_blanks() -> None:
    assert is_latin("José “the A” 12")
    assert not is_latin("Иван")
    assert not is_latin("12")
    assert is_han("新疆")
    assert not is_han("新疆 XPCC")
    assert country_code("Iranian") == country_code("Iran (Islamic Republic of)") == "ir"
    assert country_code("Nowhere") == ""
    assert collapse(" a\xad \u200b b\n c ") == "a b c"


def test_statements_are_clean_unique_and_of_the_schema() -> None:
    out = Statements("Vessel")
    for text in ("A  B", "A B", "-", ""):
        out.add("name", text)
    out.add("email", "a@example.org", label="E-mail")
    assert [(s.prop, s.value, s.original) for s in out.all()] == [
        ("name", "A B", "A  B"),
        ("notes", "E-mail: a@example.org", ""),
    ]


def test_a_schema_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="Robot"):
        properties_of("Robot")
