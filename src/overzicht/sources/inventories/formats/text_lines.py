"""Lines: text that a program prints, one device a line or several lines a device."""

import re
from collections.abc import Iterator, Sequence

from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.identifiers import mac
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.formats.description import Format
from overzicht.sources.inventories.formats.tree import as_table
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.table import RawTable, TableRow
from overzicht.sources.inventories.tables.vocabulary import vocabulary

LONGEST_LINE = 4000
MOST_REPORTED = 50
MAC = re.compile(
    r"(?<![0-9A-Za-z:.-])(?:[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}"
    r"|[0-9A-Fa-f]{4}([.:-])[0-9A-Fa-f]{4}\1[0-9A-Fa-f]{4}|[0-9A-Fa-f]{6}-[0-9A-Fa-f]{6})(?![0-9A-Za-z:.-])"
)
_IP = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_KEY_VALUE = re.compile(r"\s*([A-Za-z][\w /()#-]{0,40}?)\s*[:=]\s+?(\S.*)")

Record = dict[str, str]


def text_lines(origin: Origin, *, with_spaces: bool = False) -> list[str]:
    """Return the lines of a text file, `with_spaces` at their ends or without; InputFileError if not text."""
    data = origin.read_bytes()
    content = data.decode(detect_encoding(data), errors="replace")
    if content.count("\0") > len(content) // 100:
        raise InputFileError(origin.filename, "the file is not text", fix="export the list as CSV or XLSX")
    lines = [line[:LONGEST_LINE] for line in content.splitlines()]
    return lines if with_spaces else [line.rstrip() for line in lines]


def described_table(lines: Sequence[str], described: Format) -> RawTable:
    """Return the records that a description finds; an address in another line is a problem."""
    lines = _continued(lines) if described.is_continued else lines
    if described.is_one:
        record: Record = {}
        for groups in (_groups(m) for line in lines for p in described.lines if (m := re.search(p, line))):
            _merge(record, groups)
        return as_table([(1, record)] if record else [], "line")
    starts, patterns, skips = (
        [re.compile(p) for p in group] for group in (described.start, described.lines, described.skip)
    )
    records: list[tuple[int, Record]] = []
    unknown: list[int] = []
    is_open = False
    for number, line in enumerate(lines, start=1):
        if any(skip.search(line) for skip in skips):
            is_open = False
            continue
        started = next((m for p in starts if (m := p.search(line))), None)
        if started:
            records.append((number, {}))
            is_open = True
        if not starts and (match := next((m for p in patterns if (m := p.search(line))), None)):
            records.append((number, _groups(match)))
        elif not starts and (MAC.search(line) or _IP.search(line)):
            unknown.append(number)
        if started or (starts and is_open):
            for match in filter(None, (started, *(p.search(line) for p in patterns))):
                _merge(records[-1][1], _groups(match))
    table = as_table([(number, record) for number, record in records if any(record.values())], "line")
    table.problems = [
        InventoryProblem(f"line {number}", text("The line was not understood, and its address was not read"))
        for number in unknown[:MOST_REPORTED]
    ]
    return table


def _continued(lines: Sequence[str]) -> list[str]:
    """Return the lines; one that a backslash continues has the next ones, which are then empty."""
    joined: list[str] = []
    first: int | None = None
    for number, line in enumerate(lines):
        if first is None:
            joined.append(line)
        else:
            joined[first] = f"{joined[first].removesuffix(chr(92))}{line.strip()}"
            joined.append("")
        first = (number if first is None else first) if line.endswith("\\") else None
    return joined


def _groups(match: re.Match[str]) -> Record:
    return {name.rstrip("_0123456789"): value.strip() for name, value in match.groupdict().items() if value}


def _merge(record: Record, more: Record) -> None:
    """Add the values of a line; the first value of a field stays."""
    for name, value in more.items():
        record.setdefault(name, value)


def guessed_tables(lines: Sequence[str]) -> Iterator[RawTable]:
    """Yield what a text of an unknown program can be read as, the most telling first.

    A table with columns of at least two spaces; blocks of `name: value`; lines with a MAC address.
    """
    columns = [
        TableRow(n, tuple(re.split(r"\s{2,}|\t", line.strip()))) for n, line in enumerate(lines, start=1)
    ]
    rows = [row for row in columns if re.search(r"\w", "".join(row.texts))]
    head = max(rows[:60], key=lambda row: _known(row.texts) if len(row.texts) > 1 else 0, default=None)
    if head is not None and _known(head.texts):
        width = len(head.texts)
        # a row cut at single spaces, if only that gives as many cells as the header has
        as_wide: list[TableRow] = []
        for row in rows:
            words = tuple(lines[row.number - 1].split())
            as_wide.append(TableRow(row.number, words) if len(row.texts) < width == len(words) else row)
        yield RawTable("", as_wide, row_word="line")
        # where the names of a header start, the first at 0; a bar between columns is a space
        starts_of_names = [
            0,
            *(
                match.end()
                for match in re.finditer(r"\S\s{2,}(?=\S)", lines[head.number - 1].replace("|", " ").rstrip())
            ),
        ]
        yield _at_columns(rows, lines, starts_of_names)
    for rule in (line for line in lines[:60] if line.strip() and not re.search(r"[^-=+|\s]", line)):
        if len(starts := [match.start() for match in re.finditer(r"[-=]+", rule)]) > 1:
            yield _at_columns(rows, lines, [0, *starts[1:]])
            break
    # blocks of `name: value`; an empty line, a rule or the first name once more begins a new one
    blocks: list[tuple[int, Record]] = []
    record: Record = {}
    start = 0
    for number, line in enumerate(lines, start=1):
        match = _KEY_VALUE.fullmatch(line)
        if (match and match[1] == next(iter(record), None)) or (
            not re.search(r"\w", line) and len(record) > 1
        ):
            blocks.append((start, record))
            record = {}
        if match:
            start = start if record else number
            record.setdefault(match[1], match[2])
    if record:
        blocks.append((start, record))
    yield as_table(blocks, "line")
    # the first MAC address and IP address of each line with a MAC address
    lines_with_mac: list[tuple[int, Record]] = []
    for number, line in enumerate(lines, start=1):
        macs = [match[0] for match in MAC.finditer(line) if mac.normalize(match[0])]
        addresses = [match[0] for match in _IP.finditer(line)]
        if macs:
            lines_with_mac.append((number, {"mac": macs[0], "address": addresses[0] if addresses else ""}))
    yield as_table(lines_with_mac, "line")


def _known(cells: Sequence[str]) -> int:
    return len({vocabulary().meanings(cell)[0].field for cell in cells if vocabulary().meanings(cell)})


def _at_columns(rows: Sequence[TableRow], lines: Sequence[str], starts: Sequence[int]) -> RawTable:
    """Return the lines of rows cut where the columns start."""
    cut = []
    for row in rows:
        line = lines[row.number - 1].replace("|", " ")
        cells, begin = [], 0
        for start in starts[1:]:
            end = start
            if 0 < start < len(line) and not line[start - 1].isspace():  # no word is cut
                word = line.rfind(" ", 0, start) + 1
                after = line.find(" ", start)
                end = word if word > begin else (after if after >= 0 else len(line))
            cells.append(line[begin:end].strip())
            begin = max(begin, end)
        cut.append(TableRow(row.number, (*cells, line[begin:].strip())))
    return RawTable("", cut, row_word="line")
