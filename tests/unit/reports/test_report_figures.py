"""The pictures: what they draw, and that nothing in a name can change them."""

from dataclasses import replace
from datetime import date

import pytest
import report_factory
from lxml import etree

from overzicht.dates import DateBasis, LegalDate
from overzicht.reports.html import charts, ownership, view
from overzicht.reports.html.svg import Caption
from overzicht.reports.i18n import words_for
from overzicht.reports.overview_report import OverviewReport

EN = words_for("en")
CAPTION = Caption("fig", "A <title>", "What it & shows")


@pytest.fixture(scope="module")
def report() -> OverviewReport:
    return report_factory.large_report()


def test_a_bar_chart_draws_each_name_and_total() -> None:
    bars = [
        charts.Bar("Alpha & <b>", ((3, charts.BLUE), (0, charts.AMBER))),
        charts.Bar("Beta", ((12345, charts.RED),)),
    ]
    picture = charts.bar_chart(bars, CAPTION, EN)
    assert picture is not None
    for drawing in (picture.wide, picture.narrow):
        assert ">Alpha &amp; &lt;b&gt;<" in drawing
        assert ">12,345<" in drawing
        assert charts.RED in drawing
        assert charts.AMBER not in drawing
        assert "A &lt;title&gt;</title>" in drawing
    assert 'fill="url(#fig-wide-hatch)"' in picture.wide  # listed is a pattern as well as a colour
    assert 'id="fig-wide-hatch"' in picture.wide
    assert 'id="fig-wide-t"' in picture.wide
    assert 'id="fig-narrow-t"' in picture.narrow
    assert f'width="{charts.NARROW}"' in picture.narrow


def test_nothing_to_draw_is_no_picture() -> None:
    assert charts.bar_chart([], CAPTION, EN) is None
    assert charts.bar_chart([charts.Bar("none", ((0, charts.BLUE),))], CAPTION, EN) is None
    assert charts.timeline([], date(2026, 11, 20), CAPTION, EN) is None


def test_the_time_line_tells_stated_from_other_days(report: OverviewReport) -> None:
    picture = charts.timeline(report.listings, report.as_of, CAPTION, EN)
    assert picture is not None
    assert "since 9 October 2019 · US Entity List (made up)" in picture.wide
    assert "date unknown to 1 February 2024" in picture.wide
    # a derived day is an open dot; an upper bound, like a day that is not known, has no dot at all
    assert picture.wide.count(f'fill="{charts.PAPER}"') == 1
    assert charts.PALE in picture.wide


def test_an_upper_bound_is_not_drawn_as_the_first_day(report: OverviewReport) -> None:
    stated = replace(report.listings[0], since=LegalDate(date(2022, 1, 1)))
    bound = replace(stated, since=LegalDate(date(2022, 1, 1), DateBasis.NOT_LATER_THAN))
    drawn = charts.timeline([stated], report.as_of, CAPTION, EN)
    open_start = charts.timeline([bound], report.as_of, CAPTION, EN)
    assert drawn is not None
    assert open_start is not None
    assert charts.PALE not in drawn.wide
    assert charts.PALE in open_start.wide  # the years in which it may have begun
    assert "not later than 1 January 2022" in open_start.wide


def test_an_entry_that_ended_before_the_day_is_grey(report: OverviewReport) -> None:
    ended = replace(report.listings[0], is_current=False, until=LegalDate(date(2022, 1, 1)))
    picture = charts.timeline([ended], report.as_of, CAPTION, EN)
    assert picture is not None
    assert charts.GREY in picture.wide
    assert charts.BLUE not in picture.wide


def test_an_entry_that_binds_is_red(report: OverviewReport) -> None:
    binding = replace(report.listings[0], binds_reader=True)
    picture = charts.timeline([binding], report.as_of, CAPTION, EN)
    assert picture is not None
    assert charts.RED in picture.wide


def test_more_rows_than_a_chart_holds_are_counted(report: OverviewReport) -> None:
    makers = tuple(replace(report.makers[0], maker_id=f"m{n}", name=f"Maker {n}") for n in range(40))
    figure = view.makers_figure(replace(report, makers=makers), EN)
    assert figure.left_out == 40 - view.ROWS_DRAWN


def test_every_place_adds_up(report: OverviewReport) -> None:
    for place in report.places:
        assert place.of_listed_makers + place.unknown <= place.devices
    sites = view.sites(report, EN)
    assert sum(site.count for site in sites) == report.device_count
    assert sum(site.unknown for site in sites) == report.unknown_count
    assert sum(view.confidence_counts(report).values()) == report.device_count


@pytest.mark.parametrize(
    "name", ["<b>bold</b>", "<", "\\N \\G \\l", '"quoted"', "{a|b}", "", "虚构", "a" * 300, "\n\n"]
)
def test_a_name_is_drawn_as_it_is(report: OverviewReport, name: str) -> None:
    edge = replace(report.ownership[0], owner_name=name, owner_is_listed=False)
    drawn = ownership.ownership_picture(replace(report, ownership=(edge,)), CAPTION, EN)
    assert drawn is not None
    words = name.split()
    escaped = words[0].replace("<", "&lt;").replace(">", "&gt;") if words else "?"
    assert escaped[: ownership.LABEL_WIDTH] in drawn.wide
    assert escaped[: ownership.NARROW_LABEL_WIDTH] in drawn.narrow
    assert "36.08%" in drawn.wide


def test_a_stake_of_unknown_size_is_dashed_and_said(report: OverviewReport) -> None:
    drawn = ownership.ownership_picture(replace(report, ownership=report.ownership[3:4]), CAPTION, EN)
    assert drawn is not None
    assert "stroke-dasharray" in drawn.wide
    assert "share unknown" in drawn.narrow


def test_owners_are_drawn_above_each_other_for_a_phone(report: OverviewReport) -> None:
    edges = [
        replace(report.ownership[0], owner_id=f"o{n + 1}", owner_name=f"Holding {n + 1}", asset_id=f"o{n}")
        for n in range(6)
    ]
    drawn = ownership.ownership_picture(replace(report, ownership=tuple(edges)), CAPTION, EN)
    assert drawn is not None
    wide, narrow = (etree.fromstring(picture) for picture in (drawn.wide, drawn.narrow))
    assert float(wide.get("width", "")) > float(wide.get("height", ""))
    assert float(narrow.get("width", "")) < 272 < float(narrow.get("height", ""))


def test_parties_are_makers_or_owners_listed_or_not(report: OverviewReport) -> None:
    parties = ownership.parties_of(report)
    assert parties["morgenster"] == ownership.Party("Morgenster Vision", is_maker=True, is_listed=True)
    assert parties["hemel"].is_listed
    assert not parties["hemel"].is_maker
    assert not parties["staat"].is_listed
