"""The page of a paper on zoek.officielebekendmakingen.nl (2016 markup), whole or cut.

Caveats: a wrong address answers 200 with a page that says so, or leads to `fout404`; text is wrapped.
"""

import re

from lxml import etree, html

from overzicht.sources.inventories.xml import local_name
from overzicht.subjects.questions.build import Piece, build
from overzicht.subjects.questions.identifiers import PAPER_ID, session_of, set_numbers
from overzicht.subjects.questions.labels import LabelProblem, Numbers, Side, read_label
from overzicht.subjects.questions.model import BlockKind, Dates, Layout, Note, Remark
from overzicht.subjects.questions.papers.interface import (
    NotAPaperError,
    Parts,
    QuestionFile,
    Reading,
    compose,
)
from overzicht.subjects.questions.papers.markup import Flow, inline, items, rows
from overzicht.subjects.questions.papers.metadata import fields_of, paper_of
from overzicht.subjects.questions.papers.official_xml import urls_in

_SIDES = {"vraag": Side.QUESTION, "antwoord": Side.ANSWER}
_ERRORS = re.compile(r"fout404|/Errors/404|niet (?:gevonden|beschikbaar)", re.IGNORECASE)
_HEADINGS = {"kamervraagomschrijving", "omschrijving", "kamervraagkop"}
_ANCHOR = re.compile(r"#(ID-[\w-]+|n\d+)$")


def read_html(given: QuestionFile) -> Reading:
    """Return the paper of a page, or of a part of one; NotAPaperError for the site's error page."""
    # libxml2 does not know every encoding that Python reads
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(given.text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise NotAPaperError(given.filename, f"the page is empty ({error})") from error
    sections = [element for element in root.iter("div") if _SIDES.keys() & set(_classes(element))]
    # the notes of the page, and their numbers by anchor (`ID-…`, and `n2` for a note used again)
    notes: list[Note] = []
    numbers: dict[str, int] = {}
    for box in root.iter("div"):
        if not {"noot", "voet"} <= set(_classes(box)):
            continue
        mark = next((element for element in box.iter("span") if "nootnum" in _classes(element)), None)
        printed = "".join(mark.itertext()).strip() if mark is not None else ""
        number = int(printed) if printed.isdigit() else len(notes) + 1
        notes_text = "\n".join(inline(element, _no_marks)[0] for element in box.iter("p"))
        urls = [element.get("href") or "" for element in box.iter("a") if "externe_link" in _classes(element)]
        notes.append(
            Note(number, notes_text, tuple(dict.fromkeys(u for u in urls if u)) or urls_in(notes_text))
        )
        numbers |= {element.get("id") or "": number for element in box.iter("a") if element.get("id")}
    if not sections and not notes:
        reason = "the page holds no questions or answers"
        if _ERRORS.search(" ".join(root.itertext())):
            reason = "it is the site's page for an address that does not exist"
        raise NotAPaperError(given.filename, reason, fix="check the id of the paper and fetch it again")
    body = build([_piece(element, numbers) for element in sections], notes)
    described = paper_of(fields_of(root.iter("meta")), given)
    printed = " ".join(
        inline(element, _no_marks)[0] for element in root.iter() if _HEADINGS & set(_classes(element))
    )
    remarks: list[Remark] = []
    for element in root.iter("div"):
        if "kamervraagopmerking" in _classes(element):
            texts = [text for child in element if (text := inline(child, _no_marks)[0])]
            is_titled = len(texts) > 1 and len(texts[0]) < 40
            remarks.append(
                Remark(
                    texts[0].rstrip(":") if is_titled else "", "\n".join(texts[1:] if is_titled else texts)
                )
            )
    anchors = " ".join(element.get("href") or element.get("id") or "" for element in root.iter("a"))
    named = [match[0] for match in PAPER_ID.finditer(given.filename)]
    sets = described.sets if described else set_numbers(" ".join((*named, anchors)))
    days = described.dates if described else Dates()
    paper = compose(
        Parts(
            heading=printed,
            body=body,
            remarks=tuple(remarks),
            session=described.session if described else session_of(printed),
            ids=described.ids if described else named,
            sets=sets,
            dates={name: getattr(days, name) for name in ("asked_on", "received", "issued", "available")},
        ),
        given,
        Layout.HTML,
    )
    return Reading((paper,))


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split() if isinstance(element.tag, str) else []


def _no_marks(element: etree._Element) -> tuple[int, ...] | None:
    return () if local_name(element) == "sup" else None


def _piece(section: etree._Element, numbers: dict[str, int]) -> Piece:
    side = next(_SIDES[name] for name in _classes(section) if name in _SIDES)

    def marks_of(element: etree._Element) -> tuple[int, ...] | None:
        if "nootnum" not in _classes(element):
            return () if local_name(element) == "sup" and not list(element) else None
        printed = "".join(element.itertext()).strip()
        anchor = _ANCHOR.search(element.get("href") or "")
        number = numbers.get(anchor[1]) if anchor else None
        return (number or int(printed),) if number or printed.isdigit() else ()

    printed = ""
    flow = Flow()
    for child in section:
        name, classes = local_name(child), _classes(child)
        if not printed and ("stuktitel" in classes or "nummer" in classes):
            printed = inline(child, _no_marks)[0]
        elif name in ("ul", "ol"):
            flow.add(*items(child, marks_of), BlockKind.LIST)
        elif name == "table":
            flow.add(*rows(child, "tr", ("td", "th"), marks_of), BlockKind.TABLE)
        elif name:
            flow.add(*inline(child, marks_of))
    label = read_label(printed)
    read = Numbers(label.numbers, label.problem) if label else Numbers((), LabelProblem.UNREADABLE)
    return Piece(
        side,
        printed,
        read if printed else Numbers((), LabelProblem.EMPTY),
        tuple(flow.blocks),
        tuple(flow.marks),
    )
