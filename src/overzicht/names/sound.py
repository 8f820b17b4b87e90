"""Sounds of names: Latin letters as sound codes, an edit distance with costs, and consonant skeletons.

The costs state which sounds replace each other between alphabets. A vowel costs very little if vowels are not
written (Arabic, Hebrew), and little if each syllable needs one (Han, kana, Hangul).
"""

import numpy as np
from numpy.typing import NDArray

from overzicht.names.compiled import Cube, Grid, compiled

A, E, I, O, U, P, B, F, V, T, D, K, G, H, S, Z, SH, M, N, L, R, J, C, Q, W = range(1, 26)
DIGIT = 26  # ten codes, one per digit
CODES = 36
SAME_SCRIPT, ALPHABET, ABJAD, SYLLABLES = range(4)
MAX_SOUNDS = 96

_CLOSE = {  # pairs of consonants, and the cost of one for the other
    (P, B): 0.3, (F, V): 0.25, (P, F): 0.5, (B, V): 0.4, (T, D): 0.3, (K, G): 0.35, (K, H): 0.45,
    (G, H): 0.4, (S, Z): 0.25, (S, SH): 0.4, (Z, SH): 0.5, (M, N): 0.5, (L, R): 0.6, (J, SH): 0.25,
    (J, I): 0.25, (J, E): 0.4, (J, H): 0.5, (J, G): 0.45, (J, Z): 0.4, (C, S): 0.2, (C, SH): 0.3,
    (C, K): 0.4, (C, Z): 0.3, (C, T): 0.5, (Q, K): 0.1, (Q, G): 0.25, (Q, H): 0.4, (Q, SH): 0.5,
    (Q, C): 0.5, (W, V): 0.15, (W, U): 0.15, (W, O): 0.3, (W, B): 0.5, (W, F): 0.5, (V, U): 0.4,
    (V, O): 0.6, (W, G): 0.6, (J, C): 0.5, (T, SH): 0.6, (T, S): 0.6, (D, Z): 0.5, (D, J): 0.5, (P, V): 0.6,
    (B, F): 0.6, (F, H): 0.7,
}  # fmt: skip
_SYLLABLE_COSTS = {
    (L, R): 0.1, (B, V): 0.15, (P, B): 0.2, (P, F): 0.2, (F, H): 0.25, (K, G): 0.2, (T, D): 0.2,
    (S, T): 0.4, (S, SH): 0.2, (Z, SH): 0.3, (J, SH): 0.15, (J, Z): 0.25, (C, S): 0.2, (C, SH): 0.2,
    (T, SH): 0.4, (Q, SH): 0.2, (N, M): 0.3, (D, J): 0.35, (W, V): 0.1, (W, B): 0.3, (G, J): 0.3,
    (K, SH): 0.6, (S, C): 0.15, (V, F): 0.2, (H, K): 0.3, (P, V): 0.3, (B, F): 0.3, (N, L): 0.4,
    (J, I): 0.2, (V, H): 0.5, (R, E): 0.5,
}  # fmt: skip
_ABJAD_COSTS = {
    (V, U): 0.02, (V, O): 0.02, (W, U): 0.02, (W, O): 0.02, (V, W): 0.02, (I, J): 0.1, (P, B): 0.1,
    (P, F): 0.1, (J, G): 0.15, (K, H): 0.3, (Q, K): 0.05, (Q, G): 0.1, (G, H): 0.3, (S, Z): 0.15,
    (T, D): 0.3, (S, SH): 0.25, (D, Z): 0.15, (C, S): 0.15, (C, SH): 0.2, (T, S): 0.4, (B, V): 0.05,
    (J, SH): 0.2, (J, Z): 0.35, (K, C): 0.1, (F, V): 0.25, (SH, H): 0.5,
}  # fmt: skip
_DROP = {
    SAME_SCRIPT: (0.45, 0.7),
    ALPHABET: (0.4, 0.6),
    ABJAD: (0.08, 0.5),
    SYLLABLES: (0.2, 0.4),
}  # vowel, h


def _costs() -> tuple[Cube[np.float32], Grid[np.float32]]:
    swap = np.ones((4, CODES, CODES), np.float32)
    drop = np.ones((4, CODES), np.float32)
    for mode in range(4):
        pairs = dict(_CLOSE)
        pairs.update({SYLLABLES: _SYLLABLE_COSTS, ABJAD: _ABJAD_COSTS}.get(mode, {}))
        vowel, aitch = _DROP[mode]
        for vowel_code in (A, E, I, O, U):
            for other in (A, E, I, O, U):
                swap[mode, vowel_code, other] = vowel * 0.7
        swap[mode, E, I] = swap[mode, I, E] = swap[mode, O, U] = swap[mode, U, O] = vowel * 0.4
        for (sound, other), cost in pairs.items():
            swap[mode, sound, other] = swap[mode, other, sound] = cost
        drop[mode, A : U + 1] = vowel
        drop[mode, H] = aitch
        drop[mode, J] = drop[mode, W] = 0.6
        if mode == ABJAD:
            drop[mode, W] = drop[mode, V] = 0.3
        if mode == SYLLABLES:
            drop[mode, R] = drop[mode, L] = 0.6  # final r is a long vowel in kana, and not written in Han
            drop[mode, N] = 0.8
            drop[mode, T] = 0.8
            drop[mode, W] = 0.3
        np.fill_diagonal(swap[mode], 0.0)
    return swap, drop


