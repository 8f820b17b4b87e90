"""Brands and short names asked of single lists: entries found, nothing denied, common words left in peace.

The questions are the development half of the labelled brand questions beside the checkout; half of another
make, kept apart, decides. A question counts by the worst of what is answered, about one list on one day.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command
from once import made_once
from oracle.claims import LISTED, NOT_LISTED, answer_of
from oracle.loading import load_lists
from oracle.raw import read_lists

from overzicht.entities import PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty

pytestmark = [pytest.mark.shared, pytest.mark.slow]

NAMED_LATIN, NAMED_ELSE = 0.97, 0.80  # questions with an entry found or possible, at least
DENIED = 0.005  # questions answered "not listed" though listed, at most
ALARMS = 5  # clean words answered "listed", per hundred, at most
LATIN = re.compile(r"[\x00-\u024f]+")
MOST_HOLDING = 60  # a word that more entries hold than this is common; it need not show them all
DAY = date(2026, 9, 1)
UNLISTED_ON = "2026-07-23"
MOST_POSSIBLE = 0.03  # of brands or firms on no list: possibly listed, at most
Question = dict[str, Any]


@dataclass
class Score:
    """What came of the questions, and some of those that were denied."""

    asked: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    denied: Counter[str] = field(default_factory=Counter)
    alarms: int = 0
    examples: list[str] = field(default_factory=list)

    def share(self, count: Counter[str], *groups: str) -> float:
        return sum(count[group] for group in groups) / max(1, sum(self.asked[group] for group in groups))

    def __str__(self) -> str:
        return (
            f"named: Latin {self.share(self.named, 'latin'):.3f} (at least {NAMED_LATIN}), other scripts "
            f"{self.share(self.named, 'other'):.3f} (at least {NAMED_ELSE}); denied "
            f"{self.share(self.denied, 'latin', 'other'):.3f} (at most {DENIED}); clean words listed "
            f"{100 * self.alarms / max(1, self.asked['clean']):.1f} per 100 (at most {ALARMS}); "
            f"denied, among others: {'; '.join(self.examples[:8])}"
        )


@pytest.fixture(scope="module")
def questions(shared_data: Path) -> list[Question]:
    file = shared_data / "screening/records/brands-dev.jsonl"
    if not file.is_file():
        pytest.skip(f"the brand questions are not here: {file}")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of the claim audit: every file of the questions is loaded there."""
    return (
        made_once(tmp_path_factory, "lists-loaded", lambda folder: load_lists(folder / "home", shared_data))
        / "home"
    )


def _plain(name: str) -> str:
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", "".join(letters).casefold()))


def _answers(questions: list[Question], list_id: str, day: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Return by question what the list answers, asked as a file of names."""
    file, out = folder / "questions.jsonl", folder / "answers.jsonl"
    rows = [{"id": each["id"], "name": each["query"], "kind": "LegalEntity"} for each in questions]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    run = run_command("screen", "names", file, "--list", list_id, "--as-of", day, "--out", out)
    assert run.exit_code == 0, (run.output, run.stderr)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    out.unlink()
    return {row["query"]: row for row in rows if "query" in row}


def _count(score: Score, question: Question, row: dict[str, Any]) -> None:
    (answer,) = (answer_of(each["answer"]) for each in row["answers"] if each["list"] == question["list"])
    if question["kind"] == "clean":
        score.asked["clean"] += 1
        score.alarms += answer == LISTED
        return
    shown = {_plain(each[key]) for each in row["listings"] for key in ("name", "matched_on")}
    shown |= {_plain(each["name"]) for each in row.get("possible", ())}
    script = "latin" if LATIN.fullmatch(question["query"]) else "other"
    score.asked[script] += 1
    score.named[script] += any(
        shown & {_plain(name) for name in each["names"]} for each in question["must_find"]
    )
    if answer == NOT_LISTED:
        score.denied[script] += 1
        score.examples.append(f"{question['query']} on {question['list']}")


def test_brands_are_found_or_possible_and_never_denied(
    questions: list[Question], home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(home))
    groups: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in questions:
        groups[question["list"], question["as_of"]].append(question)
    score = Score()
    for (list_id, day), group in groups.items():
        answers = _answers(group, list_id, day, tmp_path)
        for question in group:
            _count(score, question, answers[question["id"]])
    assert score.share(score.named, "latin") >= NAMED_LATIN, score
    assert score.share(score.named, "other") >= NAMED_ELSE, score
    assert score.share(score.denied, "latin", "other") <= DENIED, score
    assert 100 * score.alarms <= ALARMS * score.asked["clean"], score


@pytest.mark.parametrize("group", ["brand", "company"])
@pytest.mark.parametrize("country", ["", "cn"])
def test_names_on_no_list_are_not_listed_and_rarely_possible(
    group: str,
    country: str,
    home: Path,
    shared_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = shared_data / "claims/names.jsonl"
    if not names.is_file():
        pytest.skip(f"the names on no list are not here: {names}")
    monkeypatch.setenv("OVERZICHT_HOME", str(home))
    rows = [json.loads(line) for line in names.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["group"].startswith(group) and row["key"] == "unlisted"]
    file, out = tmp_path / "names.jsonl", tmp_path / "answers.jsonl"
    asked = ({"id": row["id"], "name": row["name"], "kind": row["kind"], "country": country} for row in rows)
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in asked), encoding="utf-8")
    run = run_command("screen", "names", file, "--as-of", UNLISTED_ON, "--out", out)
    assert run.exit_code == 0, (run.output, run.stderr)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    answers = [answer for answer in answers if "answers" in answer]
    assert len(answers) == len(rows)
    assert [answer["name"] for answer in answers if answer["listings"]] == []
    possible = [answer["name"] for answer in answers if answer["possible"]]
    assert len(possible) <= MOST_POSSIBLE * len(rows), possible


def test_no_entry_that_holds_all_words_asked_is_lost_by_the_search(
    questions: list[Question], shared_data: Path
) -> None:
    """On the full lists, whatever the scores: of every question that few entries hold, all of them are
    candidates."""
    entries = [
        entry
        for entry in read_lists(shared_data / "lists").entries
        if entry.is_loaded and not entry.is_person
    ]
    engine = ScreeningEngine.of(
        IndexedParty(str(n), "LegalEntity", tuple(filter(None, entry.names)), entry.list_id)
        for n, entry in enumerate(entries)
    )
    holding: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number, entry in enumerate(entries):
        for name in entry.names:
            for word in set(_plain(name).split()):
                holding[entry.list_id, word].add(str(number))
    asked = sorted({(question["list"], question["query"]) for question in questions})
    lost, total = [], 0
    for list_id, query in asked:
        words = _plain(query).split()
        wanted = set.intersection(*(holding[list_id, word] for word in words)) if words else set()
        wanted = {
            n
            for n in wanted
            if any(set(words) <= set(_plain(name).split()) for name in entries[int(n)].names)
        }
        if wanted and len(wanted) <= MOST_HOLDING:
            (matches,) = engine.match(
                [PartyQuery("q", (query,), "LegalEntity")],
                as_of=DAY,
                lists=[list_id],
                threshold=0.0,
                possible=0.0,
                most=500,
            )
            missing = wanted - {match.record_id for match in matches}
            total += len(wanted)
            lost += [f"{query} on {list_id}: {entries[int(n)].name}" for n in sorted(missing)]
    assert total, "no question was asked"
    assert not lost, f"{len(lost)} of {total} entries that hold all words asked are lost: " + "; ".join(
        lost[:12]
    )
