"""Tables of saved web pages, and of the pages that programs name `.xls`."""

from pathlib import Path

import pytest

from overzicht.errors import InputFileError
from overzicht.sources.inventories import read_inventory
from overzicht.sources.inventories.tables.web_page import MOST_TABLES, is_web_page, read_web_page

HEADER = "<tr><th>Naam</th><th>Merk</th><th>Model</th><th>IP</th></tr>"
DEVICE = "<tr><td>Poort</td><td>Axis</td><td><b>P3245</b>-LVE</td><td>192.0.2.7</td></tr>"


@pytest.mark.parametrize("name", ["devices.html", "devices.xls", "devices.csv"])
@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html><html><body>", "\ufeff  <table><tr><td>", "<meta charset=utf-8>"]
)
def test_a_page_is_read_whatever_its_name(name: str, start: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f"{start}<table>{HEADER}{DEVICE}</table>", encoding="utf-8")
    (sighting,) = read_inventory(tmp_path / name).sightings
    assert (sighting.label, sighting.address, sighting.citation.place) == ("Poort", "192.0.2.7", "row 2")


def test_cells_that_span_rows_and_columns_keep_the_others_in_place() -> None:
    page = "<table><tr><td rowspan=2>hal<td colspan=2>a<td>b</tr><tr><td>c</td><td>d</td></tr></table>"
    (table,) = read_web_page(page.encode(), "page.html")
    assert [row.texts for row in table.rows] == [("hal", "a", "", "b"), ("hal", "c", "d")]


def test_a_cell_that_spans_rows_and_columns_fills_all_of_them() -> None:
    page = (
        "<table><tr><td rowspan=2 colspan=2>hal<td>a<td rowspan=2>b</tr><tr><td>c</tr><tr><td>d</tr></table>"
    )
    (table,) = read_web_page(page.encode(), "page.html")
    assert [row.texts for row in table.rows] == [("hal", "", "a", "b"), ("hal", "", "c", "b"), ("d",)]


@pytest.mark.parametrize("root", ["bodycams", "tables", "metadata"])
def test_xml_whose_root_begins_like_a_page_is_no_page(root: str) -> None:
    assert not is_web_page(f"<{root}><camera/></{root}>".encode())


def test_each_table_has_a_place_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    menu = "<table><tr><td>Menu</td></tr></table>"
    path.write_text(f"<html>{menu}<table>{HEADER}{DEVICE}</table></html>", encoding="utf-8")
    result = read_inventory(path)
    assert [s.citation.place for s in result.sightings] == ["sheet 'table 2', row 2"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><p>Log in</p></html>", "the page has no table"),
        ("<html>", "the page has no table"),
        ("<table><tr><td>1</table>" * (MOST_TABLES + 1), "201 tables; the limit is 200"),
        (
            "<table>" + ("<tr>" + "<td rowspan=9999>" * 1000 + "<tr>" * 999) * 6,
            "more than the limit of 5,000,000",
        ),
    ],
)
def test_a_page_without_devices_or_too_large_is_refused(page: str, reason: str) -> None:
    with pytest.raises(InputFileError, match=reason):
        read_web_page(page.encode(), "page.html")


def test_a_list_without_a_device_is_not_an_answer_of_none(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("Naam;Merk;Model;IP\n", encoding="utf-8")
    with pytest.raises(InputFileError, match="there is no device in it"):
        read_inventory(path)
