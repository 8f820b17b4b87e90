"""The form with one JSON object a line: `{entry, path, kind, text}`, with `moved` and `page` as remarks."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pydantic import Field, ValidationError

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.faults import in_words
from overzicht.evidence.packaged import StrictModel
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.json_tree import parse_json
from overzicht.subjects.control_list.build import PROVISION, Row
from overzicht.subjects.control_list.note_roles import names_other_section
from overzicht.subjects.control_list.path import entry_of, parse_path, part_of
from overzicht.subjects.control_list.sources.interface import ControlListText, Correction
from overzicht.subjects.control_list.sources.repair import repair

LAYOUT = "provisions, one JSON object a line"
MAX_LINE = 60_000  # bytes; the longest text of a real file has 9,000 characters
_KINDS = (PROVISION, "note", "technical_note", "nb")
_FIRST = ("Note 1:", "Note:", "Technical Note")


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
                filename = file.filename
                place = f"line {number}"
                try:
                    data: Any = parse_json(line)
                    given = _Line.model_validate(data)
                    path = parse_path(given.path)
                except ValidationError as error:
                    raise ListFileRefusedError(filename, in_words(error.errors()), place=place) from error
                except (
                    ValueError,
                    RecursionError,
                ) as error:  # not UTF-8, no JSON, a number of too many digits, too deep
                    raise ListFileRefusedError(
                        file=filename, reason=f"not valid JSON: {error}", place=place
                    ) from error
                except OverzichtError as error:
                    raise ListFileRefusedError(filename, error.message, place=place) from error
                if given.kind not in _KINDS:
                    raise ListFileRefusedError(filename, f"the kind {given.kind!r} is not known", place=place)
                if not path.startswith(given.entry):
                    raise ListFileRefusedError(filename, f"{path} is not in entry {given.entry}", place=place)
                rows.append(Row(path, given.kind, given.text, is_item=bool(given.moved)))
    repaired, corrections = repair(rows)
    kept, notes, moved = take_section_notes(repaired)
    return ControlListText(kept, (*corrections, *moved), general_notes=notes)


def take_section_notes(
    rows: Sequence[Row],
) -> tuple[tuple[Row, ...], tuple[tuple[str, str], ...], tuple[Correction, ...]]:
    """Return the rows without notes of the following category, those notes by title, and what was done.

    At the last entry before a new category or part, a note that names only the next section as its subject
    is not about the entry. The notes that are numbered with it go with it.
    """
    # the places of the last rows before a new category or part, with the entry that follows
    last_rows = [
        (place, entry_of(after.path))
        for place, (row, after) in enumerate(pairwise(rows))
        if (row.path[0], part_of(row.path)) != (after.path[0], part_of(after.path))
    ]
    taken: set[int] = set()
    notes: list[tuple[str, str]] = []
    corrections: list[Correction] = []
    for end, following in last_rows:
        # where the notes of the next section begin among the last rows, or None if there are none
        entry = entry_of(rows[end].path)
        own_start = end + 1
        while (
            own_start > 0
            and rows[own_start - 1].kind != PROVISION
            and entry_of(rows[own_start - 1].path) == entry
        ):
            own_start -= 1
        run = range(own_start, end + 1)
        foreign = [place for place in run if names_other_section(rows[place].text, entry)]
        if not foreign:
            start = None
        else:
            firsts = [place for place in run if place <= foreign[0] and rows[place].text.startswith(_FIRST)]
            start = firsts[-1] if firsts else foreign[0]
        if start is None:
            continue
        taken.update(range(start, end + 1))
        part = part_of(following)
        title = f"Category {following[0]}" + (f" — Part {part}" if part else "")
        notes.append((title, "\n".join(row.text for row in rows[start : end + 1])))
        what = text("notes of {section} are printed at this entry; they are read there", section=title)
        corrections.append(Correction(rows[start].path, what))
    kept = tuple(row for place, row in enumerate(rows) if place not in taken)
    return kept, tuple(notes), tuple(corrections)
