"""Names as arrays: family names, weights of words and numbers that grow."""

import numpy as np
import pytest

from overzicht.names.analysis import INITIAL, NUMBER, WEAK
from overzicht.screening.frequencies import packed
from overzicht.screening.pack import Packer, is_before, weigh
from overzicht.screening.texts import Blob, Numbers, joined, taken


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ivan Semakov", 1),
        ("Semakov, Ivan", 2),
        ("De Vries, Jan", 3),
        ("Aber Bosk Corven Dilvor Esker, Jan", 6),
        ("Aber Bosk Corven Dilvor Esker Fanz, Jan", 1),
        ("Semakov, ", 1),
        (", Ivan", 1),
        ("SEMAKOV Ivan", 2),
        ("SEMAKOV PETROV Ivan", 3),
        ("Ivan SEMAKOV", 101),
        ("Ivan SEMAKOV PETROV", 102),
        ("Jan de VRIES", 101),
        ("Jan DE Vries", 1),  # two letters are no sign
        ("SEMAKOV Ivan PETROV", 1),
        ("Ivan SEMAKOV Petrovich", 1),
        ("IVAN SEMAKOV", 1),
        ("ivan semakov", 1),
    ],
)
def test_the_family_name_of_a_person_is_marked(name: str, code: int) -> None:
    assert packed([(name, True)]).names.person.tolist() == [code]
    assert packed([(name, False)]).names.person.tolist() == [0]


def test_a_word_weighs_by_the_number_of_names_that_have_it() -> None:
    packer = Packer()
    packer.add("Rulven Tarrow Mosken of 7 J", is_person=True)
    words = packer.pack_words()
    kinds = dict(zip(packer.texts(), words.kind.tolist(), strict=True))
    assert [kinds[text] for text in ("of", "7", "j")] == [WEAK, NUMBER, INITIAL]
    seen = {"rulven": 0, "tarrow": 9, "mosken": 99, "of": 9, "7": 0, "j": 0}
    counted = np.array([seen[text] for text in packer.texts()], np.float64)
    weights = dict(zip(packer.texts(), weigh(words, counted, 99).weight.tolist(), strict=True))
    expected = {"rulven": 1, "tarrow": 0.5, "mosken": 0.02, "of": 0.5 / 4, "7": 0.6, "j": 0.2}
    assert weights == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        (b"ab", b"b", True),
        (b"b", b"ab", False),
        (b"ab", b"abc", True),
        (b"abc", b"ab", False),
        (b"a", b"a", False),
    ],
)
def test_texts_are_in_the_order_of_their_letters(text: bytes, other: bytes, expected: bool) -> None:
    assert is_before(np.frombuffer(text, np.uint8), np.frombuffer(other, np.uint8)) is expected


def test_numbers_and_texts_are_kept_in_order_past_what_is_held_open() -> None:
    numbers = Numbers(np.int32)
    numbers.extend(range(70_000))
    numbers.append(5)
    numbers.extend(range(3))
    assert numbers.array().tolist() == [*range(70_000), 5, 0, 1, 2]
    texts = Blob(["a", "", "é\ud800"]).texts()
    assert [texts.get(row) for row in range(3)] == ["a", "", "é\ud800"]
    assert texts.rows() == [b"a", b"", b"\xc3\xa9\xed\xa0\x80"]


def test_rows_are_taken_in_another_order_and_follow_each_other() -> None:
    at, values = np.array([0, 2, 2, 5], np.int64), np.array([1, 2, 3, 4, 5], np.int32)
    new_at, new = taken(at, values, np.array([2, 1, 0, 2], np.int64))
    assert (new_at.tolist(), new.tolist()) == ([0, 3, 3, 5, 8], [3, 4, 5, 1, 2, 3, 4, 5])
    assert joined([at, np.array([0, 1]), np.array([0, 4])]).tolist() == [0, 2, 2, 5, 6, 10]
    assert joined([at]) is at
