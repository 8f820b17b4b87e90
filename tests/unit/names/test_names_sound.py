"""Sounds and edits, against plain counting and known pairs."""

import numpy as np
import pytest
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from overzicht.names.sound import (
    ABJAD,
    SAME_SCRIPT,
    SYLLABLES,
    edit_likeness,
    encode_sounds,
    may_sound_alike,
    skeleton,
    sound_likeness,
)


def letters(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def sounds(text: str) -> NDArray[np.uint8]:
    out = np.zeros(128, np.uint8)
    return out[: encode_sounds(letters(text), out)]


def alike(one: str, two: str, mode: int) -> float:
    return sound_likeness(sounds(one), sounds(two), mode, np.zeros(128, np.float32))


@pytest.mark.parametrize(
    ("one", "two", "mode"),
    [
        ("mhmd", "mohammad", ABJAD),
        ("rashd", "rashid", ABJAD),
        ("mohammad", "muhammed", SAME_SCRIPT),
        ("hujitaka", "fujitaka", SYLLABLES),
        ("zuvyozudachika", "zvezdochka", SYLLABLES),
    ],
)
def test_the_same_name_sounds_alike(one: str, two: str, mode: int) -> None:
    assert alike(one, two, mode) > 0.8
    assert alike(one, two, mode) == pytest.approx(alike(two, one, mode))


def test_other_names_do_not() -> None:
    assert alike("shultz", "mendoza", SAME_SCRIPT) < 0.5
    assert not may_sound_alike(sounds("shultz"), sounds("bagram"))


def test_edits_are_those_of_rapidfuzz() -> None:
    random = np.random.default_rng(4)
    rows = np.zeros((4, 960), np.int32)
    for _ in range(400):
        size = int(random.choice((1, 3, 8, 20, 40, 70, 120)))
        one = "".join(random.choice(list("abcd"), random.integers(1, size + 1)))
        two = "".join(random.choice(list("abcd"), random.integers(1, size + 1)))
        edits = round((1 - edit_likeness(letters(one), letters(two), rows)) * max(len(one), len(two)))
        assert edits == OSA.distance(one, two), (one, two)


def test_skeletons_survive_dropped_vowels() -> None:
    assert skeleton(sounds("muthana")) == skeleton(sounds("mthn")) != 0
    assert skeleton(sounds("finance")) == skeleton(sounds("fnnce"))
    assert skeleton(sounds("aeo")) == 0
