"""One order of parties, words, lists and legal forms, so that equal parties make equal indexes.

Parties are in the order of list and id; words, lists and legal forms in the order of their first use. An
index that was built at once and one that grew by updates have the same bytes.
"""

import json
from collections.abc import Sequence, Set
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.compiled import compiled
from overzicht.screening.index.resolve import Links
from overzicht.screening.pack import Names, Words
from overzicht.screening.texts import Blob, Texts, joined, taken


class Parties(NamedTuple):
    """Per party its kind (see Postings), the number of its list, and a mark of its wording (0 for none)."""

    kind: NDArray[np.uint8]
    list: NDArray[np.uint16]
    mark: NDArray[np.uint64]


class Segment(NamedTuple):
    """Parties divided into words, without weights or look-ups; names are in the order of the parties.

    `party` and `weak` are per name; `details` holds a JSON object or nothing per party.
    """

    words: Words
    names: Names
    party: NDArray[np.int32]
    weak: NDArray[np.uint8]
    parties: Parties
    links: Links
    name_texts: Texts
    party_ids: Texts
    details: Texts
    lists: tuple[str, ...]
    forms: dict[str, int]


def party_keys(segment: Segment) -> list[tuple[str, bytes]]:
    """Return (list, id in UTF-8) of each party, its sort key."""
    lists = [segment.lists[number] for number in segment.parties.list.tolist()]
    return list(zip(lists, segment.party_ids.rows(), strict=True))


def arranged(segments: list[Segment], gone: Set[tuple[str, bytes]] = frozenset()) -> Segment:
    """Return the parties of all segments in their one order, and empty the list to free memory.

    Parties of the first segment whose key is `gone` are left out. Parties of one key stay in the order of the
    segments.
    """
    keys = [key for segment in segments for key in party_keys(segment)]
    old = len(segments[0].parties.kind)
    rows = [row for row, key in enumerate(keys) if row >= old or key not in gone]
    order = np.array(sorted(rows, key=keys.__getitem__), np.int64)
    lists = tuple(sorted({keys[row][0] for row in rows}))
    together = _together(segments, lists)
    segments.clear()
    return _in_order(together, order, lists)


def _together(segments: Sequence[Segment], lists: tuple[str, ...]) -> Segment:
    """Return the segments as one, with one number per list, form and word; the parties keep their order."""
    words, numbers = _one_vocabulary([segment.words for segment in segments])
    forms: dict[str, int] = {"": 0}
    names, parties, details = [], [], []
    first, firsts = 0, []
    for segment, number in zip(segments, numbers, strict=True):
        names.append(_renumbered(segment, number, forms))
        list_number = np.array([lists.index(name) if name in lists else 0 for name in segment.lists] or [0])
        details.append(_with_lists(segment, list_number.tolist()))
        parties.append(segment.parties._replace(list=list_number[segment.parties.list].astype(np.uint16)))
        firsts.append(segment.party + np.int32(first))
        first += len(segment.parties.kind)
    at = joined([part.at for part in names])
    columns = (_one(column) for column in zip(*(part[1:] for part in names), strict=True))
    return Segment(
        words,
        Names(at, *columns),
        _one(firsts),
        _one([segment.weak for segment in segments]),
        Parties(*(_one(column) for column in zip(*parties, strict=True))),
        Links(
            joined([segment.links.at for segment in segments]),
            _one([segment.links.key for segment in segments]),
        ),
        _texts([segment.name_texts for segment in segments]),
        _texts([segment.party_ids for segment in segments]),
        _texts(details),
        lists,
        forms,
    )


