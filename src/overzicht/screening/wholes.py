"""What two names tell as whole texts: letters in order and sorted, sounds, consonants, first letters."""

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import WEAK
from overzicht.names.compiled import compiled
from overzicht.names.sound import SKELETON_CLASS, edit_likeness, sound_likeness
from overzicht.screening.align import Space, glue, starts
from overzicht.screening.pack import Words

_FORM_LETTERS = (99, 103, 108)  # c, g, l: company, corporation, group, limited close many an acronym
_FAR = 0.45


@compiled
def _pairs_of_letters(one: NDArray[np.uint8], two: NDArray[np.uint8], seen: NDArray[np.int32]) -> float:
    """Return the share of pairs of letters that two texts have in common (Dice); `seen` is zeroed space."""
    n, m = len(one) - 1, len(two) - 1
    if n <= 0 or m <= 0:
        return 0.0
    for i in range(n):
        seen[(int(one[i]) * 31 + int(one[i + 1])) & 1023] += 1
    common = 0
    for j in range(m):
        at = (int(two[j]) * 31 + int(two[j + 1])) & 1023
        if seen[at] > 0:
            seen[at] -= 1
            common += 1
    for i in range(n):
        seen[(int(one[i]) * 31 + int(one[i + 1])) & 1023] = 0
    return 2.0 * common / (n + m)


@compiled
def _bones(sounds: NDArray[np.uint8], out: NDArray[np.uint8]) -> int:
    """Write the consonant classes of sounds, each run once; return how many. `out` may be `sounds` itself."""
    n = 0
    for code in sounds:
        kind = SKELETON_CLASS[code]
        if kind and (n == 0 or out[n - 1] != kind):
            out[n] = kind
            n += 1
    return n


@compiled
def _acronym(words: Words, row: NDArray[np.int32], text: NDArray[np.uint8]) -> bool:
    """Return whether a text is the first letters of a name's words, weak words counted or not."""
    if len(text) < 2 or len(row) < 2:
        return False
    for skip in range(2):
        n, fits = 0, True
        for i in range(len(row)):
            w = row[i]
            if skip and words.kind[w] == WEAK:
                continue
            if n >= len(text) or words.text[words.text_at[w]] != text[n]:
                fits = False
                break
            n += 1
        if fits and (n == len(text) or (n >= 2 and n == len(text) - 1 and text[n] in _FORM_LETTERS)):
            return True
    return False


@compiled
def _sorted_row(words: Words, row: NDArray[np.int32], order: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the row with its words in the order of their letters."""
    n = len(row)
    for i in range(n):
        order[i] = row[i]
    for i in range(1, n):
        k = i
        while k > 0 and _before(words, order[k], order[k - 1]):
            order[k], order[k - 1] = order[k - 1], order[k]
            k -= 1
    return order[:n]


@compiled
def _before(words: Words, one: int, two: int) -> bool:
    a, b = (
        words.text[words.text_at[one] : words.text_at[one + 1]],
        words.text[words.text_at[two] : words.text_at[two + 1]],
    )
    for i in range(min(len(a), len(b))):
        if a[i] != b[i]:
            return bool(a[i] < b[i])
    return len(a) < len(b)


@compiled
def fill_whole(
    one: Words, row_one: NDArray[np.int32], two: Words, row_two: NDArray[np.int32], space: Space,
    order: NDArray[np.int32], out: NDArray[np.float32], mode: int,
) -> None:  # fmt: skip
    """Fill the columns that compare the names as whole texts."""
    n = glue(one, row_one, 0, len(row_one), space.text_one, False)
    m = glue(two, row_two, 0, len(row_two), space.text_two, False)
    shorter, longer = min(n, m), max(n, m)
    out[23] = shorter
    if mode == 0:
        out[11] = edit_likeness(space.text_one[:n], space.text_two[:m], space.rows)
        if (n < m and starts(space.text_one[:n], space.text_two[:m])) or starts(
            space.text_two[:m], space.text_one[:n]
        ):
            out[21] = shorter / longer
        if (len(row_two) >= 2 and _acronym(two, row_two, space.text_one[:n])) or (
            len(row_one) >= 2 and _acronym(one, row_one, space.text_two[:m])
        ):
            out[20] = 1.0
        glue(one, _sorted_row(one, row_one, order[0]), 0, len(row_one), space.text_one, False)
        glue(two, _sorted_row(two, row_two, order[1]), 0, len(row_two), space.text_two, False)
        out[46] = _pairs_of_letters(space.text_one[:n], space.text_two[:m], space.seen)
        out[10] = edit_likeness(space.text_one[:n], space.text_two[:m], space.rows)
    if mode == 0 and out[11] < _FAR and out[10] < _FAR:  # no need to ask how they sound
        out[12] = out[11]
        out[48] = 0.0
        return
    best = 0.0
    n = glue(one, row_one, 0, len(row_one), space.text_one, True)
    turns = min(len(row_two), 4) if (len(row_one) == 1 or mode > 0) else 1
    for turn in range(turns):
        m = glue(two, row_two, (len(row_two) - turn) % len(row_two), len(row_two), space.text_two, True)
        best = max(best, float(sound_likeness(space.text_one[:n], space.text_two[:m], mode, space.row)))
    out[12] = best
    m = glue(two, row_two, 0, len(row_two), space.text_two, True)
    n = _bones(space.text_one[:n], space.text_one)
    m = _bones(space.text_two[:m], space.text_two)
    out[48] = edit_likeness(space.text_one[:n], space.text_two[:m], space.rows)
    if mode > 0:
        out[46] = 0.0


@compiled
def main_mode(words: Words, row: NDArray[np.int32]) -> int:
    """Return the mode of comparing that the words of a name ask for most."""
    best = 0
    for i in range(len(row)):
        best = max(best, int(words.mode[row[i]]))
    return best
