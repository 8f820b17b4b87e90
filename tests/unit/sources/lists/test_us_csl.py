"""The Consolidated Screening List: invented rows for each fault, and the whole official files."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.dates import DateBasis, Holds
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.registry import load_reader
from overzicht.sources.lists.us_csl import HEADER

READER = load_reader("us-csl")
EL = "Entity List (EL) - Bureau of Industry and Security"
CMIC = "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
DPL = "Denied Persons List (DPL) - Bureau of Industry and Security"


def line(**cells: str) -> str:
    given = {"_id": "x", "source": EL, "name": "Lens Works", "source_information_url": "https://example.org"}
    row = {**given, **cells}
    return ",".join('"' + row.get(column, "").replace('"', '""') + '"' for column in HEADER)


def write(folder: Path, *lines: str, tail: str = "\n") -> Path:
    path = folder / "consolidated.csv"
    path.write_text("\n".join([",".join(HEADER), *lines]) + tail, encoding="utf-8")
    return path


def test_a_row_becomes_a_record_with_its_listing(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        line(start_date="2019-10-09", federal_register_notice="84 FR 54002", license_policy="Denial",
             addresses="Road 1, Town, CN; Lane 2, City, RU", alt_names="LW; and Lens W."),
    )  # fmt: skip
    (record,), report = read_list(READER, path)
    assert report.problems == []
    assert report.complete
    assert record.names == ("Lens Works", "LW", "Lens W.")
    assert record.values("country") == ("cn", "ru")
    assert record.values("address") == ("Road 1, Town, CN", "Lane 2, City, RU")
    (listing,) = record.listings
    assert (listing.measure, listing.act, listing.reason) == (
        "Entity List",
        "84 FR 54002",
        "Denial",
    )
    assert listing.period.start is not None
    assert str(listing.period.start) == "2019-10-09"
    assert report.ignored == {"_id": 1, "source_information_url": 1}


@pytest.mark.parametrize(
    "ids",
    [
        "CN, 91330000733796106P, Unified Social Credit Code (USCC); 03 Jun 2021, Listing Date (CMIC)",
        "Unified Social Credit Code (USCC), 91330000733796106P, CN; Listing Date (CMIC), 2021-06-03",
    ],
)
def test_both_orders_of_ids_give_the_same(tmp_path: Path, ids: str) -> None:
    path = write(
        tmp_path, line(source=CMIC, entity_number="7", type="Entity", programs="CMIC-EO13959", ids=ids)
    )
    (record,), _ = read_list(READER, path)
    assert record.id == "us-csl-cmic-7"
    assert record.values("uscCode") == ("91330000733796106P",)
    start = record.listings[0].period.start
    assert start is not None
    assert (start.day, start.basis) == (date(2021, 6, 3), DateBasis.STATED)


def test_an_unknown_label_stays_a_note(tmp_path: Path) -> None:
    (record,), _ = read_list(READER, write(tmp_path, line(ids="Shoe Size, 44")))
    assert record.values("notes") == ("Shoe Size, 44",)


def test_a_person_is_named_in_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        line(source=SDN, entity_number="5", type="Individual", name="DOE, Jane",
             dates_of_birth="circa 1960; Feb 1961",
             nationalities="CN", ids="Gender, Female; Passport, G1, CN"),
    )  # fmt: skip
    (record,), _ = read_list(READER, path)
    assert record.schema == "Person"
    assert record.caption == "Jane DOE"
    assert record.values("birthDate") == ("1960", "1961-02")
    assert record.values("nationality") == ("cn",)
    assert record.values("gender") == ("female",)
    assert record.values("passportNumber") == ("G1",)
    assert record.listings[0].period.start is None


def test_the_record_id_does_not_follow_the_hash_of_the_file(tmp_path: Path) -> None:
    first, _ = read_list(READER, write(tmp_path, line(_id="aaa", start_date="2019-10-09")))
    later, _ = read_list(
        READER, write(tmp_path, line(_id="bbb", start_date="2019-10-09", name="LENS  WORKS."))
    )
    assert first[0].id == later[0].id


def test_two_rows_of_one_name_and_day_get_ids_of_their_own(tmp_path: Path) -> None:
    rows, report = read_list(READER, write(tmp_path, line(addresses="Here, CN"), line(addresses="There, RU")))
    assert report.problems == []
    assert_sound(rows, "us-csl")


def test_the_same_row_twice_is_a_problem(tmp_path: Path) -> None:
    rows, report = read_list(READER, write(tmp_path, line(), line()))
    assert len(rows) == 1
    assert "occurs twice" in report.problems[0].reason
    assert report.problems[0].place == "line 3"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"start_date": "2922-01-01"}, "the year 2922"),
        ({"start_date": "0017-05-26", "federal_register_notice": "85 FR 1"}, "the year 17"),
        ({"start_date": "2021-02-30"}, "2021-02-30"),
        ({"source": DPL, "start_date": "2020-01-01", "end_date": "2019-01-01"}, "is before the start"),
        ({"type": "Robot"}, "unsupported type 'Robot'"),
        ({"source": "Some other list"}, "not in the form"),
        ({"name": " "}, "the name column is empty"),
    ],
)
def test_a_fault_of_a_row_is_told_with_its_line(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    rows, report = read_list(READER, write(tmp_path, line(**cells), line(name="Other Works")))
    (problem,) = report.problems
    assert problem.place == "line 2"
    assert reason in problem.reason
    assert named(rows, "Other Works"), "the next row is read all the same"
    assert not report.complete


def test_a_century_lost_in_the_file_comes_from_the_notice(tmp_path: Path) -> None:
    (record,), report = read_list(
        READER, write(tmp_path, line(start_date="0097-06-30", federal_register_notice="62 FR 35334"))
    )
    start = record.listings[0].period.start
    assert report.problems == []
    assert start is not None
    assert (start.day, start.basis) == (date(1997, 6, 30), DateBasis.DERIVED)
    assert "62 FR" in start.rule


def test_the_header_again_and_an_end_cut_off_are_problems(tmp_path: Path) -> None:
    path = write(tmp_path, ",".join(HEADER), line(), '"y","Entity List (EL) - Bur', tail="")
    rows, report = read_list(READER, path)
    assert len(rows) == 1
    assert [problem.place for problem in report.problems] == ["line 2", "line 4"]
    assert "header line is repeated" in report.problems[0].reason
    assert not report.complete


def test_an_end_of_file_byte_in_the_middle_is_a_problem(tmp_path: Path) -> None:
    rows, report = read_list(READER, write(tmp_path, "\x1a", line()))
    assert rows == []
    assert "0x1A" in report.problems[0].reason


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_bytes() + line(name="Lenswerke Süd").encode("cp1252") + b"\n")
    with pytest.raises(ListFileRefusedError, match=r"consolidated\.csv.*0xfc is not utf-8"):
        read_list(READER, path)


@pytest.mark.parametrize(
    "head", [b"", b"a,b,c\n", ",".join(HEADER[:-1]).encode(), ",".join([*HEADER, "new"]).encode()]
)
def test_another_header_is_not_recognised(head: bytes) -> None:
    assert READER.recognise(Sample("consolidated.csv", head)) is None


@pytest.mark.shared
class TestOfficialFiles:
    def test_the_whole_file_of_2022(self, shared_data: Path) -> None:
        rows, report = read_list(READER, shared_data / "lists/us-csl/202204-consolidated.csv.gz")
        assert len(rows) == 14_160
        assert report.problems == []
        assert len({row.listings[0].measure for row in rows}) == 13
        assert_sound(rows, "us-csl")
        assert all(
            row.listings[0].period.start is None
            for row in rows
            if row.listings[0].measure == "Unverified List"
        )
        hikvision = named(rows, "Hikvision") + named(rows, "HIKVISION")
        assert {row.listings[0].measure: row.values("uscCode") for row in hikvision} == {
            "Entity List": (),
            "Non-SDN Chinese Military-Industrial Complex Companies List": ("91330000733796106P",),
        }
        (dahua,) = named(rows, "DAHUA ELECTRONICS CORPORATION")
        assert dahua.listings[0].measure == "Denied Persons List"
        period = dahua.listings[0].period
        assert (period.holds_on(date(2025, 11, 18)), period.holds_on(date(2025, 11, 19))) == (
            Holds.YES,
            Holds.NO,
        )
        zte = [row for row in rows if any("zte" in name.lower().split() for name in row.names)]
        assert [row.caption for row in zte if row.listings[0].measure == "Entity List"] == ["ZTE Parsian"]

    def test_the_truncated_file_gives_its_whole_rows_and_two_problems(self, shared_data: Path) -> None:
        rows, report = read_list(READER, shared_data / "lists/us-csl/202311-consolidated.TRUNCATED.csv")
        assert len(rows) == 4_226
        assert [problem.place for problem in report.problems] == ["line 2", "line 4233"]
        assert not report.complete
        assert_sound(rows, "us-csl")

    def test_the_sample_of_2025(self, shared_data: Path) -> None:
        rows, report = read_list(READER, shared_data / "lists/us-csl/202506-consolidated.sample.csv")
        assert len(rows) == 12
        (problem,) = report.problems
        assert "no line end" in problem.reason, "the last row of the sample was cut out of a longer file"
        assert_sound(rows, "us-csl")

    def test_ids_are_stable_over_the_years(self, shared_data: Path) -> None:
        old, _ = read_list(READER, shared_data / "lists/us-csl/202204-consolidated.csv.gz")
        new, _ = read_list(READER, shared_data / "lists/us-csl/202311-consolidated.TRUNCATED.csv")
        known = {row.id for row in old}
        assert sum(row.id in known for row in new) / len(new) > 0.9
