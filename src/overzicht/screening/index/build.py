"""From parties to an index: read once, one by one, so that a long list needs little memory."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.frequencies import weighed
from overzicht.screening.index import layout
from overzicht.screening.index.keys import count_near, fill_names, fill_near
from overzicht.screening.pack import Names, Packer, Words

PERSON, BODY, EITHER = range(3)
_EITHER_SCHEMATA = frozenset({"LegalEntity", "Thing", ""})


@dataclass(frozen=True, slots=True)
class IndexedParty:
    """A party to be found: its record id, its list, its names, and what may speak for or against it."""

    id: str
    schema: str
    names: tuple[str, ...]
    list_id: str = ""
    weak_names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    birth_dates: tuple[str, ...] = ()


def kind_of(schema: str) -> int:
    """Return PERSON, BODY or EITHER for a FollowTheMoney schema."""
    if schema in PERSON_SCHEMATA:
        return PERSON
    return EITHER if schema in _EITHER_SCHEMATA else BODY


class _Blob:
    def __init__(self) -> None:
        self._ends: list[NDArray[np.int64]] = []
        self._open: list[int] = []
        self._bytes = bytearray()

    def add(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._open.append(len(self._bytes))
        if len(self._open) == 65_536:
            self._close()

    def _close(self) -> None:
        self._ends.append(np.array(self._open, np.int64))
        self._open = []

    def texts(self) -> layout.Texts:
        self._close()
        at = np.concatenate([np.zeros(1, np.int64), *self._ends])
        return layout.Texts(at, np.frombuffer(self._bytes, np.uint8))


class _Collector:
    """What is gathered while the parties go by."""

    def __init__(self) -> None:
        self.packer = Packer()
        self.name_texts, self.party_ids, self.details = _Blob(), _Blob(), _Blob()
        self.party = _Numbers(np.int32)
        self.weak = _Numbers(np.uint8)
        self.kind = _Numbers(np.uint8)
        self.list = _Numbers(np.uint16)
        self.lists: dict[str, int] = {}
        self.count = 0

    def add(self, party: IndexedParty) -> None:
        kind = kind_of(party.schema)
        for is_weak, names in enumerate((party.names, party.weak_names)):
            for name in dict.fromkeys(names):
                self.packer.add(name, is_person=kind == PERSON)
                self.name_texts.add(name)
                self.party.append(self.count)
                self.weak.append(is_weak)
        self.kind.append(kind)
        number = self.lists.setdefault(party.list_id, len(self.lists))
        self.list.append(number)
        self.party_ids.add(party.id)
        self.details.add(_details(party, number))
        self.count += 1


def _details(party: IndexedParty, list_number: int) -> str:
    found: dict[str, Any] = {}
    if party.identifiers:
        found["identifiers"] = party.identifiers
    if party.birth_dates:
        found["birth_dates"] = party.birth_dates
    if not found:
        return ""
    return json.dumps({**found, "list": list_number}, ensure_ascii=False)


class _Numbers:
    def __init__(self, kind: type[np.generic]) -> None:
        self._kind, self._full, self._open = kind, list[NDArray[Any]](), list[int]()

    def append(self, value: int) -> None:
        self._open.append(value)
        if len(self._open) == 65_536:
            self._full.append(np.array(self._open, self._kind))
            self._open = []

    def array(self) -> NDArray[Any]:
        return np.concatenate([*self._full, np.array(self._open, self._kind)])


def build_index(parties: Iterable[IndexedParty], root: Path) -> Path:
    """Build the index of `parties` below `root`, make it the current one, and return its folder.

    Equal parties in equal order give equal files. Parties without a name can be found by identifier alone.
    """
    return layout.write(build_arrays(parties), root)


def build_arrays(parties: Iterable[IndexedParty]) -> layout.IndexArrays:
    """Return the index of `parties` in memory."""
    collector = _Collector()
    for party in parties:
        collector.add(party)
    names = collector.packer.pack_names()
    words = collector.packer.pack_words()
    at, name = _postings(names, len(words.kind))
    words = weighed(collector.packer, words, np.diff(at).astype(np.int64), len(names.form))
    forms = collector.packer.forms
    texts = (collector.name_texts.texts(), collector.party_ids.texts(), collector.details.texts())
    by_text = np.array(sorted(range(len(words.kind)), key=collector.packer.texts().__getitem__), np.int32)
    lists = tuple(collector.lists)
    numbers = (
        collector.party.array(),
        collector.weak.array(),
        collector.kind.array(),
        collector.list.array(),
    )
    del collector
    keys, weight, letters = _keys(words, names, by_text, at)
    owner, weak, kind, of_list = numbers
    postings = layout.Postings(at, name, owner, weight, letters, weak, kind[owner], of_list[owner])
    return layout.IndexArrays(words, names, keys, postings, *texts, lists, forms)


def _postings(names: Names, count: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    owner = np.repeat(np.arange(len(names.form), dtype=np.int32), np.diff(names.at))
    order = np.argsort(names.word, kind="stable")
    at = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(names.word, minlength=count), out=at[1:])
    return at, owner[order]


def _keys(
    words: Words, names: Names, by_text: NDArray[np.int32], at: NDArray[np.int32]
) -> tuple[layout.Keys, NDArray[np.float32], NDArray[np.uint32]]:
    size = count_near(words)
    near, near_word = np.zeros(size, np.uint32), np.zeros(size, np.int32)
    fill_near(words, near, near_word)
    near, near_word = _sorted(near, near_word)
    commonest = np.argsort(-np.diff(at), kind="stable").astype(
        np.int32
    )  # within a bucket, common words first
    sound, sound_word = _sorted(words.skeleton[commonest], commonest)
    count = len(names.form)
    whole, shape, acronym = (np.zeros(count, np.uint32) for _ in range(3))
    weight, letters = np.zeros(count, np.float32), np.zeros(count, np.uint32)
    fill_names(words, names, whole, shape, acronym, weight, letters)
    numbers = np.arange(count, dtype=np.int32)
    keys = layout.Keys(
        near, near_word, sound, sound_word, *_sorted(whole, numbers), *_sorted(shape, numbers),
        *_sorted(acronym, numbers), by_text,
    )  # fmt: skip
    return keys, weight, letters


def _sorted(
    hashes: NDArray[np.uint32], numbers: NDArray[np.int32]
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return both in the order of the hashes, without the hash 0, which means none."""
    order = np.argsort(hashes, kind="stable")
    hashes, numbers = hashes[order], numbers[order]
    start = int(np.searchsorted(hashes, 1))
    return hashes[start:], numbers[start:]
