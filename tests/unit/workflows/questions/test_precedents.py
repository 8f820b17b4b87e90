"""Earlier questions: the like ones come first, and nothing later or of the set itself is one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from ask_tools import ask

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store import decisions
from overzicht.store.database import Store
from overzicht.subjects.questions.precedents import Precedent, precedents_of
from overzicht.subjects.questions.promising import PromiseState, list_promises
from overzicht.subjects.questions.question_sets import open_promise_tasks
from overzicht.subjects.questions.taking import add_files

DAY = date(2031, 12, 1)
BY = Actor(DAY, "tester", datetime(2031, 12, 1, 12, tzinfo=UTC))
PAPER = """Kamervraag {number}

{title}

Ingediend {asked}
{answered}Indiener {member} (ABC)
Beantwoord door Cor Fictief (minister financiën) (ABC)
Bron vraag https://zoek.officielebekendmakingen.nl/kv-tk-{number}.html
{source}{pairs}

Kamervraag document nummer: kv-tk-{number}
Volledige titel: {title}
"""


def write(folder: Path, number: str, title: str, asked_on: str, *pairs: tuple[str, str], **more: str) -> Path:
    day, member = more.get("answered", ""), more.get("member", "Ada Voorbeeld")
    printed = "\n".join(
        f" • Vraag {n}\n  {question}\n\n  {answer}\n" for n, (question, answer) in enumerate(pairs, 1)
    )
    source = "Bron antwoord https://zoek.officielebekendmakingen.nl/ah-tk-20302031-{}.html\n\n"
    path = folder / f"{number}.txt"
    path.write_text(
        PAPER.format(
            number=number, title=title, asked=asked_on, member=member, pairs=printed,
            answered=f"Beantwoord {day} (na 30 dagen)\n" if day else "",
            source=source.format(int(number[5:])) if day else "",
        ),
        encoding="utf-8",
    )  # fmt: skip
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "home")
    files = [
        write(tmp_path, "2031Z00100", "Cameratoezicht op stations", "3 februari 2031",
              ("Hoeveel camera's hangen er op stations?", "Ik zal uw Kamer dit voor de zomer laten weten."),
              ("Wie bewaakt de beelden?", "Ik zal uw Kamer hierover voor 1 juli informeren."),
              answered="5 maart 2031", member="Bo Testman"),
        write(tmp_path, "2031Z00200", "Stikstof in duinen", "4 februari 2031",
              ("Hoeveel stikstof daalt neer?", "Dat is niet bekend."), answered="6 maart 2031"),
        write(tmp_path, "2031Z00300", "Bewakingscamera's in treinen", "9 september 2031",
              ("Welke bewakingscamera's hangen in treinen en op stations?", ""),
              ("Kent u de eerdere vragen (2031Z00200)?", "")),
        write(tmp_path, "2031Z00400", "Camera's op stations en in treinen", "10 oktober 2031",
              ("Hoeveel bewakingscamera's hangen er op stations?", "")),
    ]  # fmt: skip
    add_files(made, files, "tester", BY.at)
    yield made
    made.close()


def precedents_in(store: Store, name: str, question: int, as_of: date = DAY) -> tuple[Precedent, ...]:
    with store.reading() as connection:
        (row,) = precedents_of(connection, name, as_of, question=question)
    return row.precedents


def test_the_most_like_earlier_question_comes_first_with_its_answer(store: Store) -> None:
    (best, *_) = precedents_in(store, "2031Z00300", 1)
    assert (best.set_number, best.numbers[0]) == ("2031Z00100", 1)
    assert best.answer.startswith("Ik zal uw Kamer dit voor de zomer")
    assert best.answered == date(2031, 3, 5)
    assert not best.is_cited


def test_later_sets_and_the_set_itself_are_no_precedents(store: Store) -> None:
    numbers = {item.set_number for item in precedents_in(store, "2031Z00300", 1)}
    assert not numbers & {"2031Z00300", "2031Z00400"}
    assert "2031Z00300" in {item.set_number for item in precedents_in(store, "2031Z00400", 1)}
    assert not precedents_in(store, "2031Z00100", 1)


def test_an_answer_after_the_date_is_not_known(store: Store) -> None:
    (best, *_) = precedents_in(store, "2031Z00400", 1, date(2031, 10, 10))
    assert best.set_number in {"2031Z00100", "2031Z00300"}
    with pytest.raises(UnknownNameError, match="2031Z00400"):
        precedents_in(store, "2031Z00400", 1, date(2031, 10, 9))


def test_a_set_that_the_question_cites_comes_first(store: Store) -> None:
    (first, *_) = precedents_in(store, "2031Z00300", 2)
    assert (first.set_number, first.is_cited) == ("2031Z00200", True)


def test_an_unknown_question_names_those_that_exist(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="7"):
        precedents_in(store, "2031Z00300", 7)


def test_a_promise_becomes_one_task_and_is_fulfilled_when_that_is_closed(store: Store) -> None:
    with store.reading() as connection:
        before = list_promises(connection, date(2031, 6, 30))
        after = list_promises(connection, date(2031, 7, 1))
    assert [line.state for line in before] == [PromiseState.OPEN] * len(before)
    assert PromiseState.OVERDUE in {line.state for line in after}
    lines = open_promise_tasks(ask(store, DAY))
    assert len({line.task for line in lines} - {None}) == len(lines) == len(before)
    assert open_promise_tasks(ask(store, DAY)) == lines
    with store.writing("tester", BY.at) as tx:
        decisions.close_task(tx, lines[0].task or 0, "letter of 20 June")
    with store.reading() as connection:
        states = {line.task: (line.state, line.outcome) for line in list_promises(connection, DAY)}
    assert states[lines[0].task] == (PromiseState.FULFILLED, "letter of 20 June")
