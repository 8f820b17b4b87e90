"""Trees: JSON, lines of JSON, YAML and XML as values, and the records in them as a table."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml
from lxml import etree

from overzicht.errors import InputFileError
from overzicht.safeyaml import SafeLoader
from overzicht.sources.inventories.answers.json_values import load_json
from overzicht.sources.inventories.encoding import as_utf8, detect_encoding
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.header import Header, read_header
from overzicht.sources.inventories.tables.model import RawTable, TableRow
from overzicht.sources.inventories.xml import local_name, parse_document, starts_as_xml

MAX_DEPTH = 40
MAX_NODES = 5_000_000  # an alias in YAML may stand for more than the file is long
MAX_COLUMNS = 400
LONGEST_CELL = 600
KEY = "@key"  # path of the name under which a record is listed in a mapping
ABOVE = "^"  # begins the path of a value of the object above

Path = tuple[str, ...]
Record = dict[str, str]


class _Loader(SafeLoader):
    """Safe loader that reads a tag of a program's own (`!secret`, `!include`) as the text behind it."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: str(getattr(node, "value", "")))


def load_tree(origin: Origin) -> Any:
    """Return the values of a JSON, JSON lines, YAML or XML file; InputFileError when it is none of these."""
    data = origin.read_bytes()
    if starts_as_xml(data):
        root = parse_document(data, origin.filename)
        return {local_name(root): _of_element(root)}
    start = as_utf8(data[:4096]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in {b"{", b"["}:
        lines = json_lines(data)
        return load_json(origin) if lines is None else lines
    try:
        return yaml.load(data.decode(detect_encoding(data)), Loader=_Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it nests too deep"
        raise InputFileError(
            origin.filename, f"not valid YAML ({reason})", fix="export the file again"
        ) from error


def json_lines(data: bytes) -> list[Any] | None:
    """Return the values of a file with one JSON object a line; None for any other file."""
    lines = [line for line in data.splitlines() if line.strip()]
    if len(lines) < 2 or not all(
        line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines
    ):
        return None
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        return None


def _of_element(element: etree._Element, depth: int = 0) -> Any:
    """Return an element as a mapping of its attributes and children; as a text if it has neither."""
    children = [child for child in element if local_name(child)]
    content = (element.text or "").strip()
    if depth > MAX_DEPTH or not (children or element.attrib):
        return content
    values: dict[str, Any] = {etree.QName(name).localname: value for name, value in element.attrib.items()}
    if content:
        values["text"] = content
    for child in children:
        values.setdefault(local_name(child), []).append(_of_element(child, depth + 1)) if isinstance(
            values.get(local_name(child), []), list
        ) else None
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in values.items()
    }


class _Budget:
    """Counts values, so that a small file cannot stand for an endless one."""

    def __init__(self, filename: str) -> None:
        self.filename = filename
        self.left = MAX_NODES

    def spend(self, count: int = 1) -> None:
        self.left -= count
        if self.left < 0:
            raise InputFileError(
                self.filename, f"the file has more than {MAX_NODES:,} values", fix="export a part of it"
            )


def records_at(tree: Any, paths: Iterable[str], filename: str) -> list[tuple[str, Record]]:
    """Return the records at paths, each with its place.

    `a.b` goes down, `*` takes each item of a list or mapping, `**.name` finds a name at any depth.
    """
    budget = _Budget(filename)
    return [
        (place.strip("."), flat(value, above, budget))
        for path in paths
        for place, value, above in _walk(tree, tuple(path.split(".")) if path else (), "", {}, budget)
        if isinstance(value, dict | list)
    ]


def _walk(
    value: Any, path: Path, place: str, above: Record, budget: _Budget
) -> Iterator[tuple[str, Any, Record]]:
    budget.spend()
    if not path:
        yield place, value, above
        return
    name, rest = path[0], path[1:]
    if place.count(".") > MAX_DEPTH:
        return
    if name == "**":
        if isinstance(value, dict) and rest[0] in value:
            yield from _walk(value, rest, place, above, budget)
        for key, child in _items(value):
            if key != rest[0]:
                yield from _walk(child, path, f"{place}.{key}", above, budget)
    elif name == "*":
        scalars = {
            f"{ABOVE}{key}": str(item) for key, item in _items(value) if isinstance(item, str | int | float)
        }
        for key, child in _items(value):
            named = {KEY: str(key)} if isinstance(value, dict) else {}
            if isinstance(child, dict | list):
                yield from _walk(child, rest, f"{place}.{key}", {**above, **scalars, **named}, budget)
    elif isinstance(value, dict) and name in value:
        scalars = {
            f"{ABOVE}{key}": str(item) for key, item in value.items() if isinstance(item, str | int | float)
        }
        child = value[name]
        if (
            rest[:1] == ("*",)
            and isinstance(child, dict)
            and not all(isinstance(v, dict) for v in child.values())
        ):
            yield from _walk(
                [child], rest, f"{place}.{name}", {**above, **scalars}, budget
            )  # XML: a list of one
        else:
            yield from _walk(child, rest, f"{place}.{name}", {**above, **scalars}, budget)


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value, start=1) if isinstance(value, list) else ()