def _one(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _texts(parts: Sequence[Texts]) -> Texts:
    return Texts(joined([part.at for part in parts]), _one([part.blob for part in parts]))


def _renumbered(segment: Segment, number: NDArray[np.int32], forms: dict[str, int]) -> Names:
    """Return a segment's names with the common numbers of words and forms; `forms` learns the new ones."""
    of_form = np.zeros(max(segment.forms.values(), default=0) + 1, np.uint16)
    for text, old in segment.forms.items():
        of_form[old] = forms.setdefault(text, min(len(forms), 65_535))
    names = segment.names
    return names._replace(word=number[names.word].astype(np.int32), form=of_form[names.form])


def _with_lists(segment: Segment, number: list[int]) -> Texts:
    """Return the details of a segment's parties with the numbers of their lists changed."""
    if number == list(range(len(number))):
        return segment.details
    details = Blob()
    for text, old in zip(segment.details.rows(), segment.parties.list.tolist(), strict=True):
        details.add(json.dumps({**json.loads(text), "list": number[old]}, ensure_ascii=False) if text else "")
    return details.texts()


def _one_vocabulary(parts: Sequence[Words]) -> tuple[Words, list[NDArray[np.int32]]]:
    """Return the distinct words of all parts, and per part the number that each of its words has there.

    Words are one if their letters, their kind, their mode and their English meaning are equal.
    """
    known: dict[tuple[bytes, int, int, bytes], int] = {}
    numbers = []
    for words in parts:
        texts = Texts(words.text_at.astype(np.int64), words.text).rows()
        means = [
            texts[k] if k >= 0 and texts[k] != text else b""
            for k, text in zip(words.meaning.tolist(), texts, strict=True)
        ]
        keys = zip(texts, words.kind.tolist(), words.mode.tolist(), means, strict=True)
        numbers.append(np.array([known.setdefault(key, len(known)) for key in keys], np.int32))
    together = _words_after_each_other(parts, numbers)
    if sum(map(len, numbers)) == len(known):
        return together, numbers
    _, first = np.unique(np.concatenate(numbers), return_index=True)
    return _words_in_order(together, first), numbers


def _words_after_each_other(parts: Sequence[Words], numbers: Sequence[NDArray[np.int32]]) -> Words:
    """Return all words of all parts, with `meaning` by common number, -1 if it is the word itself."""
    meanings = []
    for words, number in zip(parts, numbers, strict=True):
        meaning = np.where(words.meaning >= 0, number[words.meaning] if len(number) else words.meaning, -1)
        meanings.append(np.where(_means_itself(words), -1, meaning).astype(np.int32))
    columns = {field: _one([getattr(words, field) for words in parts]) for field in Words._fields}
    borders = {at: joined([getattr(words, at) for words in parts]) for at in ("text_at", "sound_at")}
    return Words(**{**columns, **borders, "meaning": _one(meanings)})


def _means_itself(words: Words) -> NDArray[np.bool_]:
    texts = Texts(words.text_at.astype(np.int64), words.text).rows()
    return np.array([m >= 0 and texts[m] == texts[k] for k, m in enumerate(words.meaning.tolist())], np.bool_)


def _words_in_order(words: Words, rows: NDArray[np.int64]) -> Words:
    text_at, text = taken(words.text_at, words.text, rows)
    sound_at, sound = taken(words.sound_at, words.sound, rows)
    more: list[Any] = [column[rows] for column in words[4:]]
    return Words(text_at, text, sound_at, sound, *more)


@compiled
def _name_rows(
    order: NDArray[np.int64], at: NDArray[np.int64], out: NDArray[np.int64], party: NDArray[np.int32]
) -> None:
    k = 0
    for new in range(len(order)):
        for name in range(at[order[new]], at[order[new] + 1]):
            out[k], party[k] = name, new
            k += 1


@compiled
def _first_seen(
    row: NDArray[np.int32], meaning: NDArray[np.int32], number: NDArray[np.int32], order: NDArray[np.int64]
) -> int:
    """Give numbers to words by first use, then to their meanings; return the number of such words."""
    count = 0
    for w in row:
        if number[w] < 0:
            number[w], order[count] = count, w
            count += 1
    k = 0
    while k < count:
        m = meaning[order[k]]
        if m >= 0 and number[m] < 0:
            number[m], order[count] = count, m
            count += 1
        k += 1
    return count


def _in_order(segment: Segment, order: NDArray[np.int64], lists: tuple[str, ...]) -> Segment:
    """Return those parties of a segment in that order, with words and forms numbered by first use."""
    names_at = np.zeros(len(segment.parties.kind) + 1, np.int64)
    np.cumsum(np.bincount(segment.party, minlength=len(segment.parties.kind)), out=names_at[1:])
    count = int(np.diff(names_at)[order].sum())
    rows, party = np.zeros(count, np.int64), np.zeros(count, np.int32)
    _name_rows(order, names_at, rows, party)
    at, word = taken(segment.names.at, segment.names.word, rows)
    words, word = _numbered_as_seen(segment.words, word)
    form, forms = _forms_as_seen(segment.names.form[rows], segment.forms)
    parties: list[Any] = [column[order] for column in segment.parties]
    return Segment(
        words,
        Names(at, word, form, segment.names.person[rows]),
        party,
        segment.weak[rows],
        Parties(*parties),
        Links(*taken(*segment.links, order)),
        Texts(*taken(*segment.name_texts, rows)),
        Texts(*taken(*segment.party_ids, order)),
        Texts(*taken(*segment.details, order)),
        lists,
        forms,
    )


def _numbered_as_seen(words: Words, row: NDArray[np.int32]) -> tuple[Words, NDArray[np.int32]]:
    number = np.full(len(words.kind), -1, np.int32)
    order = np.zeros(len(words.kind), np.int64)
    count = _first_seen(row, words.meaning, number, order)
    ordered = _words_in_order(words, order[:count])
    meaning = np.where(ordered.meaning >= 0, number[ordered.meaning] if len(number) else -1, -1)
    return ordered._replace(meaning=meaning.astype(np.int32)), number[row] if len(number) else row


def _forms_as_seen(
    form: NDArray[np.uint16], forms: dict[str, int]
) -> tuple[NDArray[np.uint16], dict[str, int]]:
    seen, first = np.unique(form, return_index=True)
    by_place = [0, *(int(old) for old in seen[np.argsort(first)] if old)]
    new = np.zeros(max(forms.values(), default=0) + 1, np.uint16)
    new[by_place] = np.arange(len(by_place))
    text_of = {old: text for text, old in reversed(forms.items())}
    return new[form], {text_of[old]: k for k, old in enumerate(by_place)}
