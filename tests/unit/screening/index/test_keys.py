"""Hashes by which words and names are looked up: what shares one, and what has none."""

import numpy as np
import pytest

from overzicht.screening.frequencies import packed
from overzicht.screening.index.keys import (
    acronym_hash,
    bucket,
    count_near,
    fill_near,
    first_at,
    first_with_prefix,
    hash_text,
    name_keys,
    near_hashes,
    shape_hash,
    whole_hash,
)
from overzicht.screening.pack import Name, name_of


def letters(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), np.uint8)


def near(text: str) -> list[int]:
    out = np.zeros(64, np.uint32)
    hashes: list[int] = out[: near_hashes(letters(text), out)].tolist()
    return hashes


def name(text: str) -> Name:
    return name_of(packed([(text, False)]), 0)


def test_the_hash_of_a_text_is_that_of_the_published_function() -> None:
    assert hash_text(letters("foobar"), -1) == 0xBF9CF968  # FNV-1a, 32 bits, test vector of its authors
    assert hash_text(letters("foobar"), 2) == hash_text(letters("fobar"), -1)


@pytest.mark.parametrize(
    ("word", "number"),
    [("ab", 1), ("abc", 4), ("abb", 3), ("aab", 3), ("x" * 24, 2), ("ab" * 12, 25), ("ab" * 13, 1)],
)
def test_a_word_has_a_hash_without_each_of_its_letters(word: str, number: int) -> None:
    hashes = near(word)
    assert len(hashes) == len(set(hashes)) == number
    assert hashes[0] == hash_text(letters(word), -1)


@pytest.mark.parametrize("other", ["rulven", "rulvn", "rulvven", "rulvan", "rulvenn"])
def test_words_one_letter_apart_share_a_hash(other: str) -> None:
    assert set(near("rulven")) & set(near(other))
    assert not set(near("mosken")) & set(near(other))


def test_the_hashes_of_all_words_are_counted_and_written_with_their_words() -> None:
    texts = ("rulven", "ab", "mosken")
    words = packed([(text, False) for text in texts]).words
    size = count_near(words, np.zeros(64, np.uint32))
    hashes, numbers = np.zeros(size, np.uint32), np.zeros(size, np.int32)
    fill_near(words, hashes, numbers)
    assert hashes.tolist() == [value for text in texts for value in near(text)]
    assert numbers.tolist() == [0] * 7 + [1] + [2] * 7


def test_a_name_has_the_letters_of_its_words_from_any_word_on() -> None:
    assert whole_hash(name("Rulven Tarrow"), 0) == hash_text(letters("rulventarrow"), -1)
    assert whole_hash(name("Rulven Tarrow"), 1) == whole_hash(name("Tarrow Rulven"), 0)
    assert whole_hash(name("Rulven Tarrow"), 0) != whole_hash(name("Tarrow Rulven"), 0)


def test_names_with_the_same_consonants_share_a_shape_and_short_ones_have_none() -> None:
    assert shape_hash(name("Rulven Tarrow"), 0) == shape_hash(name("Rolvan Terrau"), 0) != 0
    assert shape_hash(name("Rulven Tarrow"), 1) == shape_hash(name("Tarrow Rulven"), 0)
    assert shape_hash(name("Rulven Tarrow"), 0) != shape_hash(name("Rulven Mosken"), 0)
    assert shape_hash(name("Bulven Tarrow"), 0) != shape_hash(name("Ulven Tarrow"), 0)
    assert shape_hash(name("Ama Ola"), 0) == 0


def test_first_letters_count_without_weak_words() -> None:
    assert acronym_hash(name("Bureau of Industrial Research")) == hash_text(letters("bir"), -1)
    assert acronym_hash(name("Rulven Tarrow")) == 0
    keys = name_keys(packed([("Rulven Tarrow Mosken", False), ("Rulven Tarrow Mosken", True)]))
    assert keys.acronym.tolist() == [hash_text(letters("rtm"), -1), 0]  # a person has no acronym


def test_a_name_weighs_as_its_words_and_keeps_their_initials() -> None:
    keys = name_keys(packed([("Rulven Tarrow", False), ("Rulven", False), ("Rulven of", False)]))
    assert keys.weight[0] == pytest.approx(2 * keys.weight[1])
    assert keys.letters[0] == 1 << (ord("r") & 31) | 1 << (ord("t") & 31)
    assert keys.letters[1] == keys.letters[2] == 1 << (ord("r") & 31)


def test_the_numbers_of_a_hash_are_together_and_limited() -> None:
    hashes = np.array([0, 0, 3, 3, 3, 7], np.uint32)
    numbers = np.arange(6, dtype=np.int32) * 10
    assert bucket(hashes, numbers, 3, 9).tolist() == [20, 30, 40]
    assert bucket(hashes, numbers, 3, 2).tolist() == [20, 30]
    assert bucket(hashes, numbers, 7, 9).tolist() == [50]
    for missing in (0, 5, 8):
        assert bucket(hashes, numbers, missing, 9).tolist() == []
    assert [first_at(hashes, value) for value in (0, 1, 3, 4, 7, 8)] == [0, 2, 2, 5, 5, 6]


def test_the_first_word_with_a_beginning_is_found_in_the_order_of_words() -> None:
    words = packed([(text, False) for text in ("tarrow", "mosken", "rulven", "rulvenna")]).words
    texts = [
        bytes(words.text[words.text_at[k] : words.text_at[k + 1]]).decode() for k in range(len(words.kind))
    ]
    order = np.array(sorted(range(len(texts)), key=lambda number: texts[number]), np.int32)
    for beginning, place in (("a", 0), ("mosken", 0), ("rul", 1), ("rulvenn", 2), ("t", 3), ("z", 4)):
        assert first_with_prefix(words, order, letters(beginning)) == place, beginning
