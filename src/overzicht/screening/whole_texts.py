"""Comparison of two names as whole texts: letters in order and sorted, sounds, consonants, first letters."""

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import WEAK
from overzicht.names.compiled import compiled
from overzicht.names.sound import SKELETON_CLASS, edit_likeness, sound_likeness
from overzicht.screening.align import Space, glue, starts
from overzicht.screening.pack import Name, is_before, text_of

_FORM_LETTERS = (99, 103, 108)  # c, g, l: company, corporation, group, limited close many an acronym
_FAR = 0.45


@compiled
def _pairs_of_letters(left: NDArray[np.uint8], right: NDArray[np.uint8], seen: NDArray[np.int32]) -> float:
    """Return the share of pairs of letters that two texts have in common (Dice); `seen` is zeroed space."""
    n, m = len(left) - 1, len(right) - 1
    if n <= 0 or m <= 0:
        return 0.0
    for i in range(n):
        seen[(int(left[i]) * 31 + int(left[i + 1])) & 1023] += 1
    common = 0
    for j in range(m):
        at = (int(right[j]) * 31 + int(right[j + 1])) & 1023
        if seen[at] > 0:
            seen[at] -= 1
            common += 1
    for i in range(n):
        seen[(int(left[i]) * 31 + int(left[i + 1])) & 1023] = 0
    return 2.0 * common / (n + m)


@compiled
def _bones(sounds: NDArray[np.uint8], out: NDArray[np.uint8]) -> int:
    """Write the consonant classes of sounds, each run once; return their number. `out` may be `sounds`."""
    n = 0
    for code in sounds:
        kind = SKELETON_CLASS[code]
        if kind and (n == 0 or out[n - 1] != kind):
            out[n] = kind
            n += 1
    return n


@compiled
def _is_acronym(text: NDArray[np.uint8], name: Name) -> bool:
    """Return whether a text is the first letters of a name's words, with or without weak words."""
    if len(text) < 2 or len(name.row) < 2:
        return False
    for skip in range(2):
        n, fits = 0, True
        for w in name.row:
            if skip and name.words.kind[w] == WEAK:
                continue
            if n >= len(text) or text_of(name.words, w)[0] != text[n]:
                fits = False
                break
            n += 1
        if fits and (n == len(text) or (n >= 2 and n == len(text) - 1 and text[n] in _FORM_LETTERS)):
            return True
    return False


@compiled
def _sorted_name(name: Name, order: NDArray[np.int32]) -> Name:
    n = len(name.row)
    order[:n] = name.row
    for i in range(1, n):
        k = i
        while k > 0 and is_before(text_of(name.words, order[k]), text_of(name.words, order[k - 1])):
            order[k], order[k - 1] = order[k - 1], order[k]
            k -= 1
    return Name(name.words, order[:n])


@compiled
def fill_whole(left: Name, right: Name, space: Space, out: NDArray[np.float32], mode: int) -> None:
    """Fill the columns that compare the names as whole texts."""
    x, y, rows = space.text_left, space.text_right, space.rows
    size, other_size = len(left.row), len(right.row)
    n, m = glue(left, 0, size, x, False), glue(right, 0, other_size, y, False)
    out[23] = min(n, m)
    if mode == 0:
        out[11] = edit_likeness(x[:n], y[:m], rows)
        if (n < m and starts(x[:n], y[:m])) or starts(y[:m], x[:n]):
            out[21] = min(n, m) / max(n, m)
        if _is_acronym(x[:n], right) or _is_acronym(y[:m], left):
            out[20] = 1.0
        glue(_sorted_name(left, space.order[0]), 0, size, x, False)
        glue(_sorted_name(right, space.order[1]), 0, other_size, y, False)
        out[46] = _pairs_of_letters(x[:n], y[:m], space.seen)
        out[10] = edit_likeness(x[:n], y[:m], rows)
        if out[11] < _FAR and out[10] < _FAR:  # too different to compare the sounds
            out[12] = out[11]
            return
    best = 0.0
    n = glue(left, 0, size, x, True)
    turns = min(other_size, 4) if (size == 1 or mode > 0) else 1
    for turn in range(turns):
        m = glue(right, (other_size - turn) % other_size, other_size, y, True)
        best = max(best, float(sound_likeness(x[:n], y[:m], mode, space.row)))
    out[12] = best
    m = glue(right, 0, other_size, y, True)
    n, m = _bones(x[:n], x), _bones(y[:m], y)
    out[48] = edit_likeness(x[:n], y[:m], rows)


@compiled
def main_mode(name: Name) -> int:
    """Return the highest mode of comparing of the words of a name."""
    best = 0
    for w in name.row:
        best = max(best, int(name.words.mode[w]))
    return best
