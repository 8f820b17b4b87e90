"""The definitions of the annex from its printed text, for files of the list without definitions.

The text has the original lines: a heading, then each definition starts a line with its "term" and, in
brackets, its categories. Page headings and numbers are skipped.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError
from overzicht.subjects.control_list.model import DefinedTerm

MAX_BYTES = 20_000_000
FEWEST = 100  # definitions; the annex has about 175
_HEADING = re.compile(r"\s*DEFINITIONS OF TERMS USED IN THIS ANNEX\s*")
_END = re.compile(r"\s*CATEGORY 0\b.*")
_PAGE = re.compile(r"\s*(?:\d{1,3}|DEFINITIONS OF TERMS)\s*")
_BEGINS = re.compile(r'"(?P<term>[^"]{2,120})"(?: \w+)? \(')


@in_child(Limits())
def read_definitions(path: Path, *, force: bool = False) -> tuple[DefinedTerm, ...]:
    """Return the definitions in the order of the text.

    Raises ListFileRefusedError if the heading is missing, or for fewer than a hundred definitions (unless
    forced).
    """
    file = LocalFile(path, max_bytes=MAX_BYTES)
    with file.open() as stream:
        try:
            text = stream.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise ListFileRefusedError(file.filename, f"not text in UTF-8: {error}") from error
    matches: list[DefinedTerm] = []
    lines = _whole_names(_section(text.replace("\f", "\n").split("\n")))
    name = ""
    block: list[str] = []
    for line in lines:
        beginning = _BEGINS.match(line)
        if beginning:
            if name:
                matches.append(DefinedTerm(name, " ".join(block)))
            name, block = beginning["term"].lower(), []
        block.append(" ".join(line.split()))
    if name:
        matches.append(DefinedTerm(name, " ".join(block)))
    terms = tuple(matches)
    if not terms or (len(terms) < FEWEST and not force):
        raise ListFileRefusedError(
            file.filename,
            f"it holds {len(terms)} definitions under the heading of the annex, {FEWEST} or more are due",
            fix="give the text of the annex with its lines kept, such as `pdftotext -layout` makes",
        )
    return terms


def _section(lines: Iterable[str]) -> Iterator[str]:
    is_inside = False
    for line in lines:
        if _HEADING.fullmatch(line):
            is_inside = True
        elif is_inside and _END.fullmatch(line):
            return
        elif is_inside and line.strip() and not _PAGE.fullmatch(line):
            yield line.rstrip()


def _whole_names(lines: Iterable[str]) -> Iterator[str]:
    """Join a line that begins with a term too long for it to the next one."""
    pending = ""
    for line in lines:
        if pending:
            joined = f"{pending} {line.strip()}"
            yield from ((joined,) if _BEGINS.match(joined) else (pending, line))
            pending = ""
        elif line.startswith('"') and line.count('"') == 1:
            pending = line
        else:
            yield line
    if pending:
        yield pending
