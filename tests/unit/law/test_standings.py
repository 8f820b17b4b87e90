"""Parties of treaties: dated rows with a source each, and a date from memory that has no effect."""

from datetime import date

import pytest

from overzicht.dates import Holds
from overzicht.errors import PackagedFactError
from overzicht.law.instruments import instruments
from overzicht.law.standings import Standings, packaged_standings


def on(card: str, kind: str, country: str, day: date) -> Holds:
    return instruments()[card].standings[kind].on(country, day)  # type: ignore[index]


@pytest.mark.parametrize(
    ("card", "kind", "country", "day", "holds"),
    [
        ("icerd", "party", "CN", date(1982, 1, 27), Holds.NO),
        ("icerd", "party", "CN", date(1982, 1, 28), Holds.YES),
        ("icerd", "party", "MY", date(2021, 4, 13), Holds.NO),
        ("iccpr", "party", "CN", date(2021, 4, 13), Holds.NO),
        ("echr", "party", "RU", date(2022, 9, 15), Holds.YES),
        ("echr", "party", "RU", date(2022, 9, 16), Holds.NO),
        ("echr", "party", "NL", date(1954, 8, 30), Holds.NO),
        ("echr", "party", "NL", date(1954, 8, 31), Holds.YES),
        ("echr", "party", "FR", date(1990, 1, 1), Holds.UNKNOWN),  # its date is from memory
        ("echr", "party", "FR", date(2009, 1, 1), Holds.YES),
        ("echr", "party", "GR", date(2021, 4, 13), Holds.YES),  # it left in 1970 and came back in 1974
        ("un-charter", "member", "CH", date(2002, 9, 9), Holds.NO),
        ("un-charter", "member", "CH", date(2002, 9, 10), Holds.YES),
        ("convention-108", "party", "GB", date(2020, 1, 1), Holds.UNKNOWN),  # from memory
    ],
)
def test_a_state_is_bound_from_a_sourced_date(
    card: str, kind: str, country: str, day: date, holds: Holds
) -> None:
    assert on(card, kind, country, day) is holds


@pytest.mark.parametrize(
    ("card", "kind", "least"),
    [("icerd", "party", 180), ("iccpr", "party", 170), ("un-charter", "member", 193), ("echr", "party", 46)],
)
def test_all_states_are_named(card: str, kind: str, least: int) -> None:
    standings = instruments()[card].standings[kind]  # type: ignore[index]
    assert len(standings.sure_from) >= least
    assert all(standings.also[country] for country in standings.sure_from)


def test_a_state_that_no_source_names_is_unknown_and_an_absence_holds_until_its_date() -> None:
    standings = Standings(since={}, absent_on={"MM": date(2022, 8, 25)}, all_named=False)
    assert standings.on("MM", date(2022, 8, 25)) is Holds.NO
    assert standings.on("MM", date(2022, 8, 26)) is Holds.UNKNOWN
    assert standings.on("TW", date(2022, 8, 25)) is Holds.UNKNOWN


def test_a_card_says_of_which_states_no_row_is_needed() -> None:
    stored = Standings(since={"NL": date(2010, 1, 1)}, all_named=False, also={"NL": ("table",)})
    notes = Standings(
        since={}, all_named=True, told_until=date(2020, 12, 31), never=("CN", "NL"), also={"NL": ("text",)}
    )
    joined = stored.joined(notes)
    assert (joined.never, joined.also) == (("CN",), {"NL": ("table", "text")})
    assert joined.on("NL", date(2021, 1, 1)) is Holds.YES
    assert joined.on("FR", date(2020, 12, 31)) is Holds.NO
    assert joined.on("FR", date(2021, 1, 1)) is Holds.UNKNOWN
    assert joined.on("CN", date(2021, 1, 1)) is Holds.NO
    assert stored.joined(None) == stored


@pytest.mark.parametrize(
    "wrong", [{"never": ("NL",)}, {"read": ("FR",)}, {"until": {"FR": date(2020, 1, 1)}}]
)
def test_a_state_that_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Standings.model_validate({"since": {"NL": date(2010, 1, 1)}, "all_named": False, **wrong})


def test_a_row_must_cite_a_source_of_its_card() -> None:
    with pytest.raises(PackagedFactError, match="not a source of icerd"):
        packaged_standings("icerd", {})
