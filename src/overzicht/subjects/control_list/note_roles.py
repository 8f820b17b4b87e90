"""Notes of the list: told apart by what they do, split where a file runs several together."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from overzicht.subjects.control_list.model import ListItem, Note, NoteKind
from overzicht.subjects.control_list.path import ControlPath, parse_path, part_of, sort_key

_HEADING = re.compile(
    r"(?P<heading>Technical\s*Notes?\s*\d*|Notes?\s*\d*|N\.\s?B\.?(?:\s*\d+)?)\s*:\s*(?!\d\.[a-z]\.)|(?P<nb>N\.\s?B\.?(?:\s\d\.)?)\s+(?=[A-Z])"
)
_MAY_START = re.compile(r"[.;:)\"'”’] |.?[.;]")  # the two signs before a heading; blanks are single here
_OPEN_LIST = (";", ",", " and", " or")
_LABEL = re.compile(r"(?:^|[:;.,] |(?:and|or) )([a-z]|\d{1,2})\. (?=[A-Z])")
_CODE = re.compile(r"\d[A-E]\d{3}(?:\.[a-z0-9]{1,3})*(?![A-Za-z0-9])")
_SUBJECT_CODES = re.compile(
    rf"(?:The (?:only )?\S+ (?:specified|described) in |For the purposes? of |In )?{_CODE.pattern}\.?"
    rf"(?:\s?(?:,|,? and|,? or|,? to)\s?{_CODE.pattern}\.?)*"
)
_RELEASE = re.compile(
    r"\b(?:does|do) not (?:control|apply|include|cover|specify)|\b(?:is|are) not (?:controlled|specified)",
    re.I,
)
_LIST = re.compile(r"\bonly (?:controls?|applies|apply|specif)|\bcontrols? only|\bThe only\b", re.I)
_CONTROL = re.compile(r"\b(?:includes?|remains?|controls?|applies|apply)\b", re.I)


def split_notes(kind_of_row: str, path: ControlPath, text: str) -> tuple[Note, ...]:
    """Return the notes of one row of a file, which may contain several.

    `kind_of_row` is `note`, `technical_note` or `nb`; a heading in the text overrides it.
    """
    text = " ".join(text.split())
    starts = [
        match
        for match in _HEADING.finditer(text)
        if match.start() == 0
        or _MAY_START.fullmatch(text[max(0, match.start() - 2) : match.start()]) is not None
    ]
    if not starts or starts[0].start() > 0:
        head = text[: starts[0].start()] if starts else text
        first = (
            [_note({"technical_note": "Technical Note", "nb": "N.B."}.get(kind_of_row, "Note"), path, head)]
            if head.strip()
            else []
        )
    else:
        first = []
    ends = [*(match.start() for match in starts[1:]), len(text)] if starts else []
    parts = [
        (match["heading"] or match["nb"], text[match.end() : end])
        for match, end in zip(starts, ends, strict=True)
    ]
    # interrupted points of a list to their note, so that no condition is lost. "b. Having all of: 1. …;
    # Technical Note: … 2. …; and 3. …" is a note with three points, and another one.
    resumed: list[tuple[str, str]] = []
    for heading, body in parts:
        rest = _rest_of_list(resumed[-1][1], body) if resumed and heading.startswith("Technical") else None
        if rest is None:
            resumed.append((heading, body))
            continue
        before = resumed.pop()
        resumed.append((before[0], f"{before[1].rstrip()} {body[rest:].strip()}"))
        resumed.append((heading, body[:rest]))
    return (*first, *(_note(heading, path, body) for heading, body in resumed))


def _rest_of_list(before: str, inside: str) -> int | None:
    """Return where an interrupting note continues the open list of `before`, or None if no list is open."""
    if not before.rstrip().endswith(_OPEN_LIST):
        return None
    labels = _LABEL.findall(before)
    if not labels:
        return None
    label = labels[-1]
    following = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
    matches = list(re.finditer(rf"(?<=[.;] ){re.escape(following)}\. (?=[A-Z])", inside))
    if not matches:
        return None
    has_own_numbers = re.search(r"(?:^|[:.] ?)[1a]\. ?(?=['‘A-Z])", inside[: matches[0].start()]) is not None
    return matches[-1 if has_own_numbers else 0].start()


def with_item(note: Note, label: str, text: str) -> Note:
    """Return the note with a further point of its list."""
    return replace(note, items=(*note.items, ListItem(label, text)))


def _note(heading: str, path: ControlPath, text: str) -> Note:
    title = re.sub(r"^Note(?=\d)", "Note ", " ".join(heading.split())).rstrip(":")
    body = re.sub(r"^Note (?=\d[A-E]\d{3})", "", text.strip())  # one file prints "Note: Note 6A004.e. …"
    lead = _SUBJECT_CODES.match(body)
    named = _named(lead[0]) if lead else []
    own = tuple(dict.fromkeys(code for code in named if code[:5] == path[:5]))
    if title.startswith("Technical"):
        kind = NoteKind.TECHNICAL
    elif not title.startswith("Note"):
        kind = NoteKind.SEE_ALSO
    elif _RELEASE.search(body):
        kind = NoteKind.RELEASE
    elif _LIST.search(body):
        kind = NoteKind.LIST
    else:
        kind = NoteKind.CONTROL if _CONTROL.search(body) else NoteKind.OTHER
    return Note(kind, path, title, body, own or (path,))


_RANGE = re.compile(rf"({_CODE.pattern})\.? to ({_CODE.pattern})")


def _named(words: str) -> list[ControlPath]:
    """Return the provisions in the subject of a note; "6A203.a. to 6A203.c." names three."""
    named = {parse_path(code): None for code in _CODE.findall(words)}
    for first, last in _RANGE.findall(words):
        head, _, start = parse_path(first).rpartition(".")
        other, _, end = parse_path(last).rpartition(".")
        if head and head == other and len(start) == len(end) == 1:
            between = (chr(code) for code in range(ord(start), ord(end) + 1))
            named |= {parse_path(f"{head}.{label}"): None for label in between}
    return sorted(named, key=sort_key)


_TITLE = re.compile(r"[A-Z]\w+ Note (?=\d[A-E]\d{3})")
_PART = re.compile(r"Category (?P<category>\d)(?: ?[—–,-] ?Part (?P<part>\d))?\b")


def section_notes(title: str, text: str, entries: Iterable[ControlPath]) -> tuple[Note, ...]:
    """Return the notes at the head of a category or part that state which provisions they concern.

    "5A002, 5D002.b. and … do not control" concerns these provisions. "Category 5, Part 2 does not control"
    concerns the entries of that part. `title` is the heading of the section. A note that states no subject
    is left out.
    """
    if not title.startswith("Category"):
        return ()
    codes = tuple(entries)
    notes: list[Note | None] = []
    for note in split_notes("note", ControlPath(""), text):
        body = note.text[match.end() :] if (match := _TITLE.match(note.text)) else note.text
        lead = _SUBJECT_CODES.match(body)
        subjects = tuple(parse_path(code) for code in _CODE.findall(lead[0])) if lead else ()
        section = _PART.match(body)
        if section is not None:
            is_inside = section_test(section["category"], section["part"] or "")
            subjects = tuple(entry for entry in codes if is_inside(entry))
        notes.append(replace(note, path=subjects[0], applies_to=subjects) if subjects else None)
    return tuple(note for note in notes if note is not None)


def section_test(category: str, part: str) -> Callable[[str], bool]:
    """Return a test whether an entry belongs to a category and part; an empty part is the whole category."""
    return lambda entry: entry[0] == category and (not part or part == part_of(entry))


def names_other_section(text: str, entry: ControlPath) -> bool:
    """Return whether the subject of a note is another section of the list than that of its entry."""
    note = split_notes("note", entry, text)[0]
    body = note.text[match.end() :] if (match := _TITLE.match(note.text)) else note.text
    lead, section = _SUBJECT_CODES.match(body), _PART.match(body)
    if section is not None:
        return not section_test(section["category"], section["part"] or "")(entry)
    codes = _CODE.findall(lead[0]) if lead else []
    return bool(codes) and all(part_of(code) != part_of(entry) or code[0] != entry[0] for code in codes)
