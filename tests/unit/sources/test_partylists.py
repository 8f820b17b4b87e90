"""Lists of parties to screen: many forms, one reading."""

import io
import json

import pytest
import xlsxwriter

from overzicht.errors import InputFileError
from overzicht.sources.partylists import PartyList, read_party_list


def workbook(rows: list[list[str]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


ROWS = [["Kenmerk", "Naam", "Soort", "Geboortedatum", "KvK"], ["7", "Janna Ösk", "persoon", "1970-02-01", ""],
        ["8", "Optica B.V.", "bedrijf", "", "12345678"]]  # fmt: skip
CSV = "\n".join(";".join(row) for row in ROWS)
JSONL = "\n".join(
    json.dumps(entry)
    for entry in (
        {"id": "7", "name": "Janna Ösk", "schema": "Person", "birth_date": "1970-02-01"},
        {"id": "8", "names": ["Optica B.V."], "schema": "Company", "registrationNumber": "12345678"},
    )
)


@pytest.mark.parametrize("data", [CSV.encode(), CSV.encode("utf-16"), workbook(ROWS), JSONL.encode()])
def test_every_form_gives_the_same_parties(data: bytes) -> None:
    read = read_party_list(data, "parties")
    person, company = read.queries
    assert (person.id, person.names, person.schema, person.birth_date) == (
        "7",
        ("Janna Ösk",),
        "Person",
        "1970-02-01",
    )
    assert (company.names, company.schema) == (("Optica B.V.",), "Company")
    assert company.identifiers == (("registrationNumber", "12345678"),)
    assert read.problems == ()


def test_a_plain_column_of_names_needs_no_header() -> None:
    read = read_party_list(b"Acme Optics\nHytera Communications Limited\n", "names.txt")
    assert [query.names for query in read.queries] == [("Acme Optics",), ("Hytera Communications Limited",)]


def test_a_row_without_a_name_is_told_and_the_others_are_read() -> None:
    read: PartyList = read_party_list(b"id,name\n1,Acme\n2,\n3,Beta\n", "x.csv")
    assert [query.id for query in read.queries] == ["1", "3"]
    assert [problem.place for problem in read.problems] == ["line 3"]


def test_a_broken_line_of_json_is_told_and_the_others_are_read() -> None:
    read = read_party_list(b'{"name": "Acme"}\n{"name": \n{"name": "Beta"}\n', "x.jsonl")
    assert [query.names for query in read.queries] == [("Acme",), ("Beta",)]
    assert "line 2" in read.problems[0].place


@pytest.mark.parametrize("data", [b"", b"   \n", b"id,name\n1,\n"])
def test_a_file_without_any_name_is_refused(data: bytes) -> None:
    with pytest.raises(InputFileError, match="name"):
        read_party_list(data, "x.csv")


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><a>B</a>", b"\xef\xbb\xbf\n<html>Optica</html>"])
def test_markup_is_refused(data: bytes) -> None:
    with pytest.raises(InputFileError, match="the file is XML or HTML"):
        read_party_list(data, "parties.csv")
