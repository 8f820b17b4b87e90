"""Ownership out of records: shares as sources write them, periods, names and persons."""

from datetime import date

import pytest

from overzicht.dates import LegalDate, Period
from overzicht.entities import Record, Statement
from overzicht.entities.ownership import UNKNOWN_SHARE, Share
from overzicht.entities.ownership_records import read_share, statements_of
from overzicht.evidence import Citation


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("60", "60", "60"),
        ("33.34", "33.34", "33.34"),
        ("33,3 %", "33.3", "33.3"),
        ("100%", "100", "100"),
        ("0", "0", "0"),
        ("25-50", "25", "50"),
        ("25 to 50 %", "25", "50"),
        ("25% – 50%", "25", "50"),
        (">50", "50", "100"),
        ("more than 50 %", "50", "100"),
        ("75% or more", "75", "100"),
        ("25+", "25", "100"),
        ("<5%", "0", "5"),
        ("meer dan 25%", "25", "100"),
    ],
)
def test_shares_as_sources_write_them(text: str, low: str, high: str) -> None:
    share = read_share(text)
    assert (str(share.low), str(share.high)) == (low, high)


@pytest.mark.parametrize(
    "text", ["", "majority", "n/a", "101", "50-25", "1,234,567", "-5", "6401.77 shares", "½"]
)
def test_what_states_no_share_is_unknown(text: str) -> None:
    assert read_share(text) == UNKNOWN_SHARE


def _record(**props: list[str]) -> Record:
    statements = tuple(Statement(prop, value) for prop, values in props.items() for value in values)
    return Record("r-1", "Ownership", statements, "row 1")


def test_a_dated_share() -> None:
    record = _record(
        owner=["o"], asset=["a"], percentage=["49"], startDate=["2016-03-29"], endDate=["2020-01"]
    )
    (found,) = statements_of(record)
    assert (found.owner, found.asset, found.share) == ("o", "a", Share.exactly(49))
    assert found.period.start == LegalDate(date(2016, 3, 29))
    assert str(found.period.end) == "not later than 2020-01-31"


def test_several_owners_and_dates_that_are_none() -> None:
    record = _record(owner=["o", "p"], asset=["a"], startDate=["soon"], role=["subsidiary of"])
    found = statements_of(record)
    assert [(s.owner, s.share, s.period, s.kind) for s in found] == [
        ("o", UNKNOWN_SHARE, Period(), "subsidiary of"),
        ("p", UNKNOWN_SHARE, Period(), "subsidiary of"),
    ]


def test_the_period_of_the_owner_stands_in_for_missing_dates() -> None:
    named = Period(LegalDate(date(2021, 6, 3)), LegalDate(date(2026, 1, 1)))
    record = Record(
        "r", "Ownership", (Statement("owner", "o", period=named), Statement("asset", "a")), "row 1"
    )
    assert statements_of(record)[0].period == named


def test_the_day_of_the_source_comes_from_its_citation() -> None:
    cited = Citation("x", "X", published=date(2025, 5, 15), retrieved=date(2025, 6, 1))
    assert statements_of(_record(owner=["o"], asset=["a"]), cited)[0].stated_on == date(2025, 5, 15)


def test_other_records_state_no_ownership() -> None:
    assert statements_of(Record("r", "Company", (Statement("name", "A"),), "row 1")) == ()
