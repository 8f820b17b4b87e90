"""Strict reading: tables with a known header and XML without surprises.

Unknown content is refused or recorded, never dropped. A reader takes the cells of a row one by one (`take`)
and then checks that none is left (`finish`).
"""

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from lxml import etree

from overzicht.safexml import SAFE_XML
from overzicht.sources.interface import ListFileRefusedError, RecordProblem, Sample, SourceFile

DOS_END_OF_FILE = "\x1a"
TORN_LINE = "the last line has no line end, as the lines before it have"
TORN_FIX = "the file may be cut off here: fetch it again, or put a line end after the last row if it is whole"


class _Reader(Protocol):
    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class UnknownFieldError(ValueError):
    """A record holds a field that the reader does not know."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"unknown field{'s' if len(names) > 1 else ''} {', '.join(sorted(names))}")


class Row:
    """A record's fields, each taken once."""

    def __init__(self, place: str, fields: Mapping[str, str]) -> None:
        self.place = place
        self._left = dict(fields)

    def take(self, name: str) -> str:
        """Return the trimmed field and cross it off; KeyError when the layout lacks it."""
        return self._left.pop(name).strip()

    def take_exact(self, name: str) -> str:
        """Return the field with the blanks round it and cross it off; KeyError when the layout lacks it."""
        return self._left.pop(name)

    def take_if_there(self, name: str) -> str:
        """Return the trimmed field, or an empty text where the record lacks it, and cross it off."""
        return self._left.pop(name, "").strip()

    def peek(self, name: str) -> str:
        """Return the trimmed field without crossing it off; empty if it is missing."""
        return self._left.get(name, "").strip()

    def ignore(self, names: Sequence[str], ignored: Counter[str]) -> None:
        """Cross off fields that are left out on purpose, counting those that hold something."""
        for name in names:
            if self._left.pop(name, "").strip():
                ignored[name] += 1

    def finish(self) -> None:
        """Raise UnknownFieldError when a field with content was neither taken nor ignored."""
        left = [name for name, value in self._left.items() if value.strip()]
        if left:
            raise UnknownFieldError(left)


def leaf_fields(element: etree._Element, *, nested: Sequence[str] = ()) -> Row:
    """Return the texts of an element's children as fields under their local names.

    Children in `nested` are left to the caller. An attribute, a child with elements, or a duplicate name
    raises UnknownFieldError.
    """
    name = etree.QName(element).localname
    if element.attrib:
        raise UnknownFieldError([f"{name}@{key!s}" for key in element.attrib])
    fields: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        tag = etree.QName(child).localname
        if tag in nested:
            continue
        if len(child) or child.attrib or tag in fields:
            raise UnknownFieldError([f"{name}/{tag}"])
        fields[tag] = child.text or ""
    return Row(name, fields)


def texts_of(element: etree._Element, *tags: str) -> list[str]:
    """Return the trimmed texts of an element's children by tag, empty if one is missing.

    Another child with content raises UnknownFieldError, as in `leaf_fields`.
    """
    fields = leaf_fields(element)
    texts = [fields.take_if_there(tag) for tag in tags]
    fields.finish()
    return texts


def nested_items(element: etree._Element, container: str, item: str) -> Iterator[etree._Element]:
    """Yield the `item` elements in the only `container` of an element; none if it is missing.

    A second container, or another element in it, raises UnknownFieldError.
    """
    containers = list(element.iterchildren(f"{{*}}{container}"))
    if len(containers) > 1:
        raise UnknownFieldError([f"{container} (twice)"])
    for child in containers[0].iterchildren(tag=etree.Element) if containers else ():
        if etree.QName(child).localname != item:
            raise UnknownFieldError([f"{container}/{etree.QName(child).localname}"])
        yield child


def read_table(
    source: SourceFile,
    *,
    header: Sequence[str] | None,
    columns: Sequence[str] | None = None,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
    on_bad_row: Callable[[RecordProblem], None] | None = None,
) -> Iterator[Row]:
    """Yield the rows of a delimited file with exactly these columns, in this order.

    With `header`, the first line must equal it; otherwise `columns` names the cells and there is no header
    line. A row's place is `line N` (of the decompressed file, at the end of the row). A byte outside
    `encoding` raises ListFileRefusedError with the line. So do a row of another width, a repeated header, an
    early DOS end-of-file character, an unclosed quote or a last line without a line end, unless `on_bad_row`
    is given: it then receives the fault, and reading continues if possible.
    """
    names = list(header if header is not None else columns or ())
    refuse = _refuser(source)
    with io.TextIOWrapper(source.open(), encoding=encoding, newline="") as text:
        lines = _Lines(text)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        last: Row | None = None  # it may be torn, which only the end shows
        try:
            if header is not None:
                cells = next(reader, [])
                if [name.strip() for name in cells] != list(names):
                    missing = [name for name in names if name not in cells]
                    extra = [name for name in cells if name not in names]
                    detail = "; ".join(
                        part
                        for part in (
                            f"missing columns: {', '.join(missing)}" if missing else "",
                            f"unknown columns: {', '.join(extra)}" if extra else "",
                            "" if missing or extra else "the columns are in another order",
                        )
                        if part
                    )
                    raise ListFileRefusedError(
                        source.filename, f"not the official header ({detail})", place="line 1"
                    )
            rows = _rows(reader, names, header is not None, on_bad_row or refuse)
            for row in rows:
                if last is not None:
                    yield last
                last = row
            if last is not None and lines.is_torn:
                torn = RecordProblem(last.place, TORN_LINE, TORN_FIX)
                last = None
                (on_bad_row or refuse)(torn)
        except csv.Error as error:
            problem = RecordProblem(
                f"line {reader.line_num}",
                f"not a whole table ({error})",
                "the file may be cut off; fetch it again",
            )
            (on_bad_row or refuse)(problem)
        except UnicodeDecodeError as error:
            raise ListFileRefusedError(
                source.filename,
                f"byte {error.object[error.start]:#04x} is not {encoding}",
                place=f"after line {reader.line_num}",
                fix="this is another encoding than the official file's",
            ) from error
        if last is not None:
            yield last


