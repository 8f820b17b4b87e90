"""Files of surveys of others: each row is read for itself, and each unreadable cell is named."""

from pathlib import Path

import pytest
import xlsxwriter

from overzicht.errors import InputFileError
from overzicht.subjects.census.survey_files import RowState, SurveyFile, read_survey, survey_day

DUTCH = (
    "Onderzoek;Vraag nr;Wie vroeg het;Datum;Doelgroep;Totaal;Aangeschreven;Respons;Vraag;Aantal met;%;Bron\n"
    "Camera's;1;Omroep;12 maart 2024;nl gemeenten;25;allemaal;ongeveer 20;heeft privé-camera's;minstens 8;;\n"
    "Camera's;2;Omroep;maart 2024;nl gemeenten;25;25;20 van de 25;heeft beleid;geen;;x\n"
    "Camera's;3;Omroep;2024;nl gemeenten;?;25;80 %;heeft register;5;25 %;x\n"
    "Camera's;4;Omroep;2024;nl gemeenten;25;25;veel;heeft iets;enkele;;x\n"
    ";;;;;;;;;;;\n"
    "Vier vragen;;;;;;;;;;;\n"
)


def read(folder: Path, text: str, encoding: str = "utf-8") -> SurveyFile:
    path = folder / "peiling.csv"
    path.write_bytes(text.encode(encoding))
    return read_survey(path)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_dutch_file_with_semicolons_is_read_row_by_row(tmp_path: Path, encoding: str) -> None:
    file = read(tmp_path, DUTCH, encoding)
    assert [entry.state.value for entry in file.entries] == ["whole", "whole", "whole", "in part"]
    assert (file.notes, file.unused) == (1, ())
    first, second, third, fourth = file.rows
    assert (first.roll_size, first.requested, first.day) == (25, 25, "2024-03-12")
    assert (first.answered_least, first.answered_most, first.with_least, first.with_most) == (15, 25, 8, None)
    assert (second.answered_numbers, second.having_numbers, second.day) == ((20,), (0,), "2024-03")
    assert (second.answered_as_said, first.question) == ("20 van de 25", "heeft privé-camera's")
    assert (third.roll_size, third.requested, third.answered_numbers) == (None, 25, (20,))
    assert fourth.answered_numbers == fourth.having_numbers == ()
    places = [(problem.place, str(problem.reason)) for problem in file.entries[3].problems]
    assert places == [
        ("line 5, Respons", "“veel” is not a number that can be read"),
        ("line 5, Aantal met", "“enkele” is not a number that can be read"),
    ]
    assert all(str(problem.fix).startswith("write digits") for problem in file.entries[3].problems)


def test_one_cell_spoils_no_other_row_and_a_row_without_a_number_is_unread(tmp_path: Path) -> None:
    header = "survey,number,date,roll_size,asked,answered_least,answered_most,question,with_least,with_most\n"
    rows = ("s,1,2022,47,all,39,39,q,24,\n", "s,2,2022,x,,y,,q,z,\n", "s,3,32-13-2022,47,47,39,39,q,12,10\n")
    file = read(tmp_path, header + "".join(rows))
    assert [entry.state for entry in file.entries] == [RowState.WHOLE, RowState.UNREAD, RowState.PART]
    assert [row.number for row in file.rows] == [1, 3]
    assert (file.rows[0].requested, file.rows[0].with_most) == (47, None)
    assert file.rows[1].having_numbers == (10, 12)
    assert [str(problem.reason) for problem in file.entries[2].problems] == [
        "“32-13-2022” is not a date that can be read", "the number is 12 to 10",
    ]  # fmt: skip


def test_names_and_numbers_that_a_file_leaves_out_are_given(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "asked by,year,question,sample,responses,yes\n"
        "A Charity,2021,q1,40,38,20\nA Charity,2021,q2,40,38,9\n",
    )
    assert [(row.survey, row.number) for row in file.rows] == [("a-charity 2021", 1), ("a-charity 2021", 2)]
    bare = read(tmp_path, "question,number,answered,with\nq1,1,40,20\nq2,1,40,21\n")
    assert [(row.survey, row.number) for row in bare.rows] == [("peiling", 1), ("peiling", 2)]
    assert "is in the file twice" in str(bare.entries[1].problems[0].reason)


def test_the_sheets_of_a_workbook_are_read_below_their_titles(tmp_path: Path) -> None:
    path = tmp_path / "peiling.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Peiling")
        sheet.write_row(0, 0, ["Peiling 2025"])
        sheet.write_row(2, 0, ["Nr", "Totaal", "Antwoorden", "Vraag", "Ja", "%", "Overig"])
        sheet.write_row(3, 0, [1, 21, 18, "heeft camera's", 15, 0.83, "x"])
        book.add_worksheet("Leeg")
    file = read_survey(path)
    assert (file.rows[0].having_numbers, file.rows[0].published_rate, file.unused) == (
        (15,),
        "0.83",
        ("Overig",),
    )
    assert file.entries[0].place == "sheet 'Peiling', row 4"


@pytest.mark.parametrize("content", ["", "name,age\nx,1\n", "survey,number,date\ns,1,2022\n"])
def test_a_file_without_surveys_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputFileError, match="no table of surveys"):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2022-02-08", "2022-02-08"), ("2023-02 (later)", "2023-02"), ("2022", "2022"),
        ("08-02-2022", "2022-02-08"), ("8 februari 2022", "2022-02-08"), ("February 2022", "2022-02"),
        ("voorjaar 2022", "2022"), ("Q3 2022", "2022"),
        ("", ""), ("?", ""), ("volgt", ""), ("2022-13-01", None), ("2021 en 2022", None), ("ooit", None),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(cell: str, day: str | None) -> None:
    assert survey_day(cell) == day
