"""Builds an index of parties, and updates an index with the parties that changed.

The costly part of a build is dividing names into words. An update does that for the changed parties alone and
takes the rest from the version before; its bytes are those of a build of all parties.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import MAX_CHARACTERS
from overzicht.names.chinese import readings
from overzicht.names.normal import PERSON_SCHEMATA, SHIP_SCHEMATA
from overzicht.screening.frequencies import counts
from overzicht.screening.index import layout
from overzicht.screening.index.ambiguous import without_ambiguous
from overzicht.screening.index.keys import LONGEST_NEAR, count_near, fill_near, name_keys
from overzicht.screening.index.ordering import Parties, Segment, arranged, party_keys
from overzicht.screening.index.resolve import KNOWN_PARTIES, Links, key_of, resolve
from overzicht.screening.pack import Packed, Packer, weigh
from overzicht.screening.texts import Blob, Numbers, Texts

PERSON, BODY, EITHER = range(3)
SCHEMA_OF_KIND = ("Person", "Organization", "LegalEntity")  # of a party without a schema in its details
_EITHER_SCHEMATA = frozenset({"LegalEntity", "Thing", ""})
_PART = 16  # words of a part of a name that is too long to compare as a whole
_DETAILS = ("identifiers", "birth_dates", "countries", "addresses")


@dataclass(frozen=True, slots=True)
class IndexedParty:
    """A party of the index: its record id, its list, its names, and other evidence of its identity.

    `links` are (kind, value) pairs by which entries are one party, see `resolve`. `mark` identifies this
    wording for the caller (a hash, for example); `marks` returns it, which shows what changed.
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
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def kind_of(schema: str) -> int:
    """Return PERSON, BODY or EITHER for a FollowTheMoney schema."""
    if schema in PERSON_SCHEMATA:
        return PERSON
    return EITHER if schema in _EITHER_SCHEMATA else BODY


def _collected(parties: Iterable[IndexedParty]) -> Segment:
    packer, name_texts, party_ids, details = Packer(), Blob(), Blob(), Blob()
    owner, weak, kind, list_number = (
        Numbers(np.int32),
        Numbers(np.uint8),
        Numbers(np.uint8),
        Numbers(np.uint16),
    )
    mark, link, links_end = Numbers(np.uint64), Numbers(np.uint64), Numbers(np.int64)
    lists: dict[str, int] = {}
    links_end.append(0)
    link_count = 0
    for number, party in enumerate(parties):
        party_kind = kind_of(party.schema)
        for is_weak, names in enumerate((party.names, party.weak_names)):
            for name in dict.fromkeys(names):
                texts = [name, *readings(name)]
                is_cut = [packer.add(text, is_person=party_kind == PERSON) for text in texts]
                if is_cut[0] or len(name) > MAX_CHARACTERS:
                    # the parts of a long name, each short enough to compare; a list may write many names
                    # as one
                    words = name.split()
                    parts = [" ".join(words[start : start + _PART]) for start in range(0, len(words), _PART)]
                else:
                    parts = []
                for part in parts:
                    packer.add(part, is_person=party_kind == PERSON)
                for _ in (*texts, *parts):
                    name_texts.add(name)
                    owner.append(number)
                    weak.append(is_weak)
        kind.append(party_kind)
        list_number.append(lists.setdefault(party.list_id, len(lists)))
        mark.append(mark_number(party.mark))
        keys = sorted({key_of(link_kind, value) for link_kind, value in party.links})
        link.extend(keys)
        link_count += len(keys)
        links_end.append(link_count)
        party_ids.add(party.id)
        # what else is known of a party as JSON; empty for nothing
        own_list_number = lists[party.list_id]
        own_words: dict[str, Any] = {key: value for key in _DETAILS if (value := getattr(party, key))}
        if not own_words and party.schema not in SHIP_SCHEMATA:
            own_details = ""
        else:
            own_details = json.dumps(
                {**own_words, "schema": party.schema, "list": own_list_number}, ensure_ascii=False
            )
        details.add(own_details)
    return Segment(
        packer.pack_words(),
        packer.pack_names(),
        owner.array(),
        weak.array(),
        Parties(kind.array(), list_number.array(), mark.array()),
        Links(links_end.array(), link.array()),
        name_texts.texts(),
        party_ids.texts(),
        details.texts(),
        tuple(lists),
        packer.forms,
    )


def mark_number(mark: str) -> int:
    """Return a mark in 64 bits of its hash; 0 for none."""
    return int.from_bytes(hashlib.blake2b(mark.encode(), digest_size=8).digest(), "big") if mark else 0


