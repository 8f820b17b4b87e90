"""Compounds: shared parts, links between them, and words that only look alike."""

import pytest

from overzicht.subjects.questions.compounds import HEAD, MOST_RELATED, SAME, Vocabulary

WORDS: tuple[str, ...] = (
    "camera",
    "bewaking",
    "bewakingscamera",
    "cameratoezicht",
    "toezicht",
    "kamer",
    "kamerad",
    "gement",
)
WORDS += ("gementebeleid", "beleid", "2031", "camerawoud")
VOCABULARY = Vocabulary(WORDS)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("bewakingscamera", ("bewaking", "camera")),
        ("gementebeleid", ("gement", "beleid")),
        ("cameratoezicht", ("camera", "toezicht")),
        ("camera", None),
        ("kamerad", None),
        ("camerawoud", None),  # `woud` is not a word of the texts
    ],
)
def test_a_word_is_split_only_into_known_words(word: str, parts: tuple[str, str] | None) -> None:
    assert VOCABULARY.parts(word) == parts


def test_words_with_the_same_part_are_related_and_numbers_are_not() -> None:
    related = VOCABULARY.related("bewakingscamera")
    assert related["bewakingscamera"] == SAME
    assert related["camera"] == HEAD
    assert "cameratoezicht" not in related  # `bewaking` is its first part, and `camera` its second
    assert VOCABULARY.related("camera").keys() >= {"bewakingscamera", "cameratoezicht"}
    assert "kamerad" not in VOCABULARY.related("kamer")
    assert VOCABULARY.related("2031") == {"2031": SAME}


def test_a_common_part_relates_a_limited_number_of_words() -> None:
    firsts = [f"{letter}{other}rbeid" for letter in "bcdfghklmn" for other in "aeiou"]
    many = Vocabulary([*firsts, "camera", *(f"{first}camera" for first in firsts)])
    related = many.related("camera")
    assert len(related) == MOST_RELATED
    assert related["camera"] == SAME
