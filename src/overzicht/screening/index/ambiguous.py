"""Names that one list gives to several of its entries: such a name does not show that entries are one party.

A list has one entry per party. If two of its entries have another main name and few names in common, a name
of both identifies neither: `Ansar Allah` is one movement, and an alias of another.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from overzicht.names.normal import name_key
from overzicht.screening.index.resolve import Links
from overzicht.screening.texts import Texts

_KIND_BITS = 3  # of a key of `resolve`; the kind of a name is 0


def without_ambiguous(
    links: Links,
    lists: NDArray[np.uint16],
    texts: Texts,
    owner: NDArray[np.int32],
    skipped: NDArray[np.bool_],
) -> Links:
    """Return the links without those by ambiguous names.

    `lists` is the list of each party, `owner` the party of each of the `texts`, ascending. Parties that are
    `skipped` make no name ambiguous: persons, who are linked with a birth date, and known parties.
    """
    party = np.repeat(np.arange(len(links.at) - 1, dtype=np.int32), np.diff(links.at))
    is_name = (links.key & np.uint64((1 << _KIND_BITS) - 1)) == 0
    chosen = np.flatnonzero(is_name & ~skipped[party])
    names = _Names(texts, owner)
    shared = _shared(links.key[chosen], lists[party[chosen]], party[chosen])
    ambiguous = {
        key for key, parties in shared if any(names.are_apart(*pair) for pair in combinations(parties, 2))
    }
    if not ambiguous:
        return links
    keep = ~np.isin(links.key, np.fromiter(ambiguous, np.uint64, len(ambiguous)))
    at = np.concatenate([np.zeros(1, np.int64), np.cumsum(keep, dtype=np.int64)])[links.at]
    return Links(at, links.key[keep])


def _shared(
    key: NDArray[np.uint64], lists: NDArray[np.uint16], party: NDArray[np.int32]
) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield every key that several parties of one list have, with these parties."""
    order = np.lexsort((party, lists, key))
    key, lists, party = key[order], lists[order], party[order]
    starts = (
        np.flatnonzero(np.r_[True, (key[1:] != key[:-1]) | (lists[1:] != lists[:-1])]) if len(key) else key
    )
    ends = np.append(starts[1:], len(key))
    several = ends - starts > 1
    for first, last in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        yield int(key[first]), party[first:last].tolist()


class _Names:
    """The names of parties in their normal form, read when needed."""

    def __init__(self, texts: Texts, owner: NDArray[np.int32]) -> None:
        self._texts, self._owner = texts, owner
        self._read: dict[int, tuple[str, ...]] = {}

    def _of(self, party: int) -> tuple[str, ...]:
        """Return the names of a party, the main one first, without what follows it in brackets."""
        if party not in self._read:
            rows = np.array([party, party + 1], self._owner.dtype)  # another type copies the owners
            first, last = np.searchsorted(self._owner, rows).tolist()
            names = [name_key(self._texts.get(row)) for row in range(first, last)]
            is_longer = len(names) > 1 and names[0].startswith(f"{names[1]} ")
            self._read[party] = tuple(dict.fromkeys(names[is_longer:]))
        return self._read[party]

    def are_apart(self, left: int, right: int) -> bool:
        """Return whether two parties have other main names, and less than half of the names in common."""
        ours, theirs = self._of(left), self._of(right)
        common = len({*ours} & {*theirs})
        return ours[0] != theirs[0] and 2 * common < min(len(ours), len(theirs))
