"""Correct known defects of control list files, found by their shape; each correction is reported.

Four kinds: points of a note's list printed like controlled provisions (an exclusion would then control what
it releases); points whose number lost a level; a note printed as a provision; and a text that ends in the
middle of a number because its line was broken there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from overzicht.evidence import text
from overzicht.subjects.control_list.build import PROVISION, Row
from overzicht.subjects.control_list.path import ControlPath, entry_of, lineage, parent_of
from overzicht.subjects.control_list.sources.interface import Correction

_FIRST_LABELS = ("1", "a")
_NOTE_WITHOUT_COLON = re.compile(r"Notes? (?=\d[A-E]\d{3}\b)")


def repair(rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Correction, ...]]:
    """Return the rows of a list in order with the defects put right, and what was done."""
    corrections: list[Correction] = []
    notes: list[Row] = []
    for row in rows:
        match = _NOTE_WITHOUT_COLON.match(row.text) if row.kind != "note" else None
        if match is None:
            notes.append(row)
            continue
        notes.append(replace(row, kind="note", text=f"Note: {row.text[match.end() :]}"))
        corrections.append(
            Correction(row.path, text("a note is printed as a provision; it is read as a note"))
        )
    # complete a text that breaks off in a number from the one provision that has the same words in full.
    # A text that breaks off and has no such twin is reported, and its end is marked with an ellipsis.
    broken_numbers_rows = tuple(notes)
    texts = [row.text.rstrip() for row in broken_numbers_rows if row.kind == PROVISION]
    completed: list[Row] = []
    for each_row in broken_numbers_rows:
        body = each_row.text.rstrip()
        is_number = _ENDS_IN_NUMBER.search(body) is not None
        if each_row.kind != PROVISION or each_row.is_item or not (is_number or _ENDS_OPEN.search(body)):
            completed.append(each_row)
            continue
        ends = (
            {match[0] for text_ in texts if (match := _rest(text_, body)) is not None} if is_number else set()
        )
        if len(ends) == 1:
            number = f"{_last_word(body)}{ends.pop().rstrip(';.,:')}"
            what = text("the number was broken at the end of a line; it is read as {number}", number=number)
            corrections.append(Correction(each_row.path, what))
            completed.append(replace(each_row, text=f"{body[: -len(_last_word(body))]}{number};"))
            continue
        what = text(
            "the text breaks off after {words}: compare it with the official text",
            words=" ".join(body.split()[-4:]),
        )
        corrections.append(Correction(each_row.path, what))
        completed.append(replace(each_row, text=f"{body} …"))
    named = tuple(completed)
    placed = tuple(_restore_steps(named, corrections))
    note_items: list[Row] = []
    note: Row | None = None  # the note that ends by announcing a list, while its points may follow
    expected: tuple[str, ...] = _FIRST_LABELS
    for row in placed:
        if row.is_item:
            note_items.append(row)
        elif row.kind != PROVISION:
            note, expected = (row if row.text.rstrip().endswith(":") else None), _FIRST_LABELS
            note_items.append(row)
        elif note is not None and row.path == note.path:
            note_items.append(_as_item(row, note, corrections))
            note = None
        elif note is not None and parent_of(row.path) == note.path and _label(row) in expected:
            label = _label(row)
            expected = ((str(int(label) + 1) if label.isdigit() else chr(ord(label[0]) + 1)),)
            note_items.append(_as_item(row, note, corrections))
        else:
            note = None
            note_items.append(row)
    return tuple(note_items), tuple(corrections)


_ENDS_IN_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}$")
_ENDS_OPEN = re.compile(r"\b(?:to|of|and the|or the|than|by|with|exceeding|for|in)$")
_THOUSANDS = re.compile(r"[ \u00a0\u2009\u202f]?\d{3}\b[;.,:]?")


def _rest(whole: str, start: str) -> re.Match[str] | None:
    return _THOUSANDS.fullmatch(whole, len(start)) if whole.startswith(start) and whole != start else None


def _last_word(words: str) -> str:
    return words.rpartition(" ")[2]


@dataclass
class _Tree:
    """What is known of the entry that is being read: its provisions so far and the steps put back."""

    texts: dict[ControlPath, str] = field(default_factory=dict)
    children: dict[ControlPath, list[ControlPath]] = field(default_factory=dict)
    moved: dict[ControlPath, ControlPath] = field(default_factory=dict)
    last: ControlPath | None = None

    def add(self, row: Row) -> None:
        up = parent_of(row.path)
        if up is not None and row.path not in self.texts:
            self.children.setdefault(up, []).append(row.path)
        self.texts.setdefault(row.path, row.text)
        self.last = row.path

    def restored(self, path: ControlPath) -> ControlPath:
        """Return where a path of the file belongs: as it is, or with the lost step put back."""
        for step in reversed(lineage(path)):
            if step in self.moved:
                return self._fitting(ControlPath(self.moved[step] + path[len(step) :]))
        return self._fitting(path)

    def _fitting(self, path: ControlPath) -> ControlPath:
        up = parent_of(path)
        siblings = self.children.get(up, []) if up else []
        label = path.rpartition(".")[2]
        if up is None or not siblings or path in self.texts or not label.isdigit():
            return path
        last = siblings[-1]
        if last.rpartition(".")[2].isdigit():
            return path
        if last not in self.children and self.texts[last].rstrip().endswith("following:"):
            return ControlPath(f"{last}.{label}")
        above = parent_of(up)
        return ControlPath(f"{above}.{label}") if above else path


def _restore_steps(rows: Iterable[Row], corrections: list[Correction]) -> Iterable[Row]:
    tree, entry = _Tree(), ""
    for row in rows:
        if entry_of(row.path) != entry:
            tree, entry = _Tree(), entry_of(row.path)
        if row.is_item:
            yield row
            continue
        path = tree.restored(row.path)
        if row.kind == PROVISION:
            if path != row.path:
                tree.moved[row.path] = path
                corrections.append(Correction(row.path, text("the number lacks a level: {path}", path=path)))
        elif path != row.path and tree.last is not None:
            shared = set(lineage(tree.last))
            path = next(step for step in reversed(lineage(path)) if step in shared)
        placed = replace(row, path=path)
        if row.kind == PROVISION:
            tree.add(placed)
        yield placed


def _as_item(row: Row, note: Row, corrections: list[Correction]) -> Row:
    what = text("a point of a note's list is printed as a provision; it belongs to the note")
    corrections.append(Correction(row.path, what))
    return replace(row, kind=note.kind, is_item=True)


def _label(row: Row) -> str:
    return row.path.rpartition(".")[2]
