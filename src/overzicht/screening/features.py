"""What a pair of names tells, as numbers: one row per pair, a column per entry of `FEATURES`.

No column knows of a country. Whether more speaks for or against a match stands beside each name; the scorer
may not learn otherwise.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, NUMBER, WEAK
from overzicht.names.compiled import compiled
from overzicht.names.sound import edit_likeness, sound_likeness
from overzicht.screening.align import (
    ACRONYM,
    AS_INITIAL,
    EXACT,
    GLUED,
    LETTERS,
    MEANING,
    SOUND,
    Space,
    align,
    forget,
    glue,
    new_space,
    starts,
)
from overzicht.screening.pack import Names, Words


class Feature(NamedTuple):
    """A column: its name, and whether more of it speaks for (1), against (-1), or either way (0)."""

    name: str
    sign: int


FEATURES = (
    Feature("query_covered", 1),
    Feature("target_covered", 1),
    Feature("less_covered", 1),
    Feature("query_missing", -1),
    Feature("target_missing", -1),
    Feature("both_missing", -1),
    Feature("leftovers_alike", 1),
    Feature("weakest_word", 1),
    Feature("matched_rarity", 1),
    Feature("exact_share", 1),
    Feature("letters_sorted", 1),
    Feature("letters_in_order", 1),
    Feature("sound_in_order", 1),
    Feature("initial_share", -1),
    Feature("numbers_differ", -1),
    Feature("legal_forms_differ", -1),
    Feature("fewest_words", 0),
    Feature("same_order", 1),
    Feature("is_person", 0),
    Feature("script", 0),
    Feature("acronym", 1),
    Feature("begins_alike", 1),
    Feature("rarest_matched", 1),
    Feature("shortest_length", 0),
    Feature("letters_covered", 1),
    Feature("words_left_query", -1),
    Feature("words_left_target", -1),
    Feature("translated_share", 0),
    Feature("glued_share", 0),
    Feature("first_word_alike", 1),
    Feature("spare_words_are_weak", 1),
    Feature("fullest_weight", 0),
    Feature("known_words_differ", -1),
    Feature("first_letters_differ", -1),
    Feature("letters_changed", -1),
    Feature("acronym_share", 0),
)
_FORM_LETTERS = (99, 103, 108)  # c, g, l: company, corporation, group, limited close many an acronym
_FAR = 0.45
COUNT = len(FEATURES)
SIGNS = tuple(feature.sign for feature in FEATURES)


@compiled
def _side(
    words: Words,
    row: NDArray[np.int32],
    like: NDArray[np.float32],
    how: NDArray[np.uint8],
    partner: NDArray[np.int32],
) -> tuple[float, float, float, float, float, float, float, float, float, int, int, int, float]:
    total = covered = missing = exact = rarity = rarest = initials = translated = glued = 0.0
    weakest = 1.0
    left = weak_left = numbers_left = 0
    for i in range(len(row)):
        w = row[i]
        weight = float(words.weight[w])
        total += weight
        value = float(like[i])
        if partner[i] < 0:
            missing = max(missing, weight)
            if words.kind[w] == NUMBER:
                numbers_left += 1
            if words.kind[w] == WEAK or words.kind[w] == INITIAL:
                weak_left += 1
            else:
                left += 1
            continue
        covered += weight * value
        missing = max(missing, weight * (1.0 - value))
        rarity += weight * value
        if how[i] == EXACT:
            exact += weight
        if how[i] == AS_INITIAL:
            initials += 1.0
        elif words.kind[w] != WEAK:
            weakest = min(weakest, value)
            rarest = max(rarest, weight * value)
        if how[i] == MEANING:
            translated += weight
        if how[i] == GLUED:
            glued += weight
    if total <= 0.0:
        total = 1.0
    return (
        covered / total, missing, exact / total, rarity, rarest, weakest, initials / max(1, len(row)),
        translated / total, glued / total, left, weak_left, numbers_left, total,
    )  # fmt: skip


@compiled
def _spelt(
    words: Words, row: NDArray[np.int32], partner: NDArray[np.int32], how: NDArray[np.uint8],
    like: NDArray[np.float32],
    letters: NDArray[np.float32],
) -> float:  # fmt: skip
    """Return the share of a name that is met in letters alone."""
    total = covered = 0.0
    for i in range(len(row)):
        weight = float(words.weight[row[i]])
        total += weight
        if partner[i] >= 0:
            covered += weight * (float(like[i]) if how[i] == GLUED else float(letters[i, partner[i]]))
    return covered / total if total > 0.0 else 0.0


@compiled
def _changes(
    one: Words, row_one: NDArray[np.int32], two: Words, row_two: NDArray[np.int32], space: Space
) -> tuple[float, float, float, float]:
    """Return what small differences tell: known words that differ, first letters, letters, acronyms.

    A slip of the pen makes a word that nobody bears; two words that are both borne are two names.
    """
    known, firsts, changed, acronyms = 0.0, 0.0, 0.0, 0.0
    for i in range(len(row_one)):
        j = space.one_with[i]
        if j >= 0 and space.one_how[i] == ACRONYM:
            acronyms += 1.0
        if j < 0 or space.one_how[i] not in (LETTERS, SOUND):
            continue
        v, w = row_one[i], row_two[j]
        difference = 1.0 - float(space.one_like[i])
        borne = 1.0 - max(float(one.weight[v]), float(two.weight[w]))
        known = max(known, borne * difference)
        if one.sound_at[v] < one.sound_at[v + 1] and two.sound_at[w] < two.sound_at[w + 1]:
            firsts += 1.0 if one.sound[one.sound_at[v]] != two.sound[two.sound_at[w]] else 0.0
        changed += difference * max(one.text_at[v + 1] - one.text_at[v], two.text_at[w + 1] - two.text_at[w])
    return known, min(firsts, 3.0), min(changed, 8.0), acronyms


@compiled
def _leftovers(
    one: Words, row_one: NDArray[np.int32], two: Words, row_two: NDArray[np.int32], space: Space
) -> float:
    """Return how alike the nearest words without partner are; 1 where one side has none left."""
    best, any_one, any_two = 0.0, False, False
    for i in range(len(row_one)):
        if space.one_with[i] >= 0 or one.kind[row_one[i]] == WEAK:
            continue
        any_one = True
        for j in range(len(row_two)):
            if space.two_with[j] < 0 and two.kind[row_two[j]] != WEAK:
                any_two = True
                best = max(best, float(space.like[i, j]))
    if not any_one:
        return 1.0
    for j in range(len(row_two)):
        if space.two_with[j] < 0 and two.kind[row_two[j]] != WEAK:
            any_two = True
    return best if any_two else 1.0


@compiled
def _order(row_one: NDArray[np.int32], space: Space) -> float:
    """Return the share of neighbouring matches that run in the same direction; 1 for fewer than two."""
    last, right, steps = -1, 0, 0
    for i in range(len(row_one)):
        partner = space.one_with[i]
        if partner < 0:
            continue
        if last >= 0:
            steps += 1
            right += 1 if partner >= last else 0
        last = partner
    return right / steps if steps else 1.0


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
def _whole(
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
        out[10] = edit_likeness(space.text_one[:n], space.text_two[:m], space.rows)
    if mode == 0 and out[11] < _FAR and out[10] < _FAR:  # no need to ask how they sound
        out[12] = out[11]
        return
    best = 0.0
    n = glue(one, row_one, 0, len(row_one), space.text_one, True)
    turns = min(len(row_two), 4) if (len(row_one) == 1 or mode > 0) else 1
    for turn in range(turns):
        m = glue(two, row_two, (len(row_two) - turn) % len(row_two), len(row_two), space.text_two, True)
        best = max(best, float(sound_likeness(space.text_one[:n], space.text_two[:m], mode, space.row)))
    out[12] = best


@compiled
def _main_mode(words: Words, row: NDArray[np.int32]) -> int:
    best = 0
    for i in range(len(row)):
        best = max(best, int(words.mode[row[i]]))
    return best


@compiled
def fill_row(
    one: Words, row_one: NDArray[np.int32], two: Words, row_two: NDArray[np.int32], space: Space,
    order: NDArray[np.int32], out: NDArray[np.float32],
) -> None:  # fmt: skip
    """Fill the columns of one pair but for legal forms and kinds; all 0 where a name has no words."""
    out[:] = 0.0
    if len(row_one) == 0 or len(row_two) == 0:
        return
    align(one, row_one, two, row_two, space)
    a = _side(one, row_one, space.one_like, space.one_how, space.one_with)
    b = _side(two, row_two, space.two_like, space.two_how, space.two_with)
    out[0], out[1], out[2] = a[0], b[0], min(a[0], b[0])
    out[3], out[4], out[5] = a[1], b[1], min(a[1], b[1])
    out[6] = _leftovers(one, row_one, two, row_two, space)
    out[7] = min(a[5], b[5]) if a[4] > 0.0 else 0.0
    out[8], out[9], out[13] = (a[3] + b[3]) / 2.0, (a[2] + b[2]) / 2.0, max(a[6], b[6])
    out[14] = min(3, a[11] + b[11]) + (1.0 if a[11] and b[11] else 0.0)
    out[16] = min(len(row_one), len(row_two), 5)
    out[17] = _order(row_one, space)
    mode_one, mode_two = _main_mode(one, row_one), _main_mode(two, row_two)
    mode = 0 if mode_one == mode_two else max(mode_one, mode_two)
    out[19] = mode
    out[22] = min(a[4], b[4])
    out[24] = min(
        _spelt(one, row_one, space.one_with, space.one_how, space.one_like, space.letters),
        _spelt(two, row_two, space.two_with, space.two_how, space.two_like, space.letters.T),
    )
    out[25], out[26] = min(a[9], 4), min(b[9], 4)
    out[27], out[28] = max(a[7], b[7]), max(a[8], b[8])
    out[29] = space.like[0, 0]
    out[30] = 1.0 if (a[9] == 0 and b[9] == 0) else 0.0
    out[31] = min(a[12], b[12])
    out[32], out[33], out[34], out[35] = _changes(one, row_one, two, row_two, space)
    _whole(one, row_one, two, row_two, space, order, out, mode)


@compiled
def _forms(one: int, two: int) -> float:
    if one == two:
        return 0.0
    return 1.0 if one == 0 or two == 0 else 2.0


@compiled
def fill_pair(
    words_one: Words, names_one: Names, i: int, words_two: Words, names_two: Names, j: int, space: Space,
    order: NDArray[np.int32], out: NDArray[np.float32],
) -> None:  # fmt: skip
    """Fill all columns for name i of one pack and name j of the other."""
    row_one = names_one.word[names_one.at[i] : names_one.at[i + 1]]
    row_two = names_two.word[names_two.at[j] : names_two.at[j + 1]]
    fill_row(words_one, row_one, words_two, row_two, space, order, out)
    out[15] = _forms(int(names_one.form[i]), int(names_two.form[j]))
    out[18] = 1.0 if names_one.person[i] and names_two.person[j] else 0.0


@compiled
def fill(
    words_one: Words, names_one: Names, words_two: Words, names_two: Names, pairs: NDArray[np.int32],
    space: Space,
    order: NDArray[np.int32], out: NDArray[np.float32],
) -> None:  # fmt: skip
    """Fill `out` (pairs by columns); `pairs` holds the number of either name."""
    last = -1
    for k in range(len(pairs)):
        i, j = pairs[k, 0], pairs[k, 1]
        if i != last:
            forget(space, names_one.at[i + 1] - names_one.at[i])
            last = i
        fill_pair(words_one, names_one, i, words_two, names_two, j, space, order, out[k])


def features(
    one: tuple[Words, Names], two: tuple[Words, Names], pairs: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Return the columns (pairs by COUNT) of pairs of name numbers (pairs by 2)."""
    out = np.zeros((len(pairs), COUNT), np.float32)
    order = np.zeros((2, 64), np.int32)
    fill(one[0], one[1], two[0], two[1], pairs, new_space(), order, out)
    return out
