"""The form with one JSON object a line: `{entry, path, kind, text}`, with `moved` and `page` as remarks."""

from typing import Any

from pydantic import Field, ValidationError

from overzicht.errors import OverzichtError
from overzicht.evidence.faults import in_words
from overzicht.evidence.packaged import StrictModel
from overzicht.exportcontrol.controllist.build import PROVISION, Row
from overzicht.exportcontrol.controllist.path import parse_path
from overzicht.sources.controllists.interface import ControlListText
from overzicht.sources.controllists.repair import repair
from overzicht.sources.controllists.section_heads import take_section_notes
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.json_tree import parse_json

LAYOUT = "provisions, one JSON object a line"
MAX_LINE = 60_000  # bytes; the longest text of a real file has 9,000 characters
_KINDS = (PROVISION, "note", "technical_note", "nb")


class _Line(StrictModel):
    entry: str
    path: str
    kind: str
    text: str
    moved: str = ""  # set where the maker of the file took a point of a note's list out of the provisions
    page: int | None = Field(default=None, ge=1)


def is_it(head: bytes) -> bool:
    """Return whether the start of a file is in this form."""
    first = head.lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0]
    return first.startswith(b"{") and b'"path"' in first and b'"kind"' in first


def read(file: SourceFile) -> ControlListText:
    """Return the words of a file; ListFileRefusedError names the first line that is not understood."""
    rows: list[Row] = []
    with file.open() as stream:
        for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE + 1), b""), start=1):
            if len(line) > MAX_LINE:
                raise ListFileRefusedError(file.filename, "the line is too long", place=f"line {number}")
            if line.strip():
                rows.append(_row(file.filename, number, line))
    repaired, corrections = repair(rows)
    kept, notes, moved = take_section_notes(repaired)
    return ControlListText(kept, (*corrections, *moved), general_notes=notes)


def _row(filename: str, number: int, line: bytes) -> Row:
    place = f"line {number}"
    try:
        data: Any = parse_json(line)
        given = _Line.model_validate(data)
        path = parse_path(given.path)
    except ValidationError as error:
        raise ListFileRefusedError(filename, in_words(error.errors()), place=place) from error
    except (ValueError, RecursionError) as error:  # not UTF-8, no JSON, a number of too many digits, too deep
        raise ListFileRefusedError(file=filename, reason=f"not valid JSON: {error}", place=place) from error
    except OverzichtError as error:
        raise ListFileRefusedError(filename, error.message, place=place) from error
    if given.kind not in _KINDS:
        raise ListFileRefusedError(filename, f"the kind {given.kind!r} is not known", place=place)
    if not path.startswith(given.entry):
        raise ListFileRefusedError(filename, f"{path} is not in entry {given.entry}", place=place)
    return Row(path, given.kind, given.text, is_item=bool(given.moved))