def flat(value: Any, above: Mapping[str, str], budget: _Budget) -> Record:
    """Return all values below a record by their path; values of a list stand side by side, with commas."""
    texts: dict[str, dict[str, None]] = {}
    waiting: list[tuple[str, Any, int]] = [("", value, 0)]
    while waiting:
        path, item, depth = waiting.pop()
        budget.spend()
        if isinstance(item, dict) and depth < MAX_DEPTH:
            waiting += [
                (f"{path}.{key}".lstrip("."), child, depth + 1) for key, child in reversed(item.items())
            ]
        elif isinstance(item, list) and depth < MAX_DEPTH:
            waiting += [(path, child, depth + 1) for child in reversed(item)]
        elif item not in (None, "", {}, []):
            texts.setdefault(path, {})[
                ("true" if item else "false") if isinstance(item, bool) else str(item).strip()
            ] = None
    return {**{path: ", ".join(values)[:LONGEST_CELL] for path, values in texts.items()}, **above}


def as_table(records: Sequence[tuple[str, Record]]) -> RawTable:
    """Return records as a table: all paths as the header (row 0), then a row for each record, from 1."""
    names = list(dict.fromkeys(name for _, record in records for name in record))[:MAX_COLUMNS]
    rows = [TableRow(0, tuple(names))]
    rows += [
        TableRow(number, tuple(record.get(name, "") for name in names))
        for number, (_, record) in enumerate(records, start=1)
    ]
    return RawTable("", rows, row_word="record")


def find_records(tree: Any, filename: str) -> tuple[RawTable, Header] | None:
    """Return the list in a tree that tells most of devices, as a table with its header; None if none does."""
    best: tuple[tuple[int, int], RawTable, Header] | None = None
    budget = _Budget(filename)
    for items, above in _lists(tree, {}, 0, budget):
        own = [("", flat(_without_lists(item), above, budget)) for item in items]
        table = as_table(own)
        header = read_header(table, table.rows[0], {})
        score = (len({column.field for column in header.mapping} - {""}), len(items))
        if header.is_of_devices and (best is None or score > best[0]):
            whole = as_table([("", flat(item, above, budget)) for item in items])
            best = (score, whole, read_header(whole, whole.rows[0], {}))
    return best[1:] if best else None


def _lists(value: Any, above: Record, depth: int, budget: _Budget) -> Iterator[tuple[list[Any], Record]]:
    """Yield each list of objects, and each mapping of objects that are alike, with the values above it."""
    budget.spend()
    if depth > MAX_DEPTH:
        return
    children = [child for _, child in _items(value) if isinstance(child, dict)]
    if children and len(children) == len(list(_items(value))) and _are_alike(value, children):
        named = isinstance(value, dict)
        yield ([{KEY: key, **child} for key, child in value.items()] if named else children), above
    if isinstance(value, dict):
        above = {
            **above,
            **{f"{ABOVE}{k}": str(v) for k, v in value.items() if isinstance(v, str | int | float)},
        }
    for _, child in _items(value):
        yield from _lists(child, above, depth + 1, budget)


def _are_alike(value: Any, children: Sequence[Mapping[str, Any]]) -> bool:
    if isinstance(value, list):
        return True
    common = set.intersection(*(set(child) for child in children))
    return len(children) > 1 and len(common) * 2 >= max(len(child) for child in children)


def _without_lists(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return {
        key: _without_lists(child)
        for key, child in item.items()
        if not (isinstance(child, list) and sum(isinstance(each, dict) for each in child) > 1)
    }
