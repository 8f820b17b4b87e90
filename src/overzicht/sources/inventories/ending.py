"""Whether a file was read to its end: end marks, closed quotes and braces, and the last line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, TypeAdapter

from overzicht.devices import Sighting, Trace
from overzicht.evidence import text
from overzicht.evidence.account import FileEnd
from overzicht.identifiers import mac
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.inventories.documents import CLOSED, TORN, load_document, starts_as_json
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.interface import InventoryProblem, InventoryResult
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.web_page import is_web_page
from overzicht.sources.inventories.tables.workbook import is_workbook
from overzicht.sources.inventories.xml import starts_as_xml

HEAD, TAIL = 8_192, 4_096  # characters in which the marks are
_LINE = re.compile(r"(?:line|record) (\d+)\b")
_MARKED = frozenset({Trace.BRAND, Trace.MODEL, Trace.SERIAL, Trace.MAC, Trace.MAC_REGISTRANT, Trace.PRODUCT})


class _Mark(BaseModel):
    """One entry of `ending.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    begin: str
    end: str
    always: bool


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of a text: what it shows, its last line, and the lines at which cut records begin."""

    end: FileEnd
    last: str = ""
    number: int = 0
    open: frozenset[int] = frozenset()


@cache
def _marks() -> tuple[_Mark, ...]:
    entries = read_packaged_yaml(
        files("overzicht.sources.inventories").joinpath("ending.yml").read_text("utf-8")
    )
    return TypeAdapter(tuple[_Mark, ...]).validate_python(entries)


def with_end(result: InventoryResult, origin: Origin) -> InventoryResult:
    """Return a result with the evidence of the file's end; a record that the end cuts is unread.

    A result that has such evidence stays as it is: its reader saw the end.
    """
    if result.end is not None:
        return result
    data = origin.read_bytes()
    if is_workbook(data[:8]):
        return replace(result, end=FileEnd(True, text("The archive of the workbook has its end record")))
    if is_web_page(data[:HEAD]):
        lower = data.lower()
        if lower.rfind(b"<tr") > lower.rfind(b"</table"):
            end = FileEnd(False, text("The table of the web page is not closed"))
            return _without(result, result.sightings[-1:], end)
        return replace(result, end=FileEnd(True, text("The table of the web page is closed")))
    if starts_as_xml(data) or starts_as_json(data):
        end = (not starts_as_xml(data) and load_document(origin).end) or CLOSED
        torn = (InventoryProblem("end of the file", TORN),) if end.is_whole is False else ()
        unread = (*result.unread, *torn)
        return replace(result, records=result.records + len(torn), unread=unread, end=end)
    # what the end of a text shows
    content = data.decode(detect_encoding(data), errors="replace").replace("\0", "")
    number = content.count("\n") + 1
    last = content[content.rfind("\n") + 1 :]
    is_open = bool(last) and number > 1 and not content.endswith("\r")
    opened = _open_braces(content)
    if opened:
        count, line = len(opened), min(opened)
        evidence = text("The block that begins in line {line} is not closed", line=line, count=count)
        tail = _Tail(FileEnd(False, evidence), last if is_open else "", number, opened)
    else:
        marks = [mark for mark in _marks() if re.search(mark.begin, content[:HEAD], re.MULTILINE)]
        ends = [match for mark in marks if (match := re.search(mark.end, content[-TAIL:], re.MULTILINE))]
        if ends:
            tail = _Tail(FileEnd(True, text("The text has its end mark: “{mark}”", mark=ends[0][0].strip())))
        elif any(mark.always for mark in marks):
            evidence = text("The end mark of this format is missing")
            tail = _Tail(FileEnd(False, evidence), last if is_open else "", number)
        elif is_open:
            evidence = text(
                "The last line has no line end, which other lines have; rows after it may be missing"
            )
            tail = _Tail(FileEnd(None, evidence), last, number)
        elif marks:
            evidence = text("There is no end mark, which some versions of the program write")
            tail = _Tail(FileEnd(None, evidence))
        else:
            tail = _Tail(
                FileEnd(None, text("The rows are complete; nothing in this format shows whether rows follow"))
            )
    lines = ((s, _LINE.search(s.citation.place)) for s in result.sightings)
    cut = [s for s, match in lines if (int(match[1]) if match else 0) in tail.open]
    if tail.last and not cut and result.sightings:
        end_row = result.sightings[-1]
        cut = [end_row] if _is_half(end_row, tail.last, result.sightings[:-1]) else []
    return _without(result, cut, tail.end)


def _without(result: InventoryResult, torn: Sequence[Sighting], end: FileEnd) -> InventoryResult:
    """Return a result with torn records as unread."""
    if not torn:
        return replace(result, end=end)
    places = {sighting.citation.place for sighting in torn}
    return replace(
        result,
        sightings=tuple(s for s in result.sightings if s.citation.place not in places),
        unread=(*result.unread, *(InventoryProblem(s.citation.place, TORN) for s in torn)),
        end=end if end.is_whole is False else FileEnd(False, end.evidence),
    )


def _open_braces(content: str) -> frozenset[int]:
    """Return the numbers of the lines that open a brace which the text never closes; none for other texts."""
    waiting: list[int] = []
    if "{" not in content:
        return frozenset()
    for number, line in enumerate(content.splitlines(), start=1):
        bare = line.strip()
        if bare.endswith("{") and not bare.startswith("#"):
            waiting.append(number)
        elif re.match(r"\}[;,\s]*(#.*)?$", bare) and waiting:
            waiting.pop()
    return frozenset(waiting)


def _is_half(sighting: Sighting, line: str, others: Sequence[Sighting]) -> bool:
    """Return whether the last line ends in a value that shows where the end of the file cut it.

    It is shorter than the values of other records, which all have one length, or one of them begins with it.
    A value that goes on in the line, as that of another record does, was split because the rest is missing.
    """
    if line.count('"') % 2 == 0 and line.rstrip().endswith(('"', "}", ")", "]", ">", ";")):
        return False  # a sign closes the last value
    shown = _squash(line)
    # the values that show what a device is, each with those of other records
    pairs = [
        (value, [other for s in others for other in s.values(trace)])
        for trace in _MARKED
        for value in sighting.values(trace)
    ]
    pairs += [(sighting.label, [s.label for s in others]), (sighting.address, [s.address for s in others])]
    for value, same in pairs:
        if any(other.startswith(value) and other != value and other in line for other in same if value):
            return True
        mine = _squash(value)
        if not mine or not shown.endswith(mine) or mac.normalize(value) or value in same:
            continue
        whole = {_squash(other) for other in same} - {""}
        lengths = set(map(len, whole))
        is_shorter = len(lengths) == 1 and len(whole) > 1 and len(mine) < min(lengths)
        if is_shorter or any(other.startswith(mine) and other != mine for other in whole):
            return True
    return False


def _squash(value: str) -> str:
    return re.sub(r"[\W_]", "", value.casefold())
