"""Stakes that cards and statements on brands give, with the days between which they may have begun."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from maker_tools import cards, maker, owner
from unit_devices import make_card, make_statements

from overzicht.dates import DateBasis, Holds, Period, read_legal_date
from overzicht.devices.brands import Brand
from overzicht.devices.knowledge import build
from overzicht.entities.ownership import NAMED_IN_LIST, UNKNOWN_SHARE, OwnershipStatement, Share
from overzicht.parties.ownership import brand_stakes, card_stakes, stake_text


def brand(**fields: str) -> Brand:
    knowledge = build(
        [make_card("kestrel")], make_statements({"brand": "Badge", "maker": "kestrel", **fields})
    )
    match = knowledge.brands.find("Badge")
    assert match is not None
    return match.brand


def stake(**fields: object) -> OwnershipStatement:
    known = cards(maker("lens", owner("fund", **fields)))
    ((_, statement),) = card_stakes(known["lens"], known)
    return statement


def test_a_subsidiary_is_stated_in_the_first_year_of_its_source() -> None:
    fields = {"relation": "subsidiary", "since": "2019-02-03", "until": "2023-04-05", "confidence": "medium"}
    (statement,) = brand_stakes("badge", brand(**fields, stated="2021/2023"))
    assert (statement.owner, statement.asset, statement.kind) == ("kestrel", "badge", "subsidiary")
    assert statement.period.start is not None
    assert statement.period.end is not None
    assert (statement.period.start.day, statement.period.end.day) == (date(2019, 2, 3), date(2023, 4, 5))
    assert statement.stated_on == date(2021, 12, 31)


@pytest.mark.parametrize("relation", ["oem_relabel", "sub_brand", "shared_platform"])
def test_another_relation_of_a_brand_is_no_stake(relation: str) -> None:
    assert list(brand_stakes("badge", brand(relation=relation))) == []


def test_a_share_without_limits_is_unknown() -> None:
    assert stake().share == UNKNOWN_SHARE
    assert stake(min_percent=30, max_percent=50).share == Share(Decimal(30), Decimal(50))


def test_a_start_between_two_days_is_not_later_than_the_last() -> None:
    start = stake(since="2020-05/2021-06").period.start
    assert start is not None
    assert (start.day, start.basis, start.earliest) == (
        date(2021, 6, 30),
        DateBasis.NOT_LATER_THAN,
        date(2020, 5, 1),
    )
    assert stake().period.start is None


def test_a_stake_counts_on_the_days_on_which_it_holds() -> None:
    known = cards(maker("lens", owner("fund", owner("state"), since="2020-01-01", until="2022-01-01")))
    on = {
        year: [stated.id for stated, _ in card_stakes(known["lens"], known, date(year, 6, 1))]
        for year in (2019, 2021, 2022)
    }
    assert on == {2019: [], 2021: ["fund"], 2022: []}
    above = [statement for _, statement in card_stakes(known["lens"], known)]
    assert [(link.owner, link.asset) for link in above] == [("fund", "lens"), ("state", "fund")]
    assert above[1].holds_on(date(2021, 6, 1)) is Holds.UNKNOWN  # its source is of a later day


@pytest.mark.parametrize(
    ("fields", "day", "said"),
    [
        ({"since": "2019", "min_percent": 60, "max_percent": 60}, date(2021, 1, 1), "fund owns 60 % of lens"),
        ({"since": "2022"}, date(2022, 6, 1), "fund may own an unknown share of lens: the dates in "),
        ({"since": "2022"}, date(2021, 6, 1), "fund owns an unknown share of lens only from 2022 on"),
        (
            {"since": "2019", "is_announced": True},
            date(2021, 1, 1),
            "fund may own an unknown share of lens: ",
        ),
        (
            {"since": "2019", "until": "2020"},
            date(2021, 1, 1),
            "fund owned an unknown share of lens until 2020; the exact day is not known",
        ),
        (
            {"since": "2019", "until": "2020-03-04"},
            date(2020, 3, 4),
            "fund owned an unknown share of lens until 2020-03-04",
        ),
        ({"since": "2019", "until": "2020"}, date(2020, 1, 1), "fund may own an unknown share of lens: "),
    ],
)
def test_a_stake_says_no_more_of_a_day_than_its_dates(fields: dict[str, Any], day: date, said: str) -> None:
    assert str(stake_text(stake(**fields), day, str)).startswith(said)


def test_a_parent_that_a_list_no_longer_repeats_may_still_be_one() -> None:
    period = Period(read_legal_date("2021-06-03"), read_legal_date("2025-01-07"))
    statement = OwnershipStatement("group", "lens", period=period, kind=NAMED_IN_LIST)
    assert statement.holds_on(date(2025, 1, 6)) is Holds.YES
    assert statement.holds_on(date(2025, 1, 7)) is Holds.UNKNOWN
    assert statement.holds_on(date(2021, 6, 2)) is Holds.NO
