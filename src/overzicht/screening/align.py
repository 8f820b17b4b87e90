"""Which word of one name is which word of the other: by letters, sound, meaning, cut short or glued.

Everything here is compiled and works on the arrays of `pack`; a pair of names costs a few microseconds.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, MAX_WORDS, NUMBER
from overzicht.names.compiled import compiled
from overzicht.names.sound import (
    ABJAD,
    SAME_SCRIPT,
    edit_likeness,
    lacks_vowels,
    may_sound_alike,
    sound_likeness,
)
from overzicht.screening.pack import Words

EXACT, LETTERS, SOUND, MEANING, AS_INITIAL, CUT_SHORT, GLUED, ACRONYM = range(8)
ENOUGH = 0.55  # less alike than this is another word
_SOUND_SHARE = 0.96  # a word that only sounds alike is never as good as one that is spelt alike
_INITIAL_LIKENESS = 0.7
_CUT_LIKENESS = 0.75
_LONGEST = 240
_MOST_GLUED = 4
_KNOWN = 256  # comparisons kept per word of a query; a power of two


class Space(NamedTuple):
    """Working space of one thread, made by `new_space`; contents are overwritten at each pair."""

    like: NDArray[np.float32]
    how: NDArray[np.uint8]
    letters: NDArray[np.float32]
    one_with: NDArray[np.int32]
    two_with: NDArray[np.int32]
    one_like: NDArray[np.float32]
    two_like: NDArray[np.float32]
    one_how: NDArray[np.uint8]
    two_how: NDArray[np.uint8]
    rows: NDArray[np.int32]
    row: NDArray[np.float32]
    text_one: NDArray[np.uint8]
    text_two: NDArray[np.uint8]
    known: NDArray[np.int32]
    known_like: NDArray[np.float32]
    known_letters: NDArray[np.float32]
    known_how: NDArray[np.uint8]
    seen: NDArray[np.int32]
    pair: NDArray[np.int32]
    pair_value: NDArray[np.float32]


def new_space() -> Space:
    """Return working space for `align` and what builds on it."""
    square = (MAX_WORDS, MAX_WORDS)
    return Space(
        np.zeros(square, np.float32),
        np.zeros(square, np.uint8),
        np.zeros(square, np.float32),
        np.zeros(MAX_WORDS, np.int32),
        np.zeros(MAX_WORDS, np.int32),
        np.zeros(MAX_WORDS, np.float32),
        np.zeros(MAX_WORDS, np.float32),
        np.zeros(MAX_WORDS, np.uint8),
        np.zeros(MAX_WORDS, np.uint8),
        np.zeros((4, 4 * _LONGEST), np.int32),
        np.zeros(4 * _LONGEST, np.float32),
        np.zeros(4 * _LONGEST, np.uint8),
        np.zeros(4 * _LONGEST, np.uint8),
        np.full((MAX_WORDS, _KNOWN), -1, np.int32),
        np.zeros((MAX_WORDS, _KNOWN), np.float32),
        np.zeros((MAX_WORDS, _KNOWN), np.float32),
        np.zeros((MAX_WORDS, _KNOWN), np.uint8),
        np.zeros(1024, np.int32),
        np.zeros(MAX_WORDS * MAX_WORDS, np.int32),
        np.zeros(MAX_WORDS * MAX_WORDS, np.float32),
    )


@compiled
def forget(space: Space, words: int) -> None:
    """Drop the word comparisons kept for a query of so many words; called before another query."""
    space.known[:words] = -1


@compiled
def _recall(one: Words, row_one: NDArray[np.int32], i: int, two: Words, w: int, space: Space) -> int:
    """Compare word i of the query with a listed word, or take the kept result; return where it is kept."""
    at = w & (_KNOWN - 1)
    if space.known[i, at] != w:
        like, how, letters = compare_words(one, row_one[i], two, w, space)
        space.known[i, at] = w
        space.known_like[i, at], space.known_how[i, at], space.known_letters[i, at] = like, how, letters
    return at


@compiled
def same(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> bool:
    """Return whether two rows of bytes are equal."""
    if len(one) != len(two):
        return False
    for i in range(len(one)):
        if one[i] != two[i]:
            return False
    return True


@compiled
def starts(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> bool:
    """Return whether `two` begins with `one`."""
    if len(one) > len(two):
        return False
    for i in range(len(one)):
        if one[i] != two[i]:
            return False
    return True


@compiled
def mode_of(one: int, two: int) -> int:
    """Return the mode of comparing sounds for words of two modes; words of one script need none."""
    if one == two:
        return SAME_SCRIPT
    return one if one > two else two


@compiled
def _by_meaning(words: Words, i: int, text: NDArray[np.uint8], rows: NDArray[np.int32]) -> float:
    meaning = words.meaning[i]
    if meaning < 0:
        return 0.0
    english = words.text[words.text_at[meaning] : words.text_at[meaning + 1]]
    if same(english, text):
        return 0.95
    like = edit_likeness(english, text, rows)
    if like >= 0.75:
        return like * 0.9
    if (len(text) >= 4 and starts(text[:4], english)) and like >= 0.5:
        return 0.7
    return 0.0


@compiled
def compare_words(one: Words, i: int, two: Words, j: int, space: Space) -> tuple[float, int, float]:
    """Return how alike two words are (0 to 1), in what way, and how alike in letters alone."""
    a, b = one.text[one.text_at[i] : one.text_at[i + 1]], two.text[two.text_at[j] : two.text_at[j + 1]]
    mode = mode_of(int(one.mode[i]), int(two.mode[j]))
    if same(a, b):
        return 1.0, EXACT, 1.0
    if one.kind[i] == NUMBER or two.kind[j] == NUMBER:
        return 0.0, LETTERS, 0.0
    if one.kind[i] == INITIAL or two.kind[j] == INITIAL:
        if one.kind[i] == two.kind[j] or a[0] != b[0]:
            return 0.0, LETTERS, 0.0
        return _INITIAL_LIKENESS, AS_INITIAL, 0.0
    letters, how = 0.0, LETTERS
    if mode == SAME_SCRIPT:
        shorter, longer = (len(a), len(b)) if len(a) < len(b) else (len(b), len(a))
        if shorter * 2 >= longer:
            letters = edit_likeness(a, b, space.rows)
    x, y = one.sound[one.sound_at[i] : one.sound_at[i + 1]], two.sound[two.sound_at[j] : two.sound_at[j + 1]]
    like = letters
    if letters < 0.9 and may_sound_alike(x, y):
        if mode == SAME_SCRIPT and lacks_vowels(x, y):
            mode = ABJAD
        sound = sound_likeness(x, y, mode, space.row) * _SOUND_SHARE
        if sound > like:
            like, how = sound, SOUND
    if (
        one.mode[i] == two.mode[j]
        and like < _CUT_LIKENESS
        and len(a) >= 3
        and len(b) >= 3
        and (starts(a, b) or starts(b, a))
    ):
        like, how = _CUT_LIKENESS, CUT_SHORT
    meaning = 0.0
    if one.meaning[i] >= 0 or two.meaning[j] >= 0:
        meaning = max(_by_meaning(one, i, b, space.rows), _by_meaning(two, j, a, space.rows))
        if one.meaning[i] >= 0 and two.meaning[j] >= 0:
            k = two.meaning[j]
            meaning = max(
                meaning, _by_meaning(one, i, two.text[two.text_at[k] : two.text_at[k + 1]], space.rows)
            )
    if meaning > like:
        like, how = meaning, MEANING
    return like, how, letters


@compiled
def glue(
    words: Words, row: NDArray[np.int32], first: int, count: int, out: NDArray[np.uint8], sounds: bool
) -> int:
    """Write `count` words of a row from `first` on, round its end, as one; return the length."""
    n = 0
    size = len(row)
    for k in range(count):
        w = row[(first + k) % size]
        start, end = (
            (words.sound_at[w], words.sound_at[w + 1]) if sounds else (words.text_at[w], words.text_at[w + 1])
        )
        for at in range(start, end):
            if n >= _LONGEST:
                return n
            out[n] = words.sound[at] if sounds else words.text[at]
            n += 1
    return n


@compiled
def _glued_likeness(
    one: Words, i: int, two: Words, row: NDArray[np.int32], first: int, count: int, space: Space
) -> float:
    """Return how alike word i of one is to `count` words of the other, written as one."""
    mode = mode_of(int(one.mode[i]), int(two.mode[row[first]]))
    a = one.text[one.text_at[i] : one.text_at[i + 1]]
    if mode == SAME_SCRIPT:
        n = glue(two, row, first, count, space.text_two, False)
        if n > len(a) + 3 or len(a) > n + 3:
            return 0.0
        return float(edit_likeness(a, space.text_two[:n], space.rows))
    n = glue(two, row, first, count, space.text_two, True)
    return (
        float(
            sound_likeness(
                one.sound[one.sound_at[i] : one.sound_at[i + 1]], space.text_two[:n], mode, space.row
            )
        )
        * _SOUND_SHARE
    )


@compiled
def _free(partner: NDArray[np.int32], first: int, count: int, size: int) -> bool:
    for k in range(first, first + count):
        if partner[k % size] >= 0:
            return False
    return True


@compiled
def _take_acronyms(
    one: Words,
    row_one: NDArray[np.int32],
    two: Words,
    row_two: NDArray[np.int32],
    space: Space,
    swapped: bool,
) -> None:
    """Match each short word that is the first letters of words in a row of the other name."""
    with_one, with_two = (space.two_with, space.one_with) if swapped else (space.one_with, space.two_with)
    like_one, like_two = (space.two_like, space.one_like) if swapped else (space.one_like, space.two_like)
    how_one, how_two = (space.two_how, space.one_how) if swapped else (space.one_how, space.two_how)
    for i in range(len(row_one)):
        w = row_one[i]
        start, size = one.text_at[w], one.text_at[w + 1] - one.text_at[w]
        if with_one[i] >= 0 or size < 2 or size > 6 or one.kind[w] == NUMBER:
            continue
        for j in range(len(row_two) - size + 1):
            fits = _free(with_two, j, size, len(row_two))
            for k in range(size):
                v = row_two[j + k]
                if two.text[two.text_at[v]] != one.text[start + k] or two.text_at[v + 1] - two.text_at[v] < 2:
                    fits = False
            if fits:
                like = np.float32(0.65 + 0.05 * size)
                with_one[i], like_one[i], how_one[i] = j, like, ACRONYM
                for k in range(j, j + size):
                    with_two[k], like_two[k], how_two[k] = i, like, ACRONYM
                break


@compiled
def _take_glued(
    one: Words,
    row_one: NDArray[np.int32],
    two: Words,
    row_two: NDArray[np.int32],
    space: Space,
    swapped: bool,
) -> None:
    """Match each word of one name that is two or three words of the other written together."""
    with_one, with_two = (space.two_with, space.one_with) if swapped else (space.one_with, space.two_with)
    like_one, like_two = (space.two_like, space.one_like) if swapped else (space.one_like, space.two_like)
    how_one, how_two = (space.two_how, space.one_how) if swapped else (space.one_how, space.two_how)
    for i in range(len(row_one)):
        w = row_one[i]
        if with_one[i] >= 0 or one.text_at[w + 1] - one.text_at[w] < 4 or one.kind[w] == NUMBER:
            continue
        alone = np.float32(0.0)
        for j in range(len(row_two)):
            value = space.like[j, i] if swapped else space.like[i, j]
            alone = max(alone, value)
        best, best_j, best_count = max(np.float32(0.72), alone + np.float32(0.03)), -1, 0
        for count in range(2, min(len(row_two), _MOST_GLUED) + 1):
            # all words of a name may also start in the middle: the family name comes first or last
            starts_at = len(row_two) if count == len(row_two) else len(row_two) - count + 1
            for j in range(starts_at):
                if not _free(with_two, j, count, len(row_two)):
                    continue
                like = _glued_likeness(one, w, two, row_two, j, count, space)
                if like > best:
                    best, best_j, best_count = np.float32(like), j, count
        if best_j >= 0:
            with_one[i], like_one[i], how_one[i] = best_j, best, GLUED
            for k in range(best_j, best_j + best_count):
                j = k % len(row_two)
                with_two[j], like_two[j], how_two[j] = i, best, GLUED


@compiled
def align(
    one: Words, row_one: NDArray[np.int32], two: Words, row_two: NDArray[np.int32], space: Space
) -> None:
    """Fill `space`: for each word of either name its partner (-1 for none), how alike, and in what way.

    Comparisons are kept from call to call; `forget` them when `row_one` changes.
    """
    n, m = len(row_one), len(row_two)
    for i in range(n):
        space.one_with[i], space.one_like[i] = -1, 0.0
    for j in range(m):
        space.two_with[j], space.two_like[j] = -1, 0.0
    count = _compare_all(one, row_one, two, row_two, space)
    _sort(space, count)
    _take(space, count, 0.999)
    if n != m or n == 1:
        _take_glued(one, row_one, two, row_two, space, False)
        _take_glued(two, row_two, one, row_one, space, True)
        if n < m:
            _take_acronyms(one, row_one, two, row_two, space, False)
        elif m < n:
            _take_acronyms(two, row_two, one, row_one, space, True)
    _take(space, count, ENOUGH)


@compiled
def _compare_all(
    one: Words, row_one: NDArray[np.int32], two: Words, row_two: NDArray[np.int32], space: Space
) -> int:
    """Compare each word with each, and note the pairs that are alike enough; return how many."""
    count = 0
    for i in range(len(row_one)):
        for j in range(len(row_two)):
            at = _recall(one, row_one, i, two, row_two[j], space)
            like = space.known_like[i, at]
            space.like[i, j], space.how[i, j] = like, space.known_how[i, at]
            space.letters[i, j] = space.known_letters[i, at]
            if like >= ENOUGH:
                weights = one.weight[row_one[i]] + two.weight[row_two[j]]
                space.pair[count] = i * MAX_WORDS + j
                space.pair_value[count] = like + 0.1 * weights - 0.001 * abs(i - j)
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
    """Match words pair by pair in the noted order, those alike by at least so much."""
    for k in range(count):
        i, j = space.pair[k] // MAX_WORDS, space.pair[k] % MAX_WORDS
        like = space.like[i, j]
        if like < least or space.one_with[i] >= 0 or space.two_with[j] >= 0:
            continue
        space.one_with[i], space.two_with[j] = j, i
        space.one_like[i] = space.two_like[j] = like
        space.one_how[i] = space.two_how[j] = space.how[i, j]
