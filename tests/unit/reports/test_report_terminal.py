"""The summary on one screen, whatever the names are."""

import re
import unicodedata
from dataclasses import replace

import pytest
import report_factory
from hypothesis import given
from hypothesis import strategies as st

from overzicht.evidence import Answer, text
from overzicht.reports.i18n import Language
from overzicht.reports.overview_report import ListingRow, OverviewReport
from overzicht.reports.terminal import COLUMNS, LINES, cleaned, render_terminal, width


def crowded() -> OverviewReport:
    """Many makers, lists and entries: more than a screen holds."""
    report = report_factory.large_report()
    makers = tuple(replace(report.makers[0], name=f"Maker {n}") for n in range(60))
    base = report.listings[0]
    listings = tuple(_entry(base, n) for n in range(80))
    return replace(report, makers=makers, listings=listings, conclusions=report.conclusions * 5)


def _entry(base: ListingRow, number: int) -> ListingRow:
    return replace(
        base, list_id=f"list-{number % 9}", list_title=text(report_factory.LONG), party_name=f"Party {number}"
    )


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize(
    "report",
    [report_factory.small_report(), report_factory.large_report(), report_factory.empty_report(), crowded()],
    ids=["small", "large", "empty", "crowded"],
)
def test_it_fits_a_screen(report: OverviewReport, lang: Language) -> None:
    files = ("build/overview.html", "build/overview.json")
    lines = render_terminal(report, lang, files).splitlines()
    assert len(lines) <= LINES
    assert [line for line in lines if width(line) > COLUMNS] == []
    assert lines[-2:] == [f"  {path}" for path in files]


def test_what_does_not_fit_is_counted() -> None:
    shown = render_terminal(crowded(), Language.EN)
    makers = shown.count("Maker ")
    lists = shown.count(report_factory.LONG)
    assert [int(n) for n in re.findall(r"… and (\d+) more", shown)] == [60 - makers, 9 - lists]
    assert makers >= 4
    assert lists >= 2


def test_it_says_what_binds_and_what_could_not_tell() -> None:
    shown = " ".join(render_terminal(report_factory.small_report(), Language.EN).split())
    assert "Binding on a Dutch public body: 0 of these parties, by 2 of 3 lists" in shown
    assert "could not be read: UK list (made up); not checked: Dutch national list (made up)" in shown
    assert "Hemel Holding Group (an owner) since not later than 12 June 2020" in shown


def test_entries_that_ended_are_not_shown_as_in_force() -> None:
    report = report_factory.small_report()
    shown = render_terminal(replace(report, listings=report.listings[-1:]), Language.EN)
    assert "Listings in force" not in shown
    assert "no list that covers this date names a manufacturer or owner" in shown


def test_a_name_cannot_steer_the_terminal() -> None:
    report = report_factory.small_report()
    hostile = replace(report.makers[0], name=f"{report_factory.ESCAPE}\u202eevil\u2028line")
    shown = render_terminal(replace(report, makers=(hostile,)), Language.EN)
    assert {c for c in shown if unicodedata.category(c)[0] == "C"} == {"\n"}


@given(st.text())
def test_cleaned_text_holds_no_control_characters(name: str) -> None:
    assert all(unicodedata.category(c)[0] != "C" for c in cleaned(name))
    assert len(cleaned(name)) == len(name)


def test_a_maker_that_no_list_could_tell_about_is_not_checked_rather_than_absent() -> None:
    report = report_factory.small_report()
    silent = tuple(replace(check, answer=Answer.NOT_CHECKED) for check in report.checks)
    makers = tuple(replace(maker, is_listed=False, owner_is_listed=False) for maker in report.makers)
    silenced = replace(report, makers=makers, checks=silent)
    for lang, words in ((Language.EN, "not checked"), (Language.NL, "niet gecontroleerd")):
        shown = render_terminal(silenced, lang)
        assert shown.count(f"  {words}\n") == len(makers)
        assert not re.search(r"  (no|nee)\n", shown)


def test_files_that_do_not_fit_are_counted() -> None:
    shown = render_terminal(report_factory.small_report(), Language.NL, ["a.html", "b.json", "c.csv"])
    assert shown.endswith("  a.html\n  b.json\n  … en nog 1\n")
