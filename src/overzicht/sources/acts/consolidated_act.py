"""Read a consolidated act: its number and date, and its annexes as cards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from lxml import etree, html

from overzicht.isolation import Limits, in_child
from overzicht.law.consolidated import AnnexCard, AnnexEntry, ConsolidatedAct
from overzicht.safexml import SAFE_XML
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError

MAX_BYTES = 50_000_000  # the largest acts have about ten million
YEAR_FIRST = 2015  # since this year the year comes before the number
_NAME = r"(?P<celex>0\d{4}[RLD]\d{4})"
_HEADER = re.compile(rf"{_NAME}\s*—\s*[A-Z]{{2}}\s*—\s*(?P<day>\d{{2}}\.\d{{2}}\.\d{{4}})")
_CELEX = re.compile(rf"{_NAME}-(?P<day>\d{{8}})")
_TITLE = re.compile(
    r"(?:(?:COUNCIL|COMMISSION|IMPLEMENTING|DELEGATED) ){0,3}(?:REGULATION|DIRECTIVE) .{4,200}"
)
_ARTICLE = re.compile(r"Article (?P<number>\d{1,3}[a-z]{0,3})")
_ANNEX = re.compile(r"ANNEX(?: (?P<number>[IVXLC]{1,8}[A-Za-z]?|\d{1,3}[a-z]?))?")
_PART = r"\d{1,3}[a-z]{0,3}(?:\(\d{1,2}\))?"
_REFERENCE = re.compile(rf"[Aa]rticles? (?P<numbers>{_PART}(?:(?:, | and ){_PART}){{0,9}})")
_CODE = r"\d{4}(?: ?\d{2}){0,3}"
_CODES = rf"{_CODE}(?:(?:, | or | and ){_CODE}){{0,9}}"
_TARIFF = re.compile(rf"(?P<ex>ex ?)? *(?:or )?(?P<codes>{_CODES})(?P<more>,)?(?: {{2,}}(?P<text>\S.*))?")
_OWN = re.compile(r"(?P<codes>[A-Z]\.[A-E]\.[IVX]{1,4}\.\d{3})\.?(?: +(?P<text>\S.*))?")
_SEPARATOR = re.compile(r", | or | and ")
_POINT = re.compile(
    r"(?:(?P<number>\d{1,3}[a-z]?)\.|\((?P<letter>[a-z]{1,5})\)|(?P<dash>[—–])) +(?P<text>\S.*)"
)
_HEADING = re.compile(
    r"(?i:section|part|category|chapter) (?:[A-Z]|[IVXLC]{1,5}|\d{1,3}[a-z]?)(?:[.:—–-]?(?: .*)?)?"
)
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
GAP = "  "
MARKS = re.compile(r"[►▼◄]\s?[A-Z]?\d{0,3}\s?")
_BLOCKS = frozenset({"p", "tr", "h1", "h2", "h3", "h4", "li", "title"})
_FORMEX_BLOCKS = frozenset(
    {"TI", "STI", "TI.ART", "STI.ART", "ALINEA", "P", "NP", "TXT", "ROW", "NO.CELEX", "NO.DOC"}
)
_ROWS = frozenset({"tr", "ROW"})
_CELLS = frozenset({"td", "th", "CELL", "NO.P", "TXT"})
_LABELS = frozenset({"NO.P", "NO.PARAG"})
_LABEL_CLASSES = frozenset({"grid-list-column-1", "no-parag"})
_DASH = "—"


@in_child(Limits())
def read_act(path: Path) -> ConsolidatedAct:
    """Return the act in a file: EUR-Lex HTML, Formex XML, or plain text.

    Raises ListFileRefusedError if the file is damaged, is not a consolidated act, or has no annex.
    """
    file = LocalFile(path, max_bytes=MAX_BYTES)
    content = path.read_bytes()
    try:
        head = content[:2_000].lstrip().lower()
        if b"<html" in head or b"<!doctype html" in head:
            act_lines = html_lines(content)
        else:
            act_lines = formex_lines(content) if head.startswith(b"<") else text_lines(content)
        lines = list(act_lines)
    except (etree.LxmlError, ValueError) as error:
        raise ListFileRefusedError(file.filename, f"the text could not be read: {error}") from error
    return _act(file.filename, lines)


def _act(filename: str, lines: list[str]) -> ConsolidatedAct:
    matches = (_HEADER.search(line) or _CELEX.search(line) for line in lines)
    header = next((match for match in matches if match), None)
    if header is None:
        raise ListFileRefusedError(
            filename,
            "it does not state the number and the date of the act",
            fix="fetch the consolidated text from EUR-Lex, whose header is like 02014R0833 — EN — 04.06.2022",
        )
    lines = [line for line in lines if not _HEADER.search(line)]
    # each annex; the text before the first article has none
    annex_cards: list[AnnexCard] = []
    starts = [number for number, line in enumerate(lines) if _ANNEX.fullmatch(line.strip())]
    for start, end in pairwise((*starts, len(lines))):
        match = _ANNEX.fullmatch(lines[start].strip())
        body = [line.strip() for line in lines[start + 1 : end]]
        entries = tuple(_entries(body))
        title = next((line for line in body if line), "")
        numbers = dict.fromkeys(
            number
            for reference in _REFERENCE.finditer(title)
            for number in re.split(r", | and ", reference["numbers"])
        )
        annex_cards.append(
            AnnexCard((match["number"] or "") if match else "", title, tuple(numbers), entries)
        )
    annexes = tuple(annex_cards)
    if not annexes:
        raise ListFileRefusedError(filename, "it has no annex", fix="check that the file is complete")
    title = next((m.group().strip() for line in lines if (m := _TITLE.fullmatch(line.strip()))), "")
    articles = {m["number"] for line in lines if (m := _ARTICLE.fullmatch(line.strip()))}
    celex = header["celex"]
    written = header["day"]
    parts = written.split(".")
    try:
        day = date.fromisoformat("-".join(reversed(parts)) if len(parts) > 1 else written)
    except ValueError as error:
        raise ListFileRefusedError(filename, f"the date of its version is not a date: {written}") from error
    return ConsolidatedAct(act_number(celex), celex, day, title, len(articles), annexes)


def act_number(celex: str) -> str:
    """Return the number of an act as it is cited: `833/2014`, and `2024/1689` for newer ones."""
    year, number = int(celex[1:5]), int(celex[6:10])
    return f"{year}/{number}" if year >= YEAR_FIRST else f"{number}/{year}"


def _entries(body: list[str]) -> Iterator[AnnexEntry]:
    """Yield the entries with tariff or own codes; if there are none, the numbered points."""
    coded: list[AnnexEntry] = []
    entry: _Entry | None = None
    for line in body:
        match = _TARIFF.fullmatch(line) or _OWN.fullmatch(line)
        if match is not None:
            known = match.groupdict()
            codes = [code.replace(" ", "") for code in _SEPARATOR.split(known["codes"])]
            words = [known["text"]] if known["text"] else []
            if entry is not None and entry.is_open and (entry.has_more or line.startswith("or ")):
                entry.codes += codes
                entry.words += words
            else:
                if entry is not None:
                    coded += entry.entries()
                entry = _Entry(codes, bool(known.get("ex")), words)
            entry.has_more = bool(known.get("more"))
        elif entry is not None and line and entry.is_open:
            entry.words.append(line)
        elif entry is not None and not line and entry.words:
            entry.is_open = False
    if entry is not None:
        coded += entry.entries()
    yield from coded or _points(body)


@dataclass
class _Entry:
    """An entry that is being read: its codes, and its lines; `is_open` until an empty line after the text."""

    codes: list[str]
    is_part: bool
    words: list[str]
    is_open: bool = True
    has_more: bool = False

    def entries(self) -> Iterator[AnnexEntry]:
        """Yield the entry once per code."""
        for code in dict.fromkeys(self.codes):
            yield AnnexEntry(code, " ".join(self.words), self.is_part)


@dataclass
class _Place:
    """The place in a list of points: `2`, `2(a)`, `2(a)(i)`, and `2 indent 1` for a dash."""

    number: str = ""
    letter: str = ""
    numeral: str = ""
    dashes: int = 0
    is_roman: bool = False  # the points under the number are (i), (ii), (iii)

    def move(self, match: re.Match[str]) -> None:
        """Move to the point of a label; a numeral is a letter if it follows the letter before it."""
        if match["dash"]:
            self.dashes += 1
            return
        label, before = match["letter"], self.letter
        self.dashes, self.numeral = 0, ""
        if match["number"]:
            self.number, self.letter = match["number"], ""
        elif before and label in _NUMERALS and not self._is_next(label):
            self.numeral = label
        else:
            self.letter, self.is_roman = label, self.is_roman if before else label == "i"

    def _is_next(self, label: str) -> bool:
        """Return whether a label is the next letter, or the next numeral where numerals stand for letters."""
        if self.is_roman and self.letter in _NUMERALS:
            return _NUMERALS.index(label) == _NUMERALS.index(self.letter) + 1
        return len(label) == 1 and ord(label) == ord(self.letter[0]) + 1

    @property
    def code(self) -> str:
        """The code of the entry."""
        parts = [self.number, *(f"({part})" for part in (self.letter, self.numeral) if part)]
        return "".join(parts) + (f" indent {self.dashes}" if self.dashes else "")


def _points(body: list[str]) -> Iterator[AnnexEntry]:
    """Yield the numbered points and the dashes, each with the paragraphs below it."""
    place, code, words = _Place(), "", [""]
    for line in body:
        match = _POINT.fullmatch(line)
        if match or _HEADING.fullmatch(line):
            if code:
                yield AnnexEntry(code, " ".join(words))
            code = ""
            place = place if match else _Place()
        if match:
            place.move(match)
            code, words = place.code.strip(), [match["text"]]
        elif line:
            words.append(line)
    if code:
        yield AnnexEntry(code, " ".join(words))


def html_lines(content: bytes) -> Iterator[str]:
    """Yield the blocks of an EUR-Lex page; scripts and external files are not read."""
    parser = html.HTMLParser(no_network=True, recover=True, huge_tree=False, encoding="utf-8")
    root = html.document_fromstring(content, parser=parser)
    etree.strip_elements(root, "script", "style", with_tail=False)
    yield from _blocks(root, _BLOCKS)


def formex_lines(content: bytes) -> Iterator[str]:
    """Yield the blocks of a Formex document; entities are not resolved."""
    parser = etree.XMLParser(**SAFE_XML, remove_comments=True)
    yield from _blocks(etree.fromstring(content, parser), _FORMEX_BLOCKS)


def text_lines(content: bytes) -> Iterator[str]:
    """Yield the lines of a plain text; an empty line ends a paragraph."""
    for line in content.decode("utf-8", errors="replace").splitlines():
        yield MARKS.sub("", line).rstrip()


def _blocks(root: "etree._Element", names: frozenset[str]) -> Iterator[str]:
    """Yield the text of each block after its label, such as `(a)`, followed by an empty line."""
    waiting, label = [root], ""
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if _is_label(element):
            label = _text(element)
            continue
        # whether an element is one text: it has no list, and no row or label of its own
        block_name = _name(element)
        if block_name not in names and block_name != "div":
            is_block = False
        else:
            inner = [*filter(None, map(_name, element.iterdescendants()))]
            if block_name == "div":
                is_block = "div" not in inner and names.isdisjoint(inner)
            elif not _ROWS.isdisjoint(inner):
                is_block = False
            else:
                is_block = block_name in _ROWS or (
                    "LIST" not in inner and not any(map(_is_label, element.iterdescendants()))
                )
        if is_block:
            # the cells of a row, each in one line; the whole text if it has no cells
            cells = [e for e in element.iter() if _name(e) in _CELLS]
            outermost = [
                cell for cell in cells if not any(_name(above) in _CELLS for above in cell.iterancestors())
            ]
            row = GAP.join(text for text in map(_text, outermost or [element]) if text)
            words = MARKS.sub("", row).strip()
        else:
            words = " ".join((element.text or "").split()) if name in names else ""
            waiting += reversed(element) if name else ()
        if name == "ITEM" and (above := element.getparent()) is not None and above.get("TYPE") == "DASH":
            label = _DASH
        if words:
            yield f"{label}{GAP}{words}" if label else words
            label = ""
        if is_block:
            yield ""


def _name(element: "etree._Element") -> str:
    """Return the name of an element without its namespace; empty for a comment or an instruction."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _is_label(element: "etree._Element") -> bool:
    return _name(element) in _LABELS or not _LABEL_CLASSES.isdisjoint((element.get("class") or "").split())


def _text(element: "etree._Element") -> str:
    return " ".join("".join(element.itertext()).split())
