"""Figures on the aligned words of two names: small compiled functions, one or more columns each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, NUMBER, WEAK
from overzicht.names.compiled import Grid, compiled
from overzicht.screening.align import ACRONYM, AS_INITIAL, EXACT, GLUED, LETTERS, MEANING, SOUND, Side, Space
from overzicht.screening.pack import Name, sound_of, text_of

UNKNOWN_FAMILY = 0.6  # between matched and not: nothing marks which words are the family name


class Figures(NamedTuple):
    """Figures on the words of one name, as shares of its weight if not stated otherwise.

    `missing`: highest weight not matched. `rarity`, `rarest` and `second`: weight matched, in total, of the
    rarest word, and of the second rarest that is not weak. `weakest`: likeness of the worst match.
    `initials`: share of the words matched by an initial. `left`, `numbers_left`: number of words without a
    partner. `heaviest`: likeness of the rarest word's match. `matched`, `matched_exactly`: number of words
    that are not weak; `rarest_exact`: weight of the rarest of the latter. `weight`: of the whole name.
    """

    covered: float
    missing: float
    exact: float
    rarity: float
    rarest: float
    second: float
    weakest: float
    initials: float
    translated: float
    glued: float
    left: int
    numbers_left: int
    weight: float
    heaviest: float
    patronymic: float
    matched: float
    matched_exactly: float
    rarest_exact: float


@compiled
def _words_left(name: Name, side: Side) -> tuple[int, int]:
    """Return the number of words without a partner (no weak ones, no initials), and of numbers among them."""
    words, left, numbers = name.words, 0, 0
    for i in range(len(name.row)):
        w = name.row[i]
        if side.partner[i] < 0:
            numbers += 1 if words.kind[w] == NUMBER else 0
            left += 0 if words.kind[w] == WEAK or words.kind[w] == INITIAL else 1
    return left, numbers


@compiled
def _strong_matches(name: Name, side: Side) -> tuple[float, float, float, float]:
    """Return `second`, `matched`, `matched_exactly` and `rarest_exact` of the figures on a name."""
    first = second = matched = matched_exactly = rarest_exact = 0.0
    for i in range(len(name.row)):
        w = name.row[i]
        if side.partner[i] < 0 or name.words.kind[w] == WEAK:
            continue
        weight = float(name.words.weight[w])
        part = weight * float(side.like[i])
        matched += 1.0
        if side.how[i] == EXACT:
            matched_exactly += 1.0
            rarest_exact = max(rarest_exact, weight)
        if part > first:
            first, second = part, first
        elif part > second:
            second = part
    return second, matched, matched_exactly, rarest_exact


@compiled
def figures(name: Name, side: Side) -> Figures:
    """Return the figures on one name."""
    words, row = name.words, name.row
    total = covered = missing = exact = rarest = initials = translated = glued = patronymic = heaviest = 0.0
    weakest, most = 1.0, -1.0
    left, numbers_left = _words_left(name, side)
    second, matched, matched_exactly, rarest_exact = _strong_matches(name, side)
    for i in range(len(row)):
        w = row[i]
        weight, value, how = float(words.weight[w]), float(side.like[i]), side.how[i]
        total += weight
        is_matched = side.partner[i] >= 0
        if weight > most:
            most, heaviest = weight, value if is_matched else 0.0
        if not is_matched:
            missing = max(missing, weight)
            continue
        part = weight * value
        covered += part
        missing = max(missing, weight * (1.0 - value))
        exact += weight if how == EXACT else 0.0
        translated += weight if how == MEANING else 0.0
        glued += weight if how == GLUED else 0.0
        patronymic += part if _is_patronymic(text_of(words, w)) else 0.0
        if how == AS_INITIAL:
            initials += 1.0
        elif words.kind[w] != WEAK:
            weakest, rarest = min(weakest, value), max(rarest, part)
    whole = total if total > 0.0 else 1.0
    return Figures(
        covered / whole,
        missing,
        exact / whole,
        covered,
        rarest,
        second,
        weakest,
        initials / max(1, len(row)),
        translated / whole,
        glued / whole,
        left,
        numbers_left,
        whole,
        heaviest,
        patronymic / covered if covered > 0.0 else 0.0,
        min(matched, 5.0),
        min(matched_exactly, 5.0),
        rarest_exact,
    )


@compiled
def spelt(name: Name, side: Side, letters: Grid[np.float32], is_left: bool) -> float:
    """Return the share of a name that matches in letters alone; `letters` is by word of left and right."""
    total = covered = 0.0
    for i in range(len(name.row)):
        weight = float(name.words.weight[name.row[i]])
        total += weight
        if side.partner[i] >= 0:
            j = side.partner[i]
            like = letters[i, j] if is_left else letters[j, i]
            covered += weight * float(side.like[i] if side.how[i] == GLUED else like)
    return covered / total if total > 0.0 else 0.0


@compiled
def changes(left: Name, right: Name, side: Side) -> tuple[float, float, float, float]:
    """Return figures on small differences: known words that differ, first letters, letters, acronyms.

    A typing error makes a word that is in no other name; two known words make two names.
    """
    known, firsts, changed, acronyms = 0.0, 0.0, 0.0, 0.0
    for i in range(len(left.row)):
        j = side.partner[i]
        if j >= 0 and side.how[i] == ACRONYM:
            acronyms += 1.0
        if j < 0 or side.how[i] not in (LETTERS, SOUND):
            continue
        v, w = left.row[i], right.row[j]
        difference = 1.0 - float(side.like[i])
        frequency = 1.0 - max(float(left.words.weight[v]), float(right.words.weight[w]))
        known = max(known, frequency * difference)
        sounds, others = sound_of(left.words, v), sound_of(right.words, w)
        if len(sounds) and len(others):
            firsts += 1.0 if sounds[0] != others[0] else 0.0
        changed += difference * max(len(text_of(left.words, v)), len(text_of(right.words, w)))
    return known, min(firsts, 3.0), min(changed, 8.0), acronyms


@compiled
def family_matched(name: Name, code: int, side: Side) -> float:
    """Return the share of the family name that matches, by weight; UNKNOWN_FAMILY if it is not marked."""
    if code <= 1:
        return UNKNOWN_FAMILY
    size = len(name.row)
    first, last = size - (code - 100) if code > 100 else 0, size if code > 100 else code - 1
    total = covered = 0.0
    for i in range(max(0, first), min(last, size)):
        weight = float(name.words.weight[name.row[i]])
        total += weight
        if side.partner[i] >= 0:
            covered += weight * float(side.like[i])
    return covered / total if total > 0.0 else UNKNOWN_FAMILY


@compiled
def _is_patronymic(text: NDArray[np.uint8]) -> bool:
    n = len(text)
    if n < 6:
        return False
    a, b, c, d = text[n - 4], text[n - 3], text[n - 2], text[n - 1]
    if b == 118 and c == 110 and d == 97:  # vna
        return True
    if a == 118 and (b == 105 or b == 121) and c == 99 and d == 104:  # vich, vych
        return True
    return bool(a == 101 and b == 118 and c == 105 and d == 99)  # evic


@compiled
def cosine(left: Name, right: Name, side: Side) -> float:
    """Return the cosine of two names as bags of words, each matched word times its likeness."""
    a = b = both = 0.0
    for i in range(len(left.row)):
        weight = float(left.words.weight[left.row[i]])
        a += weight * weight
        j = side.partner[i]
        if j >= 0:
            both += weight * float(right.words.weight[right.row[j]]) * float(side.like[i])
    for w in right.row:
        b += float(right.words.weight[w]) ** 2
    return min(1.0, float(both / (np.sqrt(a * b) + 1e-9)))


@compiled
def _is_left(name: Name, side: Side, i: int) -> bool:
    return bool(side.partner[i] < 0 and name.words.kind[name.row[i]] != WEAK)


@compiled
def leftovers(left: Name, right: Name, space: Space) -> float:
    """Return the highest likeness of two words without a partner; 1 if either name has none."""
    best, any_left, any_right = 0.0, False, False
    for j in range(len(right.row)):
        any_right = any_right or _is_left(right, space.right, j)
    for i in range(len(left.row)):
        if _is_left(left, space.left, i):
            any_left = True
            for j in range(len(right.row)):
                if _is_left(right, space.right, j):
                    best = max(best, float(space.like[i, j]))
    return best if any_left and any_right else 1.0


@compiled
def order_kept(row: NDArray[np.int32], side: Side) -> float:
    """Return the share of neighbouring matches in the same direction; 1 for fewer than two."""
    last, kept, steps = -1, 0, 0
    for i in range(len(row)):
        partner = side.partner[i]
        if partner < 0:
            continue
        if last >= 0:
            steps += 1
            kept += 1 if partner >= last else 0
        last = partner
    return kept / steps if steps else 1.0
