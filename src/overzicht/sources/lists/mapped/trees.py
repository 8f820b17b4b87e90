"""Elements of JSON and XML as records, with their place; the document as one tree."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from overzicht.safexml import SAFE_XML
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.json_tree import parse_document, parse_json
from overzicht.sources.lists.mapped.context import Reading
from overzicht.sources.lists.mapped.parse import MappingError
from overzicht.sources.lists.mapped.paths import TEXT, Path, Scope, Step
from overzicht.sources.strict import refuse_doctype, xml_faults

MAX_BYTES = 200_000_000
MOST_NAMED = 12
GUARD = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:\)\]\}',?|while\s*\(1\);|for\s*\(;;\);)\s*"
)  # before answers of services


def read_bytes(source: SourceFile) -> bytes:
    """Return the bytes of a document; ListFileRefusedError for one that is too large to read as a whole."""
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ListFileRefusedError(
            source.filename, f"it is larger than {MAX_BYTES:,} bytes", fix="split the file"
        )
    return data


def json_document(data: bytes, filename: str) -> Any:
    """Return the value of a JSON document; ListFileRefusedError if it is cut or not valid."""
    return parse_document(GUARD.sub(b"", data), filename)


def json_lines(reading: Reading) -> Iterator[tuple[str, Scope]]:
    """Yield (place, record) of each line of JSON; a line that is not JSON is a problem."""
    account = reading.account
    with reading.source.open() as stream:
        for number, line in enumerate(iter(lambda: stream.readline(MAX_BYTES), b""), start=1):
            if not line.strip():
                continue
            account.read += 1
            place = f"line {number}"
            try:
                node = parse_json(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                fix = "the file may be cut off here; fetch it again"
                reading.report.problem(place, f"the line is not JSON ({error})", fix)
                continue
            yield place, Scope(node, None, "", {"$row": str(account.read)})


def is_json_lines(data: bytes) -> bool:
    """Return whether the first lines of a document are JSON values of their own."""
    lines = [line for line in data.lstrip(b"\xef\xbb\xbf").splitlines()[:3] if line.strip()]
    try:
        return len(lines) > 1 and all(isinstance(parse_json(line), dict) for line in lines[:2])
    except (ValueError, RecursionError):
        return False


def xml_document(data: bytes, filename: str) -> tuple[str, Any]:
    """Return (name of the root, tree) of an XML document; ListFileRefusedError for a cut or wrong one."""
    parser = etree.XMLParser(**SAFE_XML, remove_comments=True, remove_pis=True)
    with xml_faults(filename):
        root = etree.fromstring(data, parser)
    refuse_doctype(filename, root)
    return etree.QName(root).localname, _tree(root)


def _tree(element: etree._Element) -> Any:
    """Return an element as a mapping, or as its text if it has nothing else."""
    fields: dict[str, Any] = {
        f"@{etree.QName(key).localname}": str(value) for key, value in element.attrib.items()
    }
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        value = _tree(child)
        if name not in fields:
            fields[name] = value
        elif isinstance(fields[name], list):
            fields[name].append(value)
        else:
            fields[name] = [fields[name], value]
    texts = [element.text or "", *(child.tail or "" for child in element.iterchildren())]
    text = " ".join(part.strip() for part in texts if part.strip())
    if not fields:
        return text
    if text:
        fields[TEXT] = text
    return fields


def tree_records(root: Any, root_name: str, reading: Reading) -> Iterator[tuple[str, Scope]]:
    """Yield (place, record) of the elements at the paths of the mapping, in the order of the file."""
    top, mapping = Scope(root), reading.mapping
    paths = mapping.records.paths
    if not paths and isinstance(root, list):
        paths = (Path(".", (Step("."),)),)
    elif not paths:  # the only repeated group of the document
        groups = list(_groups(root, ""))
        if len(groups) != 1:
            groups_there = ", ".join(f"{path} ({count})" for path, count in groups[:MOST_NAMED])
            raise MappingError(
                mapping.name,
                "records.path",
                "it is missing, and the file has no single group of records",
                f"write one of: {groups_there}" if groups_there else "write the path of the records",
            )
        steps = tuple(Step(step) for step in groups[0][0].split("/"))
        paths = (Path("the only group of records", steps),)
    number = 0
    for path in paths:
        chosen = list(_select(path, top, root_name))
        if not chosen and (len(paths) == 1 or not any(_select(other, top, root_name) for other in paths)):
            names = ", ".join(f"{group} ({count})" for group, count in list(_groups(root, ""))[:MOST_NAMED])
            keys = ", ".join(list(root)[:MOST_NAMED]) if isinstance(root, dict) else "a list"
            fix = (
                f"groups of records: {names}" if names else f"at the top ({root_name or 'JSON'}) are: {keys}"
            )
            no_records = MappingError(
                mapping.name, "records.path", f"there is nothing at {path.written!r}", fix
            )
            raise no_records
        for scope in chosen:
            number += 1
            reading.account.read += 1
            notes = {"$row": str(number), "$key": scope.key, "$path": path.written}
            yield f"{scope.key or 'record'} {number}", scope._replace(notes=notes)


def _select(path: Path, top: Scope, root_name: str) -> list[Scope]:
    """Return what a path from the root leads to; the name of the root itself may come first."""
    if chosen := path.select(top):
        return chosen
    first = path.steps[0] if path.steps else Step("")
    if root_name and first.name == root_name and not first.conditions:
        return Path(path.written, path.steps[1:]).select(top) if len(path.steps) > 1 else [top]
    return []


def _groups(node: Any, at: str, depth: int = 0) -> Iterator[tuple[str, int]]:
    """Yield (path, number) of the lists of objects nearest to the root."""
    if not isinstance(node, dict) or depth > 4:
        return
    lists = {f"{at}{key}": value for key, value in node.items() if isinstance(value, list)}
    objects = {path: value for path, value in lists.items() if any(isinstance(item, dict) for item in value)}
    if lists:
        yield from ((path, len(value)) for path, value in (objects or lists).items())
        return
    for key, value in node.items():
        yield from _groups(value, f"{at}{key}/", depth + 1)
