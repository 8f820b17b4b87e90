"""The workbook: sheets, texts that stay texts, and nothing in it that tells when it was made."""

import datetime
import io
import sys
import zipfile
from dataclasses import replace

import pytest
import report_factory
from python_calamine import CalamineWorkbook

from overzicht.errors import MissingExtraError
from overzicht.reports.i18n import Language
from overzicht.reports.xlsx_report import CUT_MARK, MAX_CELL, render_xlsx

SHEETS = {
    Language.EN: [
        "Summary", "Devices", "Manufacturers", "Listings", "Vulnerabilities", "Places", "Ownership",
        "Sources", "Inputs",
    ],
    Language.NL: [
        "Samenvatting", "Apparaten", "Fabrikanten", "Vermeldingen", "Kwetsbaarheden", "Plaatsen",
        "Eigendom", "Bronnen", "Invoer",
    ],
}  # fmt: skip


def book(data: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(data))


@pytest.mark.parametrize("lang", list(Language))
def test_the_sheets_are_there_in_order(lang: Language) -> None:
    assert book(render_xlsx(report_factory.small_report(), lang)).sheet_names == SHEETS[lang]


def test_formula_like_texts_stay_texts_and_numbers_numbers() -> None:
    data = render_xlsx(report_factory.large_report(), Language.EN)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
    rows = book(data).get_sheet_by_name("Devices").to_python()
    assert rows[2][1] == report_factory.FORMULA
    assert rows[50][11] == 4
    assert rows[1][12] == datetime.date(2016, 1, 12)


def test_headings_are_frozen_and_filters_set() -> None:
    with zipfile.ZipFile(io.BytesIO(render_xlsx(report_factory.small_report(), Language.EN))) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml")
    assert b'topLeftCell="A2"' in sheet
    assert b'<autoFilter ref="A1:AA13"/>' in sheet


def test_its_dates_are_the_day_of_the_report() -> None:
    report = replace(report_factory.small_report(), as_of=datetime.date(2021, 3, 22))
    with zipfile.ZipFile(io.BytesIO(render_xlsx(report, Language.NL))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2021-03-22T00:00:00Z</dcterms:created>" in parts.read("docProps/core.xml")


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    report = report_factory.small_report()
    first, *others = report.devices
    report = replace(report, devices=(replace(first, label="x" * 40_000), *others))
    cell = book(render_xlsx(report, Language.EN)).get_sheet_by_name("Devices").to_python()[1][1]
    assert isinstance(cell, str)
    assert len(cell) == MAX_CELL
    assert cell.endswith(CUT_MARK)


def test_without_the_extra_it_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match="the extra 'office'"):
        render_xlsx(report_factory.small_report(), Language.EN)