SWAP: Cube[np.float32]
DROP: Grid[np.float32]
SWAP, DROP = _costs()

_SIMPLE: NDArray[np.uint8] = np.zeros(128, np.uint8)
_LETTERS = (
    ("a", A), ("e", E), ("iy", I), ("o", O), ("u", U), ("p", P), ("b", B), ("f", F), ("v", V), ("t", T),
    ("d", D), ("k", K), ("g", G), ("h", H), ("s", S), ("z", Z), ("m", M), ("n", N), ("l", L), ("r", R),
    ("j", J), ("c", K), ("q", Q), ("w", W), ("x", SH),
)  # fmt: skip
for _letters, _code in _LETTERS:
    for _letter in _letters:
        _SIMPLE[ord(_letter)] = _code
for _digit in range(10):
    _SIMPLE[ord("0") + _digit] = DIGIT + _digit

SKELETON_CLASS: NDArray[np.uint8] = np.zeros(CODES, np.uint8)  # skeleton class of a sound; 0 leaves it out
for _codes, _class in (
    ((P, B, F, V), 1),
    ((T, D), 2),
    ((K, G, Q, H), 3),
    ((S, Z, SH, C, J), 4),
    ((M,), 5),
    ((N,), 6),
    ((L, R), 7),
):
    for _code in _codes:
        SKELETON_CLASS[_code] = _class
SKELETON_CLASS[DIGIT:] = np.arange(8, 18)


_PAIRS = {
    "sh": SH, "ch": SH, "zh": SH, "cz": SH, "ph": F, "kh": H, "th": T, "dh": D, "gh": G, "ts": C, "tz": C,
    "ck": K, "ou": U,
}  # fmt: skip
_PAIR: Grid[np.uint8] = np.zeros((128, 128), np.uint8)  # the sound that two letters make together, or 0
for _letters, _code in _PAIRS.items():
    _PAIR[ord(_letters[0]), ord(_letters[1])] = _code


@compiled
def encode_sounds(text: NDArray[np.uint8], out: NDArray[np.uint8]) -> int:
    """Write the sound codes of `text` (a-z, 0-9) to `out`, doubles once; return their number."""
    size, n, i = len(text), 0, 0
    while i < size and n < MAX_SOUNDS - 1:
        letter = int(text[i])
        following = int(text[i + 1]) if i + 1 < size else 0
        code = int(_PAIR[letter, following]) if following else 0
        step = 2 if code else 1
        if letter == 115 and following == 99 and i + 2 < size and text[i + 2] == 104:  # sch
            code, step = SH, 3
            if i + 3 < size - 1 and text[i + 3] == 99 and text[i + 4] == 104:  # shch, schtsch
                step = 5
        elif letter == 116 and following == 99 and i + 2 < size and text[i + 2] == 104:  # tch
            code, step = SH, 3
        if not code:
            code = int(_SIMPLE[letter])
            if letter == 99 and (following == 101 or following == 105 or following == 121):  # ce ci cy
                code = C
            elif letter == 120 and i > 0:  # x inside a word
                if n == 0 or out[n - 1] != K:
                    out[n] = K
                    n += 1
                code = S
        if code and (n == 0 or out[n - 1] != code):
            out[n] = code
            n += 1
        i += step
    return n


