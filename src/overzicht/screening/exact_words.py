"""Parties found by the exact words of their names: for a search box, and for possible matches."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from overzicht.evidence import Text, text
from overzicht.names.analysis import analyse, split_name
from overzicht.names.common_words import words
from overzicht.names.latin import HAN, LATIN, script_of
from overzicht.names.normal import name_key
from overzicht.names.sound import ALPHABET, SAME_SCRIPT
from overzicht.names.territories import territory_called
from overzicht.screening.index.build import BODY, EITHER, PERSON
from overzicht.screening.index.keys import hash_text
from overzicht.screening.index.layout import IndexArrays
from overzicht.screening.listed import span_of
from overzicht.screening.pack import mode_of_script
from overzicht.screening.telling import LONGER_THAN_CODES, REGIONS, is_telling

Number = TypeVar("Number", np.int32, np.int64)
SHORTEST_INITIALS, LONGEST_INITIALS = 4, 8
SHORTEST_JOINED = 8  # letters of two words written as one
_CLOSING_INITIALS = (b"", b"c", b"g", b"l")  # company, corporation, group, limited are left out of many
_MOST_ALONE = 10  # names that may have the one word that is left without a word for a group
_GROUP_WORDS = frozenset(b"group groep groupe gruppe gruppo grupo holding holdings jituan".split())
_SPELT = (SAME_SCRIPT, ALPHABET)  # modes of scripts that write every sound, whose letters can be compared
_AFTER_ALL_LETTERS = b"\x7f"  # words have the characters a-z and 0-9
# Legal forms are read as words if nothing else remains, and some are a phrase of two words.
_AMONG_FORMS = ("zzz {}", "zzz limited {}", "zzz {} organization", "zzz {} fund", "zzz {} company")
_MOST_NAMESAKES = 100  # per list
_NO_NAMES = np.zeros(0, np.int32)
_IS_LETTER = np.isin(np.arange(256), np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789", np.uint8))


class WordRule(Enum):
    """Rule by which the words of a name propose a listed one: the first that applies."""

    WORDS = auto()  # it has all words, letter for letter
    READ = auto()  # it has several of them and all, read aloud in another way or translated
    JOINED = auto()  # two of them as one
    WITHOUT_GROUP = auto()  # all but the word for a group
    WITHOUT_PLACE = auto()  # it is all words but those for a place
    TEXT = auto()  # its text has the words, which are legal forms or notes
    POSSESSIVE = auto()  # the last word as in `President's`
    INITIALS = auto()  # its first letters are the name


def worded(way: WordRule, ours: str, theirs: str) -> Text:
    """Return the sentence that says how a listed name was found by the words of the other name."""
    sentences = {
        WordRule.WORDS: text("{theirs} has the distinctive words of {ours}", theirs=theirs, ours=ours),
        WordRule.READ: text(
            "{theirs} has the words of {ours}, read aloud or translated", theirs=theirs, ours=ours
        ),
        WordRule.JOINED: text(
            "{theirs} has the words of {ours}, two of them as one", theirs=theirs, ours=ours
        ),
        WordRule.WITHOUT_GROUP: text(
            "{theirs} has the words of {ours}, except the word for a group", theirs=theirs, ours=ours
        ),
        WordRule.WITHOUT_PLACE: text("{theirs} is {ours} without the place", theirs=theirs, ours=ours),
        WordRule.TEXT: text("the text {theirs} contains the words of {ours}", theirs=theirs, ours=ours),
        WordRule.POSSESSIVE: text(
            "{theirs} has the words of {ours}, the last one as a possessive", theirs=theirs, ours=ours
        ),
        WordRule.INITIALS: text("{ours} may be the first letters of {theirs}", theirs=theirs, ours=ours),
    }
    return sentences[way]


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Return the distinct numbers, ascending. numpy's own function loads its module of masked arrays."""
    ordered = np.sort(numbers)
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def parties_with_words(
    index: IndexArrays, query: str, lists: NDArray[np.uint8], *, is_prefix: bool
) -> NDArray[np.int64]:
    """Return the numbers of the parties with a name that has every word of a query, in the index's order.

    Words are read as in the engine: without case, in Latin letters, without legal forms. With `is_prefix` the
    last word may be incomplete. `lists` is 1 per list number to search. An empty text gives every party of
    those lists.
    """
    texts = [word.text.encode("ascii") for word in analyse(query).words]
    if not texts:
        every = np.flatnonzero(lists[index.parties.list])
        return (every[:0] if query.strip() else every).astype(np.int64)
    parties = distinct(index.postings.party[_names_with_all(index, texts, is_prefix=is_prefix)])
    chosen: NDArray[np.int64] = parties[lists[index.parties.list[parties]] == 1].astype(np.int64)
    return chosen


