"""Laws of labels, references and days, over invented input."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from question_tools import answered
from question_tools import given as file_of

from overzicht.dates import Holds
from overzicht.errors import OverzichtError
from overzicht.subjects.questions.days import timing
from overzicht.subjects.questions.labels import HIGHEST_NUMBER, read_label, read_numbers
from overzicht.subjects.questions.papers.registry import read_given
from overzicht.subjects.questions.references import follow
from overzicht.subjects.questions.words import fold, words_of

numbers = st.lists(st.integers(1, HIGHEST_NUMBER), min_size=1, max_size=23, unique=True)
between = st.sampled_from([",", ", ", " en ", ", en ", " ", "; ", " & "])
ranges = st.sampled_from([" t/m ", "-", "–", " tot en met "])
words = st.sampled_from(
    ["Vraag ", "Antwoord ", "Antwoord op vraag ", "Antwoord vragen ", "Vragen ", "antwoorden "]
)


def write_numbers(numbers: Sequence[int]) -> str:
    """Return a list as an official paper prints it: `1`, `3 en 4`, `2 t/m 6`, `3, 4, 1`; `` for none."""
    runs = _runs(numbers)
    parts = [_written(run) for run in runs]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} en {parts[-1]}"


def _written(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]} t/m {run[-1]}"


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return runs of three and more consecutive numbers together, all others apart."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parted: list[list[int]] = []
    for run in runs:
        parted += [run] if len(run) > 2 else [[number] for number in run]
    return parted


@given(numbers)
def test_a_list_that_is_written_reads_back(listed: list[int]) -> None:
    read = read_numbers(write_numbers(listed))
    assert (list(read.numbers), read.problem) == (listed, None)


@given(words, numbers, st.data())
def test_a_label_reads_the_same_in_every_way_of_printing(
    word: str, listed: list[int], data: st.DataObject
) -> None:
    printed = str(listed[0])
    for number in listed[1:]:
        printed += data.draw(between) + str(number)
    label = read_label(f"{word}{printed}{data.draw(st.sampled_from(['', ':', '.', ' ']))}")
    assert label is not None
    assert list(label.numbers) == listed


@given(st.integers(1, 150), st.integers(1, 49), ranges)
def test_a_range_holds_both_its_ends(first: int, more: int, sign: str) -> None:
    assert read_numbers(f"{first}{sign}{first + more}").numbers == tuple(range(first, first + more + 1))


@given(st.text(max_size=60))
def test_no_text_breaks_the_grammar(text: str) -> None:
    read = read_numbers(text)
    assert all(1 <= number <= HIGHEST_NUMBER for number in read.numbers)
    assert len(set(read.numbers)) == len(read.numbers)
    read_label(text)


@given(st.lists(st.integers(1, 8), min_size=8, max_size=8))
def test_pointers_always_come_to_an_end(targets: list[int]) -> None:
    """Whatever points to whatever: a trail ends in an answer or gives a reason, and walks no number twice."""
    paper = answered(
        *(((n,), f"Zie het antwoord op vraag {target}.") for n, target in enumerate(targets, start=1))
    )
    for number in range(1, 9):
        trail = follow(paper, number)
        assert not trail.answers
        assert trail.reason
        assert len(set(trail.path[:-1])) == len(trail.path) - 1


@given(st.integers(1, 7))
def test_a_chain_of_pointers_ends_at_the_one_answer(length: int) -> None:
    chain = [((n,), f"Zie antwoord vraag {n + 1}.") for n in range(1, length)]
    trail = follow(answered(*chain, ((length,), "Ja.")), 1)
    assert trail.path == tuple(range(1, length + 1))
    assert trail.answers == (length - 1,)


@given(st.integers(0, 400), st.integers(0, 60), st.booleans())
def test_an_answer_is_late_after_its_day_and_not_before(days: int, notice: int, has_notice: bool) -> None:
    asked = date(2030, 1, 1)
    answer = asked + timedelta(days=days)
    notices = [asked + timedelta(days=notice)] if has_notice and notice <= days else []
    found = timing(asked, [answer], notices, asked + timedelta(days=500), papers_seen=True)
    allowed = 42 if notices and notice <= 21 else 21
    assert found.days == days
    assert found.is_late is (Holds.YES if days > allowed else Holds.NO)


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    for word in words_of(text):
        assert word.folded == fold(text[word.start : word.end])


@settings(max_examples=200)
@given(
    st.sampled_from(
        [b"PK\x03\x04", b"<", b"<?xml version='1.0'?>", b"{", b"nummer,", b"Kamervraag 2031Z00417\n", b""]
    ),
    st.binary(max_size=300),
)
def test_no_bytes_bring_a_reader_down(head: bytes, rest: bytes) -> None:
    try:
        reading = read_given(file_of(head + rest))
    except OverzichtError as error:
        told = str(error)
    else:
        told = "paper.txt" if reading.papers or reading.entries else "nothing was read, and nothing said"
    assert "paper.txt" in told
