"""What the starter facts say of Hikvision on a day: which listings, with which effect, from which day."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from store_tools import NOON

from overzicht.evidence import Answer
from overzicht.reports.overview_report import ListingRow, OverviewReport
from overzicht.store.database import Store
from overzicht.subjects.overview.build import OverviewChoices, make_overview
from overzicht.workflows.starter import ensure_starter

NAMED = ("us-1237", "Section 1237", "naming")
ORDER = ("us-1237", "Executive Order 13959", "investment ban")
EXPORT = {
    ("us-bis-entity-list", "Entity List", "export licence"),
    ("us-csl", "Entity List", "export licence"),
}
BOUGHT = ("us-procurement-bans", "Section 889", "procurement ban")
COVERED = ("us-procurement-bans", "FCC Covered List", "authorisation ban")
SECURITIES = {
    ("us-ofac", "Non-SDN Consolidated Sanctions List", "investment ban"),
    ("us-csl", "Non-SDN Chinese Military-Industrial Complex Companies List", "investment ban"),
}
MILITARY = ("us-1260h", "Section 1260H", "naming")


@pytest.fixture(scope="module")
def report_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[date], OverviewReport]]:
    home = tmp_path_factory.mktemp("effects")
    sheet = home / "sheet.csv"
    sheet.write_text("Merk;Model\nHikvision;DS-2CD2143G2-I\n", encoding="utf-8")
    opened = Store.open(home / "home")
    ensure_starter(opened, actor="tester", at=NOON)
    yield lambda day: make_overview(opened, [sheet], OverviewChoices(), as_of=day)
    opened.close()


def of_the_maker(report: OverviewReport) -> list[ListingRow]:
    return [row for row in report.listings if row.is_current and row.relation == "maker"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 8, 12), set()),
        (date(2018, 8, 13), {BOUGHT}),
        (date(2020, 6, 11), {BOUGHT, *EXPORT}),
        (date(2020, 6, 12), {BOUGHT, *EXPORT, NAMED}),
        (date(2020, 11, 11), {BOUGHT, *EXPORT, NAMED}),
        (date(2020, 11, 12), {BOUGHT, *EXPORT, NAMED, ORDER}),
        (date(2021, 4, 13), {BOUGHT, COVERED, *EXPORT, NAMED, ORDER}),
        (date(2021, 6, 2), {BOUGHT, COVERED, *EXPORT, NAMED, ORDER}),
        (date(2021, 6, 3), {BOUGHT, COVERED, *EXPORT, MILITARY, *SECURITIES}),
    ],
)
def test_each_listing_of_the_day_has_its_own_effect(
    day: date, expected: set[tuple[str, str, str]], report_on: Callable[[date], OverviewReport]
) -> None:
    rows = of_the_maker(report_on(day))
    assert {(row.list_id, row.measure, row.effect_kind) for row in rows} == expected
    assert not any(row.binds_reader for row in rows)
    assert not any("must block" in str(row.effect) for row in rows), "on no list that freezes"


@pytest.mark.parametrize(
    ("day", "list_id", "words", "applies"),
    [
        (date(2021, 1, 10), "us-1237", "From 11 January 2021 Americans may not buy", date(2021, 1, 11)),
        (date(2021, 4, 13), "us-1237", "Americans may not buy", date(2021, 1, 11)),
        (date(2021, 6, 3), "us-ofac", "From 2 August 2021 Americans may not buy or sell", date(2021, 8, 2)),
        (date(2021, 8, 2), "us-ofac", "Americans may not buy or sell", date(2021, 8, 2)),
    ],
)
def test_a_ban_says_from_which_day_it_applies(
    day: date, list_id: str, words: str, applies: date, report_on: Callable[[date], OverviewReport]
) -> None:
    (row,) = [
        each
        for each in of_the_maker(report_on(day))
        if each.list_id == list_id and each.effect_kind == "investment ban"
    ]
    assert str(row.effect).startswith(words)
    assert (row.effect_applies, row.effect_act[:15]) == (applies, "Executive Order")


@pytest.mark.parametrize(
    ("day", "asked"),
    [(date(2021, 6, 2), {"us-1237"}), (date(2021, 6, 3), set()), (date(2022, 6, 21), {"us-uflpa"})],
)
def test_a_list_is_asked_only_on_days_on_which_it_existed(
    day: date, asked: set[str], report_on: Callable[[date], OverviewReport]
) -> None:
    report, own = report_on(day), {"us-1237", "us-uflpa"}
    assert {each.list_id for each in report.lists} & own == asked
    assert {each.list_id for each in report.checks} & own == asked
    assert all(each.answer is not Answer.NOT_FOUND for each in report.checks if each.list_id in own)


def test_one_event_on_two_lists_is_told_with_both_days_and_how_each_is_known(
    report_on: Callable[[date], OverviewReport],
) -> None:
    rows = of_the_maker(report_on(date(2026, 7, 23)))
    said = {
        (row.list_id, row.measure): [
            str(r.text) for r in row.reasons if str(r.text).startswith("the same listing")
        ]
        for row in rows
    }
    (law,) = said["us-bis-entity-list", "Entity List"]
    title, _, days = law.partition(": ")
    assert title == "the same listing as the entry on United States Consolidated Screening List"
    assert days == "since 2019-10-09 on this list (derived), since 2019-10-09 on the other (stated)"
    assert len(said["us-csl", "Entity List"]) == 1
    assert len(said["us-ofac", "Non-SDN Consolidated Sanctions List"]) == 1
    assert said["us-1260h", "Section 1260H"] == said["us-procurement-bans", "Section 889"] == []


def test_a_fact_that_we_know_from_others_says_so(report_on: Callable[[date], OverviewReport]) -> None:
    (row,) = [each for each in of_the_maker(report_on(date(2021, 4, 13))) if each.measure == "Section 1237"]
    assert row.since is not None
    assert row.since.rule.split("; ") == [
        "the list bears this date",
        "it was made public on 24 June 2020",
        "somebody who describes the act says so",
        "we have not read the act itself",
    ]
    assert row.citation.address.startswith("https://www.jdsupra.com/")
