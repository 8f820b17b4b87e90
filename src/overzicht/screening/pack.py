"""Names as arrays: every distinct word once, and each name as a row of word numbers."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, MAX_WORDS, NUMBER, WEAK, Word, split_name, words_of
from overzicht.names.compiled import compiled
from overzicht.names.latin import ABJAD as ABJAD_SCRIPT
from overzicht.names.latin import HAN, HANGUL, KANA, LATIN
from overzicht.names.sound import ABJAD, ALPHABET, MAX_SOUNDS, SAME_SCRIPT, SYLLABLES, encode_sounds, skeleton
from overzicht.screening.texts import Numbers

_MODES = {LATIN: SAME_SCRIPT, ABJAD_SCRIPT: ABJAD, HAN: SYLLABLES, KANA: SYLLABLES, HANGUL: SYLLABLES}
WEAK_SHARE, INITIAL_WEIGHT, NUMBER_WEIGHT = 0.25, 0.2, 0.6  # of the weight of a rare word


def mode_of_script(script: int) -> int:
    """Return the mode in which words of a script are compared with others, see `names.sound`."""
    return _MODES.get(script, ALPHABET)


class Words(NamedTuple):
    """Distinct words. `text[text_at[i]:text_at[i + 1]]` are the ASCII letters of word i; `sound` likewise.

    `meaning` is the number of the English word it stands for, or -1. `weight` runs from 0 (on every list)
    to 1 (on none). `skeleton` is 0 for words of fewer than two consonants.
    """

    text_at: NDArray[np.int32]
    text: NDArray[np.uint8]
    sound_at: NDArray[np.int32]
    sound: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    mode: NDArray[np.uint8]
    weight: NDArray[np.float32]
    meaning: NDArray[np.int32]
    skeleton: NDArray[np.uint32]


class Names(NamedTuple):
    """Names as rows of word numbers: `word[at[i]:at[i + 1]]`; `form` numbers its legal form, 0 for none."""

    at: NDArray[np.int32]
    word: NDArray[np.int32]
    form: NDArray[np.uint16]
    person: NDArray[np.uint8]


class Packed(NamedTuple):
    """Names and the words that they are made of."""

    words: Words
    names: Names


class Name(NamedTuple):
    """One name: the numbers of its words in `words`."""

    words: Words
    row: NDArray[np.int32]


Arrays = TypeVar("Arrays", bound=NamedTuple)


def closed(arrays: Arrays) -> Arrays:
    """Return arrays closed for writing, like those mapped from the files of an index."""
    for array in arrays:
        array.setflags(write=False)
    return arrays


@compiled
def text_of(words: Words, number: int) -> NDArray[np.uint8]:
    """Return the letters of a word."""
    return words.text[words.text_at[number] : words.text_at[number + 1]]


@compiled
def sound_of(words: Words, number: int) -> NDArray[np.uint8]:
    """Return the sounds of a word."""
    return words.sound[words.sound_at[number] : words.sound_at[number + 1]]


@compiled
def is_before(text: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Return whether a text comes before another in the order of their letters."""
    for i in range(min(len(text), len(other))):
        if text[i] != other[i]:
            return bool(text[i] < other[i])
    return len(text) < len(other)


@compiled
def name_of(packed: Packed, number: int) -> Name:
    """Return a name of a pack by its number."""
    names = packed.names
    return Name(packed.words, names.word[names.at[number] : names.at[number + 1]])


@compiled
def _sounds(
    text_at: NDArray[np.int32],
    text: NDArray[np.uint8],
    sound_at: NDArray[np.int32],
    sound: NDArray[np.uint8],
    skeletons: NDArray[np.uint32],
) -> int:
    total = 0
    for i in range(len(text_at) - 1):
        n = encode_sounds(text[text_at[i] : text_at[i + 1]], sound[total:])
        skeletons[i] = skeleton(sound[total : total + n])
        total += n
        sound_at[i + 1] = total
    return total