def closest(
    index: IndexArrays, name: str, kind: int, most: int, *, with_initials: bool = True
) -> list[tuple[int, int, WordRule]]:
    """Return (party, its shortest such name, how) of the parties with all words of a name, in number order.

    `kind` is that of the query (see `Postings`). `with_initials` adds names that have it as initials. Per
    list at most `most` parties are returned, those with the fewest other words.
    """
    parts = analyse(name, is_person=kind == PERSON).words
    if not parts:
        return []
    texts = [word.text.encode("ascii") for word in parts]
    mode = max(mode_of_script(word.script) for word in parts)
    modes = _SPELT if mode in _SPELT else (mode,)
    with_words = _names_with_all(index, texts, modes=modes)
    shown = map(index.name_texts.get, with_words.tolist())
    is_read = np.array([mode in _SPELT and _is_read(listed, texts) for listed in shown], bool)
    matches = [(WordRule.WORDS, with_words[~is_read])]
    # one English word, alone or with general ones, translates many names
    if len(parts) > 1 and sum(is_telling(word.text, word.kind) for word in parts) != 1:
        matches.append((WordRule.READ, with_words[is_read]))
    if kind != PERSON:
        # also with two neighbours as one long word (`Fiber Home`: `FiberHome`)
        for place in range(len(texts) - 1):
            joined = texts[place] + texts[place + 1]
            if len(joined) >= SHORTEST_JOINED:
                wording = [*texts[:place], joined, *texts[place + 2 :]]
                matches.append((WordRule.JOINED, _names_with_all(index, wording, modes=modes)))
        # the numbers of the names that have all words, the last one as in `President's`
        own_names = _names_with_all(index, [*texts[:-1], texts[-1] + b"s"], modes=modes)
        pattern = re.compile(rf"{texts[-1].decode()}['’]s\b", re.IGNORECASE)
        matching = [number for number in own_names.tolist() if pattern.search(index.name_texts.get(number))]
        # the numbers of the names with all words but those for a group (`Quectel Group`). One word that
        # is left must be rare: `Technology Group` names no company.
        without = [word for word in texts if word not in _GROUP_WORDS]
        if (
            not 0 < len(without) < len(texts) or split_name(name)[1]
        ):  # a legal form: it names one legal person
            names_without_group = _NO_NAMES
        else:
            names_there = _names_with_all(index, without, modes=modes)
            names_without_group = (
                names_there if len(without) > 1 or len(names_there) <= _MOST_ALONE else _NO_NAMES
            )
        matches += [
            (WordRule.WITHOUT_GROUP, names_without_group),
            (WordRule.WITHOUT_PLACE, _names_without_place(index, texts, modes)),
            (WordRule.TEXT, _names_with_text(index, name)),
            (WordRule.POSSESSIVE, np.array(matching, np.int32)),
        ]
    if with_initials and len(texts) == 1 and name.isupper():
        matches.append((WordRule.INITIALS, _names_with_initials(index, texts[0], with_words)))
    names = distinct(np.concatenate([numbers for _, numbers in matches]))
    other = index.postings.kind[names]
    names = names[(other == kind) | (other == EITHER) | (kind == EITHER)]
    names = names[np.lexsort((names, np.diff(index.names.at)[names]))]
    _, first = np.unique(index.postings.party[names], return_index=True)
    chosen: dict[int, list[tuple[int, int, WordRule]]] = {}
    for number in names[np.sort(first)].tolist():  # the shortest name of each party, shortest of all first
        on_list = chosen.setdefault(int(index.postings.list[number]), [])
        if len(on_list) < most:
            way = next(way for way, numbers in matches if number in numbers)
            on_list.append((int(index.postings.party[number]), number, way))
    return sorted((party for on_list in chosen.values() for party in on_list), key=lambda party: party[:2])


def _is_read(name: str, texts: Sequence[bytes]) -> bool:
    """Return whether a name has these words of Latin letters in another reading (`names.chinese`)."""
    if name.isascii() or not any(script_of(character) == HAN for character in name):
        return False
    written = {word.text.encode("ascii") for word in analyse(name).words if word.script == LATIN}
    return not written.issuperset(texts)


