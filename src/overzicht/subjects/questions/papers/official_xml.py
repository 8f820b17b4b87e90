"""The official text (schemas op-xsd-2012-2 and 2014): questions, answers, notes, heading, remarks.

Domain: officiele-publicatie/kamervragen, also the older root `vraagdoc` with `reactie`. Caveats: party and
office are plain text in the heading. Unknown elements keep their text and are flagged.
"""

from dataclasses import dataclass, field, replace

from lxml import etree

from overzicht.sources.inventories.xml import local_name, named
from overzicht.subjects.questions.build import Mark, Piece, build
from overzicht.subjects.questions.identifiers import PAPER_ID, session_of, set_numbers
from overzicht.subjects.questions.labels import LabelProblem, Numbers, Side, read_label
from overzicht.subjects.questions.model import BlockKind, Flag, FlagCode, Layout, Note, Remark
from overzicht.subjects.questions.papers.interface import (
    NotAPaperError,
    Parts,
    QuestionFile,
    Reading,
    compose,
)
from overzicht.subjects.questions.papers.markup import Flow, inline, items, rows
from overzicht.subjects.questions.papers.metadata import fields_of, tolerant_day, values
from overzicht.subjects.questions.references import RefKind, find_refs

SIDES = {"vraag": Side.QUESTION, "antwoord": Side.ANSWER, "reactie": Side.ANSWER}
_WORDS = {Side.QUESTION: "Vraag", Side.ANSWER: "Antwoord"}
_LABELS = ("nr", "nummer")
_PARAGRAPHS = ("al", "tussenkop", "kop", "titel")
_GROUPS = ("al-groep", "tekst", "vrije-tekst", "structuurtekst")
_REMARKS = ("kamervraagopmerking", "toelicht")
_HEADINGS = ("kamervraagomschrijving", "omschr")


@dataclass(slots=True)
class _Notes:
    """The notes of a paper in text order; a second mark of one note is not a new note."""

    by_id: dict[str, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: etree._Element) -> "_Notes":
        """Return the collector with the numbers of all notes, because a mark may come before its note."""
        notes = [element for element in root.iter() if local_name(element) == "noot"]
        return cls(
            {
                element.get("id") or "": _printed_number(element) or n
                for n, element in enumerate(notes, start=1)
            }
        )

    def marks_of(self, element: etree._Element) -> tuple[int, ...] | None:
        """Return the note that an element is or refers to; None for ordinary text."""
        name = local_name(element)
        if name == "nootref":
            target = element.get("refid") or element.get("idref") or element.get("ref") or ""
            printed = "".join(element.itertext()).strip()
            number = self.by_id.get(target) or (int(printed) if printed.isdigit() else None)
            return (number,) if number else ()
        return (self._take(element),) if name == "noot" else None

    def _take(self, element: etree._Element) -> int:
        number = _printed_number(element) or self.by_id.get(element.get("id") or "") or len(self.notes) + 1
        parts = [inline(al, lambda _: None)[0] for al in element if local_name(al) != "noot.nr"]
        text = "\n".join(part for part in parts if part)
        addresses = [ref.get("doc") or "" for ref in named(element, "extref") if ref.get("soort") == "URL"]
        urls = [url for url in addresses if url.startswith(("http://", "https://"))]
        self.notes.append(Note(number, text, tuple(dict.fromkeys(urls)) or urls_in(text)))
        return number


def _printed_number(note: etree._Element) -> int:
    """Return the printed number of a note; 0 for another sign, such as a star."""
    printed = "".join(part for nr in named(note, "noot.nr") for part in nr.itertext()).strip(" )[]")
    return int(printed) if printed.isdigit() else 0


def urls_in(text: str) -> tuple[str, ...]:
    """Return the addresses in a text, without duplicates."""
    return tuple(dict.fromkeys(r.targets[0] for r in find_refs(text) if r.kind is RefKind.PAGE))


