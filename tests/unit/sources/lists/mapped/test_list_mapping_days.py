"""Days as lists of many countries write them."""

import pytest

from overzicht.sources.lists.mapped.days import read_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1970", ["1970"]),
        ("1970-01-05", ["1970-01-05"]),
        ("1970-01-05T00:00:00Z", ["1970-01-05"]),
        ("05/01/1970", ["1970-01-05"]),
        ("1.1.1970", ["1970-01-01"]),
        ("1965-3-12", ["1965-03-12"]),
        ("1971--", ["1971"]),
        ("1970/05/06", ["1970-05-06"]),
        ("05-1970", ["1970-05"]),
        ("1961-04", ["1961-04"]),
        ("DOB: 1 Jan 1970; alt. 1971", ["1970-01-01", "1971"]),
        ("circa 1960", ["1960"]),
        ("between 1963 and 1968", ["1963", "1968"]),
        ("1963-1968", ["1963", "1968"]),
        ("1er janvier 1970", ["1970-01-01"]),
        ("12 de enero de 1975", ["1975-01-12"]),
        ("12 März 1970", ["1970-03-12"]),
        ("Jan 5, 1980", ["1980-01-05"]),
        ("January 1958", ["1958-01"]),
        ("01-JAN-1970", ["1970-01-01"]),
        ("10 березня 1965 року", ["1965-03-10"]),
        ("15 Mart 1980", ["1980-03-15"]),
        ("1970年1月2日", ["1970-01-02"]),
        ("2022 年03 月01 日", ["2022-03-01"]),
        ("昭和45年3月5日", ["1970-03-05"]),
        ("令和元年", ["2019"]),
        ("١٩٧٠/٠٢/٠٣", ["1970-02-03"]),
        ("00/00/1980", ["1980"]),
        ("dd/09/1958", ["1958-09"]),
        ("19700102", ["1970-01-02"]),
        ("37828", ["2003-07-26"]),
        ("1612137600000", ["2021-02-01"]),
        ("a) 12 Aug. 1970; b) 1971", ["1970-08-12", "1971"]),
        ("unknown", []),
        ("-", []),
        ("0000-00-00", []),
        ("нет", []),
    ],
)
def test_a_day_in_a_known_form_is_read_whole(text: str, days: list[str]) -> None:
    read = read_days(text)
    assert list(read.values) == days
    assert read.is_whole


@pytest.mark.parametrize("text", ["31/02/1970", "12/25/1970", "1388", "soon", "12.02.19"])
def test_a_text_that_is_no_day_gives_none(text: str) -> None:
    read = read_days(text)
    assert read.values == ()
    assert not read.is_whole


def test_a_day_beside_something_else_is_read_in_part() -> None:
    read = read_days("1 Jan 1970 (POB Kabul 1234)")
    assert (read.values, read.is_whole) == (("1970-01-01",), False)


def test_the_order_of_numbers_and_short_years_of_listings() -> None:
    assert read_days("04/05/1970", "month").values == ("1970-04-05",)
    assert read_days("12/25/1970", "month").values == ("1970-12-25",)
    assert read_days("12.02.19", is_recent=True).values == ("2019-02-12",)
