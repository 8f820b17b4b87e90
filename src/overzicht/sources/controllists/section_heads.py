"""Notes at the head of a category that a file prints under the entry before it."""

from collections.abc import Sequence
from itertools import pairwise

from overzicht.evidence import text
from overzicht.exportcontrol.controllist.build import PROVISION, Row
from overzicht.exportcontrol.controllist.notes import names_other_section
from overzicht.exportcontrol.controllist.path import entry_of, part_of
from overzicht.sources.controllists.interface import Correction

_FIRST = ("Note 1:", "Note:", "Technical Note")


def take_section_notes(
    rows: Sequence[Row],
) -> tuple[tuple[Row, ...], tuple[tuple[str, str], ...], tuple[Correction, ...]]:
    """Return the rows without notes of the following category, those notes by title, and what was done.

    At the last entry before a new category or part, a note that names only the next section as its subject
    is not about the entry. The notes that are numbered with it go with it.
    """
    last_rows = _ends_of_sections(rows)
    taken: set[int] = set()
    notes: list[tuple[str, str]] = []
    corrections: list[Correction] = []
    for end, following in last_rows:
        start = _start_of_run(rows, end)
        if start is None:
            continue
        taken.update(range(start, end + 1))
        title = _title(following)
        notes.append((title, "\n".join(row.text for row in rows[start : end + 1])))
        what = text("notes of {section} are printed at this entry; they are read there", section=title)
        corrections.append(Correction(rows[start].path, what))
    kept = tuple(row for place, row in enumerate(rows) if place not in taken)
    return kept, tuple(notes), tuple(corrections)


def _ends_of_sections(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Return the places of the last rows before a new category or part, with the entry that follows."""
    return [
        (place, entry_of(after.path))
        for place, (row, after) in enumerate(pairwise(rows))
        if (row.path[0], part_of(row.path)) != (after.path[0], part_of(after.path))
    ]


def _start_of_run(rows: Sequence[Row], end: int) -> int | None:
    """Return where the notes of the next section begin among the last rows, or None if there are none."""
    entry = entry_of(rows[end].path)
    start = end + 1
    while start > 0 and rows[start - 1].kind != PROVISION and entry_of(rows[start - 1].path) == entry:
        start -= 1
    run = range(start, end + 1)
    foreign = [place for place in run if names_other_section(rows[place].text, entry)]
    if not foreign:
        return None
    firsts = [place for place in run if place <= foreign[0] and rows[place].text.startswith(_FIRST)]
    return firsts[-1] if firsts else foreign[0]


def _title(entry: str) -> str:
    part = part_of(entry)
    return f"Category {entry[0]}" + (f" — Part {part}" if part else "")