def read_official_xml(root: etree._Element, given: QuestionFile) -> Reading:
    """Return the paper of an official text; NotAPaperError when it holds no questions at all."""
    if not any(local_name(element) in (*SIDES, *_HEADINGS) for element in root.iter()):
        raise NotAPaperError(given.filename, f"the root <{local_name(root)}> holds no questions or answers")
    notes, heading_notes = _Notes.of(root), _Notes.of(root)
    pieces = [
        _piece(element, notes)
        for element in root.iter()
        if local_name(element) in SIDES
        and not any(local_name(ancestor) in SIDES for ancestor in element.iterancestors())
    ]
    flags = [Flag(FlagCode.UNKNOWN_ELEMENT, name) for name in sorted(notes.unknown)]
    remarks: list[Remark] = []
    for element in root.iter():
        if local_name(element) in _REMARKS:
            flow = Flow()
            for child in element:
                add_blocks(child, flow, notes)
            texts = [block.text for block in flow.blocks] or [inline(element, notes.marks_of)[0]]
            is_titled = len(texts) > 1 and len(texts[0]) < 40
            title = (
                texts[0].rstrip(":")
                if is_titled
                else "Toelichting"
                if local_name(element) == "toelicht"
                else ""
            )
            remarks.append(Remark(title, "\n".join(texts[1:] if is_titled else texts)))
    body = build(pieces, notes.notes)
    headings = [element for element in root.iter() if local_name(element) in _HEADINGS]
    printed = " ".join(inline(element, heading_notes.marks_of)[0] for element in headings)
    body = replace(body, notes=(*heading_notes.notes, *body.notes))
    parts = Parts(printed, body, tuple(remarks), flags=flags)
    fields = fields_of(named(root, "meta"))
    head = [element for element in root.iter() if local_name(element) in ("tekstregel", "vergaderjaar")]
    session = session_of(" ".join([*values(fields, "vergaderjaar"), *("".join(h.itertext()) for h in head)]))
    number = "".join(t for element in named(root, "kamervraagnummer") for t in element.itertext()).strip()
    ids = [
        m[0]
        for v in (*values(fields, "externmetadatarecord"), *values(fields, "identifier"))
        for m in PAPER_ID.finditer(v)
    ]
    printed_sets = set_numbers(" ".join((*values(fields, "vraagnummer"), number)))
    # the days that are marked up: the one after `ingezonden`, the one after `ontvangen`
    days: dict[str, object] = {}
    for heading in headings:
        for day in named(heading, "datum"):
            previous = day.getprevious()
            parent = day.getparent()
            before = previous.tail if previous is not None else parent.text if parent is not None else ""
            read = tolerant_day(day.get("isodatum") or "")
            for word, name in (("ingezonden", "asked_on"), ("ontvangen", "received")):
                if word in (before or "").lower() and read:
                    days[name] = read
    if not printed_sets:  # an answer prints its set nowhere but in the ids of notes: `ID-2014Z23778-d37`
        in_ids = (element.get("id") or "" for element in named(root, "noot"))
        printed_sets = set_numbers(" ".join(note_id.replace("-", " ") for note_id in in_ids))
        printed_sets = printed_sets if len(printed_sets) == 1 else ()
    full = replace(
        parts,
        session=session,
        number=number if number.isdigit() else "",
        ids=tuple(dict.fromkeys(ids)),
        sets=printed_sets,
        dates=days,
    )
    return Reading((compose(full, given, Layout.XML),))


def _piece(element: etree._Element, notes: _Notes) -> Piece:
    printed = ""
    flow = Flow()
    for child in element:
        if local_name(child) in _LABELS and not printed:
            printed = " ".join("".join(child.itertext()).split())
        else:
            add_blocks(child, flow, notes)
    side = SIDES[local_name(element)]
    if not printed and flow.blocks and read_label(flow.blocks[0].text):  # the label as the first paragraph
        printed = flow.blocks[0].text
        flow = Flow(flow.blocks[1:], [Mark(m.note, m.block - 1, m.offset) for m in flow.marks if m.block])
    label = read_label(printed) or read_label(f"{_WORDS[side]} {printed}")
    numbers = Numbers(label.numbers, label.problem) if label else Numbers((), LabelProblem.UNREADABLE)
    if not printed:
        numbers = Numbers((), LabelProblem.EMPTY)
    return Piece(side, printed, numbers, tuple(flow.blocks), tuple(flow.marks))


def add_blocks(element: etree._Element, flow: Flow, notes: _Notes) -> None:
    """Add the blocks of one element; an unknown element is a paragraph, and is flagged."""
    name = local_name(element)
    if name in _GROUPS:
        for child in element:
            add_blocks(child, flow, notes)
    elif name == "lijst":
        flow.add(*items(element, notes.marks_of), BlockKind.LIST)
    elif name == "table":
        flow.add(*rows(element, "row", ("entry",), notes.marks_of), BlockKind.TABLE)
    elif name:
        if name not in _PARAGRAPHS:
            notes.unknown.add(name)
        flow.add(*inline(element, notes.marks_of))
