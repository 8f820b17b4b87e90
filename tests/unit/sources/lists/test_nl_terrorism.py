"""The Dutch national list, on an invented workbook: no official file was at hand (the card says so)."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, read_list

from overzicht.entities import Record
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.nl_terrorism import LAYOUT
from overzicht.sources.lists.registry import load_card, load_reader, recognise

READER = load_reader("nl-terrorism")
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
HEADINGS = (
    "Surname", "First name(s)", "Alias", "Date of Birth(DD-MM-JJJJ)", "Place of Birth",
    "Date of ministerial decision (DD/MM/JJJJ)", "Link official notification",
)  # fmt: skip
EMPTY = '<table:table-cell table:number-columns-repeated="{}"/>'


def cell(value: str | date) -> str:
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d-%m-%Y}</text:p></table:table-cell>"
        )
    if not value:
        return EMPTY.format(1)
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def link(text: str, address: str) -> str:
    return cell(f'<text:a xlink:href="{address}">{text}</text:a>')


def row(*cells: str | date) -> str:
    filled = (each if str(each).startswith("<table") else cell(each) for each in cells)
    return f"<table:table-row>{''.join(map(str, filled))}</table:table-row>"


def ana(last: str = "Prova", first: str = "Ana", decided: str | date = date(2017, 11, 2)) -> str:
    notice = link("Stcrt 64067", "https://www.officielebekendmakingen.nl/stcrt-2017-64067.html")
    return row(last, first, "Anna P.; Abu Prova", date(1980, 1, 2), "Town", decided, notice)


def write(folder: Path, *rows: str, headings: tuple[str, ...] = HEADINGS,
          name: str = "eng-terrorismelijst.ods") -> Path:  # fmt: skip
    title = row("National terrorism list")
    blank = f'<table:table-row table:number-rows-repeated="2">{EMPTY.format(7)}</table:table-row>'
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="Sheet1">'
        f"{title}{blank}{row(*headings)}{''.join(rows)}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return folder / name


def read(folder: Path, *rows: str) -> tuple[list[Record], ReadReport]:
    found: tuple[list[Record], ReadReport] = read_list(READER, write(folder, *rows))
    return found


def test_a_person_with_the_notice_that_lists_her(tmp_path: Path) -> None:
    (person,), report = read(tmp_path, ana())
    assert report.problems == []
    assert report.complete
    assert_sound([person], "nl-terrorism")
    assert (person.schema, person.place) == ("Person", "row 5")
    assert person.names == ("Ana Prova", "Anna P.", "Abu Prova")
    assert (person.first("firstName"), person.first("lastName")) == ("Ana", "Prova")
    assert (person.first("birthDate"), person.first("birthPlace")) == ("1980-01-02", "Town")
    (listing,) = person.listings
    assert str(listing.period.start) == "2017-11-02"
    assert (listing.measure, listing.act) == ("Asset freeze", "Stcrt 64067")
    assert listing.act_address == "https://www.officielebekendmakingen.nl/stcrt-2017-64067.html"


def test_an_organisation_and_dates_in_text(tmp_path: Path) -> None:
    (body, person), report = read(
        tmp_path,
        row("Proof Foundation", "", "", "founded in 2018", "n/a: Town", "02/11/2017", "Stcrt 1"),
        row("Prova", "Bea", "", "1980", "", "3-4-2018", ""),
    )
    assert report.problems == []
    assert (body.schema, body.names) == ("LegalEntity", ("Proof Foundation",))
    assert body.values("notes") == ("Date of birth: founded in 2018", "Place of birth: n/a: Town")
    assert (body.listings[0].act, body.listings[0].act_address) == ("Stcrt 1", "")
    assert person.values("birthDate") == ("1980",)
    assert str(person.listings[0].period.start) == "2018-04-03"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (row("", "", "Alias only", "", "", "02/11/2017", ""), "it has no name"),
        (ana("Other", decided=""), "no date of the ministerial decision"),
        (ana("Other", decided="soon"), "cannot read 'soon'"),
        (ana("Other", decided=date(2917, 11, 2)), "the year 2917"),
        (ana(), "occur earlier in the file"),
        (row("Other", "Ana", "", "", "", "02/11/2017", "", "more"), "without a heading"),
    ],
)
def test_a_bad_row_is_a_problem_and_reading_goes_on(tmp_path: Path, broken: str, reason: str) -> None:
    records, report = read(tmp_path, ana(), broken, ana("Last"))
    assert [record.caption for record in records] == ["Ana Prova", "Ana Last"]
    assert [(problem.place, reason in problem.reason) for problem in report.problems] == [("row 6", True)]
    assert not report.complete


@pytest.mark.parametrize(
    ("headings", "reason"),
    [
        (HEADINGS[:-1], "missing link official notification"),
        ((*HEADINGS, "Shoe size"), "unknown shoe size"),
        (("Achternaam", "Voornamen"), "it has no row of headings"),
    ],
)
def test_other_headings_are_refused(tmp_path: Path, headings: tuple[str, ...], reason: str) -> None:
    path = write(tmp_path, ana(), headings=headings)
    with pytest.raises(ListFileRefusedError, match=reason):
        read_list(READER, path)


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, ana())
    path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(ListFileRefusedError, match="not a whole workbook"):
        read_list(READER, path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, ana())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("styles.xml", b" " * 60_000_000)
    with pytest.raises(ListFileRefusedError, match="unpacks to more than"):
        read_list(READER, path)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "eng-terrorismelijst.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(ListFileRefusedError):
        read_list(READER, path)


def test_the_workbook_is_recognised_among_all_lists(tmp_path: Path) -> None:
    reader, layout = recognise(LocalFile(write(tmp_path, ana())))
    assert (reader.list_id, layout) == ("nl-terrorism", LAYOUT)
    head = write(tmp_path, ana(), name="cameras.ods").read_bytes()
    assert READER.recognise(Sample("cameras.ods", head)) is None
    assert READER.recognise(Sample("terrorismelijst.ods", b"PK\x03\x04 something else")) is None


def test_the_list_binds_in_the_netherlands() -> None:
    card = load_card("nl-terrorism")
    assert card.effect.binds == ("nl",)
    assert card.effect.source in card.sources
    assert "No file of this list was at hand" in card.oddities[0]
