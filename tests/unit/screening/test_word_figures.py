"""Figures on aligned words, counted by hand on an alignment that is given."""

import numpy as np
import pytest

from overzicht.names.analysis import MAX_WORDS
from overzicht.screening.align import (
    ACRONYM,
    AS_INITIAL,
    EXACT,
    GLUED,
    LETTERS,
    MEANING,
    SOUND,
    Side,
    Space,
    new_space,
)
from overzicht.screening.columns import (
    UNKNOWN_FAMILY,
    changes,
    cosine,
    family_matched,
    figures,
    leftovers,
    order_kept,
    spelt,
)
from overzicht.screening.frequencies import packed
from overzicht.screening.pack import Name, Packed, name_of

NONE = (-1, 0.0, LETTERS)
Match = tuple[int, float, int]


def name(text: str, *weights: float) -> Name:
    """Return a name of distinct words with these weights."""
    pack = packed([(text, False)])
    return name_of(Packed(pack.words._replace(weight=np.array(weights, np.float32)), pack.names), 0)


def side(*matches: Match) -> Side:
    """Return the alignment (partner, likeness, method) of each word."""
    partner, like, how = zip(*matches, strict=True)
    return Side(
        np.array(partner, np.int32),
        np.array(like, np.float32),
        np.array(how, np.uint8),
        np.zeros(len(matches), np.float32),
    )


FOUR = name("Rulven Tarrow of 7", 1.0, 0.5, 0.25, 0.75)


@pytest.mark.parametrize(
    ("matches", "expected"),
    [
        (
            [(0, 0.75, LETTERS), (1, 1.0, EXACT), NONE, NONE],
            {
                "covered": 1.25 / 2.5, "missing": 0.75, "exact": 0.5 / 2.5, "rarity": 1.25, "rarest": 0.75,
                "second": 0.5, "weakest": 0.75, "left": 1, "numbers_left": 1, "weight": 2.5, "heaviest": 0.75,
                "matched": 2, "matched_exactly": 1, "rarest_exact": 0.5, "initials": 0, "patronymic": 0,
            },
        ),
        (
            [NONE, (1, 0.5, SOUND), (2, 1.0, EXACT), (3, 1.0, EXACT)],
            {
                "covered": 1.25 / 2.5, "missing": 1.0, "exact": 1.0 / 2.5, "rarest": 0.75, "second": 0.25,
                "weakest": 0.5, "left": 1, "numbers_left": 0, "heaviest": 0, "matched": 2,
                "matched_exactly": 1, "rarest_exact": 0.75,
            },
        ),
        (
            [(0, 1.0, MEANING), (1, 0.5, GLUED), (2, 0.5, LETTERS), (3, 0.5, AS_INITIAL)],
            {
                "translated": 1.0 / 2.5, "glued": 0.5 / 2.5, "initials": 1 / 4, "exact": 0, "missing": 0.375,
                "weakest": 0.5, "rarest": 1.0, "second": 0.375, "heaviest": 1.0, "rarest_exact": 0,
            },
        ),
        ([NONE] * 4, {"covered": 0, "missing": 1.0, "weakest": 1.0, "rarity": 0, "left": 3, "heaviest": 0}),
    ],
)  # fmt: skip
def test_the_words_of_a_name_are_counted_by_their_weight(
    matches: list[Match], expected: dict[str, float]
) -> None:
    result = figures(FOUR, side(*matches))._asdict()
    assert {key: result[key] for key in expected} == pytest.approx(expected)


def test_words_with_a_partner_are_counted_to_five() -> None:
    many = name("Aba Beb Cic Dod Efe Fuf", *[0.5] * 6)
    result = figures(many, side(*((k, 1.0, EXACT) for k in range(6))))
    assert (result.matched, result.matched_exactly) == (5, 5)


def test_a_fathers_name_counts_by_the_weight_that_matches() -> None:
    person = name("Denis Vladimirovich", 0.5, 1.0)
    assert figures(person, side((0, 1.0, EXACT), (1, 0.5, LETTERS))).patronymic == pytest.approx(0.5)
    assert figures(person, side((0, 1.0, EXACT), NONE)).patronymic == 0


LEFT, RIGHT = name("Rulven Tarrow Rtm", 1.0, 0.5, 0.25), name("Zulven Tarrov Rulv Ta Mo", 0.5, 0.25, 1, 1, 1)


