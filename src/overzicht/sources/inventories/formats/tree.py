"""Records in the values of a document, and as a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from overzicht.errors import InputFileError
from overzicht.grouping import by_key
from overzicht.sources.inventories.documents import Document
from overzicht.sources.inventories.tables.table import RawTable, TableRow

MAX_DEPTH = 40
MAX_NODES = 5_000_000
MAX_COLUMNS = 400
LONGEST_CELL = 600
JOINED = "@joined"
KEY = "@key"  # path of the name under which a record is listed in a mapping
VALUE = "@value"  # path of the text or texts of a record that has no names
ABOVE = "^"  # begins the path of a value of the object above

Path = tuple[str, ...]
Record = dict[str, str]


class Budget:
    """Counts values, so that a small file cannot stand for an endless one."""

    def __init__(self, filename: str) -> None:
        self.filename = filename
        self.left = MAX_NODES

    def spend(self) -> None:
        """Count a value as read; InputFileError when the file has more than the limit."""
        self.left -= 1
        if self.left < 0:
            raise InputFileError(
                self.filename, f"the file has more than {MAX_NODES:,} values", fix="export a part of it"
            )


def records_at(document: Document, path: str, filename: str) -> tuple[list[tuple[int, Record]], list[int]]:
    """Return the records at a path, numbered from 1, and the numbers of those that a tear cut.

    `a.b` goes down (through lists as well), `*` takes each item of a mapping, `**.name` finds a name at any
    depth. A list at the end of a path is a list of records.
    """
    budget = Budget(filename)
    steps = tuple(path.split(".")) if path else ()
    values = [
        (value, above) for value, above in _walk(document.value, steps, {}, budget) if isinstance(value, dict)
    ]
    numbered = list(enumerate(values, start=1))
    torn = [number for number, (value, _) in numbered if id(value) in document.open]
    whole = [
        (n, flat(value, above, budget)) for n, (value, above) in numbered if id(value) not in document.open
    ]
    return whole, torn


def linked(document: Document, links: Mapping[str, str], of_devices: str) -> Document:
    """Return a dump of `{model, pk, fields}` as devices with the records that they point to, and the others.

    `links` give the model of a field: the number in `device_type` is that of a `dcim.devicetype`. A name with
    a model before it (`ipam.ipaddress.assigned_object_id`) is a field of that model only.
    """
    entries = [entry for entry in items_of(document.value) if isinstance(entry[1], dict)]
    models: dict[str, dict[str, dict[str, Any]]] = {}
    torn = []
    for _, entry in entries:
        if id(entry) in document.open:
            torn.append(entry)
        elif isinstance(entry.get("fields"), dict):
            models.setdefault(str(entry.get("model")), {})[str(entry.get("pk"))] = entry["fields"]
    for owner, records in models.items():
        own = {name.removeprefix(f"{owner}."): model for name, model in links.items()}
        for fields in records.values():
            for name, model in own.items():
                if (other := models.get(model, {}).get(str(fields.get(name)))) is not None:
                    fields[name] = other  # in place: what it points to is linked as well
    devices = models.pop(of_devices, {})
    others = [fields for records in models.values() for fields in records.values()]
    return replace(document, value={"devices": [*devices.values(), *torn], "others": others})


def joined_values(tree: Any, path: str, filename: str) -> dict[str, str]:
    """Return the values of the mapping at a path as texts, by key; empty if there is none."""
    budget = Budget(filename)
    mapping = next((value for value, _ in _walk(tree, tuple(path.split(".")), {}, budget)), None)
    return {
        str(key): ", ".join(flat(value, {}, budget).values())
        for key, value in (mapping.items() if isinstance(mapping, dict) else ())
    }


def _walk(value: Any, path: Path, above: Record, budget: Budget) -> Iterator[tuple[Any, Record]]:
    budget.spend()
    if not path:
        yield from ((item, above) for item in (value if isinstance(value, list) else (value,)))
        return
    name, rest = path[0], path[1:]
    if name == "**":
        yield from _search(value, rest, above, budget)
    elif name == "*":
        for key, child in items_of(value):
            named = {KEY: str(key)} if isinstance(value, dict) else {}
            if (
                not rest
                and named
                and (
                    isinstance(child, str)
                    or (isinstance(child, list) and all(isinstance(v, str) for v in child))
                )
            ):
                child = {VALUE: child}  # noqa: PLW2901 - `camera: rtsp://…`: a record of one text
            yield from _walk(child, rest, {**above, **named}, budget)  # the others are next to it
    elif isinstance(value, dict) and name in value:
        yield from _walk(value[name], rest, {**above, **scalars(value)}, budget)
    elif isinstance(value, list):
        for child in value:
            yield from _walk(child, path, above, budget)


def _search(
    value: Any, path: Path, above: Record, budget: Budget, depth: int = 0
) -> Iterator[tuple[Any, Record]]:
    """Find the first name of a path at any depth, outermost first."""
    budget.spend()
    if isinstance(value, dict) and path[0] in value:
        yield from _walk(value, path, above, budget)
    elif depth < MAX_DEPTH:
        for _, child in items_of(value):
            yield from _search(child, path, above, budget, depth + 1)


def scalars(value: Any) -> Record:
    """Return the first texts and numbers of a mapping, under names that mark the object above."""
    if not isinstance(value, dict):
        return {}
    plain = (pair for pair in value.items() if isinstance(pair[1], str | int | float))
    return {f"{ABOVE}{key}": str(item) for key, item in islice(plain, MAX_COLUMNS)}


def items_of(value: Any) -> Iterable[tuple[Any, Any]]:
    """Return the pairs of a mapping, or the items of a list by number from 1; nothing for any other value."""
    if isinstance(value, dict):
        return value.items()
    return enumerate(value, start=1) if isinstance(value, list) else ()


def flat(value: Any, above: Mapping[str, str], budget: Budget) -> Record:
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
    for name, value in (("k", "v"), ("name", "value"), ("key", "value"), ("tag", "value"), ("name", "text")):
        if all(isinstance(item, dict) and set(item) == {name, value} for item in items):
            return by_key((str(item[name]), item[value]) for item in items)
    return {}


def as_table(records: Sequence[tuple[int, Record]], word: str = "record") -> RawTable:
    """Return records by number as a table: all paths as the header (row 0), then a row for each record."""
    names = list(dict.fromkeys(name for _, record in records for name in record))[:MAX_COLUMNS]
    rows = [TableRow(0, tuple(names))]
    rows += [TableRow(number, tuple(record.get(name, "") for name in names)) for number, record in records]
    return RawTable("", rows, row_word=word)
