"""From rows to a list: provisions nested by their paths, notes put where they belong, terms collected."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from overzicht.dates import LegalDate
from overzicht.subjects.control_list.model import (
    ControlList,
    DefinedTerm,
    Note,
    NoteKind,
    Provision,
    VersionId,
)
from overzicht.subjects.control_list.note_roles import section_notes, split_notes, with_item
from overzicht.subjects.control_list.path import ControlPath, entry_of, lineage, parent_of

PROVISION = "provision"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list file: its location, kind, and text without the code.

    `kind` is `provision`, `note`, `technical_note` or `nb`. `is_item` marks a point of a note's list, whose
    `path` is only the number in the file.
    """

    path: ControlPath
    kind: str
    text: str
    is_item: bool = False


@dataclass
class _Node:
    path: ControlPath
    texts: list[str] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def freeze(self) -> Provision:
        children = tuple(child.freeze() for child in self.children)
        return Provision(self.path, "\n".join(self.texts), children, tuple(self.notes))


def build_list(
    name: str,
    day: LegalDate,
    rows: Sequence[Row],
    *,
    definitions: Iterable[DefinedTerm] = (),
    general_notes: Iterable[tuple[str, str]] = (),
) -> ControlList:
    """Return the list of these rows, in order.

    A repeated path (after a table or formula) adds a line of text. A missing level has an empty text.
    `definitions` are the terms for the whole list.
    """
    nodes: dict[ControlPath, _Node] = {}
    entries: list[_Node] = []
    for row in rows:
        if row.is_item:
            # put a point of a note's list to the last note above it; without one it becomes a note of its
            # own
            label = row.path.rpartition(".")[2]
            for up in reversed(lineage(row.path)):
                node = nodes.get(up)
                if node is None:
                    continue
                if node.notes and up == row.path and not node.notes[-1].text:
                    heading = (
                        node.notes.pop().heading
                    )  # the heading stood alone, its text came as a row of its own
                    node.notes.extend(split_notes(row.kind, up, f"{heading}: {row.text}"))
                elif node.notes:
                    node.notes[-1] = with_item(node.notes[-1], label, row.text)
                else:
                    node.notes.extend(split_notes(row.kind, up, row.text))
                break
            else:
                nodes[entry_of(row.path)] = _Node(
                    entry_of(row.path), notes=list(split_notes(row.kind, row.path, row.text))
                )
        elif row.kind == PROVISION:
            _node(nodes, entries, row.path).texts.append(row.text)
        else:
            _node(nodes, entries, row.path).notes.extend(split_notes(row.kind, row.path, row.text))
    frozen = tuple(entry.freeze() for entry in entries)
    local = []
    for entry in frozen:
        for provision in entry.walk():
            for note in provision.notes:
                if note.kind is NoteKind.SEE_ALSO:
                    continue
                text = note.full_text
                for match in _DEFINING.finditer(text):
                    local_terms_name = (match["straight"] or match["curly"]).lower()
                    at = note.applies_to[0] if len(note.applies_to) == 1 else provision.path
                    inside = match.start()
                    head = max(
                        (m.end() for m in re.finditer(r"(?<=[a-z)'’\"])[.:] (?=[A-Z\d‘'])", text[:inside])),
                        default=0,
                    )
                    tail = re.compile(r"(?<=[a-z)'’\"])\. (?=[A-Z\d‘'])").search(text, inside)
                    local.append(
                        DefinedTerm(
                            local_terms_name, text[head : tail.start() + 1 if tail else len(text)].strip(), at
                        )
                    )
    version = VersionId(name, day, content_hash(frozen))
    general = tuple(general_notes)
    entry_paths = [entry.path for entry in frozen]
    of_sections = (note for title, words in general for note in section_notes(title, words, entry_paths))
    return ControlList(version, frozen, (*definitions, *local), general, tuple(of_sections))


def content_hash(entries: Sequence[Provision]) -> str:
    """Return the sha256 of what the entries say, whatever file they came in; blanks do not count."""
    content = [
        [
            provision.path,
            _blanks_made_one(provision.text),
            [_blanks_made_one(n.full_text) for n in provision.notes],
        ]
        for entry in entries
        for provision in entry.walk()
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _blanks_made_one(text: str) -> str:
    return " ".join(text.split())


def _node(nodes: dict[ControlPath, _Node], entries: list[_Node], path: ControlPath) -> _Node:
    for step in lineage(path):
        if step in nodes:
            continue
        nodes[step] = _Node(step)
        up = parent_of(step)
        (entries if up is None else nodes[up].children).append(nodes[step])
    return nodes[path]


_SINGLE = r"(?:'(?P<straight>[^']{2,80})'|‘(?P<curly>[^’]{2,80})’)"
_DEFINING = re.compile(
    rf"{_SINGLE}(?:\s?\([^)]{{1,40}}\))?(?:\s?,?\s?(?:\w+\s){{0,3}}?(?:is|are|includes?)\b|\s?[=:]"
    r"|[^'\".;]{0,80}?\b(?:means?|refers? to|(?:is|are) (?:defined|considered)|is the|is any)\b)"
)
