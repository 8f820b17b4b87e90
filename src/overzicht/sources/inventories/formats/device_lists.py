"""Lists of devices in a tree of an unknown program, each as a table with its header."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overzicht.grouping import by_key
from overzicht.sources.inventories.formats.tree import (
    ABOVE,
    KEY,
    MAX_DEPTH,
    Budget,
    Path,
    Record,
    as_table,
    flat,
    items_of,
    scalars,
)
from overzicht.sources.inventories.tables.header import Header, read_header
from overzicht.sources.inventories.tables.table import RawTable
from overzicht.sources.inventories.tables.vocabulary import plain, vocabulary

OWN_NUMBERS = frozenset({"mac", "serial", "address"})  # a device has one; a product in a catalogue has none
FIRST = 5  # objects in which a word that says camera is looked for
MOST_ALONE = 20  # objects side by side that may each be a device; more of them are a collection
STREAM, STREAM_SCHEMES = "rtsp url", ("rtsp://", "rtsps://", "rtspx://", "onvif://")
NAMES = ("name", "naam", "title", "label", "description")  # what an object that holds a list is called


@dataclass(frozen=True)
class _ListPart:
    """The objects of one list, and the texts of the objects above it."""

    objects: Sequence[Mapping[str, Any]]
    above: Record
    is_list: bool = True  # False: one object that is in no list


@dataclass(frozen=True)
class _Scored:
    """The lists under one path, with the fields of their columns."""

    path: Path
    fields: frozenset[str]
    count: int
    is_list: bool

    @property
    def order(self) -> tuple[bool, int, int, int]:
        """Lists come first, then more fields, then the inner list, then more objects."""
        return not self.is_list, -len(self.fields), -len(self.path), -self.count


def find_records(tree: Any, filename: str, given: Mapping[str, str]) -> list[tuple[Path, RawTable, Header]]:
    """Return the lists in a tree that describe devices: path, table and header of each; empty without one.

    Lists under the same names, such as the devices of each site, are one table. The lists that say most come
    first. Another list counts if its objects have numbers of their own and neither list is inside the other.
    `given` are fields by path that the user named.
    """
    budget = Budget(filename)
    lists = by_key(_lists(tree, (), {}, budget))
    scored = []
    for path, parts in lists.items():
        # the paths inside the objects at which one of them has a list of more than one object
        waiting: list[tuple[Path, Any]] = [((), item) for part in parts for item in part.objects]
        paths: set[Path] = set()
        while waiting:
            at, value = waiting.pop()
            if isinstance(value, dict) and len(at) < MAX_DEPTH:
                waiting += [((*at, key), child) for key, child in value.items()]
            elif isinstance(value, list) and sum(isinstance(child, dict) for child in value) > 1:
                paths.add(at)
        table = _table(parts, given, budget, frozenset(paths))
        header = _header(table, given)
        fields = frozenset(column.field for column in header.mapping) - {""}
        is_of_cameras = parts[0].is_list and says_cameras(path, table, header, filename)
        is_of_devices = header.names_products or is_of_cameras or any(c.given for c in header.mapping)
        is_whole = parts[0].is_list or fields & {"mac", "serial"} or fields >= {"address", "model"}
        if is_of_devices and is_whole:
            count = sum(len(part.objects) for part in parts)
            scored.append(_Scored(path, fields, count, parts[0].is_list))
    chosen: list[Path] = []
    for candidate in sorted(scored, key=lambda scored_list: scored_list.order):
        path = candidate.path
        is_apart = not any(_is_inside(path, other) or _is_inside(other, path) for other in chosen)
        if not chosen or (is_apart and candidate.fields & OWN_NUMBERS):
            chosen.append(path)
    tables = [_table(lists[path], given, budget) for path in chosen]
    if len(tables) > 1:
        for path, table in zip(chosen, tables, strict=True):
            table.row_word = " ".join((*(name for name in path if name != "*"), "record"))
    return [(path, table, _header(table, given)) for path, table in zip(chosen, tables, strict=True)]


def says_devices(path: Path) -> bool:
    """Return whether the name of a list says that it is of devices or cameras."""
    name = _name_of(path)
    return vocabulary().says_camera(name) or name in vocabulary().words["lists"]


def says_cameras(path: Path, table: RawTable, header: Header, filename: str) -> bool:
    """Return whether a list is one of named cameras: its name or all keys say so, or its points on a map do.

    The name of the file counts for points only.
    """
    keys = [
        row.texts[n] for row in table.rows[1:] for n, name in enumerate(table.rows[0].texts) if name == KEY
    ]
    if vocabulary().says_camera(_name_of(path)) or (keys and all(map(vocabulary().says_camera, keys))):
        return bool(header.indexes("label"))
    words = [cell for row in table.rows[: FIRST + 1] for cell in row.texts]
    is_of_points = bool(header.indexes("latitude") and header.indexes("longitude"))
    return is_of_points and any(map(vocabulary().says_camera, (filename, *path, *words)))


def _name_of(path: Path) -> str:
    return plain(next((name for name in reversed(path) if name != "*"), ""))


def _header(table: RawTable, given: Mapping[str, str]) -> Header:
    return read_header(table, table.rows[0], given)


def _is_inside(path: Path, other: Path) -> bool:
    return path[: len(other)] == other


def _table(
    parts: Sequence[_ListPart],
    given: Mapping[str, str],
    budget: Budget,
    without: frozenset[Path] = frozenset(),
) -> RawTable:
    """Return the objects of lists as one table, with what is stated above them for all of them."""
    records = []
    for part in parts:
        above: Record = {}
        for name, value in part.above.items():
            fields = {meaning.field for meaning in vocabulary().meanings(name.removeprefix(ABOVE))[:1]}
            # a value can hold for all below it, as a site does; a count or name cannot
            if name in given or fields & {"site", "place", "organisation", "brand"}:
                above[name] = value
        records += [flat(_without(item, without), above, budget) for item in part.objects]
    return as_table(list(enumerate(records, start=1)))


def _lists(
    value: Any, path: Path, above: Record, budget: Budget, in_list: bool = False
) -> Iterator[tuple[Path, _ListPart]]:
    """Yield each list of objects, each mapping of objects that are alike, and each object that is in none."""
    budget.spend()
    if len(path) > MAX_DEPTH:
        return
    # a mapping of names to streams of different hosts with an object for each; else the value. Media servers
    # name a camera and state no more than its stream: `gate: rtsp://10.0.0.7/101`
    named = value if isinstance(value, dict) else {}
    streams = {key: address for key, child in named.items() if (address := _stream(child))}
    hosts = {stream.partition("://")[2].rpartition("@")[2].partition("/")[0] for stream in streams.values()}
    if 1 < len(hosts) == len(named):
        objects = {key: child if isinstance(child, dict) else {} for key, child in named.items()}
        value = {
            key: {k: v for k, v in objects[key].items() if not str(v).startswith(STREAM_SCHEMES)}
            | {STREAM: stream}
            for key, stream in streams.items()
        }
    pairs = list(items_of(value))
    children = [child for _, child in pairs if isinstance(child, dict)]
    is_list = bool(children) and len(children) == len(pairs) and _are_alike(value, children)
    if is_list:
        if isinstance(value, dict):
            items = [{KEY: key, **child} for key, child in value.items()]
        else:
            # objects of one name each, `{"eth0": {…}}`, as what they hold, with the name under `KEY`
            holds_one = all(
                len(item) == 1 and isinstance(next(iter(item.values())), dict) for item in children
            )
            if len(children) < 2 or not holds_one or len({name for item in children for name in item}) == 1:
                items = children
            else:
                items = [{**child, KEY: key} for item in children for key, child in item.items()]
        # the names under which each object holds one object, each time by another name
        names = set.intersection(*(set(item) for item in items))
        inner = {name: [item[name] for item in items] for name in names}
        keyed = {
            name
            for name, values in inner.items()
            if all(isinstance(value, dict) and len(value) == 1 for value in values)
            and all(isinstance(child, dict) for value in values for child in value.values())
            and len({key for value in values for key in value}) == len(items) > 1
        }
        yield (
            path,
            _ListPart(
                [
                    {
                        name: {KEY: next(iter(child)), **next(iter(child.values()))}
                        if name in keyed
                        else child
                        for name, child in item.items()
                    }
                    for item in items
                ],
                above,
            ),
        )
    elif isinstance(value, dict) and not in_list:
        texts = {key: child for key, child in pairs if not isinstance(child, dict | list)}
        yield path, _ListPart([texts], above, is_list=False)
    above = {**above, **scalars(value)}
    is_many = is_list or isinstance(value, list)
    in_list = in_list or is_many or len(children) > MOST_ALONE
    for key, child in pairs:
        if isinstance(child, dict | list):
            name = "*" if is_list else str(key)
            steps = path if isinstance(value, list) else (*path, name)
            if is_many:
                # the name of an object of a list under the name of the list: one of `sites` is a site
                called_name = next(
                    (str(child[name]) for name in NAMES if isinstance(child, dict) and child.get(name)), ""
                )
                called = {f"{ABOVE}{path[-1]}": called_name} if called_name and path else {}
            else:
                called = {}
            yield from _lists(child, steps, above | called, budget, in_list)


def _stream(value: Any) -> str:
    """Return the first address of a stream in a text, in a list of texts or in the texts of an object."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else (value,)
    texts = (text for text in inner if isinstance(text, str))
    return next((text for text in texts if text.startswith(STREAM_SCHEMES)), "")


def _without(value: Any, paths: frozenset[Path], path: Path = ()) -> Any:
    if not isinstance(value, dict) or not paths or len(path) > MAX_DEPTH:
        return value
    return {
        key: _without(child, paths, (*path, key)) for key, child in value.items() if (*path, key) not in paths
    }


def _are_alike(value: Any, children: Sequence[Mapping[str, Any]]) -> bool:
    if isinstance(value, list):
        return True
    common = set.intersection(*(set(child) for child in children))
    return len(children) > 1 and len(common) * 2 >= max(len(child) for child in children)
