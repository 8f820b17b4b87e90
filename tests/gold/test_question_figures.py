"""Labels, headings and flags of real papers against gold files; the shared papers stay where they are."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from overzicht.subjects.questions.labels import read_label, read_numbers
from overzicht.subjects.questions.model import Paper
from overzicht.subjects.questions.papers.registry import read_questions

GOLD = Path(__file__).parent
pytestmark = pytest.mark.shared


def gold(name: str) -> Any:
    return yaml.safe_load((GOLD / f"question_{name}.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "kamervragen"


@pytest.fixture(scope="module")
def papers(folder: Path) -> dict[str, Paper]:
    return {path.name: read_questions(path).papers[0] for path in sorted((folder / "docs").iterdir())}


def test_every_label_means_what_the_gold_file_says(folder: Path) -> None:
    labels = gold("labels")["labels"]
    times: Counter[str] = Counter()
    for path in (folder / "docs").iterdir():
        for line in path.read_text(encoding="utf-8").splitlines():
            flat = " ".join(line.split())
            times[flat] += flat in labels
            if flat not in labels:
                assert read_label(flat) is None, f"{path.name}: {flat!r} is no label in the gold file"
    for printed, meant in labels.items():
        read = read_label(printed)
        if meant is None:
            assert read is None, printed
            continue
        assert read is not None, printed
        assert (read.side.value, list(read.numbers)) == (meant["side"], meant["numbers"]), printed
        assert times[printed] == meant["times"], printed


def test_number_keys_of_38_247_answers(folder: Path) -> None:
    unclean = gold("labels")["keys"]
    seen = 0
    with (folder / "stats" / "question_number_keys.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, read = row["key"], read_numbers(row["key"])
            seen += 1
            if key in unclean:
                problem = read.problem.name.lower() if read.problem else ""
                assert (list(read.numbers), problem) == (unclean[key]["numbers"], unclean[key]["problem"]), (
                    key
                )
            else:
                assert read.problem is None, key
                assert read.numbers == tuple(int(number) for number in key.split()), key
    assert seen == 1226


def test_every_heading_says_what_the_gold_file_says(papers: dict[str, Paper]) -> None:
    for name, meant in gold("headings")["headings"].items():
        paper = papers[name]
        said: dict[str, Any] = {"kind": paper.kind.value}
        said |= {"asked": paper.dates.asked_on} if paper.dates.asked_on else {}
        said |= {"received": paper.dates.received} if paper.dates.received else {}
        for role in paper.roles:
            words = " | ".join(part for part in (role.name, role.party, role.office) if part)
            said.setdefault(role.kind.value, []).append(words)
        said |= {"see_also": list(paper.see_also)} if paper.see_also else {}
        said |= {"subject_ends": paper.subject.split()[-1]} if paper.subject else {}
        assert said == meant, name


def test_every_flag_is_explained(papers: dict[str, Paper]) -> None:
    """32 of 45 documents are read without a flag; each flag of the others has its reason in the gold file."""
    known = gold("flags")
    assert len(papers) == known["documents"] == 45
    assert sum(not paper.flags for paper in papers.values()) == known["without_flag"] == 32
    flagged = {name: paper.flags for name, paper in papers.items() if paper.flags}
    assert flagged.keys() == known["flags"].keys()
    for name, flags in flagged.items():
        assert [(f.code.value, f.where) for f in flags] == [
            (k["code"], k["where"]) for k in known["flags"][name]
        ]
        assert all(entry["why"] for entry in known["flags"][name])


def test_days_agree_with_the_manifest(folder: Path, papers: dict[str, Paper]) -> None:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = {Path(row["path"]).name: row for row in csv.DictReader(file)}
    checked = 0
    for name, paper in papers.items():
        for column, read in (("asked", paper.dates.asked_on), ("received", paper.dates.received)):
            if rows[name][column]:
                assert read == date.fromisoformat(rows[name][column]), name
                checked += 1
        if rows[name]["vraagnummer"]:
            assert paper.sets == (rows[name]["vraagnummer"],), name
        assert paper.key == rows[name]["id"], name
    assert checked > 50


def test_letters_of_ministries(folder: Path) -> None:
    covers = {}
    for path in sorted((folder / "docx").iterdir()):
        paper = read_questions(path).papers[0]
        covers[paper.sets[0]] = (
            [answer.covers for answer in paper.answers],
            len(paper.questions),
            len(paper.notes),
        )
    assert covers["2024Z11859"] == ([(1,), (2,), (4,), (5,), (6,), (7,), (3, 8)], 8, 0)
    assert covers["2023Z16994"] == ([(1,), (2,), (3, 4)], 6, 4)  # answers 5 and 6 carry no label of their own
    assert covers["2023Z19677"] == ([(1,), (2, 3), (4, 5), (6,), (7, 8, 9), (10,)], 10, 3)
    assert covers["2024Z11889"][1:] == (22, 5)


def test_the_number_of_questions_agrees_with_the_metadata_of_an_original(folder: Path) -> None:
    paper = read_questions(folder / "xml" / "ah-tk-20142015-1130.fragments.xml").papers[0]
    assert paper.numbers == (1, 2, 3, 4, 5)
    assert paper.sets == ("2014Z23778",)  # by the ids of its notes
    assert [(use.note, use.index) for use in paper.uses] == [(1, 0), (2, 0)]
    assert paper.notes[0].urls[0].startswith("http://www.nu.nl/")
