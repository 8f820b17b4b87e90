"""What the words of two names tell once they have met: small compiled functions, a column or a few each."""

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, NUMBER, WEAK
from overzicht.names.compiled import compiled
from overzicht.screening.align import ACRONYM, AS_INITIAL, EXACT, GLUED, LETTERS, MEANING, SOUND, Space
from overzicht.screening.pack import Words

UNKNOWN_FAMILY = 0.6  # between met and not met: nothing marks which words are the family name


@compiled
def side(
    words: Words,
    row: NDArray[np.int32],
    like: NDArray[np.float32],
    how: NDArray[np.uint8],
    partner: NDArray[np.int32],
) -> tuple[float, float, float, float, float, float, float, float, float, int, int, int, float]:
    """Return what the words of one name tell: see `fill_row` for the order."""
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
def spelt(
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
def changes(
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
def family_met(
    words: Words, row: NDArray[np.int32], code: int, like: NDArray[np.float32], partner: NDArray[np.int32]
) -> float:
    """Return how far the family name is met, by weight; UNKNOWN_FAMILY where it is not marked."""
    if code <= 1:
        return UNKNOWN_FAMILY
    first, last = (len(row) - (code - 100), len(row)) if code > 100 else (0, code - 1)
    total = covered = 0.0
    for i in range(max(0, first), min(last, len(row))):
        weight = float(words.weight[row[i]])
        total += weight
        if partner[i] >= 0:
            covered += weight * float(like[i])
    return covered / total if total > 0.0 else UNKNOWN_FAMILY


@compiled
def _is_patronymic(text: NDArray[np.uint8]) -> bool:
    """Return whether a word ends as a Slavic father's name does."""
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
def patronymics(
    words: Words, row: NDArray[np.int32], like: NDArray[np.float32], partner: NDArray[np.int32]
) -> float:
    """Return the share of what is met that is a patronymic."""
    total = share = 0.0
    for i in range(len(row)):
        if partner[i] >= 0:
            w = row[i]
            part = float(words.weight[w]) * float(like[i])
            total += part
            if _is_patronymic(words.text[words.text_at[w] : words.text_at[w + 1]]):
                share += part
    return share / total if total > 0.0 else 0.0


@compiled
def heaviest(
    words: Words, row: NDArray[np.int32], like: NDArray[np.float32], partner: NDArray[np.int32]
) -> float:
    """Return how far the rarest word of a name is met; 0 where it is not."""
    best, value = -1.0, 0.0
    for i in range(len(row)):
        weight = float(words.weight[row[i]])
        if weight > best:
            best, value = weight, float(like[i]) if partner[i] >= 0 else 0.0
    return value


@compiled
def cosine(
    one: Words, row_one: NDArray[np.int32], two: Words, row_two: NDArray[np.int32], space: Space
) -> float:
    """Return the cosine of two names as bags of words, each word met as far as it is alike."""
    a = b = both = 0.0
    for i in range(len(row_one)):
        weight = float(one.weight[row_one[i]])
        a += weight * weight
        j = space.one_with[i]
        if j >= 0:
            both += weight * float(two.weight[row_two[j]]) * float(space.one_like[i])
    for j in range(len(row_two)):
        b += float(two.weight[row_two[j]]) ** 2
    return min(1.0, float(both / (np.sqrt(a * b) + 1e-9)))


@compiled
def met_words(
    words: Words,
    row: NDArray[np.int32],
    like: NDArray[np.float32],
    how: NDArray[np.uint8],
    partner: NDArray[np.int32],
) -> tuple[float, float, float, float]:
    """Return how many words but weak ones are met, how many exactly, the rarest of these, the second met."""
    met = exact = rarest = first = second = 0.0
    for i in range(len(row)):
        w = row[i]
        if partner[i] < 0 or words.kind[w] == WEAK:
            continue
        met += 1.0
        weight = float(words.weight[w])
        if how[i] == EXACT:
            exact += 1.0
            rarest = max(rarest, weight)
        value = weight * float(like[i])
        if value > first:
            first, second = value, first
        elif value > second:
            second = value
    return min(met, 5.0), min(exact, 5.0), rarest, second


@compiled
def leftovers(
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
def order_kept(row_one: NDArray[np.int32], space: Space) -> float:
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
