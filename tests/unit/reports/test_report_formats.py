"""One report, every format: the same findings, the same bytes."""

import csv
import io
import json
import os
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import report_factory
from lxml import html
from python_calamine import CalamineWorkbook
from report_factory import render

from overzicht.reports import json_report
from overzicht.reports.i18n import Language
from overzicht.reports.interface import Format
from overzicht.reports.overview_report import OverviewReport

REPORTS = {
    "small": report_factory.small_report,
    "large": report_factory.large_report,
    "empty": report_factory.empty_report,
}


def csv_rows(data: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.fixture(scope="module")
def report() -> OverviewReport:
    return report_factory.large_report()


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("report_format", list(Format))
@pytest.mark.parametrize("name", REPORTS)
def test_equal_reports_give_equal_bytes(name: str, report_format: Format, lang: Language) -> None:
    first = render(REPORTS[name](), lang=lang, format=report_format)
    assert first == render(REPORTS[name](), lang=lang.value, format=report_format.value)
    assert first or report_format is Format.FTM  # an empty file has no line


def test_unknown_language_and_format_are_refused(report: OverviewReport) -> None:
    with pytest.raises(ValueError, match="'fr'"):
        render(report, lang="fr", format="html")
    with pytest.raises(ValueError, match="'rtf'"):
        render(report, lang="nl", format="rtf")


def test_a_long_report_is_written_without_holding_all_of_it() -> None:
    many = report_factory.report(2_000)
    shared = many.devices[0]  # most devices of a large inventory have the answer of others
    alike: dict[str, Any] = {
        "maker_id": shared.maker_id,
        "brand": shared.brand,
        "reasons": shared.reasons,
        "conflicts": (),
    }
    many = replace(many, devices=tuple(replace(device, **alike) for device in many.devices))
    render(report_factory.small_report(), lang="en", format="json")  # loads what loads once
    with Path(os.devnull).open("wb") as nowhere:
        tracemalloc.start()
        for piece in json_report.render_json(many, Language.EN):
            nowhere.write(str(piece).encode())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < len(render(many, lang="en", format="json"))


def test_every_format_holds_every_device(report: OverviewReport) -> None:
    ids = [device.id for device in report.devices]
    assert [row["id"] for row in json.loads(render(report, lang="en", format="json"))["devices"]] == ids
    assert [row[0] for row in csv_rows(render(report, lang="nl", format="csv"), ";")[1:]] == ids
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(report, lang="en", format="xlsx")))
    assert [row[0] for row in book.get_sheet_by_name("Devices").to_python()[1:]] == ids
    page = html.fromstring(render(report, lang="nl", format="html").decode())
    assert len(page.xpath("//details[@class='oz-device']")) == len(ids)


def test_the_headline_counts_are_the_same_everywhere(report: OverviewReport) -> None:
    counts = (report.device_count, report.listed_count, report.relabelled_count, report.unknown_count)
    reported = json.loads(render(report, lang="en", format="json"))["counts"]
    assert (reported["devices"], reported["listed"], reported["relabelled"], reported["unknown"]) == counts
    page = html.fromstring(render(report, lang="en", format="html").decode())
    shown = page.xpath("//dd[@class='oz-headline__value']/text()")
    assert [int(value) for value in shown[:4]] == list(counts)
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(report, lang="en", format="xlsx")))
    summary = {row[0]: row[1] for row in book.get_sheet_by_name("Summary").to_python()}
    assert (summary["devices"], summary["devices of listed manufacturers"]) == counts[:2]
    terminal = render(report, lang="en", format="terminal").decode()
    assert f"{counts[0]} devices · " in terminal
    assert f"{counts[3]:>8} " in terminal


def test_every_citation_has_one_number_in_all_formats(report: OverviewReport) -> None:
    citations = json.loads(render(report, lang="en", format="json"))["citations"]
    assert [item["number"] for item in citations] == list(range(1, len(citations) + 1))
    citations = [citations[item.get("document", item["number"]) - 1] | item for item in citations]
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(report, lang="en", format="xlsx")))
    rows: list[list[Any]] = book.get_sheet_by_name("Sources").to_python()[1:]
    assert [(int(row[0]), row[1], row[2]) for row in rows] == [
        (item["number"], item["title"], item["place"]) for item in citations
    ]
    page = html.fromstring(render(report, lang="en", format="html").decode())
    for item in citations:
        (entry,) = page.xpath(f"//li[@id='c{item['number']}']")
        assert item["title"] in entry.text_content()
        assert item["place"] in entry.text_content()
