"""The 1260H list: invented versions, their faults, and the whole transcription."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.dates import DateBasis, Holds
from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.registry import load_reader
from overzicht.sources.lists.us_1260h import HEADER

READER = load_reader("us-1260h")


def line(
    name: str, start: str, *, parent: str = "", end: str = "", printed: str = "", alias: str = "",
    previous: str = "",
) -> str:  # fmt: skip
    cells = (printed or name, name, alias, previous, parent, "", start, end, "")
    return ",".join(f'"{cell}"' for cell in cells)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "versions.csv"
    path.write_text("\n".join([",".join(HEADER), *lines]) + "\n", encoding="utf-8")
    return path


VERSIONS = (
    line("Lens Works", "2021-06-03", parent="Great Group", printed="Lens Works (LW)*", alias="LW"),
    line("Old Mill", "2021-06-03"),
    line("Late Added", "2022-10-05"),
    line("Lens Works,", "2025-01-07", parent="Great Group"),
    line("Late Added", "2025-01-07", end="2026-02-17"),
    line("LENS WORKS", "2026-06-08"),
    line("Late Added", "2026-06-08"),
)


def periods(record: Record) -> list[tuple[str, str]]:
    return [(str(x.period.start), str(x.period.end)) for x in record.listings]


def test_versions_tell_since_when_and_until_when(tmp_path: Path) -> None:
    rows, report = read_list(READER, write(tmp_path, *VERSIONS))
    assert report.problems == []
    assert (report.newest, report.official) == (date(2026, 6, 8), False)
    assert report.remarks == [
        "versions that state the whole list: 2021-06-03, 2025-01-07, 2026-06-08; the others only add"
    ]
    assert_sound(rows, "us-1260h")
    (lens,) = named(rows, "LENS WORKS")
    assert periods(lens) == [("2021-06-03", "None")], "a version that only adds ends nothing"
    assert lens.names == ("LENS WORKS", "Lens Works,", "Lens Works", "LW")
    assert [s.original for s in lens.statements if s.value == "Lens Works"] == ["Lens Works (LW)*"]
    (mill,) = named(rows, "Old Mill")
    assert periods(mill) == [("2021-06-03", "2025-01-07 (derived)")]
    (late,) = named(rows, "Late Added")
    assert periods(late) == [("2022-10-05", "2026-02-17"), ("2026-06-08", "None")]
    assert late.listings[0].period.holds_on(date(2026, 3, 1)) is Holds.NO


def test_the_parent_stands_per_version_and_its_absence_is_told(tmp_path: Path) -> None:
    rows, _ = read_list(READER, write(tmp_path, *VERSIONS))
    (parent,) = named(rows, "Great Group")
    assert parent.listings == ()
    first, second = [row for row in rows if row.schema == "Ownership"]
    assert first.first("owner") == parent.id
    assert first.values("percentage") == ()
    (owner,) = [s for s in second.statements if s.prop == "owner"]
    assert owner.period.start is not None
    assert owner.period.end is not None
    assert (owner.period.start.day, owner.period.end.day) == (date(2025, 1, 7), date(2026, 6, 8))
    assert owner.period.end.basis is DateBasis.DERIVED
    assert owner.period.end.rule == "the version of 2026-06-08 names no parent"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (line("Lens Works", "2922-06-03"), "the year 2922"),
        (line("Lens Works", ""), "cannot read ''"),
        (line("Lens Works", "2021-06-03", end="2020-01-01"), "is before the start"),
        (line("", "2021-06-03"), "the name column is empty"),
        (line("Good Firm", "2021-06-03"), "occurs twice in the version of 2021-06-03"),
        ("one,two", "2 cells, 9 are expected"),
        ('"cut off', "not a whole table"),
        ("\x1a\n" + line("After", "2021-06-03"), "0x1A"),
    ],
)
def test_faults_are_told_with_the_line(tmp_path: Path, row: str, reason: str) -> None:
    rows, report = read_list(READER, write(tmp_path, line("Good Firm", "2021-06-03"), row))
    assert reason in report.problems[0].reason
    assert report.problems[0].place.startswith("line ")
    assert named(rows, "Good Firm")
    assert not report.complete


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_bytes(path.read_bytes() + line("Süd", "2021-06-03").encode("cp1252"))
    with pytest.raises(ListFileRefusedError, match="not utf-8"):
        read_list(READER, path)


def test_another_header_is_not_recognised() -> None:
    assert READER.recognise(Sample("sanctions.csv", b"Name,Clean Name\n")) is None
    assert READER.recognise(Sample("sanctions.csv", b"")) is None


@pytest.mark.shared
def test_the_whole_transcription(shared_data: Path) -> None:
    path = shared_data / "lists/us-1260h/sanctions.csv"
    rows, report = read_list(READER, path)
    assert report.problems == []
    assert_sound(rows, "us-1260h")
    assert report.remarks[0].startswith(
        "versions that state the whole list: 2021-06-03, 2025-01-07, 2026-06-08;"
    )
    listed = [row for row in rows if row.listings]
    on_day = [x for row in listed for x in row.listings if x.period.holds_on(date(2026, 6, 8)) is Holds.YES]
    assert len(on_day) == 188, "as many as rows of the newest version"
    on_day = [x for row in listed for x in row.listings if x.period.holds_on(date(2025, 1, 7)) is Holds.YES]
    assert len(on_day) == 133, "as many as rows of the version of 2025"
    (hikvision,) = named(rows, "Hangzhou Hikvision Digital Technology Co., Ltd.")
    assert [str(x.period.start) for x in hikvision.listings] == ["2021-06-03"]
    (cetc,) = named(rows, "China Electronics Technology Group Corporation")
    owned = [row for row in rows if row.first("asset") == hikvision.id]
    assert [row.first("owner") for row in owned] == [cetc.id, cetc.id]
    assert [row.first("startDate") for row in owned] == ["2021-06-03", "2025-01-07"]
    (owner,) = [s for s in owned[-1].statements if s.prop == "owner"]
    assert str(owner.period.end) == "2026-06-08 (derived)"
    (megvii,) = named(rows, "Megvii")
    assert [str(x.period.end) for x in megvii.listings] == ["2025-01-07"]


RENAMED = {
    "the same short name": (
        line("Lens Old", "2022-10-05", alias="LW"),
        line("Lens New", "2026-06-08", alias="LW"),
    ),
    "the earlier name given": (
        line("Lens Old", "2022-10-05"),
        line("Lens New", "2026-06-08", previous="Lens Old"),
    ),
    "a short name in brackets": (line("Lens New (LW)", "2022-10-05"), line("Lens New", "2026-06-08")),
}


@pytest.mark.parametrize("case", RENAMED)
def test_a_rename_is_no_new_listing(case: str, tmp_path: Path) -> None:
    old, new = RENAMED[case]
    stays = [line("Stays", "2022-10-05"), line("Stays", "2026-06-08")]
    rows, report = read_list(READER, write(tmp_path, old, stays[0], new, stays[1]))
    assert report.problems == []
    (lens,) = named(rows, "Lens New")
    assert periods(lens) == [("2022-10-05", "None")]
    assert lens.id == read_list(READER, write(tmp_path, old, stays[0]))[0][0].id, (
        "the first name makes the id"
    )
    assert len([row for row in rows if row.schema == "Company"]) == 2


def test_a_removal_before_a_rename_leaves_two_periods(tmp_path: Path) -> None:
    stays = [line("Stays", day) for day in ("2022-10-05", "2025-01-07", "2026-06-08")]
    old, new = line("Lens Old", "2022-10-05"), line("Lens New", "2026-06-08", previous="Lens Old")
    rows, _ = read_list(READER, write(tmp_path, old, *stays, new))
    (lens,) = named(rows, "Lens New")
    assert periods(lens) == [("2022-10-05", "2025-01-07 (derived)"), ("2026-06-08", "None")]
    ended = line("Lens Old", "2022-10-05", end="2026-02-17")
    rows, _ = read_list(READER, write(tmp_path, ended, stays[0], stays[2], new))
    assert periods(named(rows, "Lens New")[0]) == [("2022-10-05", "2026-02-17"), ("2026-06-08", "None")]


@pytest.mark.parametrize(
    "others",
    [
        (line("Lens New", "2026-06-08", alias="LW"), line("Lens Two", "2026-06-08", alias="LW")),
        (line("Lens New", "2026-06-08", alias="XY"),),
        (line("Lens Old", "2026-06-08"), line("Lens New", "2026-06-08", alias="LW")),
    ],
    ids=["two could be it", "another short name", "the old name goes on"],
)
def test_names_that_may_be_two_parties_stay_apart(others: tuple[str, ...], tmp_path: Path) -> None:
    first = (line("Lens Old", "2022-10-05", alias="LW"), line("Stays", "2022-10-05"))
    rows, _ = read_list(READER, write(tmp_path, *first, *others, line("Stays", "2026-06-08")))
    (new,) = named(rows, "Lens New")
    assert periods(new) == [("2026-06-08", "None")]
    assert len(named(rows, "Lens Old")) == 1


def test_a_parent_that_was_renamed_is_one_owner(tmp_path: Path) -> None:
    rows, _ = read_list(
        READER,
        write(
            tmp_path,
            line("Great Old", "2022-10-05", alias="GO"), line("Lens", "2022-10-05", parent="Great Old"),
            line("Great New", "2026-06-08", alias="GO"), line("Lens", "2026-06-08", parent="Great New"),
        ),
    )  # fmt: skip
    owners = {row.first("owner") for row in rows if row.schema == "Ownership"}
    assert owners == {named(rows, "Great New")[0].id}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Shenzhen DJI Technology Co., Ltd.", [("2022-10-05", "None")]),
        ("CETC Digital Technology Co., Ltd.", [("2025-01-07", "None")]),
        ("Dawning Information Industry Co., Ltd. (Sugon)", [("2022-10-05", "None")]),
        ("Hesai Group", [("2024-01-31", "2025-01-07 (derived)"), ("2026-06-08", "None")]),
        ("ChangXin Memory Technologies, Inc.", [("2025-01-07", "2026-02-17"), ("2026-06-08", "None")]),
        ("Costar Group Co., Ltd.", [("2021-06-03", "2026-02-17")]),
    ],
)
def test_renames_and_removals_in_the_transcription(
    name: str, expected: list[tuple[str, str]], shared_data: Path
) -> None:
    rows, report = read_list(READER, shared_data / "lists/us-1260h/sanctions.csv")
    assert report.problems == []
    (company,) = [row for row in rows if row.caption == name]
    assert periods(company) == expected
