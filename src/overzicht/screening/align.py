"""Alignment of the words of two names: by letters, sound, meaning, cut short or glued.

Everything here is compiled and works on the arrays of `pack`; a pair of names costs a few microseconds.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, MAX_WORDS, NUMBER
from overzicht.names.compiled import Grid, compiled
from overzicht.names.sound import (
    ABJAD,
    SAME_SCRIPT,
    edit_likeness,
    lacks_vowels,
    may_sound_alike,
    sound_likeness,
)
from overzicht.screening.pack import Name, Words, sound_of, text_of

EXACT, LETTERS, SOUND, MEANING, AS_INITIAL, CUT_SHORT, GLUED, ACRONYM = range(8)
ENOUGH = 0.55  # words less alike than this are different words
_SOUND_SHARE = 0.96  # a similar sound never counts as much as the same spelling
_INITIAL_LIKENESS = 0.7
_CUT_LIKENESS = 0.75
_LONGEST = 240
_MOST_GLUED = 4
_KNOWN = 256  # comparisons stored per word of a query; a power of two


class Side(NamedTuple):
    """Alignment of one name, per word: its partner in the other name (-1 for none), likeness and method.

    `highest` is the highest likeness to any word of the other name.
    """

    partner: NDArray[np.int32]
    like: NDArray[np.float32]
    how: NDArray[np.uint8]
    highest: NDArray[np.float32]


class Space(NamedTuple):
    """Working space of one thread, made by `new_space`; each pair of names overwrites it.

    `like`, `how` and `letters` are by word of the left and of the right name.
    """

    left: Side
    right: Side
    like: Grid[np.float32]
    how: Grid[np.uint8]
    letters: Grid[np.float32]
    rows: Grid[np.int32]
    row: NDArray[np.float32]
    text_left: NDArray[np.uint8]
    text_right: NDArray[np.uint8]
    known: Grid[np.int32]
    known_like: Grid[np.float32]
    known_letters: Grid[np.float32]
    known_how: Grid[np.uint8]
    seen: NDArray[np.int32]
    pair: NDArray[np.int32]
    pair_value: NDArray[np.float32]
    order: Grid[np.int32]


def new_space() -> Space:
    """Return working space for `align` and the functions that use it."""
    square, known, squared = (MAX_WORDS, MAX_WORDS), (MAX_WORDS, _KNOWN), MAX_WORDS * MAX_WORDS
    sides = [
        Side(
            np.zeros(MAX_WORDS, np.int32),
            np.zeros(MAX_WORDS, np.float32),
            np.zeros(MAX_WORDS, np.uint8),
            np.zeros(MAX_WORDS, np.float32),
        )
        for _ in range(2)
    ]
    return Space(
        sides[0],
        sides[1],
        np.zeros(square, np.float32),
        np.zeros(square, np.uint8),
        np.zeros(square, np.float32),
        np.zeros((4, 4 * _LONGEST), np.int32),
        np.zeros(4 * _LONGEST, np.float32),
        np.zeros(4 * _LONGEST, np.uint8),
        np.zeros(4 * _LONGEST, np.uint8),
        np.full(known, -1, np.int32),
        np.zeros(known, np.float32),
        np.zeros(known, np.float32),
        np.zeros(known, np.uint8),
        np.zeros(1024, np.int32),
        np.zeros(squared, np.int32),
        np.zeros(squared, np.float32),
        np.zeros((2, 64), np.int32),
    )


@compiled
def forget(space: Space, words: int) -> None:
    """Drop the stored comparisons of the first `words` words of a query; call it before the next query."""
    space.known[:words] = -1


@compiled
def same(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> bool:
    """Return whether two rows of bytes are equal."""
    return len(left) == len(right) and starts(left, right)


@compiled
def starts(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> bool:
    """Return whether `right` begins with `left`."""
    if len(left) > len(right):
        return False
    for i in range(len(left)):
        if left[i] != right[i]:
            return False
    return True


@compiled
def mode_of(left: int, right: int) -> int:
    """Return the mode of comparing sounds for words of two modes; words of one script need none."""
    return SAME_SCRIPT if left == right else max(left, right)


@compiled
def _by_meaning(words: Words, i: int, text: NDArray[np.uint8], rows: Grid[np.int32]) -> float:
    if words.meaning[i] < 0:
        return 0.0
    english = text_of(words, words.meaning[i])
    if same(english, text):
        return 0.95
    like = edit_likeness(english, text, rows)
    if like >= 0.75:
        return like * 0.9
    return 0.7 if len(text) >= 4 and starts(text[:4], english) and like >= 0.5 else 0.0


@compiled
def compare_words(first: Words, i: int, other: Words, j: int, space: Space) -> tuple[float, int, float]:
    """Return the similarity of two words (0 to 1), how they match, and the similarity in letters alone."""
    a, b = text_of(first, i), text_of(other, j)
    mode = mode_of(int(first.mode[i]), int(other.mode[j]))
    if same(a, b):
        return 1.0, EXACT, 1.0
    if first.kind[i] == NUMBER or other.kind[j] == NUMBER:
        return 0.0, LETTERS, 0.0
    if first.kind[i] == INITIAL or other.kind[j] == INITIAL:
        if first.kind[i] == other.kind[j] or a[0] != b[0]:
            return 0.0, LETTERS, 0.0
        return _INITIAL_LIKENESS, AS_INITIAL, 0.0
    letters, how = 0.0, LETTERS
    if mode == SAME_SCRIPT and min(len(a), len(b)) * 2 >= max(len(a), len(b)):
        letters = edit_likeness(a, b, space.rows)
    x, y = sound_of(first, i), sound_of(other, j)
    like = letters
    if letters < 0.9 and may_sound_alike(x, y):
        if mode == SAME_SCRIPT and lacks_vowels(x, y):
            mode = ABJAD
        sound = sound_likeness(x, y, mode, space.row) * _SOUND_SHARE
        if sound > like:
            like, how = sound, SOUND
    if first.mode[i] == other.mode[j] and like < _CUT_LIKENESS and min(len(a), len(b)) >= 3:
        if starts(a, b) or starts(b, a):
            like, how = _CUT_LIKENESS, CUT_SHORT
    meaning = max(_by_meaning(first, i, b, space.rows), _by_meaning(other, j, a, space.rows))
    if first.meaning[i] >= 0 and other.meaning[j] >= 0:
        meaning = max(meaning, _by_meaning(first, i, text_of(other, other.meaning[j]), space.rows))
    if meaning > like:
        like, how = meaning, MEANING
    return like, how, letters


@compiled
def glue(name: Name, first: int, count: int, out: NDArray[np.uint8], sounds: bool) -> int:
    """Write `count` words of a name from `first` on, across its end, as one word; return the length."""
    words, n = name.words, 0
    for k in range(count):
        w = name.row[(first + k) % len(name.row)]
        part = sound_of(words, w) if sounds else text_of(words, w)
        for letter in part:
            if n >= _LONGEST:
                return n
            out[n] = letter
            n += 1
    return n


@compiled
def _glued_likeness(first: Words, i: int, other: Name, span: tuple[int, int], space: Space) -> float:
    """Return the similarity of word i and of `span` (first, count) words of a name, written as one word."""
    mode = mode_of(int(first.mode[i]), int(other.words.mode[other.row[span[0]]]))
    n = glue(other, span[0], span[1], space.text_right, mode != SAME_SCRIPT)
    if mode != SAME_SCRIPT:
        sounds = sound_likeness(sound_of(first, i), space.text_right[:n], mode, space.row)
        return float(sounds) * _SOUND_SHARE
    text = text_of(first, i)
    if abs(n - len(text)) > 3:
        return 0.0
    return float(edit_likeness(text, space.text_right[:n], space.rows))


@compiled
def _free(partner: NDArray[np.int32], first: int, count: int, size: int) -> bool:
    for k in range(first, first + count):
        if partner[k % size] >= 0:
            return False
    return True


@compiled
def _join(side: Side, other: Side, i: int, span: tuple[int, int, int], match: tuple[float, int]) -> None:
    """Make word i and `span` (first, count, words of the name) of the other name partners."""
    like, how = np.float32(match[0]), match[1]
    side.partner[i], side.like[i], side.how[i] = span[0], like, how
    for k in range(span[0], span[0] + span[1]):
        j = k % span[2]
        other.partner[j], other.like[j], other.how[j] = i, like, how


@compiled
def _take_acronyms(first: Name, other: Name, side: Side, other_side: Side) -> None:
    """Match each short word that is the first letters of words in a row of the other name."""
    for i in range(len(first.row)):
        w = first.row[i]
        text = text_of(first.words, w)
        size = len(text)
        if side.partner[i] >= 0 or size < 2 or size > 6 or first.words.kind[w] == NUMBER:
            continue
        for j in range(len(other.row) - size + 1):
            fits = _free(other_side.partner, j, size, len(other.row))
            for k in range(size):
                word = text_of(other.words, other.row[j + k])
                if word[0] != text[k] or len(word) < 2:
                    fits = False
            if fits:
                _join(side, other_side, i, (j, size, len(other.row)), (0.65 + 0.05 * size, ACRONYM))
                break


@compiled
def _take_glued(first: Name, other: Name, side: Side, other_side: Side, space: Space) -> None:
    size = len(other.row)
    for i in range(len(first.row)):
        w = first.row[i]
        if side.partner[i] >= 0 or len(text_of(first.words, w)) < 4 or first.words.kind[w] == NUMBER:
            continue
        best, best_j, best_count = max(np.float32(0.72), side.highest[i] + np.float32(0.03)), -1, 0
        for count in range(2, min(size, _MOST_GLUED) + 1):
            # all words of a name may also start in the middle: the family name comes first or last
            starts_at = size if count == size else size - count + 1
            for j in range(starts_at):
                if not _free(other_side.partner, j, count, size):
                    continue
                like = _glued_likeness(first.words, w, other, (j, count), space)
                if like > best:
                    best, best_j, best_count = np.float32(like), j, count
        if best_j >= 0:
            _join(side, other_side, i, (best_j, best_count, size), (float(best), GLUED))


@compiled
def align(left: Name, right: Name, space: Space) -> None:
    """Fill the two sides of `space`.

    Comparisons are stored from call to call; `forget` them if `left` changes.
    """
    n, m = len(left.row), len(right.row)
    space.left.partner[:n], space.left.like[:n], space.left.highest[:n] = -1, 0.0, 0.0
    space.right.partner[:m], space.right.like[:m], space.right.highest[:m] = -1, 0.0, 0.0
    count = _compare_all(left, right, space)
    _sort(space, count)
    _take(space, count, 0.999)
    if n != m or n == 1:
        _take_glued(left, right, space.left, space.right, space)
        _take_glued(right, left, space.right, space.left, space)
        if n < m:
            _take_acronyms(left, right, space.left, space.right)
        elif m < n:
            _take_acronyms(right, left, space.right, space.left)
    _take(space, count, ENOUGH)


@compiled
def _compare_all(left: Name, right: Name, space: Space) -> int:
    """Compare each word with each, and note the pairs that are alike enough; return their number."""
    count = 0
    for i in range(len(left.row)):
        for j in range(len(right.row)):
            v, w = left.row[i], right.row[j]
            at = w & (_KNOWN - 1)
            if space.known[i, at] != w:
                like, how, letters = compare_words(left.words, v, right.words, w, space)
                space.known[i, at] = w
                space.known_like[i, at], space.known_how[i, at] = like, how
                space.known_letters[i, at] = letters
            value = space.known_like[i, at]
            space.like[i, j], space.how[i, j] = value, space.known_how[i, at]
            space.letters[i, j] = space.known_letters[i, at]
            space.left.highest[i] = max(space.left.highest[i], value)
            space.right.highest[j] = max(space.right.highest[j], value)
            if value >= ENOUGH:
                weights = left.words.weight[v] + right.words.weight[w]
                space.pair[count] = i * MAX_WORDS + j
                space.pair_value[count] = value + 0.1 * weights - 0.001 * abs(i - j)
                count += 1
    return count


@compiled
def _sort(space: Space, count: int) -> None:
    """Sort the noted pairs: the more alike and the rarer first, then the nearer."""
    for k in range(1, count):
        value, pair, at = space.pair_value[k], space.pair[k], k
        while at > 0 and space.pair_value[at - 1] < value:
            space.pair_value[at], space.pair[at] = space.pair_value[at - 1], space.pair[at - 1]
            at -= 1
        space.pair_value[at], space.pair[at] = value, pair


@compiled
def _take(space: Space, count: int, least: float) -> None:
    """Match words pair by pair in the noted order, if their similarity is at least `least`."""
    for k in range(count):
        i, j = space.pair[k] // MAX_WORDS, space.pair[k] % MAX_WORDS
        like = space.like[i, j]
        if like < least or space.left.partner[i] >= 0 or space.right.partner[j] >= 0:
            continue
        space.left.partner[i], space.right.partner[j] = j, i
        space.left.like[i] = space.right.like[j] = like
        space.left.how[i] = space.right.how[j] = space.how[i, j]
