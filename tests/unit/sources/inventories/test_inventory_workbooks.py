"""Workbooks: sheets, merged cells, real dates, and files made to break a reader."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from overzicht.devices import Trace
from overzicht.errors import InputFileError, UnknownNameError
from overzicht.sources.files import DamagedArchiveError, TooLargeError
from overzicht.sources.inventories import read_inventory
from overzicht.sources.inventories.xml import UnsafeXmlError

ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="Blad1">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def workbook(path: Path, fill: Callable[[Any], None]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    fill(book)
    book.close()
    return path


def archive(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def ods(path: Path, rows: str) -> Path:
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/></manifest:manifest>'
    )
    members: dict[str, str | bytes] = {"mimetype": mimetype, "META-INF/manifest.xml": manifest}
    return archive(path, {**members, "content.xml": ODS.format(rows=rows)})


def ods_row(*cells: str, repeated: int = 1) -> str:
    filled = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{filled}</table:table-row>'


def test_sheets_titles_and_merged_cells_are_read(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Toelichting").write(0, 0, "Niets te zien")
        sheet = book.add_worksheet("Camera's")
        sheet.merge_range(0, 0, 0, 3, "Overzicht")
        sheet.write_row(2, 0, ["Locatie", "Merk", "Type", "Aanschaf"])
        sheet.merge_range(3, 0, 4, 0, "Stadhuis")
        sheet.write_row(3, 1, ["Axis", "P3245-LV"])
        sheet.write_datetime(3, 3, datetime(2019, 3, 12), book.add_format({"num_format": "dd-mm-yyyy"}))  # noqa: DTZ001
        sheet.write_row(4, 1, ["Bosch", "NBE-3502", 2020])

    result = read_inventory(workbook(tmp_path / "a.xlsx", fill))
    assert [(s.site, s.bought) for s in result.sightings] == [
        ("Stadhuis", date(2019, 3, 12)),
        ("Stadhuis", date(2020, 1, 1)),
    ]
    assert result.sightings[0].citation.place == "sheet 'Camera's', row 4"
    assert [str(row.reason) for row in result.left_out if row.place == "sheet 'Toelichting'"] == [
        "Sheet “Toelichting” holds no table of devices and was left out"
    ]


def test_a_merged_heading_between_rows_is_the_site_of_what_follows(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Blad1")
        sheet.write_row(0, 0, ["Merk", "Type", "Opmerking"])
        sheet.merge_range(1, 0, 1, 2, "Zwembad")
        sheet.write_row(2, 0, ["Axis", "P3245", "x"])
        sheet.merge_range(3, 0, 3, 2, "Gemaal")
        sheet.write_row(4, 0, ["Bosch", "NBE", "y"])

    result = read_inventory(workbook(tmp_path / "a.xlsx", fill))
    assert [s.site for s in result.sightings] == ["Zwembad", "Gemaal"]


def test_one_sheet_can_be_asked_for(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        for name in ("A", "B"):
            book.add_worksheet(name).write_row(0, 0, ["Merk", "Type"])
            book.get_worksheet_by_name(name).write_row(1, 0, [name, "P3245"])

    path = workbook(tmp_path / "a.xlsx", fill)
    assert [s.values(Trace.BRAND) for s in read_inventory(path).sightings] == [("A",), ("B",)]
    assert [s.values(Trace.BRAND) for s in read_inventory(path, sheet="B").sightings] == [("B",)]
    with pytest.raises(UnknownNameError, match="sheet 'C'"):
        read_inventory(path, sheet="C")


def test_ods_is_read_with_the_empty_rows_that_programs_write(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501
    path = ods(tmp_path / "a.ods", ods_row("Merk", "Type") + ods_row("Axis", "P3245") + empty)
    (sighting,) = read_inventory(path).sightings
    assert (sighting.values(Trace.MODEL), sighting.citation.place) == (("P3245",), "sheet 'Blad1', row 2")


def test_merged_cells_of_ods_are_filled_down(tmp_path: Path) -> None:
    row = ods_row("Stadhuis", "Axis", "P3245").replace(
        "<table:table-cell ", '<table:table-cell table:number-rows-spanned="2" ', 1
    )
    covered = "<table:covered-table-cell/>"
    below = ods_row("Bosch", "NBE-3502").replace("<table:table-cell", covered + "<table:table-cell", 1)
    path = ods(tmp_path / "a.ods", ods_row("Locatie", "Merk", "Type") + row + below)
    assert [(s.site, s.values(Trace.BRAND)) for s in read_inventory(path).sightings] == [
        ("Stadhuis", ("Axis",)),
        ("Stadhuis", ("Bosch",)),
    ]


def test_a_part_without_a_name_is_passed_over(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", ods_row("Merk", "Type") + ods_row("Axis", "P1405"))
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(zipfile.ZipInfo("unnamed"), b"nothing")
    path.write_bytes(path.read_bytes().replace(b"unnamed", b"\0nnamed"))  # zipfile cuts a name at NUL
    result = read_inventory(path)
    assert [sighting.values(Trace.MODEL) for sighting in result.sightings] == [("P1405",)]


def test_a_bomb_in_a_workbook_is_refused(tmp_path: Path) -> None:
    bomb = archive(
        tmp_path / "b.xlsx", {"xl/workbook.xml": "<x/>", "xl/sharedStrings.xml": b" " * 30_000_000}
    )
    with pytest.raises(TooLargeError):
        read_inventory(bomb)


def test_one_cell_in_the_far_corner_does_not_cost_the_memory(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Blad1")
        sheet.write_row(0, 0, ["Merk", "Type"])
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(TooLargeError, match="17,179,869,184 cells"):
        read_inventory(workbook(tmp_path / "a.xlsx", fill))


def test_repeated_filled_rows_of_ods_do_not_cost_the_memory(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", ods_row("Merk", "Type", *["x"] * 20, repeated=1_000_000))
    with pytest.raises(TooLargeError, match="22,000,000 cells"):
        read_inventory(path)


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(UnsafeXmlError):
        read_inventory(archive(tmp_path / "a.xlsx", {"xl/workbook.xml": entity}))


def test_other_archives_and_damaged_workbooks_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="not a workbook"):
        read_inventory(archive(tmp_path / "a.xlsx", {"brief.txt": "hallo"}))
    whole = workbook(tmp_path / "w.xlsx", lambda book: book.add_worksheet("A").write(0, 0, "Merk"))
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole.read_bytes()[:-200])
    with pytest.raises(InputFileError, match="not a whole workbook"):
        read_inventory(cut)
    flipped = tmp_path / "flip.xlsx"
    flipped.write_bytes(_break_crc(whole.read_bytes()))
    with pytest.raises(DamagedArchiveError):
        read_inventory(flipped)


def _break_crc(data: bytes) -> bytes:
    info = next(i for i in zipfile.ZipFile(io.BytesIO(data)).infolist() if i.filename == "xl/workbook.xml")
    at = info.header_offset + 30 + len(info.filename) + 5
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
