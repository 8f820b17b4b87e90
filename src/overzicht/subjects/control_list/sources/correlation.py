"""A correlation table between commodity codes and provisions of the control list, from a CSV file.

The first line names the columns. One names the commodity code, one the provisions; others are left out. A row
may name several provisions, and a code may have several rows.
"""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError

MAX_BYTES = 20_000_000
CODE_COLUMNS = ("cn code", "cn", "commodity code", "goods code", "taric code", "hs code", "gn-code")
PROVISION_COLUMNS = ("control code", "dual-use code", "dual use code", "provision", "entry", "annex i")
_PROVISION = re.compile(r"[0-9][A-E][0-9]{3}(?:\.[a-z0-9]+)*")
_CODE = re.compile(r"\d{4,10}")
_FIX = "save the table as CSV (UTF-8) with the columns `CN code` and `control code`"


@in_child(Limits())
def read_correlation(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the provisions by commodity code (4 to 10 digits), in the order of the file.

    Raises ListFileRefusedError for a file without the two columns, without rows, or with a wrong code.
    """
    file = LocalFile(path, max_bytes=MAX_BYTES)
    try:
        with file.open() as stream:
            written = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ListFileRefusedError(file.filename, "it is not text in UTF-8", fix=_FIX) from error
    try:
        head = written.partition("\n")[0]
        rows = list(csv.reader(io.StringIO(written), delimiter=max((",", ";", "\t"), key=head.count)))
    except csv.Error as error:
        raise ListFileRefusedError(file.filename, f"it is not a table: {error}", fix=_FIX) from error
    columns: list[int | None] = []
    for names in (CODE_COLUMNS, PROVISION_COLUMNS):
        own_columns = [re.sub(r"[\s_]+", " ", cell).strip().casefold() for row in rows[:1] for cell in row]
        columns.append(next((own_columns.index(name) for name in names if name in own_columns), None))
    if None in columns:
        missing = "commodity code" if columns[0] is None else "provision of the control list"
        raise ListFileRefusedError(file.filename, f"no column names the {missing}", fix=_FIX)
    related: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(rows[1:], start=2):
        cells = [row[column] if column is not None and column < len(row) else "" for column in columns]
        if not any(cells):
            continue
        code, provisions = re.sub(r"[\s.]", "", cells[0]), tuple(_PROVISION.findall(cells[1]))
        if not _CODE.fullmatch(code) or not provisions:
            reason = f"row {number}: {cells[0]!r} and {cells[1]!r} are not a commodity code and a provision"
            raise ListFileRefusedError(file.filename, reason, fix=_FIX)
        related[code] = tuple(dict.fromkeys((*related.get(code, ()), *provisions)))
    if not related:
        raise ListFileRefusedError(file.filename, "it has no row", fix=_FIX)
    return related