class Packer:
    """Collects names and gives them as arrays. Word numbers stay the same as more names are added."""

    def __init__(self, forms: Mapping[str, int] | None = None) -> None:
        self._by_raw: dict[str, tuple[int, ...]] = {}
        self._by_word: dict[Word, int] = {}
        self._words: list[Word] = []
        self.forms: dict[str, int] = {"": 0} if forms is None else dict(forms)
        self._lengths, self._row = Numbers(np.int32), Numbers(np.int32)
        self._form, self._person = Numbers(np.uint16), Numbers(np.uint8)

    def add(self, name: str, *, is_person: bool) -> bool:
        """Add a name; return whether it was cut to MAX_WORDS words."""
        raw, forms = split_name(name, is_person=is_person)
        row: list[int] = []
        for part in raw:
            numbers = self._by_raw.get(part)
            if numbers is None:
                numbers = self._by_raw[part] = tuple(self._number(word) for word in words_of(part))
            row += numbers
        self._row.extend(row[:MAX_WORDS])
        self._lengths.append(min(len(row), MAX_WORDS))
        key = " ".join(forms)
        self._form.append(self.forms.setdefault(key, min(len(self.forms), 65_535)) if key else 0)
        self._person.append(1 + _family(name) if is_person else 0)
        return len(row) > MAX_WORDS

    def _number(self, word: Word) -> int:
        number = self._by_word.get(word)
        if number is None:
            number = self._by_word[word] = len(self._words)
            self._words.append(word)
            if word.meaning and word.meaning != word.text:
                self._number(Word(word.meaning))
        return number

    def pack_names(self) -> Names:
        """Return the names added so far."""
        lengths = self._lengths.array()
        at = np.zeros(len(lengths) + 1, np.int32)
        np.cumsum(lengths, out=at[1:])
        return closed(Names(at, self._row.array(), self._form.array(), self._person.array()))

    def pack_words(self) -> Words:
        """Return the distinct words; their weights are 1 until `weigh` sets them."""
        texts = [word.text.encode("ascii") for word in self._words]
        text_at = np.zeros(len(texts) + 1, np.int32)
        np.cumsum([len(text) for text in texts], out=text_at[1:])
        text = np.frombuffer(b"".join(texts), np.uint8)
        sound_at = np.zeros(len(texts) + 1, np.int32)
        sound = np.zeros(2 * len(text) + MAX_SOUNDS, np.uint8)
        skeletons = np.zeros(len(texts), np.uint32)
        used = _sounds(text_at, text, sound_at, sound, skeletons)
        meanings = [self._by_word.get(Word(w.meaning), -1) if w.meaning else -1 for w in self._words]
        return Words(
            text_at,
            text,
            sound_at,
            sound[:used].copy(),
            np.array([word.kind for word in self._words], np.uint8),
            np.array([mode_of_script(word.script) for word in self._words], np.uint8),
            np.ones(len(texts), np.float32),
            np.array(meanings, np.int32),
            skeletons,
        )

    def texts(self) -> list[str]:
        """Return the distinct words as texts, by number."""
        return [word.text for word in self._words]


def _family(name: str) -> int:
    """Return the number of words of the family name at the start, 99 more at the end; 0 if unknown.

    A comma follows the family name, or it is in capitals.
    """
    before, comma, after = name.partition(",")
    if comma:
        count = len(split_name(before, is_person=True)[0])
        return count if after.strip() and 0 < count < 6 else 0
    if name.isupper() or name.islower():
        return 0
    parts = name.split()
    upper = [len(part) > 2 and part.isupper() for part in parts]
    if not any(upper) or all(upper):
        return 0
    if upper[0] and not upper[-1]:
        count = upper.index(False)
        return sum(len(split_name(part, is_person=True)[0]) for part in parts[:count])
    if upper[-1] and not upper[0]:
        count = upper[::-1].index(False)
        return 99 + sum(len(split_name(part, is_person=True)[0]) for part in parts[-count:])
    return 0


def weigh(words: Words, seen: NDArray[np.float64], total: float) -> Words:
    """Return the words weighed by the number of names that have them (`seen`, per word) out of `total`."""
    rarity = np.log((total + 1.0) / (seen + 1.0)) / np.log(total + 1.0)
    weight = np.clip(rarity, 0.02, 1.0)
    weight = np.where(words.kind == WEAK, weight * WEAK_SHARE, weight)
    weight = np.where(words.kind == INITIAL, INITIAL_WEIGHT, weight)
    weight = np.where(words.kind == NUMBER, np.minimum(weight, NUMBER_WEIGHT), weight)
    return closed(words._replace(weight=weight.astype(np.float32)))
