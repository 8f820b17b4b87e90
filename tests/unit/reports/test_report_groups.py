"""A page of very many devices: groups that together are all devices, and a word on everything left out."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import report_factory
from lxml import html

from overzicht.evidence import text
from overzicht.reports.html import groups
from overzicht.reports.html.groups import ENTRIES_SHOWN, grouped
from overzicht.reports.html.page import render_html
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.overview_report import DeviceRow, OverviewReport, RowProblem

WORDS = words_for("en")


def alike(rows: int, **changes: Any) -> tuple[DeviceRow, ...]:
    """Return rows of one product: only place, names and addresses differ."""
    first = report_factory.devices(1)[0]
    return tuple(
        replace(
            first, id=f"{changes}-{number}", label=f"CAM-{number:05}", site=f"Site {number % 30:02}",
            place=f"room {number}", mac="", address=f"192.0.2.{number}", **changes,
        )
        for number in range(rows)
    )  # fmt: skip


def report_of(*devices: DeviceRow) -> OverviewReport:
    return replace(report_factory.small_report(), devices=devices, places=report_factory.places(devices))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    return lambda shown: monkeypatch.setattr(groups, "ENTRIES_SHOWN", shown)


def test_a_report_of_as_many_devices_as_fit_is_not_grouped() -> None:
    assert grouped(report_of(*alike(ENTRIES_SHOWN)), WORDS) is None
    assert grouped(report_of(*alike(ENTRIES_SHOWN + 1)), WORDS) is not None


def test_devices_of_which_the_same_is_known_are_one_group_wherever_they_are() -> None:
    found = grouped(report_of(*alike(3_000)), WORDS)
    assert found is not None
    (group,) = found.groups
    assert group.count == 3_000
    assert sum(spot.count for spot in group.spots) + group.more_devices == 3_000
    assert len(group.spots) + group.more_sites == 30
    assert group.spots[0] == groups.SiteShare(
        "Site 00", 100, ("CAM-00000", "CAM-00030", "CAM-00060", "CAM-00090"), 96
    )


@pytest.mark.parametrize(
    "change",
    [{"brand": "Other"}, {"model": "other"}, {"reasons": ()}, {"conflicts": (text("the banner differs"),)},
     {"undecided": ("a", "b")}, {"is_relabelled": False}, {"product_line": "Other"}],
)  # fmt: skip
def test_devices_of_which_something_else_is_known_stand_apart(
    change: dict[str, object], few: Callable[[int], None]
) -> None:
    few(4)
    found = grouped(report_of(*alike(3), *alike(2, **change)), WORDS)
    assert found is not None
    assert [group.count for group in found.groups] == [3, 2]


def test_groups_of_listed_makers_come_first_then_the_largest_and_quantities_count(
    few: Callable[[int], None],
) -> None:
    few(3)
    rows = (
        *alike(4, maker_is_listed=False), *alike(1, maker_is_listed=True, model="few"),
        *alike(2, maker_is_listed=True, model="many", quantity=50),
    )  # fmt: skip
    found = grouped(report_of(*rows), WORDS)
    assert found is not None
    assert [(group.first.model, group.count) for group in found.groups][:2] == [("many", 100), ("few", 1)]


@pytest.mark.parametrize("lang", list(Language))
def test_the_page_accounts_for_every_device(lang: Language, few: Callable[[int], None]) -> None:
    few(25)
    report = report_factory.large_report()
    page = html.fromstring(render_html(report, lang))
    (section,) = page.xpath("//section[@id='devices']")
    shown = [int(re.sub(r"\D", "", label.text)) for label in section.xpath(".//*[@class='oz-device__label']")]
    assert len(shown) == 25
    (note,) = section.xpath(".//p[@class='oz-note']")
    more_groups, more_devices = (int(number) for number in re.findall(r"\d+", note.text))
    assert sum(shown) + more_devices == report.device_count
    assert more_groups > 0
    first = section.xpath("./p")[0].text_content()
    assert "270" in first
    assert all(suffix in first for suffix in (".csv", ".xlsx", ".json"))


def test_each_group_tells_its_places_in_full_numbers(few: Callable[[int], None]) -> None:
    few(25)
    page = html.fromstring(render_html(report_factory.large_report(), Language.EN))
    for details in page.xpath("//section[@id='devices']//details[@class='oz-device']"):
        (total,) = details.xpath("./summary/*[@class='oz-device__label']")
        spots = details.xpath("./div/ul[@class='oz-reasons'][last()]/li")
        counts = [int(re.search(r"(\d+) (×|of these)", spot.text_content())[1]) for spot in spots]  # type: ignore[index]
        assert sum(counts) == int(total.text.removesuffix("×"))


def test_a_grouped_page_has_whole_links_and_says_where_the_places_are(few: Callable[[int], None]) -> None:
    few(25)
    page = html.fromstring(render_html(report_factory.large_report(), Language.EN))
    ids: Counter[str] = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    inside = {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")}
    assert inside - set(ids) == set()
    sources = page.xpath("//section[@id='sources']")[0].text_content()
    assert "have the places of the devices in the inventories (270 places)" in sources
    assert "row 2," not in sources


def test_places_and_unread_records_beyond_what_a_page_shows_are_counted(few: Callable[[int], None]) -> None:
    few(5)
    problems = tuple(RowProblem(f"row {number}", text("it is empty")) for number in range(12))
    report = report_factory.small_report()
    report = replace(report, inputs=(replace(report.inputs[0], problems=problems),))
    page = html.fromstring(render_html(report, Language.EN))
    rows = page.xpath("//table[caption[@id='t-places']]/tbody/tr/th")
    most = sorted(report.places, key=lambda place: (-place.devices, place.site))[:5]
    assert len(report.places) == 8
    assert [row.text for row in rows] == [place.site or "(no place given)" for place in most]
    assert "3 more are in the Excel and JSON forms" in page.xpath("//section[@id='places']")[0].text_content()
    inputs = page.xpath("//section[@id='inputs']")[0]
    assert len(inputs.xpath(".//ul/li")) == 5
    assert "7 more are in the Excel and JSON forms" in inputs.text_content()
