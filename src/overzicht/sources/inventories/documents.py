"""Documents (JSON, JSON objects one after another, XML, YAML, TOML, INI) as values, with their end."""

import configparser
import json
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import yaml
from lxml import etree

from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.evidence.account import FileEnd
from overzicht.safeyaml import SafeLoader, check_aliases
from overzicht.sources.inventories.encoding import as_utf8, detect_encoding
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.sql_copy import rows_of_dump, starts_as_dump
from overzicht.sources.inventories.torn import (
    MAX_DEPTH,
    TornJson,
    documents_in,
    elements_before,
    object_lines,
)
from overzicht.sources.inventories.xml import (
    UnsafeXmlError,
    local_name,
    parse_document,
    require_few_attributes,
    starts_as_xml,
)
from overzicht.sources.json_tree import parse_json

CLOSED = FileEnd(True, text("The document is closed at its end"))
TORN = text("The end of the file is missing: the record is cut off, and was not read")
_JSON_START = re.compile(rb'\{\s*(?:["}]|//|/\*|#|\Z)|\[\s*(?:[\]{["\d]|//|/\*|true|false|null|\Z)')
_COMMENT = re.compile(
    r"^[ \t]*(?://|#).*$|(?<=[\[\]{},])[ \t]*(?://|#)[^\"\n]*$|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)", re.MULTILINE
)
HEAD, MOST_LINES = 16_384, 200  # bytes and lines by which TOML and INI are known
_SECTION = re.compile(r"\[{1,2}[^\[\]{}\"',]{1,80}\]{1,2}(?:\s*[#;].*)?")
_SETTING = re.compile(r"[\w.-]{1,60}(?: [\w.-]{1,60}){0,3}\s*[=:]")
_TEXTS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"})


@dataclass(frozen=True, slots=True)
class Document:
    """The values of a document. `open` are the objects and lists that a tear cut, by id.

    `unread` are records that are not in the values, such as a line that is not JSON.
    """

    value: Any
    end: FileEnd | None
    open: frozenset[int] = frozenset()
    unread: tuple[InventoryProblem, ...] = ()


