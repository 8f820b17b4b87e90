"""Precision and recall of mentions on three labelled sets; the figures of the documentation are these."""

import csv
import gzip
from pathlib import Path

import pytest
from mention_tools import (
    BODY,
    FIRM,
    OPEN,
    Score,
    gold,
    least_recall,
    score_documents,
    score_sentences,
    score_titles,
    share,
)

from overzicht.subjects.questions.mentions.finding import find_spots
from overzicht.subjects.questions.mentions.in_sets import stance_of
from overzicht.subjects.questions.papers.registry import read_questions

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "mention-figures.md"
LEAST_PRECISION = 0.98


def is_published(name: str, scores: dict[str, Score]) -> None:
    """Fail unless the page has the rows of these scores, and all of them together are precise enough."""
    page = PAGE.read_text(encoding="utf-8")
    for kind in (FIRM, BODY):
        row = f"| {name} | {kind} | {scores[kind].precision} | {scores[kind].recall} |"
        assert row in page, f"the page lacks:\n{row}\nwrong: {scores[kind].wrong[:5]}"
    found = sum(score.right + len(score.wrong) for score in scores.values())
    assert sum(score.right for score in scores.values()) / found >= LEAST_PRECISION


def titles_of(shared_data: Path) -> dict[str, str]:
    path = shared_data / "kamervragen" / "odata" / "zaken_index.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return {row["nummer"]: row["onderwerp"] for row in csv.DictReader(file)}


def test_sentences_of_our_own() -> None:
    scores = score_sentences()
    is_published("sentences of our own", scores)
    assert (scores[OPEN].right, scores[OPEN].wrong, scores[OPEN].missed) == (2, [], [])


def test_the_side_and_the_maker_of_the_sentences() -> None:
    sides = makers = total = 0
    for one in gold("sentences")["sentences"]:
        for spot in find_spots(one["text"], paper=one["text"]):
            meant = [m for m in one["mentions"] if m["name"] in spot.surface or spot.surface in m["name"]]
            total += 1
            sides += stance_of(one["side"], one["text"], spot).value == one["stance"]
            makers += bool(meant) and spot.maker == meant[0].get("maker", "")
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"the side: {share(sides, total)}" in page
    assert f"the manufacturer: {share(makers, total)}" in page


def test_every_trap_names_nobody() -> None:
    for one in gold("sentences")["sentences"]:
        if not one["mentions"]:
            assert find_spots(one["text"], paper=one["text"]) == [], one["id"]


@pytest.mark.shared
def test_the_documents(shared_data: Path) -> None:
    folder = shared_data / "kamervragen" / "docs"
    papers = {path.name: read_questions(path).papers[0] for path in sorted(folder.iterdir())}
    is_published("`docs/`", score_documents(papers, corrected=True))


@pytest.mark.shared
def test_the_least_recall_that_can_be_claimed(shared_data: Path) -> None:
    found = least_recall(titles_of(shared_data))
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"companies and products: {found[FIRM]}; bodies: {found[BODY]}" in page, found


@pytest.mark.shared
@pytest.mark.parametrize(("held_out", "name"), [(False, "titles, open half"), (True, "titles, held out")])
def test_the_titles(shared_data: Path, held_out: bool, name: str) -> None:
    titles = titles_of(shared_data)
    is_published(name, score_titles(titles, corrected=True, held_out=held_out))
    before = score_titles(titles, corrected=False, held_out=held_out)
    page = PAGE.read_text(encoding="utf-8")
    for kind in (FIRM, BODY):
        assert f"| {name}, labels as first made | {kind} | {before[kind].precision} |" in page