def build_index(parties: Iterable[IndexedParty], root: Path) -> Path:
    """Build the index of `parties` below `root`, make it the current one, and return its folder.

    Equal parties in any order give equal files. A party without a name can be found by its numbers.
    """
    return layout.write(build_arrays(parties), root)


def build_arrays(parties: Iterable[IndexedParty]) -> layout.IndexArrays:
    """Return the index of `parties` in memory."""
    return _finished(arranged([_collected(parties)]))


def update_index(
    root: Path, changed: Iterable[IndexedParty], removed: Iterable[tuple[str, str]] = ()
) -> Path:
    """Make a version with `changed` or new parties and without `removed` (list, id); return its folder.

    InputFileError if there is no version to start from. A party to remove may be absent.
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


def _segment_of(index: layout.IndexArrays) -> Segment:
    posts = index.postings
    return Segment(
        index.words,
        index.names,
        posts.party,
        posts.weak,
        index.parties,
        index.links,
        index.name_texts,
        index.party_ids,
        index.details,
        index.lists,
        index.forms,
    )


def _finished(segment: Segment) -> layout.IndexArrays:
    """Return the index over parties in their order, with new weights, postings and look-ups."""
    names = segment.names
    texts = Texts(segment.words.text_at.astype(np.int64), segment.words.text).rows()
    count = len(texts)
    owner = np.repeat(np.arange(len(names.form), dtype=np.int32), np.diff(names.at))
    order = np.argsort(names.word, kind="stable")
    at = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(names.word, minlength=count), out=at[1:])
    name = owner[order]
    del owner, order  # as long as the names
    # the words weighed by the packaged counts and by the number of parties that have them. Parties are
    # counted, not names: otherwise each alias would make a party's own words more common.
    words = segment.words
    # the number of parties that have each word; `party` is per posting, ascending within a word
    party = segment.party[name]
    first = np.ones(len(party), np.int64)
    first[1:] = party[1:] != party[:-1]
    first[at[:-1][at[:-1] < len(party)]] = 1
    up_to = np.concatenate([np.zeros(1, np.int64), np.cumsum(first)])
    own = np.asarray(up_to[at[1:]] - up_to[at[:-1]], np.int64)
    own_total = len(segment.parties.kind)
    table, total = counts()
    by_bytes = {text.encode("ascii"): count for text, count in table.items() if text.isascii()}
    seen = np.array([by_bytes.get(text, 0) for text in texts], np.float64) + own
    words = weigh(words, seen, total + own_total)
    by_text = np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int32)
    del texts
    by_name = name_keys(Packed(words, names))
    owner, parties = segment.party, segment.parties
    postings = layout.Postings(
        at,
        name,
        owner,
        by_name.weight,
        by_name.letters,
        segment.weak,
        parties.kind[owner],
        parties.list[owner],
    )
    size = count_near(words, np.zeros(LONGEST_NEAR + 1, np.uint32))
    near, near_word = np.zeros(size, np.uint32), np.zeros(size, np.int32)
    fill_near(words, near, near_word)
    # within a bucket, common words first
    commonest = np.argsort(-np.diff(at), kind="stable").astype(np.int32)
    numbers = np.arange(len(by_name.whole), dtype=np.int32)
    keys = layout.Keys(
        *_sorted(near, near_word),
        *_sorted(words.skeleton[commonest], commonest),
        *_sorted(by_name.whole, numbers),
        *_sorted(by_name.shape, numbers),
        *_sorted(by_name.acronym, numbers),
        by_text,
    )
    # the resolved parties, without links by names that one list gives to several parties
    own_parties = segment.parties
    known = segment.lists.index(KNOWN_PARTIES) if KNOWN_PARTIES in segment.lists else len(segment.lists)
    skipped = (own_parties.kind == PERSON) | (own_parties.list == known)
    resolved = resolve(
        without_ambiguous(segment.links, own_parties.list, segment.name_texts, segment.party, skipped)
    )
    return layout.IndexArrays(
        words,
        names,
        keys,
        postings,
        segment.name_texts,
        segment.party_ids,
        segment.details,
        parties,
        segment.links,
        resolved,
        segment.lists,
        segment.forms,
    ).frozen()


def _sorted(
    hashes: NDArray[np.uint32], numbers: NDArray[np.int32]
) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return both in the order of the hashes, without the hash 0."""
    order = np.argsort(hashes, kind="stable")
    hashes, numbers = hashes[order], numbers[order]
    start = int(np.searchsorted(hashes, 1))
    return hashes[start:], numbers[start:]