@pytest.mark.parametrize(
    ("matches", "expected"),
    [
        ([NONE, NONE, NONE], (0, 0, 0, 0)),
        ([(0, 0.75, LETTERS), NONE, NONE], (0, 1, 0.25 * 6, 0)),  # a word on no list is not a known one
        ([NONE, (1, 0.75, SOUND), NONE], (0.5 * 0.25, 0, 0.25 * 6, 0)),
        ([(0, 0.75, LETTERS), (1, 0.5, LETTERS), NONE], (0.25, 1, 1.5 + 3, 0)),
        ([(0, 0.75, GLUED), (1, 1.0, EXACT), (2, 0.8, ACRONYM)], (0, 0, 0, 1)),
        ([(0, 0.0, LETTERS), (1, 0.0, SOUND), NONE], (0.5, 1, 8, 0)),  # the letters are counted to eight
    ],
)
def test_differences_of_similar_words_are_counted(matches: list[Match], expected: tuple[float, ...]) -> None:
    assert changes(LEFT, RIGHT, side(*matches)) == pytest.approx(expected)


THREE = name("Rulven Tarrow Mosken", 1.0, 0.5, 0.25)
MATCHED = side((0, 0.75, LETTERS), (1, 1.0, EXACT), NONE)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (0, UNKNOWN_FAMILY),
        (1, UNKNOWN_FAMILY),
        (2, 0.75),  # the first word
        (3, 1.25 / 1.5),
        (4, 1.25 / 1.75),
        (9, 1.25 / 1.75),
        (101, 0),  # the last word
        (102, 0.5 / 0.75),
        (105, 1.25 / 1.75),
    ],
)
def test_the_words_of_a_family_name_are_the_first_or_the_last(code: int, expected: float) -> None:
    assert family_matched(THREE, code, MATCHED) == pytest.approx(expected)


def test_the_cosine_is_of_the_weights_of_words() -> None:
    other = name("Rulven Tarrow", 0.5, 0.25)
    both = 1.0 * 0.5 * 0.75 + 0.5 * 0.25
    expected = both / ((1 + 0.25 + 0.0625) * (0.25 + 0.0625)) ** 0.5
    assert cosine(THREE, other, MATCHED) == pytest.approx(expected)
    assert cosine(THREE, THREE, side(*((k, 1.0, EXACT) for k in range(3)))) == pytest.approx(1)


@pytest.mark.parametrize(
    ("partners", "share"),
    [
        ([0, 1, 2], 1),
        ([2, 1, 0], 0),
        ([0, 2, 1], 1 / 2),
        ([1, -1, 0], 0),
        ([-1, 1, 2], 1),
        ([1, 0, 2, 3], 2 / 3),
        ([0, 0, 1], 1),  # two words written as one
        ([-1, 2, -1], 1),
    ],
)
def test_the_order_of_neighbouring_partners_is_kept_or_not(partners: list[int], share: float) -> None:
    row = np.zeros(len(partners), np.int32)
    assert order_kept(row, side(*((partner, 1.0, EXACT) for partner in partners))) == pytest.approx(share)


def space(left: Side, right: Side, like: list[list[float]]) -> Space:
    made = new_space()
    made.like[: len(like), : len(like[0])] = like
    return made._replace(left=left, right=right)


OTHER = name("Tarrow of Mosken", 1.0, 0.25, 1.0)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([NONE, NONE, NONE], [NONE, NONE, NONE], 0.5),  # a weak word is not left over
        ([NONE, NONE, (2, 1.0, EXACT)], [NONE, NONE, (2, 1.0, EXACT)], 0.25),
        ([(0, 0.6, LETTERS), NONE, NONE], [(0, 0.6, LETTERS), NONE, NONE], 0.5),
        ([(0, 1.0, EXACT), (2, 1.0, EXACT), NONE], [(0, 1.0, EXACT), NONE, (1, 1.0, EXACT)], 1),
        ([(0, 1.0, EXACT), (1, 1.0, EXACT), (2, 1.0, EXACT)], [NONE, NONE, NONE], 1),
    ],
)
def test_words_left_over_are_compared(left: list[Match], right: list[Match], expected: float) -> None:
    like = [[0.1, 0.9, 0.2], [0.25, 0.8, 0.125], [0.3, 0.7, 0.5]]
    assert leftovers(THREE, OTHER, space(side(*left), side(*right), like)) == pytest.approx(expected)


def test_letters_of_partners_are_counted_from_either_name() -> None:
    letters = np.zeros((MAX_WORDS, MAX_WORDS), np.float32)
    letters[0, 1], letters[1, 0] = 0.5, 0.25
    assert spelt(THREE, side((1, 0.9, SOUND), NONE, NONE), letters, True) == pytest.approx(0.5 / 1.75)
    assert spelt(THREE, side((1, 0.9, SOUND), NONE, NONE), letters, False) == pytest.approx(0.25 / 1.75)
    glued = side((1, 0.75, GLUED), (1, 0.75, GLUED), NONE)
    assert spelt(THREE, glued, letters, True) == pytest.approx(0.75 * 1.5 / 1.75)
