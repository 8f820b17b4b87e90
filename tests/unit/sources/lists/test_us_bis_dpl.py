"""The Denied Persons List: invented rows, damaged files, and the whole official file."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.dates import Holds
from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.registry import load_card, load_reader
from overzicht.sources.lists.us_bis_dpl import HEADER, LAYOUT

READER = load_reader("us-bis-dpl")


def row(name: str = "LENS  TRADERS, INC.", city: str = "FLUSHING", country: str = "US", *,
        start: str = "09/28/2017", end: str = "11/19/2025", standard: str = "Y",
        changed: str = "2017-10-10", notice: str = "82 F.R. 46480 10/5/2017") -> str:  # fmt: skip
    cells = (name, "1 ROAD", city, "NY", country, "11355", start, end, standard, changed, "NEW", notice)
    return "\t".join(f'"{cell}"' for cell in cells) + "\n"


HEAD = "\t".join(f'"{name}"' for name in HEADER) + "\n"


def read(folder: Path, text: str) -> tuple[list[Record], ReadReport]:
    (folder / "dpl.txt").write_text(HEAD + text, encoding="utf-8")
    found: tuple[list[Record], ReadReport] = read_list(READER, folder / "dpl.txt")
    return found


def test_rows_of_one_order_are_one_record(tmp_path: Path) -> None:
    (record,), report = read(tmp_path, row() + row(city="DUBAI", country="AE", notice="83 F.R. 1 1/1/2018"))
    assert report.problems == []
    assert record.names == ("LENS TRADERS, INC.",)
    assert record.values("country") == ("us", "ae")
    assert record.values("address") == (
        "1 ROAD, FLUSHING, NY 11355, US",
        "1 ROAD, DUBAI, NY 11355, AE",
    )
    assert record.values("notes") == ("Federal Register: 83 F.R. 1 1/1/2018",)
    assert record.place == "line 2 to line 3"
    assert report.ignored == {"Action": 2}
    assert report.newest == date(2017, 10, 10)
    (listing,) = record.listings
    assert (listing.measure, listing.act) == ("Denied Persons List", "82 F.R. 46480 10/5/2017")


def test_an_order_holds_until_the_day_it_expires(tmp_path: Path) -> None:
    (record,), _ = read(tmp_path, row())
    period = record.listings[0].period
    assert period.holds_on(date(2017, 9, 27)) is Holds.NO
    assert period.holds_on(date(2017, 9, 28)) is Holds.YES
    assert period.holds_on(date(2025, 11, 18)) is Holds.YES
    assert period.holds_on(date(2025, 11, 19)) is Holds.NO


def test_an_order_without_an_end_has_none(tmp_path: Path) -> None:
    (record,), _ = read(tmp_path, row(end="", standard="N"))
    assert record.listings[0].period.end is None
    assert record.values("notes") == ("Not a standard order: the notice has its terms",)


def test_an_impossible_year_is_noted_as_printed_and_told(tmp_path: Path) -> None:
    records, report = read(tmp_path, row(end="11/19/3025") + row("OTHER", changed="2922-09-01"))
    assert report.problems == []
    assert [record.values("notes") for record in records] == [
        ("Expiration date as printed: 11/19/3025",),
        ("Last update as printed: 2922-09-01",),
    ]
    assert records[0].listings[0].period.end is None
    assert report.remarks[-1] == (
        "2 impossible days are kept as printed: line 2, expiration date 11/19/3025; "
        "line 3, last update 2922-09-01."
    )
    assert report.newest == date(2017, 10, 10)


def test_two_orders_of_one_party_from_one_day_stay_apart(tmp_path: Path) -> None:
    records, report = read(tmp_path, row() + row(end=""))
    assert report.problems == []
    assert len({record.id for record in records}) == 2


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (row("BAD", start="09/28/2922"), "the year 2922"),
        (row("BAD", start=""), "not a date"),
        (row("BAD", end="soon"), "soon"),
        (row("BAD", end="09/27/2017"), "before it starts"),
        (row("BAD", standard="X"), "'X', not Y or N"),
        (row(""), "the name column is empty"),
        ('"BAD"\t"short"\n', "2 cells, 12 are expected"),
        (HEAD, "the header line is repeated"),
    ],
)
def test_a_bad_row_is_a_problem_and_reading_goes_on(tmp_path: Path, broken: str, reason: str) -> None:
    records, report = read(tmp_path, row() + broken + row("OTHER"))
    assert [record.caption for record in records] == ["LENS TRADERS, INC.", "OTHER"]
    assert len(report.problems) == 1
    assert report.problems[0].place == "line 3"
    assert reason in report.problems[0].reason
    assert not report.complete


def test_an_order_that_comes_back_later_in_the_file_is_a_problem(tmp_path: Path) -> None:
    records, report = read(tmp_path, row() + row("OTHER") + row() + row("THIRD") + row())
    assert len(records) == 4, "the second run carries its end; a third would be the same record"
    assert "occur earlier in the file" in report.problems[0].reason


class TestDamagedFiles:
    def test_cut_off(self, tmp_path: Path) -> None:
        records, report = read(tmp_path, row() + row("OTHER")[:-30])
        assert [record.caption for record in records] == ["LENS TRADERS, INC."]
        assert report.problems
        assert not report.complete

    def test_another_encoding(self, tmp_path: Path) -> None:
        path = tmp_path / "dpl.txt"
        path.write_bytes(HEAD.encode() + row("ANDR\xc9").encode("latin-1"))
        with pytest.raises(ListFileRefusedError, match=r"dpl\.txt, after line \d: byte 0xc9 is not utf-8"):
            read_list(READER, path)

    def test_other_tables_are_not_recognised(self) -> None:
        assert READER.recognise(Sample("dpl.txt", HEAD.encode())) == LAYOUT
        assert READER.recognise(Sample("dpl.txt", HEAD.replace("City", "Town").encode())) is None
        assert READER.recognise(Sample("dpl.txt", HEAD.replace("\t", ",").encode())) is None
        assert READER.recognise(Sample("dpl.txt", b"")) is None


@pytest.mark.shared
def test_the_whole_official_file(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "lists/us-bis-dpl/202209-dpl.txt")
    assert report.problems == []
    assert report.newest == date(2022, 9, 2)
    assert report.remarks[0] == "581 rows make 461 records."
    assert report.remarks[-1].startswith(
        "3 impossible days are kept as printed: line 35, last update 0222-05-18"
    )
    assert_sound(rows, "us-bis-dpl")
    expected = load_card("us-bis-dpl").expect[0].records
    assert expected.min <= len(rows) <= expected.max


@pytest.mark.shared
def test_the_order_against_a_new_york_company_has_ended(shared_data: Path) -> None:
    rows, _ = read_list(READER, shared_data / "lists/us-bis-dpl/202209-dpl.txt")
    (found,) = named(rows, "DAHUA ELECTRONICS CORPORATION")
    period = found.listings[0].period
    assert period.holds_on(date(2022, 9, 2)) is Holds.YES
    assert period.holds_on(date(2025, 11, 19)) is Holds.NO
    assert not any("TECHNOLOGY" in name and "DAHUA" in name for row in rows for name in row.names)