class _Lines:
    """The lines of a text; `is_torn` is whether the last one has no line end and one before it has."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = text
        self.is_torn = False

    def __iter__(self) -> Iterator[str]:
        count = 0
        for count, line in enumerate(self._text, start=1):
            self.is_torn = count > 1 and not line.endswith(("\n", "\r", DOS_END_OF_FILE))
            yield line


def last_bytes(source: SourceFile, count: int) -> bytes:
    """Return the last bytes of a file."""
    tail = b""
    with source.open() as stream:
        while block := stream.read(1 << 20):
            tail = (tail + block)[-count:]
    return tail


def is_torn(source: SourceFile) -> bool:
    """Return whether the last line of a text has no line end, and a line before it has one."""
    with source.open() as stream:
        has_lines = b"\n" in stream.read(1 << 20)
    return has_lines and not last_bytes(source, 2).rstrip(b"\0").endswith((b"\n", b"\r", b"\x1a"))


def header_of(sample: Sample, delimiter: str = ",") -> tuple[str, ...]:
    """Return the trimmed cells of a sample's first line; empty if it is not a table."""
    first = sample.head.decode("utf-8-sig", errors="replace").splitlines()[:1]
    try:
        return tuple(cell.strip() for cell in next(csv.reader(first, delimiter=delimiter), ()))
    except csv.Error:  # a workbook, a picture: no table of text at all
        return ()


def _refuser(source: SourceFile) -> Callable[[RecordProblem], None]:
    def refuse(problem: RecordProblem) -> None:
        raise ListFileRefusedError(source.filename, problem.reason, place=problem.place, fix=problem.fix)

    return refuse


def _rows(
    reader: "_Reader", names: list[str], has_header: bool, on_bad_row: Callable[[RecordProblem], None]
) -> Iterator[Row]:
    ended = False
    for cells in reader:
        if not cells:
            continue
        place = f"line {reader.line_num}"
        if cells == [DOS_END_OF_FILE] and not ended:
            ended = True
            continue
        fault: RecordProblem | None = None
        if ended or any(DOS_END_OF_FILE in cell for cell in cells):
            fault = RecordProblem(
                place, "an end-of-file character (0x1A) occurs before the end", "fetch it again"
            )
        elif has_header and cells == names:
            fault = RecordProblem(
                place, "the header line is repeated", "the file was put together from parts; fetch it again"
            )
        elif len(cells) != len(names):
            fault = RecordProblem(
                place,
                f"the row has {len(cells)} cells, {len(names)} are expected",
                "the file may be cut off or from another layout; fetch it again",
            )
        if fault is not None:
            on_bad_row(fault)
        else:
            yield Row(place, dict(zip(names, cells, strict=True)))


def iterate_xml(source: SourceFile, tags: Sequence[str]) -> Iterator[etree._Element]:
    """Yield each finished element with one of `tags` (in `{namespace}name` form), and free it afterwards.

    Entities, DTDs and the network are not used. A document type declaration, a syntax fault or an element
    past lxml's limits raises ListFileRefusedError with the line.
    """
    with source.open() as stream, xml_faults(source.filename):
        for number, (_, element) in enumerate(
            etree.iterparse(stream, events=("end",), tag=list(tags), **SAFE_XML)
        ):
            if number == 0:
                refuse_doctype(source.filename, element)
            yield element
            _free(element)


def iterate_children(source: SourceFile, root: str, depth: int) -> Iterator[etree._Element]:
    """Yield every element `depth` levels below the root, with any tag, and free it afterwards.

    As strict as `iterate_xml`; another root than `root` (in `{namespace}name` form) is also refused.
    """
    level = -1
    with source.open() as stream, xml_faults(source.filename):
        for event, element in etree.iterparse(stream, events=("start", "end"), **SAFE_XML):
            if event == "start":
                level += 1
                if level == 0:
                    refuse_doctype(source.filename, element)
                    tag = element.tag if isinstance(element.tag, str) else "comment"
                    if tag != root:
                        raise ListFileRefusedError(
                            source.filename,
                            f"the document is a {tag}, not a {root}",
                            place="line 1",
                            fix="check that this is the official file",
                        )
                continue
            if level == depth and isinstance(element.tag, str):
                yield element
                _free(element)
            level -= 1


def _free(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


@contextlib.contextmanager
def xml_faults(filename: str) -> Iterator[None]:
    """Turn a syntax fault into ListFileRefusedError with the line."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise ListFileRefusedError(
            filename,
            f"not whole XML ({error.msg})",
            place=f"line {error.lineno}",
            fix="the file may be cut off; fetch it again",
        ) from error


def refuse_doctype(filename: str, element: etree._Element) -> None:
    """Raise ListFileRefusedError if the document of an element declares a type or entities."""
    if element.getroottree().docinfo.internalDTD is not None:
        reason = "it declares a document type or entities"
        raise ListFileRefusedError(filename, reason, fix="do not use this file")


def first_root(sample: bytes) -> etree._Element | None:
    """Return the root element that starts in a sample of a file (attributes only), or None if not XML."""
    parser = etree.XMLPullParser(events=("start",), **SAFE_XML)
    with contextlib.suppress(etree.XMLSyntaxError):
        parser.feed(sample)
    for _, element in parser.read_events():
        return element
    return None
