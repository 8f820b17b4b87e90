"""Consolidated acts in three forms: the same cards, and the changes of a version. The texts are invented."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from overzicht.errors import OverzichtError
from overzicht.law.consolidated import ChangeKind, changes_between
from overzicht.sources.acts.consolidated_act import act_number, read_act

FOLDER = Path(__file__).parents[3] / "fixtures" / "acts"


@pytest.mark.parametrize("form", ["html", "xml"])
def test_both_forms_of_a_version_give_the_same_act(form: str) -> None:
    act = read_act(FOLDER / f"invented-2023.{form}")
    assert (act.act, act.celex, act.consolidated) == ("2020/9901", "02020R9901", date(2023, 1, 1))
    assert (act.title, act.articles) == ("COUNCIL REGULATION (EU) 2020/9901", 2)
    assert [(annex.number, annex.articles, len(annex.entries)) for annex in act.annexes] == [
        ("I", ("2a(1)", "2b"), 4), ("II", ("2a",), 1), ("III", ("3",), 4),
    ]  # fmt: skip
    assert act == read_act(FOLDER / "invented-2023.html")


@pytest.mark.parametrize("form", ["html", "xml"])
def test_labels_outside_their_paragraphs_are_read(form: str) -> None:
    act = read_act(FOLDER / f"grid-2026.{form}")
    assert act.title == "REGULATION (EU) 2020/9902 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL"
    texts = {annex.number: {entry.code: entry.text for entry in annex.entries} for annex in act.annexes}
    assert texts == {
        "I": {"X.A.IV.003": "Cameras, as follows."},
        "II": {"indent 1": "theft of cameras,", "indent 2": "damage to cameras."},
        "III": {
            "1": "Wells;", "2": "Cameras that:",
            "2(a)": "see in the dark. This shall not include cameras with a lamp;",
            "2(b)": "move:", "2(b)(i)": "by hand; or", "2(b)(ii)": "by a motor.",
        },
    }  # fmt: skip


def test_a_numeral_that_follows_a_letter_is_a_letter(tmp_path: Path) -> None:
    letters = "".join(f" ({letter}) goods\n\n" for letter in ("g", "h", "i", "ii", "j"))
    path = tmp_path / "act.txt"
    path.write_text(f"02020R9901 — EN — 04.06.2022 — 1\n\nANNEX I\n\nGoods\n\n{letters}", encoding="utf-8")
    (annex,) = read_act(path).annexes
    assert [entry.code for entry in annex.entries] == ["(g)", "(h)", "(i)", "(i)(ii)", "(j)"]


def test_a_text_gives_entries_with_their_lines_joined_and_pages_left_out() -> None:
    act = read_act(FOLDER / "invented-2022.txt")
    annex = act.annex("I")
    assert annex is not None
    assert [(entry.code, entry.is_part) for entry in annex.entries] == [
        ("852550", False), ("84715000", True), ("847160", True), ("8411", True),
    ]  # fmt: skip
    assert annex.entries[0].text == "Transmission apparatus for cameras, without a lens"
    points = act.annex("III")
    assert points is not None
    assert [entry.code for entry in points.entries] == ["1", "1(a)", "1(b)", "2"]
    assert act.annex("IX") is None


def test_a_new_version_adds_removes_and_rewords() -> None:
    old, new = read_act(FOLDER / "invented-2022.txt"), read_act(FOLDER / "invented-2023.xml")
    assert [(change.annex, change.kind, change.code) for change in changes_between(old, new)] == [
        ("I", ChangeKind.REWORDED, "852550"),
        ("I", ChangeKind.REMOVED, "8411"),
        ("I", ChangeKind.ADDED, "852589"),
    ]
    assert changes_between(new, new) == ()


@pytest.mark.parametrize(
    ("celex", "number"),
    [("02014R0833", "833/2014"), ("02024R1689", "2024/1689"), ("02006R0765", "765/2006")],
)
def test_an_act_is_cited_as_in_its_year(celex: str, number: str) -> None:
    assert act_number(celex) == number


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("ANNEX I\n\n 8525 50   Cameras\n", "does not state the number"),
        ("02020R9901 — EN — 04.06.2022 — 1\n\nArticle 1\n", "has no annex"),
        ("02020R9901 — EN — 44.06.2022 — 1\n\nANNEX I\n", "is not a date"),
        ('<?xml version="1.0"?><A><P>02020R9901-20230101</P>', "could not be read"),
        ('<?xml version="1.0"?><!DOCTYPE A [<!ENTITY x SYSTEM "file:///etc/passwd">]><A><P>&x;</P></A>',
         "does not state the number"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "act"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OverzichtError, match=message):
        read_act(path)


def test_every_code_of_the_russia_annexes_of_june_2022_is_found(shared_data: Path) -> None:
    act = read_act(shared_data / "exportcontrol" / "reg-833-2014-consolidated-2022-06-04.full.txt")
    assert (act.act, act.consolidated, len(act.annexes)) == ("833/2014", date(2022, 6, 4), 25)
    expected: dict[str, set[str]] = defaultdict(set)
    with (shared_data / "law" / "russia-833-annexes-2022-06-04.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            expected[row["annex"]].add(row["code"].replace(" ", "").removeprefix("ex"))
    codes = {annex.number: {entry.code for entry in annex.entries} for annex in act.annexes}
    assert {number: sorted(wanted - codes[number]) for number, wanted in expected.items()} == {
        number: [] for number in expected
    }
