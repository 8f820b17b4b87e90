"""Lists of parties to screen: tables with a header (CSV, XLSX, ODS), or JSON lines with the same fields.

A file with one column and without a known header is read as names.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from overzicht.entities import PartyQuery
from overzicht.errors import InputFileError
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import require_file
from overzicht.sources.interface import RecordProblem
from overzicht.sources.inventories.tables.delimited import read_delimited
from overzicht.sources.inventories.tables.workbook import is_workbook, read_workbook
from overzicht.sources.json_tree import parse_json
from overzicht.sources.partyfields import HEADERS, IDENTIFIERS, SCHEMATA, field_of

DEFAULT_SCHEMA = "LegalEntity"


@dataclass(frozen=True, slots=True)
class PartyList:
    """The parties of a file in order, and the rows that could not be read; `sha256` hashes the file."""

    filename: str
    sha256: str
    queries: tuple[PartyQuery, ...]
    problems: tuple[RecordProblem, ...]


DOCUMENTS = frozenset({b"%PDF-", b"{\\rtf", b"%!PS-"})  # first bytes of formats of pages


@in_child(Limits())
def read_party_list(data: bytes, filename: str) -> PartyList:
    """Return the parties of a file; raises InputFileError when nothing of it can be used."""
    if not data.strip():
        raise InputFileError(filename, "the file is empty", fix="give a table with a column `name`")
    if not is_workbook(data[:8]) and b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputFileError(
            filename, "the file is neither a text nor a workbook", fix="give a table or JSON lines"
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise InputFileError(filename, "the file is XML or HTML", fix="give a table or JSON lines")
    if data.lstrip()[:5] in DOCUMENTS:
        raise InputFileError(filename, "the file is a document", fix="give a table or JSON lines")
    problems: list[RecordProblem] = []
    rows = _json_rows(data, filename, problems) if data.lstrip()[:1] == b"{" else _table_rows(data, filename)
    queries = []
    for place, fields in rows:
        names = tuple(dict.fromkeys([*fields.get("name", ()), *fields.get("alias", ())]))
        if not any(name.strip() for name in names):
            query = None
        else:
            schema = next(iter(fields.get("schema", ())), "")
            query = PartyQuery(
                id=next(iter(fields.get("id", ())), place),
                names=names,
                schema=SCHEMATA.get(schema.casefold(), schema or DEFAULT_SCHEMA),
                identifiers=tuple((kind, value) for kind in IDENTIFIERS for value in fields.get(kind, ())),
                birth_date=next(iter(fields.get("birth_date", ())), ""),
                countries=tuple(country.lower() for country in fields.get("country", ())),
            )
        if query is None:
            problems.append(RecordProblem(place, "it holds no name", fix="fill in the name"))
        else:
            queries.append(query)
    if not queries:
        raise InputFileError(filename, "no row holds a name", fix="give a table with a column `name`")
    return PartyList(filename, hashlib.sha256(data).hexdigest(), tuple(queries), tuple(problems))


def _json_rows(
    data: bytes, filename: str, problems: list[RecordProblem]
) -> Iterator[tuple[str, dict[str, Sequence[str]]]]:
    for number, line in enumerate(data.decode("utf-8-sig", errors="strict").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = parse_json(line)
        except (ValueError, RecursionError) as error:
            problems.append(RecordProblem(f"{filename}, line {number}", f"not JSON ({error})"))
            continue
        if isinstance(entry, dict):
            fields: dict[str, list[str]] = {}
            for key, value in entry.items():
                if key == "names":
                    names = [str(name) for name in (value if isinstance(value, list) else [value])]
                    fields["name"], fields["alias"] = names[:1], names[1:]
                elif value is not None and (field := field_of(key)):
                    fields.setdefault(field, []).extend(
                        map(str, value if isinstance(value, list) else [value])
                    )
            yield f"line {number}", dict(fields)
        else:
            problems.append(RecordProblem(f"{filename}, line {number}", "not a JSON object"))


def _table_rows(data: bytes, filename: str) -> Iterator[tuple[str, dict[str, Sequence[str]]]]:
    tables = (
        read_workbook(data, filename)
        if is_workbook(data[:8])
        else [read_delimited(data, filename, tuple(HEADERS["name"])).table]
    )
    for table in tables:
        header: list[str] | None = None
        for row in table.rows:
            if row.is_empty:
                continue
            if header is None:
                header = [field_of(cell) for cell in row.texts]
                if "name" in header:
                    continue
                header = ["name"]  # no header: a plain column of names
            fields: dict[str, list[str]] = {}
            for field, cell in zip(header, row.texts, strict=False):
                if field and cell:
                    values = cell.split(";") if field == "alias" else [cell]
                    fields.setdefault(field, []).extend(value.strip() for value in values if value.strip())
            yield table.place(row.number), dict(fields)


def read_party_file(path: Path) -> PartyList:
    """Return the parties of a file on disk; InputFileError if it does not exist."""
    require_file(path)
    return read_party_list(path.read_bytes(), path.name)
