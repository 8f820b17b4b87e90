"""CSV: what a spreadsheet would execute is text, and what is a number stays one."""

import csv
import io
from dataclasses import replace

import pytest
import report_factory
from hypothesis import given
from hypothesis import strategies as st

from overzicht.evidence.cells import EXECUTED, NUMBER, guarded, unguarded
from overzicht.reports.csv_report import BYTE_ORDER_MARK, render_csv
from overzicht.reports.i18n import Language


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        '=HYPERLINK("x")',
    ],
)
def test_formulas_are_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "DS-2CD", "-12", "+3,5", "-0.25", "a=b", "192.0.2.1", "虚构"])
def test_texts_and_numbers_stay(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.text())
def test_no_text_but_a_number_starts_like_a_formula(cell: str) -> None:
    shown = guarded(cell)
    assert NUMBER.fullmatch(shown) or not shown.lstrip(" ").startswith(EXECUTED)


@given(st.text("'=-@ \t1,5a") | st.text())
def test_every_text_is_read_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize(("lang", "delimiter"), [(Language.EN, ","), (Language.NL, ";")])
def test_the_file_opens_in_excel_of_its_language(lang: Language, delimiter: str) -> None:
    data = "".join(render_csv(report_factory.large_report(), lang))
    assert data.startswith(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(data.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=delimiter))
    assert {len(row) for row in rows} == {27}
    assert rows[2][1] == f"'{report_factory.FORMULA}"
    assert [row[11] for row in rows if row[0] == "device-0050"] == ["4"]


def test_each_device_is_a_line_by_itself() -> None:
    lines = list(render_csv(report_factory.small_report(), Language.EN))
    assert len(lines) == 1 + 12
    assert all(line.endswith("\r\n") for line in lines)


def test_days_are_iso_and_a_missing_one_is_empty() -> None:
    report = report_factory.small_report()
    first, *others = report.devices
    report = replace(report, devices=(replace(first, bought=None), *others))
    data = "".join(render_csv(report, Language.EN)).removeprefix(BYTE_ORDER_MARK)
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert (rows[1][12], rows[2][12]) == ("", "2016-01-23")
