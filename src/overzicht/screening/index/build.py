"""From parties to an index, and from an index and what changed to the next: read one by one.

The costly part of a build is taking names apart. An update does that for the changed parties alone, takes the
rest from the version before, and comes to the bytes that a build of all parties gives.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.names.chinese import readings
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.frequencies import counts
from overzicht.screening.index import layout
from overzicht.screening.index.arrange import Parties, Segment, arranged, party_keys
from overzicht.screening.index.keys import count_near, fill_names, fill_near
from overzicht.screening.index.resolve import Links, key_of, resolve
from overzicht.screening.index.texts import Blob, Numbers, Texts
from overzicht.screening.pack import Names, Packer, Words, weigh

PERSON, BODY, EITHER = range(3)
_EITHER_SCHEMATA = frozenset({"LegalEntity", "Thing", ""})


@dataclass(frozen=True, slots=True)
class IndexedParty:
    """A party to be found: its record id, its list, its names, and what may speak for or against it.

    `links` are (kind, value) pairs by which entries are one party, see `resolve`. `mark` is what the caller
    knows this wording by (a hash, say); `marks` gives it back, which tells what changed.
    """

    id: str
    schema: str
    names: tuple[str, ...]
    list_id: str = ""
    weak_names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    birth_dates: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    mark: str = ""


def kind_of(schema: str) -> int:
    """Return PERSON, BODY or EITHER for a FollowTheMoney schema."""
    if schema in PERSON_SCHEMATA:
        return PERSON
    return EITHER if schema in _EITHER_SCHEMATA else BODY


class _Collector:
    """What is gathered while the parties go by."""

    def __init__(self) -> None:
        self.packer = Packer()
        self.name_texts, self.party_ids, self.details = Blob(), Blob(), Blob()
        self.party = Numbers(np.int32)
        self.weak = Numbers(np.uint8)
        self.kind = Numbers(np.uint8)
        self.list = Numbers(np.uint16)
        self.mark = Numbers(np.uint64)
        self.link = Numbers(np.uint64)
        self.links_end = Numbers(np.int64)
        self.link_count = 0
        self.lists: dict[str, int] = {}
        self.count = 0

    def add(self, party: IndexedParty) -> None:
        kind = kind_of(party.schema)
        for is_weak, names in enumerate((party.names, party.weak_names)):
            for name in dict.fromkeys(names):
                for reading in (name, *readings(name)):
                    self.packer.add(reading, is_person=kind == PERSON)
                    self.name_texts.add(name)
                    self.party.append(self.count)
                    self.weak.append(is_weak)
        number = self.lists.setdefault(party.list_id, len(self.lists))
        self.kind.append(kind)
        self.list.append(number)
        self.mark.append(mark_number(party.mark))
        for key in sorted({key_of(kind, value) for kind, value in party.links}):
            self.link.append(key)
            self.link_count += 1
        self.links_end.append(self.link_count)
        self.party_ids.add(party.id)
        self.details.add(_details(party, number))
        self.count += 1

    def segment(self) -> Segment:
        return Segment(
            self.packer.pack_words(),
            self.packer.pack_names(),
            self.party.array(),
            self.weak.array(),
            Parties(self.kind.array(), self.list.array(), self.mark.array()),
            Links(np.concatenate([np.zeros(1, np.int64), self.links_end.array()]), self.link.array()),
            self.name_texts.texts(),
            self.party_ids.texts(),
            self.details.texts(),
            tuple(self.lists),
            self.packer.forms,
        )


def mark_number(mark: str) -> int:
    """Return a mark as it is kept: 64 bits of its hash; 0 for none."""
    return int.from_bytes(hashlib.blake2b(mark.encode(), digest_size=8).digest(), "big") if mark else 0


def _details(party: IndexedParty, list_number: int) -> str:
    found: dict[str, Any] = {}
    if party.identifiers:
        found["identifiers"] = party.identifiers
    if party.birth_dates:
        found["birth_dates"] = party.birth_dates
    if not found:
        return ""
    return json.dumps({**found, "list": list_number}, ensure_ascii=False)


def build_index(parties: Iterable[IndexedParty], root: Path) -> Path:
    """Build the index of `parties` below `root`, make it the current one, and return its folder.

    Equal parties give equal files, in whatever order they come. Parties without a name can be found by
    identifier alone.
    """
    return layout.write(build_arrays(parties), root)


def build_arrays(parties: Iterable[IndexedParty]) -> layout.IndexArrays:
    """Return the index of `parties` in memory."""
    return _finished(arranged([_collected(parties)]))


def update_index(
    root: Path, changed: Iterable[IndexedParty], removed: Iterable[tuple[str, str]] = ()
) -> Path:
    """Make a version with `changed` parties, new or in another wording, and without `removed` (list, id).

    Returns its folder; the bytes are those that `build_index` of all the parties would give. InputFileError
    where there is no version to start from. What is removed and was not there is no error.
    """
    with layout.writing(root):
        base = layout.read(layout.current(root))
        return layout.write_held(updated_arrays(base, changed, removed), root)


def updated_arrays(
    base: layout.IndexArrays, changed: Iterable[IndexedParty], removed: Iterable[tuple[str, str]] = ()
) -> layout.IndexArrays:
    """Return an index in memory, as `update_index` does in files."""
    new = _collected(changed)
    gone = {(list_id, id_.encode("utf-8", "surrogatepass")) for list_id, id_ in removed}
    return _finished(arranged([_segment_of(base), new], gone.union(party_keys(new))))


def marks(index: layout.IndexArrays) -> dict[tuple[str, str], int]:
    """Return the mark of each party by (list, id), as `mark_number` gives it."""
    keys = party_keys(_segment_of(index))
    numbers = index.parties.mark.tolist()
    return {
        (list_id, party_id.decode("utf-8", "surrogatepass")): number
        for (list_id, party_id), number in zip(keys, numbers, strict=True)
    }


def _collected(parties: Iterable[IndexedParty]) -> Segment:
    collector = _Collector()
    for party in parties:
        collector.add(party)
    return collector.segment()


def _segment_of(index: layout.IndexArrays) -> Segment:
    posts = index.postings
    texts = (index.name_texts, index.party_ids, index.details)
    return Segment(
        index.words,
        index.names,
        posts.party,
        posts.weak,
        index.parties,
        index.links,
        *texts,
        index.lists,
        index.forms,
    )


def _finished(segment: Segment) -> layout.IndexArrays:
    """Return the index over parties in their order: weights, postings and look-ups are made for all anew."""
    names = segment.names
    texts = Texts(segment.words.text_at.astype(np.int64), segment.words.text).rows()
    at, name = _postings(names, len(texts))
    words = _weighed(segment.words, texts, _parties_with(at, segment.party[name]), len(segment.parties.kind))
    by_text = np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int32)
    del texts
    keys, weight, letters = _keys(words, names, by_text, at)
    owner, parties = segment.party, segment.parties
    postings = layout.Postings(
        at, name, owner, weight, letters, segment.weak, parties.kind[owner], parties.list[owner]
    )
    return layout.IndexArrays(
        words, names, keys, postings, segment.name_texts, segment.party_ids, segment.details, parties,
        segment.links, resolve(segment.links), segment.lists, segment.forms,
    ).frozen()  # fmt: skip


def _parties_with(at: NDArray[np.int32], party: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return how many parties have each word; `party` is that of each posting, in rising order per word."""
    first = np.ones(len(party), np.int64)
    first[1:] = party[1:] != party[:-1]
    first[at[:-1][at[:-1] < len(party)]] = 1
    up_to = np.concatenate([np.zeros(1, np.int64), np.cumsum(first)])
    return np.asarray(up_to[at[1:]] - up_to[at[:-1]], np.int64)


def _weighed(words: Words, texts: list[bytes], own: NDArray[np.int64], own_total: int) -> Words:
    """Return the words weighed by the packaged counts and by how many parties of the list have them.

    Parties are counted, not names: else another alias would make a party's own words common, and a match on
    its first name less sure.
    """
    table, total = counts()
    by_bytes = {text.encode("ascii"): count for text, count in table.items() if text.isascii()}
    seen = np.array([by_bytes.get(text, 0) for text in texts], np.float64) + own
    return weigh(words, seen, total + own_total)


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
