"""Documents that end too early: what is complete before the tear, and the objects that the tear cut."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from overzicht.safexml import SAFE_XML
from overzicht.sources.inventories.xml import MOST_ATTRIBUTES, in_own_encoding, local_name
from overzicht.sources.json_tree import parse_json

MAX_DEPTH = 40  # of a document; deeper values are left out
_SPACE = re.compile(r"[\s\x00\ufeff]*")
# How old masscan ends its JSON.
_UNQUOTED_MARK = re.compile(r"(?:,\s*)?\{\s*finished:\s*1\s*\}\s*(?=\]?\s*$)")


@dataclass(slots=True)
class TornJson:
    """A reader of JSON that keeps the values before a fault. `open` are the objects and lists it cut, by id.

    `at` is where the text could not be read on; -1 if it is complete.
    """

    content: str
    at: int = -1
    open: set[int] = field(default_factory=set)
    _decoder: json.JSONDecoder = field(default_factory=json.JSONDecoder)

    def value(self) -> Any:
        """Return the value of the text, as far as it goes; None without one."""
        if mark := _UNQUOTED_MARK.search(self.content, max(len(self.content) - 200, 0)):
            self.content = self.content[: mark.start()] + self.content[mark.end() :]
        value, end = self._read(_skip(self.content, 0), 0)
        if self.at < 0 and _skip(self.content, end) < len(self.content):
            self.at = end  # something follows the document
        return value

    @property
    def is_cut(self) -> bool:
        """Whether the text ends inside the document, and is not faulty in the middle."""
        return self.at >= len(self.content.rstrip()) - 1 or not re.search(
            r"[\]}]\s*$", self.content[self.at :]
        )

    def _read(self, at: int, depth: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self.content, at)
        except (ValueError, RecursionError):
            pass
        start = self.content[at : at + 1]
        if depth >= MAX_DEPTH or start not in {"{", "["}:
            self.at = at
            return None, at
        return (self._object if start == "{" else self._list)(at + 1, depth)

    def _list(self, at: int, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        while True:
            at = _skip(self.content, at)
            if self.content[at : at + 1] == "]":
                return items, at + 1
            value, at = self._read(at, depth + 1)
            if self.at >= 0:
                if isinstance(value, dict | list):
                    items.append(value)
                break
            if isinstance(value, dict | list | str) or at < len(self.content):
                items.append(value)  # a number at the very end may be half
            at = _skip(self.content, at)
            if self.content[at : at + 1] == ",":
                at += 1  # also before the bracket: one comma too many does not mean a tear
            elif self.content[at : at + 1] != "]":
                self.at = at
                break
        self.open.add(id(items))
        return items, at

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        while True:
            at = _skip(self.content, at)
            if self.content[at : at + 1] == "}":
                return values, at + 1
            try:
                key, at = self._decoder.raw_decode(self.content, at)
            except ValueError:
                key = None
            at = _skip(self.content, at)
            if not isinstance(key, str) or self.content[at : at + 1] != ":":
                self.at = at
                break
            value, at = self._read(_skip(self.content, at + 1), depth + 1)
            if self.at < 0 or isinstance(value, dict | list):
                values[key] = value
            if self.at >= 0:
                break
            at = _skip(self.content, at)
            if self.content[at : at + 1] == ",":
                at += 1
            elif self.content[at : at + 1] != "}":
                self.at = at
                break
        self.open.add(id(values))
        return values, at


def _skip(content: str, at: int) -> int:
    space = _SPACE.match(content, at)
    return space.end() if space else at


def documents_in(content: str) -> Iterator[Any]:
    """Yield the JSON objects that follow one another, such as one a line.

    A text that is not JSON from its first to its last sign raises ValueError where it is not.
    """
    decoder, at = json.JSONDecoder(), _skip(content, 0)
    while at < len(content):
        value, at = decoder.raw_decode(content, at)
        yield value
        at = _skip(content, at)
        if content[at : at + 1] == ",":  # objects with commas between them and no bracket around them
            at = _skip(content, at + 1)


def object_lines(content: str) -> tuple[list[Any], list[int]] | None:
    """Return the JSON objects of a text with one a line, and the numbers of the lines that hold none.

    None if the text is of another form: fewer than half of its lines are an object, or the first opens one.
    """
    values, faulty = [], []
    for number, line in enumerate(content.splitlines(), start=1):
        bare = line.strip("\ufeff\0 \t,")
        if not bare:
            continue
        try:
            value = parse_json(bare) if bare.startswith("{") else None
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            values.append(value)
        else:
            if not values and bare.endswith(("[", "{")):
                return None  # a document over several lines, which holds objects of one line each
            faulty.append(number)
            if len(faulty) > len(values) + 1:
                return None
    return (values, faulty) if len(faulty) <= len(values) else None


def elements_before(data: bytes) -> tuple[etree._Element | None, list[etree._Element]]:
    """Return the root of an XML document as far as it is well-formed, and the elements that are not closed.

    (None, []) if not one element begins.
    """
    parser = etree.XMLPullParser(events=("start", "end"), remove_comments=True, remove_pis=True, **SAFE_XML)
    root: etree._Element | None = None
    waiting: list[etree._Element] = []
    with suppress(etree.XMLSyntaxError):
        parser.feed(in_own_encoding(data))
    with suppress(etree.XMLSyntaxError):
        for event, element in parser.read_events():
            if not local_name(element) or len(element.attrib) > MOST_ATTRIBUTES:
                continue
            root = element if root is None else root
            if event == "start":
                waiting.append(element)
            elif waiting:
                waiting.pop()
    return root, waiting