def namesakes(index: IndexArrays, parties: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield every other party that may be one of these by name, and that name.

    That is a person with the main name of a person, and a body with a name of one word of a body: such names
    do not link entries.
    """
    own = set(parties)
    unlinked: dict[tuple[str, bool], None] = {}
    for party in sorted(own):
        first, last = span_of(index.postings.party, party)
        is_person = bool(index.parties.kind[party] == PERSON)
        for number in range(first, first + 1 if is_person else last):
            name = index.name_texts.get(number)
            if (" " in name_key(name, is_person=is_person)) is is_person and not index.postings.weak[number]:
                unlinked[name, is_person] = None
    for name, is_person in unlinked:
        key = name_key(name, is_person=is_person)
        for party, number, _ in closest(index, name, PERSON if is_person else BODY, _MOST_NAMESAKES):
            same = name_key(index.name_texts.get(number), is_person=is_person) == key
            if same and party not in own:
                yield party, name


def _names_with_initials(
    index: IndexArrays, letters: bytes, with_word: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return the numbers of the names with these first letters (`SMEE`); `with_word` have them as a word.

    Three letters are those of many names, so a list must have them as the name of a party (`GRU`).
    """
    is_written = bool(np.any(np.diff(index.names.at)[with_word] == 1))
    if not SHORTEST_INITIALS - is_written <= len(letters) <= LONGEST_INITIALS:
        return _NO_NAMES
    spans = []
    for last_letter in _CLOSING_INITIALS:
        value = hash_text(np.frombuffer(letters + last_letter, np.uint8), -1)
        first, last = span_of(index.keys.acronym_hash, value)
        spans.append(index.keys.acronym_name[first:last])
    return np.concatenate(spans)


def _names_without_place(
    index: IndexArrays, words: Sequence[bytes], modes: Sequence[int]
) -> NDArray[np.int32]:
    """Return the numbers of the names that are all words but those for a place (`DJI Europe`: `DJI`)."""
    without = []
    for word in words:
        text = word.decode()
        is_long = len(text) >= LONGER_THAN_CODES
        if text not in REGIONS and (not is_long or territory_called(text) is None):
            without.append(word)
    if len(without) == len(words) or _GROUP_WORDS.issuperset(without):
        return _NO_NAMES
    names = _names_with_all(index, without, modes=modes)
    whole: NDArray[np.int32] = names[np.diff(index.names.at)[names] == len(without)]
    return whole


def _names_with_text(index: IndexArrays, name: str) -> NDArray[np.int32]:
    """Return the numbers of the names with the words of a name of legal forms or notes (`Charity`).

    Such words are not words of longer names, so the texts are searched.
    """
    raw, _ = split_name(name)
    longer = (split_name(among.format(name))[0] for among in _AMONG_FORMS)
    if all(map(set(raw).issubset, longer)) and not words().note_words.issuperset(raw):
        return _NO_NAMES
    text = index.name_texts.blob.tobytes().lower()
    rows = None
    for word in raw:
        # the rows of `text` (`text[at[i]:at[i + 1]]`) that have a whole word, ascending
        at = index.name_texts.at
        encoded = word.encode()
        first = np.array([match.start() for match in re.finditer(re.escape(encoded), text)], np.int64)
        last = first + len(encoded)
        row = np.searchsorted(at, first, side="right") - 1
        letters = _IS_LETTER[np.frombuffer(b" " + text + b" ", np.uint8)[np.stack([first, last + 1])]]
        is_whole = ((first == at[row]) | ~letters[0]) & ((last == at[row + 1]) | ~letters[1])
        with_word = distinct(row[is_whole & (last <= at[row + 1])])
        rows = with_word if rows is None else np.intersect1d(rows, with_word, assume_unique=True)
    return rows.astype(np.int32) if rows is not None else _NO_NAMES


def _names_with_all(
    index: IndexArrays, words: Sequence[bytes], *, is_prefix: bool = False, modes: Sequence[int] = ()
) -> NDArray[np.int32]:
    """Return the numbers of the names that have all of at least one word, ascending.

    With `modes` only words of scripts of these modes count: letters of another script that happen to spell
    the same word are not similar.
    """
    names = _names_with(index, words[-1], modes, ends_open=is_prefix)
    for word in words[:-1]:
        if not len(names):
            break
        names = np.intersect1d(names, _names_with(index, word, modes, ends_open=False), assume_unique=True)
    return names


def _names_with(
    index: IndexArrays, word: bytes, modes: Sequence[int], *, ends_open: bool
) -> NDArray[np.int32]:
    order = index.keys.by_text

    def letters(number: int) -> bytes:
        first, last = index.words.text_at[number], index.words.text_at[number + 1]
        return bytes(index.words.text[first:last])

    first = bisect_left(order, word, key=letters)
    after = word + _AFTER_ALL_LETTERS if ends_open else word + b"\x00"
    last = bisect_left(order, after, lo=first, key=letters)
    posts = index.postings
    rows = [
        posts.name[posts.at[number] : posts.at[number + 1]]
        for number in order[first:last]
        if not modes or index.words.mode[number] in modes
    ]
    return distinct(np.concatenate(rows)) if rows else _NO_NAMES
