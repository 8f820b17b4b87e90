"""Features of a pair of names: one row per pair, a column per entry of `FEATURES`.

No column depends on a country. The sign of a feature states whether more of it speaks for or against a match;
the scorer cannot learn otherwise.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.compiled import Grid, compiled
from overzicht.screening.align import Space, align, forget, new_space
from overzicht.screening.columns import (
    UNKNOWN_FAMILY,
    changes,
    cosine,
    family_matched,
    figures,
    leftovers,
    order_kept,
    spelt,
)
from overzicht.screening.pack import Name, Packed, name_of
from overzicht.screening.whole_texts import fill_whole, main_mode


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
def fill_row(left: Name, right: Name, space: Space, out: NDArray[np.float32]) -> None:
    """Fill the columns of one pair except legal forms and kinds; all 0 if a name has no words."""
    out[:] = 0.0
    if len(left.row) == 0 or len(right.row) == 0:
        return
    align(left, right, space)
    a, b = figures(left, space.left), figures(right, space.right)
    out[0], out[1], out[2] = a.covered, b.covered, min(a.covered, b.covered)
    out[3], out[4], out[5] = a.missing, b.missing, min(a.missing, b.missing)
    out[6] = leftovers(left, right, space)
    out[7] = min(a.weakest, b.weakest) if a.rarest > 0.0 else 0.0
    out[8], out[9] = (a.rarity + b.rarity) / 2.0, (a.exact + b.exact) / 2.0
    out[13] = max(a.initials, b.initials)
    both_have_numbers = a.numbers_left and b.numbers_left
    out[14] = min(3, a.numbers_left + b.numbers_left) + (1.0 if both_have_numbers else 0.0)
    out[16] = min(len(left.row), len(right.row), 5)
    out[17] = order_kept(left.row, space.left)
    mode_left, mode_right = main_mode(left), main_mode(right)
    mode = 0 if mode_left == mode_right else max(mode_left, mode_right)
    out[19] = mode
    out[22] = min(a.rarest, b.rarest)
    out[24] = min(
        spelt(left, space.left, space.letters, True), spelt(right, space.right, space.letters, False)
    )
    out[25], out[26] = min(a.left, 4), min(b.left, 4)
    out[27], out[28] = max(a.translated, b.translated), max(a.glued, b.glued)
    out[29] = space.like[0, 0]
    out[30] = 1.0 if (a.left == 0 and b.left == 0) else 0.0
    out[31] = min(a.weight, b.weight)
    out[32], out[33], out[34], out[35] = changes(left, right, space.left)
    fill_whole(left, right, space, out, mode)
    out[37] = max(a.patronymic, b.patronymic)
    out[38] = space.like[len(left.row) - 1, len(right.row) - 1]
    out[39] = min(a.heaviest, b.heaviest)
    out[40] = cosine(left, right, space.left)
    out[41] = min(out[25], out[26])
    out[42], out[43] = min(a.matched, b.matched), min(a.matched_exactly, b.matched_exactly)
    out[44], out[49] = min(a.rarest_exact, b.rarest_exact), min(a.second, b.second)
    out[45] = out[8] - ((1.0 - out[0]) * a.weight + (1.0 - out[1]) * b.weight) / 2.0
    out[47] = out[5] * (1.0 - out[6])


@compiled
def fill_pair(left: Packed, i: int, right: Packed, j: int, space: Space, out: NDArray[np.float32]) -> None:
    """Fill all columns for name i of one pack and name j of the other."""
    name, other = name_of(left, i), name_of(right, j)
    fill_row(name, other, space, out)
    form, other_form = left.names.form[i], right.names.form[j]
    out[15] = 0.0 if form == other_form else 1.0 if form == 0 or other_form == 0 else 2.0
    person, other_person = int(left.names.person[i]), int(right.names.person[j])
    out[18] = 1.0 if person and other_person else 0.0
    out[36] = UNKNOWN_FAMILY
    if len(name.row) and len(other.row):
        x = family_matched(name, person, space.left)
        z = family_matched(other, other_person, space.right)
        out[36] = x if z == UNKNOWN_FAMILY else (z if x == UNKNOWN_FAMILY else min(x, z))


@compiled
def _fill(left: Packed, right: Packed, pairs: Grid[np.int32], space: Space, out: Grid[np.float32]) -> None:
    last = -1
    for k in range(len(pairs)):
        i, j = pairs[k, 0], pairs[k, 1]
        if i != last:
            forget(space, left.names.at[i + 1] - left.names.at[i])
            last = i
        fill_pair(left, i, right, j, space, out[k])


def features(left: Packed, right: Packed, pairs: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the columns (pairs by COUNT) of pairs of name numbers (pairs by 2)."""
    out = np.zeros((len(pairs), COUNT), np.float32)
    _fill(left, right, np.ascontiguousarray(pairs, np.int32), new_space(), out)
    return out
