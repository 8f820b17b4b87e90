"""Trees: JSON, lines of JSON, YAML and XML as values, and the records in them as a table."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import yaml
from lxml import etree

from overzicht.errors import InputFileError
from overzicht.safeyaml import SafeLoader, check_aliases
from overzicht.sources.inventories.answers.json_values import load_json
from overzicht.sources.inventories.encoding import as_utf8, detect_encoding
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.header import Header, read_header
from overzicht.sources.inventories.tables.model import RawTable, TableRow
from overzicht.sources.inventories.tables.vocabulary import vocabulary
from overzicht.sources.inventories.xml import local_name, parse_document, starts_as_xml

MAX_DEPTH = 40
MAX_NODES = 5_000_000
MAX_COLUMNS = 400
LONGEST_CELL = 600
JOINED = "@joined"
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
        tree = yaml.load(data.decode(detect_encoding(data)), Loader=_Loader)  # noqa: S506 - a safe loader
        check_aliases(tree, len(data))
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it nests too deep"
        raise InputFileError(
            origin.filename, f"not valid YAML ({reason})", fix="export the file again"
        ) from error
    return tree


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
    values: dict[str, list[Any]] = {
        etree.QName(name).localname: [value] for name, value in element.attrib.items()
    }
    if content:
        values["text"] = [content]
    for child in children:
        values.setdefault(local_name(child), []).append(_of_element(child, depth + 1))
    return {name: items[0] if len(items) == 1 else items for name, items in values.items()}


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


def records_at(tree: Any, paths: Iterable[str], filename: str) -> list[tuple[int, Record]]:
    """Return the records at the first path that has any, numbered from 1.

    `a.b` goes down (through lists as well), `*` takes each item of a mapping, `**.name` finds a name at any
    depth. A list at the end of a path is a list of records.
    """
    budget = _Budget(filename)
    for path in paths:
        steps = tuple(path.split(".")) if path else ()
        records = [
            flat(value, above, budget)
            for value, above in _walk(tree, steps, {}, budget)
            if isinstance(value, dict)
        ]
        if records:
            return list(enumerate(records, start=1))
    return []


def joined_values(tree: Any, path: str, filename: str) -> dict[str, str]:
    """Return the values of the mapping at a path as texts, by key; empty if there is none."""
    budget = _Budget(filename)
    mapping = next((value for value, _ in _walk(tree, tuple(path.split(".")), {}, budget)), None)
    return {
        str(key): ", ".join(flat(value, {}, budget).values())
        for key, value in (mapping.items() if isinstance(mapping, dict) else ())
    }


def _walk(value: Any, path: Path, above: Record, budget: _Budget) -> Iterator[tuple[Any, Record]]:
    budget.spend()
    if not path:
        yield from ((item, above) for item in (value if isinstance(value, list) else (value,)))
        return
    name, rest = path[0], path[1:]
    if name == "**":
        yield from _search(value, rest, above, budget)
    elif name == "*":
        for key, child in _items(value):
            named = {KEY: str(key)} if isinstance(value, dict) else {}
            yield from _walk(child, rest, {**above, **_scalars(value), **named}, budget)
    elif isinstance(value, dict) and name in value:
        yield from _walk(value[name], rest, {**above, **_scalars(value)}, budget)
    elif isinstance(value, list):
        for child in value:
            yield from _walk(child, path, above, budget)


def _search(
    value: Any, path: Path, above: Record, budget: _Budget, depth: int = 0
) -> Iterator[tuple[Any, Record]]:
    """Find the first name of a path at any depth, outermost first."""
    budget.spend()
    if isinstance(value, dict) and path[0] in value:
        yield from _walk(value, path, above, budget)
    elif depth < MAX_DEPTH:
        for _, child in _items(value):
            yield from _search(child, path, above, budget, depth + 1)


def _scalars(value: Any) -> Record:
    """Return the first texts and numbers of a mapping, under names that mark the object above."""
    if not isinstance(value, dict):
        return {}
    plain = (pair for pair in value.items() if isinstance(pair[1], str | int | float))
    return {f"{ABOVE}{key}": str(item) for key, item in islice(plain, MAX_COLUMNS)}


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value, start=1) if isinstance(value, list) else ()


def flat(value: Any, above: Mapping[str, str], budget: _Budget) -> Record:
    """Return all values below a record by their path; commas separate the values of a list."""
    texts: dict[str, dict[str, None]] = {}
    waiting: list[tuple[str, Any, int]] = [("", value, 0)]
    while waiting:
        path, item, depth = waiting.pop()
        budget.spend()
        if isinstance(item, dict) and depth < MAX_DEPTH:
            waiting += [
                (f"{path}.{key}".lstrip("."), child, depth + 1) for key, child in reversed(item.items())
            ]
        elif isinstance(item, list) and depth < MAX_DEPTH and (pairs := _pairs(item)):
            waiting.append((path, pairs, depth + 1))
        elif isinstance(item, list) and depth < MAX_DEPTH:
            waiting += [(path, child, depth + 1) for child in reversed(item)]
        elif item not in (None, "", {}, []):
            texts.setdefault(path, {})[
                ("true" if item else "false") if isinstance(item, bool) else str(item).strip()
            ] = None
    return {**{path: ", ".join(values)[:LONGEST_CELL] for path, values in texts.items()}, **above}


def _pairs(items: Sequence[Any]) -> dict[str, list[Any]]:
    """Return a list of `{k, v}` or `{name, value}` as one mapping to lists; empty for any other list."""
    for name, value in (("k", "v"), ("name", "value"), ("key", "value"), ("tag", "value")):
        if all(isinstance(item, dict) and set(item) == {name, value} for item in items):
            pairs: dict[str, list[Any]] = {}
            for item in items:
                pairs.setdefault(str(item[name]), []).append(item[value])
            return pairs
    return {}


def flat_record(values: Any, filename: str = "") -> Record:
    """Return all values below one record by their path."""
    return flat(values, {}, _Budget(filename))


def as_table(records: Sequence[tuple[int, Record]], word: str = "record") -> RawTable:
    """Return records by number as a table: all paths as the header (row 0), then a row for each record."""
    names = list(dict.fromkeys(name for _, record in records for name in record))[:MAX_COLUMNS]
    rows = [TableRow(0, tuple(names))]
    rows += [TableRow(number, tuple(record.get(name, "") for name in names)) for number, record in records]
    return RawTable("", rows, row_word=word)


def find_records(tree: Any, filename: str, given: Mapping[str, str]) -> tuple[RawTable, Header] | None:
    """Return the list in a tree that says most about devices, as a table with its header; None without one.

    `given` are fields by path that the user named.
    """
    best: tuple[tuple[int, int], RawTable, Header] | None = None
    budget = _Budget(filename)
    for items, above in _lists(tree, {}, 0, budget):
        shared = {name: value for name, value in above.items() if name in given or _is_of_many(name)}
        own = [(n, flat(_without_lists(item), shared, budget)) for n, item in enumerate(items, start=1)]
        table = as_table(own)
        header = read_header(table, table.rows[0], given)
        score = (len({column.field for column in header.mapping} - {""}), len(items))
        is_given = any(column.given for column in header.mapping)
        if (header.names_products or is_given) and (best is None or score > best[0]):
            whole = as_table([(n, flat(item, shared, budget)) for n, item in enumerate(items, start=1)])
            best = (score, whole, read_header(whole, whole.rows[0], given))
    return best[1:] if best else None


def _is_of_many(name: str) -> bool:
    """Whether a value above a list can hold for all that is in it, as a site does; a count or name cannot."""
    fields = {meaning.field for meaning in vocabulary().meanings(name.removeprefix(ABOVE))[:1]}
    return bool(fields & {"site", "place", "organisation", "brand"})


def _lists(value: Any, above: Record, depth: int, budget: _Budget) -> Iterator[tuple[list[Any], Record]]:
    """Yield each list of objects, and each mapping of objects that are alike, with the values above it."""
    budget.spend()
    if depth > MAX_DEPTH:
        return
    children = [child for _, child in _items(value) if isinstance(child, dict)]
    if children and len(children) == len(list(_items(value))) and _are_alike(value, children):
        named = isinstance(value, dict)
        items = [{KEY: key, **child} for key, child in value.items()] if named else _opened(children)
        yield [_with_opened(item, _keyed(items)) for item in items], above
    above = {**above, **_scalars(value)}
    for _, child in _items(value):
        if isinstance(child, dict | list):
            yield from _lists(child, above, depth + 1, budget)


def _opened(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return objects of one name each, `{"eth0": {…}}`, as what they hold, with the name under `KEY`."""
    holds_one = all(len(item) == 1 and isinstance(next(iter(item.values())), dict) for item in items)
    if len(items) < 2 or not holds_one:
        return items
    return [{**child, KEY: key} for item in items for key, child in item.items()]


def _keyed(items: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the names under which each object holds one object, each time by another name."""
    names = set.intersection(*(set(item) for item in items))
    inner = {name: [item[name] for item in items] for name in names}
    return {
        name
        for name, values in inner.items()
        if all(isinstance(value, dict) and len(value) == 1 for value in values)
        and all(isinstance(child, dict) for value in values for child in value.values())
        and len({key for value in values for key in value}) == len(items) > 1
    }


def _with_opened(item: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {
        name: {KEY: next(iter(child)), **next(iter(child.values()))} if name in names else child
        for name, child in item.items()
    }


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
        if not (isinstance(child, list) and sum(isinstance(entry, dict) for entry in child) > 1)
    }
