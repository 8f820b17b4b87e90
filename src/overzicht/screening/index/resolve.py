"""Resolved parties: entries of an index that are one party, by shared numbers, names and decisions.

Every party of the index has link keys (`key_of`). Parties that share the key of a number or of a person's
decision are joined. Parties that share the key of a name are joined unless they have different numbers of one
kind. The result depends on the keys alone, not on the order of the parties.
"""

import hashlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.compiled import Grid, compiled

KNOWN_PARTIES = "known-parties"  # in place of a list: makers and their owners, with all names
NAME, DECISION = "name", "decision"
NUMBERS = ("imoNumber", "innCode", "leiCode", "ogrnCode", "uscCode")  # only one party has such a number
KINDS = (NAME, *NUMBERS, DECISION)
_NUMBER_OF_KIND = {kind: number for number, kind in enumerate(KINDS)}
MOST_OF_ONE_NAME = 64  # parties; a name that more entries share identifies none of them
_KIND_BITS = 3
_KIND_MASK = np.uint64((1 << _KIND_BITS) - 1)


class Links(NamedTuple):
    """Link keys per party: `key[at[i]:at[i + 1]]`; the lowest bits of a key number its kind in `KINDS`."""

    at: NDArray[np.int64]
    key: NDArray[np.uint64]


class Resolved(NamedTuple):
    """Per party the lowest number of a party joined with it, and all parties in the order of that number."""

    root: NDArray[np.int32]
    order: NDArray[np.int32]


def key_of(kind: str, value: str) -> int:
    """Return the link key of a normalised name, number or decision; KeyError for an unknown kind."""
    digest = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> _KIND_BITS << _KIND_BITS | _NUMBER_OF_KIND[kind]


def resolve(links: Links) -> Resolved:
    """Return the resolved parties of an index."""
    count = len(links.at) - 1
    party = np.repeat(np.arange(count, dtype=np.int32), np.diff(links.at))
    order = np.argsort(links.key, kind="stable")
    key, party = links.key[order], party[order]
    kind = (key & _KIND_MASK).astype(np.uint8)
    root = np.arange(count, dtype=np.int32)
    numbers = np.zeros((count, len(NUMBERS)), np.uint32)
    _note_numbers(key, party, kind, numbers)
    named = kind == 0
    _join(key[~named], party[~named], root, numbers, False)
    _join(key[named], party[named], root, numbers, True)
    _flatten(root)
    return Resolved(root, np.argsort(root, kind="stable").astype(np.int32))


@compiled
def _note_numbers(
    key: NDArray[np.uint64], party: NDArray[np.int32], kind: NDArray[np.uint8], numbers: Grid[np.uint32]
) -> None:
    for k in range(len(key)):
        if 0 < kind[k] <= numbers.shape[1] and numbers[party[k], kind[k] - 1] == 0:
            numbers[party[k], kind[k] - 1] = np.uint32(key[k] >> np.uint64(32)) | np.uint32(1)


@compiled
def _root_of(root: NDArray[np.int32], party: int) -> int:
    while root[party] != party:
        root[party] = root[root[party]]
        party = root[party]
    return party


@compiled
def _have_other_numbers(numbers: Grid[np.uint32], left: int, right: int) -> bool:
    for kind in range(numbers.shape[1]):
        if numbers[left, kind] and numbers[right, kind] and numbers[left, kind] != numbers[right, kind]:
            return True
    return False


@compiled
def _join(
    key: NDArray[np.uint64],
    party: NDArray[np.int32],
    root: NDArray[np.int32],
    numbers: Grid[np.uint32],
    by_name: bool,
) -> None:
    first = 0
    while first < len(key):
        last = first + 1
        while last < len(key) and key[last] == key[first]:
            last += 1
        if not by_name or last - first <= MOST_OF_ONE_NAME:
            for k in range(first + 1, last):
                for other in range(first, k):
                    left, right = _root_of(root, party[other]), _root_of(root, party[k])
                    if left == right:
                        break
                    if by_name and _have_other_numbers(numbers, left, right):
                        continue
                    low, high = min(left, right), max(left, right)
                    root[high] = low
                    for kind in range(numbers.shape[1]):
                        if numbers[low, kind] == 0:
                            numbers[low, kind] = numbers[high, kind]
                    break
        first = last


@compiled
def _flatten(root: NDArray[np.int32]) -> None:
    for party in range(len(root)):
        root[party] = _root_of(root, party)
