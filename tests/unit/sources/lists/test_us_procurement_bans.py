"""The American procurement bans: prose, invented tables, faults, and the whole transcriptions."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.dates import DateBasis
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.interface import Layout
from overzicht.sources.lists.registry import load_reader
from overzicht.sources.lists.us_procurement_bans import CLASS_ROWS, FCC, SECTION, days_in, names_in

READER = load_reader("us-procurement-bans")
PROGRAM = "Section 77 of the Invented Act"


def section(name: str, **cells: str) -> str:
    row = {"schema": "Company", "name": name, "program": PROGRAM, "authority": "Congress",
           "source_url": "https://example.org/act.pdf", **cells}  # fmt: skip
    return ",".join(f'"{row.get(column, "")}"' for column in SECTION)


def write(folder: Path, header: tuple[str, ...], *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join([",".join(header), *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("prose", "names"),
    [
        (
            "Cameras produced by Lens Works Company, including services by such entity.",
            ("Lens Works Company",),
        ),
        ("Radios produced by Wave Corporation, to the extent it is used for safety.", ("Wave Corporation",)),
        (
            "Software supplied, directly or indirectly, by AO Guard Lab or any of its affiliates.",
            ("AO Guard Lab",),
        ),
        ("Software produced or provided by Guard Lab, Inc. or any of its successors.", ("Guard Lab, Inc.",)),
        ("Services provided by Sea Telecom USA Inc. subject to section 214.", ("Sea Telecom USA Inc.",)),
        (
            "Services provided by Sea Networks Corp and its wholly-owned subsidiary SeaNet LLC subject to.",
            ("Sea Networks Corp", "SeaNet LLC"),
        ),
        ("Services provided by Sea Technology Inc., subject to section 214.", ("Sea Technology Inc.",)),
        ("Routers produced in a foreign country, except those approved by DoW.", ()),
        ("All equipment and services listed in Section 1.", ()),
    ],
)
def test_names_follow_from_grammar(prose: str, names: tuple[str, ...]) -> None:
    assert names_in(prose) == names


def test_glued_days_are_parted() -> None:
    assert days_in("March 12, 2021") == (date(2021, 3, 12), ())
    glued = "December 22, 2025Updated:January 7, 2026Updated:July 21, 2026"
    assert days_in(glued) == (date(2025, 12, 22), (date(2026, 1, 7), date(2026, 7, 21)))


@pytest.mark.parametrize(
    "text", ["", "March 2021", "March 12, 2922", "March 12, 2021 or so", "Updated:May 1, 2021"]
)
def test_other_days_are_an_error(text: str) -> None:
    with pytest.raises(UnreadableDateError):
        days_in(text)


def test_a_row_on_a_class_of_equipment_names_nobody_and_is_counted(tmp_path: Path) -> None:
    path = write(tmp_path, FCC, '"Cameras produced by Lens Works, including all.","March 12, 2021"',
                 '"Routers produced in a foreign country.","March 23, 2026"')  # fmt: skip
    (record,), report = read_list(READER, path)
    assert record.caption == "Lens Works"
    assert report.ignored == {CLASS_ROWS: 1}
    assert report.remarks == ["line 3: covers a class of equipment, names nobody (2026-03-23)"]
    assert (report.problems, report.official) == ([], False)


def test_reports_by_year_give_upper_bounds(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        SECTION,
        section("Old School", **{"report-date": "2022"}),
        section("Old School", **{"report-date": "2023"}),
        section("New School", **{"report-date": "2024"}),
        section("New School ", **{"report-date": "2023", "aliases": "NS; N. School"}),
    )
    (old, new), report = read_list(READER, path)
    assert report.problems == []
    assert "Named in the reports on 2022, 2023" in old.values("notes")
    period = old.listings[0].period
    assert period.start is not None
    assert period.end is not None
    assert (period.start.day, period.start.basis) == (date(2023, 12, 31), DateBasis.NOT_LATER_THAN)
    assert (period.end.day, period.end.basis) == (date(2025, 12, 31), DateBasis.NOT_LATER_THAN)
    assert new.names == ("New School", "NS", "N. School")
    assert new.listings[0].period.end is None
    assert new.listings[0].measure == "Section 77"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (section("Lens Works"), "'Lens Works' occurs twice"),
        (section("Mill", **{"start-date": "October 1, 2922"}), "the year 2922"),
        (section("Mill", **{"report-date": "soon"}), "cannot read 'soon'"),
        (section("Mill", schema="Robot"), "unsupported type 'Robot'"),
        (section(""), "the name column is empty"),
        ("a,b", "2 cells, 13 are expected"),
        ('"cut', "not a whole table"),
        ("\x1a\n" + section("Mill"), "0x1A"),
    ],
)
def test_faults_are_told_with_the_line(tmp_path: Path, row: str, reason: str) -> None:
    rows, report = read_list(READER, write(tmp_path, SECTION, section("Lens Works"), row))
    assert reason in report.problems[0].reason
    assert report.problems[0].place.startswith("line ")
    assert named(rows, "Lens Works")


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, SECTION, section("Lens Works"))
    path.write_bytes(path.read_bytes() + section("Süd").encode("cp1252"))
    with pytest.raises(ListFileRefusedError, match="not utf-8"):
        read_list(READER, path)


def test_recognises_the_part_by_the_act() -> None:
    head = (",".join(SECTION) + "\n" + section("Lens Works")).encode()
    assert READER.recognise(Sample("any.csv", head)) == Layout("csv-section", "section-77")
    assert READER.recognise(Sample("any.csv", ",".join(SECTION).encode())) is None
    assert READER.recognise(Sample("any.csv", b"name,aliases\nA,B\n")) is None


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "part", "records", "rows"),
    [
        ("fcc_covered_list", "fcc-covered-list", 13, 16),
        ("section_889", "section-889", 5, 5),
        ("section_5949", "section-5949", 3, 3),
        ("section_154", "section-154", 6, 6),
        ("section_1286", "section-1286", 190, 443),
        ("bis_mieu", "bis-mieu", 13, 13),
    ],
)
def test_the_whole_transcriptions(shared_data: Path, name: str, part: str, records: int, rows: int) -> None:
    path = shared_data / f"lists/us-procurement-bans/{name}.csv"
    layout = READER.recognise(Sample(path.name, path.read_bytes()[:65_536]))
    assert layout is not None
    assert layout.part == part
    found, report = read_list(READER, path)
    assert (len(found), report.problems) == (records, [])
    assert_sound(found, "us-procurement-bans")
    if part == "fcc-covered-list":
        naming = {record.place for record in found}
        assert len(naming) + report.ignored[CLASS_ROWS] == rows
        (hytera,) = named(found, "Hytera Communications Corporation")
        assert str(hytera.listings[0].period.start) == "2021-03-12"
    if part == "section-154":
        assert {str(record.listings[0].period.start) for record in found} == {"2027-10-01"}