class _Loader(SafeLoader):
    """Safe loader that reads a tag of a program's own (`!include`) as the text behind it.

    Behind `!secret` is the name of a value that another file has: nothing is known of the value.
    Numbers and days stay as they are written: `10:20:30:40:50:60` is a MAC address and not a number.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the class of PyYAML declares it
        start: [(tag, pattern) for tag, pattern in resolvers if tag not in _TEXTS]
        for start, resolvers in SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_constructor("!secret", lambda loader, node: "")
_Loader.add_multi_constructor("!", lambda loader, suffix, node: str(getattr(node, "value", "")))


def starts_as_json(head: bytes) -> bool:
    """Return whether a text starts as JSON does; a section of an INI file (`[camera]`) does not."""
    if starts_as_sections(head):
        return False
    return _JSON_START.match(as_utf8(head[:4096]).lstrip(b"\xef\xbb\xbf \t\r\n\0")) is not None


def starts_as_sections(head: bytes) -> bool:
    """Return whether a text starts as TOML or INI: names in brackets, and under them only `name = value`."""
    lines = as_utf8(head[:HEAD]).decode("utf-8", errors="replace").lstrip("\ufeff").splitlines()[:MOST_LINES]
    lines = [line.strip() for line in lines if line.strip() and line.strip()[0] not in "#;"]
    others = [line for line in lines if not (_SECTION.fullmatch(line) or _SETTING.match(line))]
    return any(map(_SECTION.fullmatch, lines)) and len(others) * 10 <= len(lines) and len(lines) > 2


def _load_sections(data: bytes, filename: str) -> Document:
    """Return the values of TOML, else of INI: a mapping of its sections."""
    content = data.decode(detect_encoding(data), errors="replace").lstrip("\ufeff")
    with suppress(ValueError, RecursionError):  # not TOML
        return Document(tomllib.loads(content), None)
    parser = configparser.RawConfigParser(strict=True, allow_no_value=True)
    try:
        parser.read_string(content)
    except configparser.Error as error:
        reason = str(error.message).splitlines()[0]
        raise InputFileError(filename, f"not valid INI ({reason})", fix="export it again") from error
    return Document({name: dict(parser[name]) for name in parser.sections()}, None)


def load_document(origin: Origin) -> Document:
    """Return the values of JSON, XML, YAML, TOML, INI or a dump; of a torn one those before the tear.

    Raises InputFileError for a file that is none of these, or has no whole value.
    """
    data = origin.read_bytes()
    if starts_as_xml(data):
        try:
            root = parse_document(data, origin.filename)
        except UnsafeXmlError:
            raise
        except InputFileError as error:
            partial, waiting = elements_before(data)
            if partial is None or len(partial) == 0 or b"<!ENTITY" in data:
                raise
            opened: set[int] = set()
            value = {local_name(partial): _of_element(partial, frozenset(map(id, waiting)), opened)}
            xml_reason_here = text("The XML is not closed: {reason}", reason=str(error.reason))
            xml = Document(value, FileEnd(False, xml_reason_here), frozenset({*opened, id(value)}))
        else:
            require_few_attributes(root, origin.filename)
            xml = Document({local_name(root): _of_element(root)}, CLOSED)
        return xml
    if starts_as_sections(data):
        return _load_sections(data, origin.filename)
    if starts_as_json(data):
        return _load_json(data, origin.filename)
    if starts_as_dump(data):
        rows, torn = rows_of_dump(data.decode(detect_encoding(data), errors="replace"))
        if not torn:
            return Document(rows, None)
        evidence = text("The dump ends in line {line}, inside a table", line=torn)
        unread = (InventoryProblem(f"line {torn}", TORN),)
        return Document(rows, FileEnd(False, evidence), unread=unread)
    try:
        tree = yaml.load(data.decode(detect_encoding(data)), Loader=_Loader)  # noqa: S506 - a safe loader
        check_aliases(tree, len(data))
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it nests too deep"
        raise InputFileError(
            origin.filename, f"not valid YAML ({reason})", fix="the file may be cut off; export it again"
        ) from error
    return Document(tree, None)


def _load_json(data: bytes, filename: str) -> Document:
    try:
        return Document(parse_json(data), CLOSED)
    except (json.JSONDecodeError, UnicodeDecodeError):
        content = data.decode(detect_encoding(data), errors="ignore").strip("\0\ufeff \t\r\n")
    except RecursionError as error:
        raise InputFileError(filename, "the JSON nests too deep", fix="do not use this file") from error
    except ValueError as error:  # a key twice, or a number of more digits than Python takes
        raise InputFileError(
            filename, f"the JSON cannot be read ({error})", fix="do not use this file"
        ) from error
    for written in (content, _COMMENT.sub("", content)):
        try:
            return Document(list(documents_in(written)), CLOSED)
        except (ValueError, RecursionError):
            continue
    if (lines := object_lines(content)) is not None:
        values, faulty = lines
        reason = text("The line is not a whole JSON object, and was not read")
        is_whole = faulty[-1] < len(content.splitlines())
        evidence = text("The last line holds a whole object") if is_whole else TORN
        unread = tuple(InventoryProblem(f"line {number}", reason) for number in faulty)
        return Document(values, FileEnd(is_whole, evidence), unread=unread)
    torn = TornJson(content)
    value = torn.value()
    if torn.at < 0:
        return Document(value, CLOSED)
    line = content.count("\n", 0, torn.at) + 1
    if torn.is_cut:
        fault = text("The JSON ends in line {line}, before its brackets are closed", line=line)
    else:
        fault = text("The JSON is damaged in line {line}; what follows was not read", line=line)
    return Document(value, FileEnd(False, fault), frozenset(torn.open))


def _of_element(
    element: etree._Element,
    waiting: frozenset[int] = frozenset(),
    opened: set[int] | None = None,
    depth: int = 0,
) -> Any:
    """Return an element as a mapping of its attributes and children; as a text if it has neither.

    The mappings of the elements of `waiting`, which are not closed, are added to `opened`.
    """
    children = [child for child in element if local_name(child)]
    content = (element.text or "").strip()
    is_open = id(element) in waiting
    if depth > MAX_DEPTH or not (children or element.attrib or is_open):
        return content
    values: dict[str, list[Any]] = {
        etree.QName(name).localname: [value] for name, value in element.attrib.items()
    }
    if content:
        values["text"] = [content]
    for child in children:
        values.setdefault(local_name(child), []).append(_of_element(child, waiting, opened, depth + 1))
    mapping = {name: items[0] if len(items) == 1 else items for name, items in values.items()}
    if is_open and opened is not None:
        opened.add(id(mapping))
    return mapping
