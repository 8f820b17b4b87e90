"""Drafted answers on a fresh home, for the tests of answers."""

import shutil
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.answers.model import AnsweredQuestion, AnswerReport, Sentence
from overzicht.workflows.starter import ensure_starter

SEED = "2020Z25656"
THEN, NOW, BEFORE = date(2021, 4, 13), date(2026, 11, 26), date(2021, 3, 21)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def act_on(day: date) -> Actor:
    return Actor(day, "tester", NOON)


def fresh_store(home: Path, database_url: str = "") -> Store:
    """Return a store as a first command makes it: with the starter facts and nothing else."""
    store = Store.open(home, database_url)
    ensure_starter(store, actor="overzicht", at=NOON)
    return store


def draft(store: Store, day: date, number: str = SEED, choices: AnswerChoices | None = None) -> AnswerReport:
    return answer_set(store, number, choices or AnswerChoices(example=True), day)


def copied_home(made: Path, home: Path) -> Path:
    """Return a copy of a home that answered before, so that the example need not be made again."""
    shutil.copytree(made, home)
    return home


@cache
def english(sentence: Sentence) -> str:
    return str(sentence.text)


def facts_of(question: AnsweredQuestion) -> list[str]:
    return [english(fact) for fact in question.all_facts]


def one_that(sentences: Iterable[str], *parts: str) -> str:
    """Return the first sentence with all these parts; AssertionError shows what there is."""
    found = [each for each in sentences if all(part in each for part in parts)]
    assert found, (parts, list(sentences))
    return found[0]
