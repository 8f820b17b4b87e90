"""Pair the notes of two versions.

Two files may put the same note one level higher or lower, and later versions more often state its scope
("For the purposes of 6A003.b.1., …"). Neither changes the content of the note.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from overzicht.subjects.control_list.model import ControlList, Note
from overzicht.subjects.control_list.note_roles import split_notes
from overzicht.subjects.control_list.path import ControlPath, overlap
from overzicht.subjects.control_list.plain import bare_words, same_signs

_DOUBLE = re.compile(r'"([^"]{2,80})"')
_CATEGORIES = re.compile(r"(?<=[\")]) \((?:\d|GTN|NTN|GSN|GISN|All| )+\)")


def has_definitions(control_list: ControlList) -> bool:
    """Return whether the file of a version held the definitions of the whole annex."""
    return any(term.is_global for term in control_list.terms)


def _users_of_terms(control_list: ControlList) -> dict[str, list[ControlPath]]:
    users: dict[str, list[ControlPath]] = {}
    for provision in control_list.by_path.values():
        text = " ".join([provision.text, *(note.full_text for note in provision.notes)])
        terms = (control_list.term(name) for name in _DOUBLE.findall(same_signs(text)))
        for name in {term.name for term in terms if term is not None}:
            users.setdefault(name, []).append(provision.path)
    return users


def _meaning(definition: str) -> str:
    return bare_words(_CATEGORIES.sub("", definition, count=1))


def changed_definitions(
    before: ControlList, after: ControlList
) -> Iterator[tuple[str, str, tuple[ControlPath, ...]]]:
    """Yield (old text, new text, users) for each used definition that differs; empty texts mean none.

    Yields nothing if one of the versions has no definitions.
    """
    if not (has_definitions(before) and has_definitions(after)):
        return
    old = {term.name: term.text for term in before.terms if term.is_global}
    new = {term.name: term.text for term in after.terms if term.is_global}
    users = {name: {*paths} for name, paths in _users_of_terms(before).items()}
    for name, paths in _users_of_terms(after).items():
        users.setdefault(name, set()).update(paths)
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name, ""), new.get(name, "")
        if _meaning(was) != _meaning(now) and users.get(name):
            yield was, now, tuple(users[name])


ALIKE = 0.5  # share of words in common from which a note at the same place was changed, not replaced
SAME_START = 12  # letters in common at the start of a note that may be the same
NEARLY_THE_SAME = 0.8  # the same for a note that is one level higher or lower
_SCOPE = re.compile(r"\bfor the purposes? of [^,:;]{1,80}[,:]\s*|\bin \d[A-E]\d{3}[a-z0-9.]*,?\s", re.I)


def pair_notes(before: Iterable[Note], after: Iterable[Note]) -> Iterator[tuple[Note | None, Note | None]]:
    """Yield the notes of an entry that differ: (old, new), or None for a note that is added or removed."""
    left = [note for note in before if note.text or note.items]
    came = [note for note in after if note.text or note.items]
    for is_near in (_is_here, _is_nearby):
        for pairs_note in list(left):
            match = next(
                (other for other in came if is_near(pairs_note, other) and _says_the_same(pairs_note, other)),
                None,
            )
            if match is not None:
                left.remove(pairs_note)
                came.remove(match)
    for least, is_near in ((ALIKE, _is_here), (NEARLY_THE_SAME, _is_nearby)):
        for note in list(left):
            others = [other for other in came if is_near(note, other)]
            words = note.full_text.lower().split()
            match, best_ratio = None, least
            for most_like_other in others:
                ratio = SequenceMatcher(
                    None, words, most_like_other.full_text.lower().split(), autojunk=False
                ).ratio()
                if ratio > best_ratio:
                    match, best_ratio = most_like_other, ratio
            if match is not None:
                left.remove(note)
                came.remove(match)
                yield note, match
    for note in left:
        yield note, None
    for note in came:
        yield None, note


def words_of(note: Note) -> str:
    """Return what a note says, without what it says to be for, in bare words."""
    content = " ".join([note.text, *(item.text for item in note.items)])
    return bare_words(_SCOPE.sub("", content))


def section_texts(control_list: ControlList) -> tuple[str, ...]:
    """Return the notes at the head of each category in bare words; some files print them at another entry."""
    notes = (
        note
        for title, words in control_list.general_notes
        if title.startswith("Category")
        for note in split_notes("note", ControlPath(""), words)
    )
    return tuple(words_of(note) for note in notes)


def is_among(note: Note, texts: Sequence[str]) -> bool:
    """Return whether a note has nearly the words of one of these texts."""
    words = words_of(note)
    return any(
        words in text or SequenceMatcher(None, words, text, autojunk=False).ratio() > NEARLY_THE_SAME
        for text in texts
        if words[:SAME_START] == text[:SAME_START] or words in text
    )


def _says_the_same(before: Note, after: Note) -> bool:
    is_for_the_same = any(overlap(a, b) for a in before.applies_to for b in after.applies_to)
    return is_for_the_same and words_of(before) == words_of(after)


def _is_here(before: Note, after: Note) -> bool:
    return before.path == after.path


def _is_nearby(before: Note, after: Note) -> bool:
    return overlap(before.path, after.path)
