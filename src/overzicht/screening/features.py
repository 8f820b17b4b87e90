"""What a pair of names tells, as numbers: one row per pair, a column per entry of `FEATURES`.

No column knows of a country. Whether more speaks for or against a match stands beside each name; the scorer
may not learn otherwise.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.compiled import compiled
from overzicht.screening.align import Space, align, forget, new_space
from overzicht.screening.columns import (
    UNKNOWN_FAMILY,
    changes,
    cosine,
    family_met,
    heaviest,
    leftovers,
    met_words,
    order_kept,
    patronymics,
    side,
    spelt,
)
from overzicht.screening.pack import Names, Words
from overzicht.screening.wholes import fill_whole, main_mode


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
    Feature("matched_rarity", 0),
    Feature("exact_share", 0),
    Feature("letters_sorted", 1),
    Feature("letters_in_order", 1),
    Feature("sound_in_order", 0),
    Feature("initial_share", 0),
    Feature("numbers_differ", -1),
    Feature("legal_forms_differ", -1),
    Feature("fewest_words", 0),
    Feature("same_order", 1),
    Feature("is_person", 0),
    Feature("script", 0),
    Feature("acronym", 1),
    Feature("begins_alike", 1),
    Feature("rarest_matched", 0),
    Feature("shortest_length", 0),
    Feature("letters_covered", 1),
    Feature("words_left_query", 0),
    Feature("words_left_target", 0),
    Feature("translated_share", 0),
    Feature("glued_share", 0),
    Feature("first_word_alike", 1),
    Feature("spare_words_are_weak", 1),
    Feature("fullest_weight", 0),
    Feature("known_words_differ", 0),
    Feature("first_letters_differ", 0),
    Feature("letters_changed", 0),
    Feature("acronym_share", 0),
    Feature("family_alike", 1),
    Feature("patronymic_share", 0),
    Feature("last_word_alike", 1),
    Feature("heaviest_alike", 1),
    Feature("cosine", 1),
    Feature("fewer_words_left", 0),
    Feature("words_met", 0),
    Feature("words_exact", 0),
    Feature("rarest_exact", 0),
    Feature("balance", 0),
    Feature("pairs_of_letters", 1),
    Feature("contrast", 0),
    Feature("skeletons_alike", 1),
    Feature("second_rarest", 0),
)
COUNT = len(FEATURES)
SIGNS = tuple(feature.sign for feature in FEATURES)


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
    a = side(one, row_one, space.one_like, space.one_how, space.one_with)
    b = side(two, row_two, space.two_like, space.two_how, space.two_with)
    out[0], out[1], out[2] = a[0], b[0], min(a[0], b[0])
    out[3], out[4], out[5] = a[1], b[1], min(a[1], b[1])
    out[6] = leftovers(one, row_one, two, row_two, space)
    out[7] = min(a[5], b[5]) if a[4] > 0.0 else 0.0
    out[8], out[9], out[13] = (a[3] + b[3]) / 2.0, (a[2] + b[2]) / 2.0, max(a[6], b[6])
    out[14] = min(3, a[11] + b[11]) + (1.0 if a[11] and b[11] else 0.0)
    out[16] = min(len(row_one), len(row_two), 5)
    out[17] = order_kept(row_one, space)
    mode_one, mode_two = main_mode(one, row_one), main_mode(two, row_two)
    mode = 0 if mode_one == mode_two else max(mode_one, mode_two)
    out[19] = mode
    out[22] = min(a[4], b[4])
    out[24] = min(
        spelt(one, row_one, space.one_with, space.one_how, space.one_like, space.letters),
        spelt(two, row_two, space.two_with, space.two_how, space.two_like, space.letters.T),
    )
    out[25], out[26] = min(a[9], 4), min(b[9], 4)
    out[27], out[28] = max(a[7], b[7]), max(a[8], b[8])
    out[29] = space.like[0, 0]
    out[30] = 1.0 if (a[9] == 0 and b[9] == 0) else 0.0
    out[31] = min(a[12], b[12])
    out[32], out[33], out[34], out[35] = changes(one, row_one, two, row_two, space)
    fill_whole(one, row_one, two, row_two, space, order, out, mode)
    out[37] = max(
        patronymics(one, row_one, space.one_like, space.one_with),
        patronymics(two, row_two, space.two_like, space.two_with),
    )
    out[38] = space.like[len(row_one) - 1, len(row_two) - 1]
    out[39] = min(
        heaviest(one, row_one, space.one_like, space.one_with),
        heaviest(two, row_two, space.two_like, space.two_with),
    )
    out[40] = cosine(one, row_one, two, row_two, space)
    out[41] = min(out[25], out[26])
    c = met_words(one, row_one, space.one_like, space.one_how, space.one_with)
    d = met_words(two, row_two, space.two_like, space.two_how, space.two_with)
    out[42], out[43], out[44], out[49] = min(c[0], d[0]), min(c[1], d[1]), min(c[2], d[2]), min(c[3], d[3])
    out[45] = out[8] - ((1.0 - out[0]) * a[12] + (1.0 - out[1]) * b[12]) / 2.0
    out[47] = out[5] * (1.0 - out[6])


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
    out[36] = UNKNOWN_FAMILY
    if len(row_one) and len(row_two):
        x = family_met(words_one, row_one, int(names_one.person[i]), space.one_like, space.one_with)
        z = family_met(words_two, row_two, int(names_two.person[j]), space.two_like, space.two_with)
        out[36] = x if z == UNKNOWN_FAMILY else (z if x == UNKNOWN_FAMILY else min(x, z))


@compiled
def fill(
    words_one: Words, names_one: Names, words_two: Words, names_two: Names, pairs: NDArray[np.int32],
    space: Space,
    order: NDArray[np.int32], out: NDArray[np.float32],
) -> None:  # fmt: skip
    """Fill `out` (pairs by columns); `pairs` holds the number of either name."""
    last = -1
    for k in range(len(pairs)):
        i, j = 0 + pairs[k, 0], 0 + pairs[k, 1]  # as wide as others give them: one compilation
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