@compiled
def lacks_vowels(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> bool:
    """Return whether one of two rows of sound codes lacks most of the vowels that the other has."""
    vowels_left = vowels_right = 0
    for code in left:
        vowels_left += 1 if code <= U else 0
    for code in right:
        vowels_right += 1 if code <= U else 0
    if vowels_left == vowels_right:
        return False
    fewer, size = (vowels_left, len(left)) if vowels_left < vowels_right else (vowels_right, len(right))
    return size - fewer >= 2 and fewer * 4 <= size


@compiled
def skeleton(sounds: NDArray[np.uint8]) -> np.uint32:
    """Return a hash of the consonant classes of sound codes; 0 when there are fewer than right."""
    value = np.uint32(2166136261)
    last, count = 0, 0
    size = len(sounds)
    for i in range(size):
        kind = int(SKELETON_CLASS[sounds[i]])
        if kind == 0 or kind == last or (sounds[i] == H and i == size - 1):
            continue  # the same class twice counts once, also with a vowel between: the vowel may be dropped
        value = np.uint32((np.uint64(value) ^ np.uint64(kind)) * np.uint64(16777619) & np.uint64(0xFFFFFFFF))
        last = kind
        count += 1
    return value if count >= 2 else np.uint32(0)


@compiled
def sound_likeness(
    left: NDArray[np.uint8], right: NDArray[np.uint8], mode: int, row: NDArray[np.float32]
) -> float:
    """Return the similarity of two rows of sound codes, 0 to 1, by the cheapest edits in a mode.

    `row` is working space of at least len(right) + 1.
    """
    n, m = len(left), len(right)
    if n == 0 or m == 0:
        return 0.0
    swap, drop = SWAP[mode], DROP[mode]
    row[0] = 0.0
    for j in range(m):
        row[j + 1] = row[j] + drop[right[j]]
    whole_right = row[m]
    whole_left = np.float32(0.0)
    for i in range(n):
        a = left[i]
        lost = drop[a]
        whole_left += lost
        diagonal = row[0]
        row[0] = whole_left
        for j in range(m):
            b = right[j]
            up = row[j + 1]
            best = min(diagonal + swap[a, b], up + lost, row[j] + drop[b])
            diagonal = up
            row[j + 1] = best
    return max(0.0, float(1.0 - row[m] / max(whole_left, whole_right)))


@compiled
def edit_likeness(left: NDArray[np.uint8], right: NDArray[np.uint8], rows: Grid[np.int32]) -> float:
    """Return 1 - edits / longest, an edit is one letter more, less or other, or two neighbours swapped.

    `rows` is working space of at least four rows of at least len(right) + 1, the fourth with zeros.
    """
    n, m = len(left), len(right)
    longest = max(n, m)
    if longest == 0:
        return 0.0
    edits = _edits_in_words(left, right, rows[3]) if n <= 62 else _edits(left, right, rows)
    return 1.0 - edits / longest


@compiled
def _edits_in_words(left: NDArray[np.uint8], right: NDArray[np.uint8], places: NDArray[np.int32]) -> int:
    """Count edits with a bit per letter of `left` (Hyyrö 2003, with neighbours swapped)."""
    n = len(left)
    if n == 0:
        return len(right)
    unit, top = np.uint64(1), np.uint64(n - 1)
    for i in range(n):  # two halves of 31 bits per letter, as `places` holds numbers of 32 bits
        at = 2 * int(left[i])
        if i < 31:
            places[at] |= 1 << i
        else:
            places[at + 1] |= 1 << (i - 31)
    more, less, diagonal, before = ~np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    edits = n
    for letter in right:
        at = 2 * int(letter)
        match = np.uint64(places[at]) | (np.uint64(places[at + 1]) << np.uint64(31))
        swapped = (((~diagonal) & match) << unit) & before
        diagonal = (((match & more) + more) ^ more) | match | less | swapped
        up = less | ~(diagonal | more)
        down = diagonal & more
        edits += int((up >> top) & unit)
        edits -= int((down >> top) & unit)
        up = (up << unit) | unit
        down = down << unit
        more = down | ~(diagonal | up)
        less = up & diagonal
        before = match
    for letter in left:
        places[2 * int(letter)] = places[2 * int(letter) + 1] = 0
    return edits


@compiled
def _edits(left: NDArray[np.uint8], right: NDArray[np.uint8], rows: Grid[np.int32]) -> int:
    n, m = len(left), len(right)
    for j in range(m + 1):
        rows[1, j] = j
    for i in range(n):
        before, last, now = rows[i % 3], rows[(i + 1) % 3], rows[(i + 2) % 3]
        now[0] = i + 1
        for j in range(m):
            cost = min(last[j] + (0 if left[i] == right[j] else 1), last[j + 1] + 1, now[j] + 1)
            if i > 0 and j > 0 and left[i] == right[j - 1] and left[i - 1] == right[j]:
                cost = min(cost, before[j - 1] + 1)
            now[j + 1] = cost
    return int(rows[(n + 1) % 3, m])


@compiled
def may_sound_alike(left: NDArray[np.uint8], right: NDArray[np.uint8]) -> bool:
    """Return False if the consonants of two words differ so much that they cannot sound alike."""
    a = b = 0
    for code in left:
        a |= 1 << int(SKELETON_CLASS[code])
    for code in right:
        b |= 1 << int(SKELETON_CLASS[code])
    differing, common, count = (a ^ b) & ~1, a & b & ~1, 0
    while differing:
        differing &= differing - 1
        count += 1
    return count <= 1 or (count <= 3 and common != 0)
