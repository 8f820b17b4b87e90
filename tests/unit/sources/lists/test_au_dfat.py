"""The Australian list: invented workbooks, damaged ones, and the whole official file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from us_reading import assert_sound, read_list

from overzicht.dates import DateBasis
from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.au_dfat import HEADER, LAYOUT
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.registry import load_card, load_reader

READER = load_reader("au-dfat")
Cell = str | float | date


def row(
    reference: str | float = 2.0, name: str = "Ana PROVA", kind: str = "Primary Name ", **cells: Cell
) -> list[Cell]:
    told: dict[str, Cell] = {
        "Reference": reference, "Name of Individual or Entity": name, "Name Type": kind,
        "Type": "individual ",
        "Committees": "Autonomous (Test)", "Control Date": date(2022, 2, 26),
        "Listing Information": "Listed on 17 Mar. 2011 (relisted on 1 Jan. 2010)",
    }  # fmt: skip
    told |= {key.replace("_", " "): value for key, value in cells.items()}
    return [told.get(column, "") for column in HEADER]


def write(folder: Path, *lines: Sequence[Cell], headings: Sequence[str] = HEADER) -> Path:
    path = folder / "regulation8_consolidated.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Sheet1")
    day = book.add_format({"num_format": "d/mm/yyyy"})
    for number, line in enumerate([headings, *lines]):
        for column, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif value != "":
                sheet.write(number, column, value)
    book.close()
    return path


def read(folder: Path, *lines: Sequence[Cell]) -> tuple[list[Record], ReadReport]:
    found: tuple[list[Record], ReadReport] = read_list(READER, write(folder, *lines))
    return found


def test_rows_of_a_reference_are_one_record(tmp_path: Path) -> None:
    (ana, works), report = read(
        tmp_path,
        row("2a", "Anna", "Aka "),
        row(2.0, Date_of_Birth="a) Approximately 1955 b) 1958", Citizenship="Russian and Ukrainian",
            Address="NA", Place_of_Birth="Town"),
        row(5.0, "WORKS", Type="Entity ", Date_of_Birth="na"),
        row("2b", "Анна", "original Script"),
        row("2c1", "Old", "Formerly known as"),
    )  # fmt: skip
    assert report.problems == []
    assert_sound([ana, works], "au-dfat")
    assert (ana.id, ana.schema, ana.place) == ("au-dfat-2", "Person", "reference 2 (row 2)")
    assert ana.names == ("Ana PROVA", "Anna", "Анна", "Old")
    assert ana.values("previousName") == ("Old",)
    assert ana.values("birthDate") == ("1955", "1958")
    assert ana.values("citizenship") == ("ru", "ua")
    assert (ana.values("address"), ana.first("birthPlace")) == ((), "Town")
    assert "Date of birth: Approximately 1955" in ana.values("notes")
    assert works.schema == "LegalEntity"
    assert report.newest == date(2022, 2, 26)


@pytest.mark.parametrize(
    ("words", "day", "basis"),
    [
        ("Listed on 17 Mar. 2011 (relisted on 1 Jan. 2010)", date(2011, 3, 17), DateBasis.DERIVED),
        ("Designated under the Test Regulations 2011 on 2 March 2012", date(2012, 3, 2), DateBasis.DERIVED),
        ("Relisted on 12 January 2015", date(2022, 2, 26), DateBasis.NOT_LATER_THAN),
        ("Listed on 1 January 2023", date(2022, 2, 26), DateBasis.NOT_LATER_THAN),
        ("Instrument of first designation: F2012L00479", date(2022, 2, 26), DateBasis.NOT_LATER_THAN),
    ],
)
def test_the_day_of_listing_is_that_of_the_words_or_an_upper_bound(
    tmp_path: Path, words: str, day: date, basis: DateBasis
) -> None:
    (record,), _ = read(tmp_path, row(Listing_Information=words))
    start = record.listings[0].period.start
    assert start is not None
    assert (start.day, start.basis) == (day, basis)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (row("", "NOBODY"), "it has no reference"),
        (row(3.0, kind="nick"), "unsupported kind of name 'nick'"),
        (row(3.0, kind="aka"), "none of its rows gives the primary name"),
        (row(3.0, name=""), "a row has no name"),
        (row(3.0, Type="planet"), "unsupported type 'planet'"),
        (row(3.0, Control_Date="soon"), "no control date"),
        ([*row(3.0), "more"], "without a heading"),
    ],
)
def test_a_bad_row_is_a_problem_and_reading_goes_on(
    tmp_path: Path, broken: Sequence[Cell], reason: str
) -> None:
    records, report = read(tmp_path, row(), broken, row(9.0))
    assert [record.id for record in records] == ["au-dfat-2", "au-dfat-9"]
    assert [reason in problem.reason for problem in report.problems] == [True], report.problems
    assert not report.complete


def test_other_headings_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, row(), headings=[*HEADER[:-1], "Shoe size"])
    with pytest.raises(ListFileRefusedError, match="missing Control Date; unknown Shoe size"):
        read_list(READER, path)


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, row())
    path.write_bytes(path.read_bytes()[:-80])
    with pytest.raises(ListFileRefusedError, match="not a whole workbook"):
        read_list(READER, path)


def test_the_list_is_recognised_by_its_name() -> None:
    head = b"PK\x03\x04 and so on"
    for name in ("202412-regulation8_consolidated.xlsx", "Australian_Sanctions_Consolidated_List.xlsx"):
        assert READER.recognise(Sample(name, head)) == LAYOUT
    assert READER.recognise(Sample("cameras.xlsx", head)) is None
    assert READER.recognise(Sample("regulation8_consolidated.xlsx", b"text")) is None


@pytest.mark.shared
def test_the_whole_official_file(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "lists/au-dfat/202412-regulation8_consolidated.xlsx")
    assert (len(rows), report.problems, report.newest) == (3_062, [], date(2024, 11, 11))
    assert report.ignored == {}
    assert_sound(rows, "au-dfat")
    assert load_card("au-dfat").effect.binds == ("au",)
    expected = load_card("au-dfat").expect[0]
    assert expected.records.min <= len(rows) <= expected.records.max
    wanted = {"hailun zhu", "zhu hailun", "wang junzheng", "wang mingshan", "chen mingguo"}
    assert not any(name.lower() in wanted for row in rows for name in row.names), (
        "Australia lists none of the five"
    )
