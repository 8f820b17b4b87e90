"""Known repeats of questions are among the ten first precedents; the references themselves are hidden."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from overzicht.store.database import Store
from overzicht.subjects.questions.inquiry import inquiry_of
from overzicht.subjects.questions.precedents import SHOWN, PrecedentSearch
from overzicht.subjects.questions.showing import assembled
from overzicht.subjects.questions.taking import add_files

REFERENCES = Path(__file__).parents[1] / "fixtures" / "precedents" / "references.csv"
DAY = date(2026, 11, 1)
EVERY = 20  # of the index, one row in so many is read: the bench measures all
LEAST_RECALL = 0.9


def references() -> dict[str, set[str]]:
    with REFERENCES.open(encoding="utf-8", newline="") as file:
        return {row["set"]: set(row["precedents"].split()) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def store(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("precedents")
    named = {name for number, others in references().items() for name in (number, *others)}
    source = shared_data / "kamervragen"
    index = folder / "index.csv"
    with (
        gzip.open(source / "odata" / "zaken_index.csv.gz", "rt", encoding="utf-8") as rows,
        index.open("w", encoding="utf-8") as kept,
    ):
        lines = csv.reader(rows)
        writer = csv.writer(kept)
        writer.writerows(row for n, row in enumerate(lines) if n % EVERY == 0 or row[0] in named)
    papers = [path for name in ("14419", "14247", "18795", "18794") for path in _files(source / "docs", name)]
    made = Store.open(folder / "home")
    add_files(made, [index, *papers], "tester", datetime(2026, 11, 1, 12, tzinfo=UTC))
    yield made
    made.close()


def _files(folder: Path, number: str) -> list[Path]:
    """Return the papers of a set; an answer has its number in its first lines."""
    return [
        path for path in sorted(folder.glob("*.txt")) if f"2024Z{number}" in path.read_text("utf-8")[:400]
    ]


def test_known_repeats_are_among_the_first_ten(store: Store) -> None:
    hits: list[bool] = []
    with store.reading() as connection:
        search = PrecedentSearch(connection, DAY)
        for number, expected in references().items():
            question_set = assembled(connection, number, DAY)
            numbers = question_set.asking.numbers if question_set.asking is not None else (0,)
            for question in numbers:
                inquiry = replace(inquiry_of(question_set, question), cited=())
                hits.append(bool(expected & {item.set_number for item in search.find(inquiry, SHOWN)}))
    assert len(hits) >= len(references())
    assert sum(hits) / len(hits) >= LEAST_RECALL
