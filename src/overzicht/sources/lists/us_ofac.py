"""Reads OFAC's lists: the CSV sets (SDN.CSV with ALT, ADD and SDN_COMMENTS, CONS_PRIM.CSV with its own), XML.

*Domain*: persons, entities, vessels and aircraft named by the American Treasury, by programme.
*Caveats*: the XML has its own module (`xml_layout`). The CSV has no header; null is `-0- `; the file ends in
0x1A; remarks longer than 1,000 characters continue in the comments file, split inside a word. The four files
are joined while they are read, which requires the order of `ent_num` in which they are published. The CSV
states no publication date, and a listing date only for programmes with a "Listing Date" in the remarks.
"""

import csv
import re
from collections.abc import Iterator

from overzicht.entities import Record, Statement
from overzicht.sources.interface import RecordProblem, Sample, SourceFile
from overzicht.sources.lists import us_ofac_xml as xml_layout
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.us_features import NOTES, listing_day, person_name, unique
from overzicht.sources.lists.us_ofac_entries import (
    ALIAS_PROPERTIES,
    COLUMN_PROPERTIES,
    CONSOLIDATED,
    LIST_ID,
    SDN,
    SideFileRows,
    country,
    is_company,
    listing_facts,
    listings,
    own_columns,
    remark_statements,
)
from overzicht.sources.strict import Row, first_root, last_bytes, read_table

NULL = "-0-"
END = b"\x1a"
FILES = {
    SDN: ("sdn", ("alt", "add", "sdn_comments")),
    CONSOLIDATED: ("cons_prim", ("cons_alt", "cons_add", "cons_comments")),
}
COLUMNS = ("ent_num", "name", "type", "programme", "title", "call_sign", "vessel_type", "tonnage",
           "gross_registered_tonnage", "flag", "owner", "remarks")  # fmt: skip
ALT = ("ent_num", "alt_num", "type", "name", "remarks")
ADD = ("ent_num", "add_num", "street", "city", "country", "remarks")
COMMENTS = ("ent_num", "remarks")
XML = "xml"
SCHEMATA = {"individual": "Person", "": "LegalEntity", "vessel": "Vessel", "aircraft": "Airplane"}


def recognise(sample: Sample) -> Layout | None:
    """Return the layout when name and first row, or root, are those of an SDN or a consolidated file."""
    root = first_root(sample.head)
    if root is not None and root.tag in xml_layout.ROOTS:
        match = re.fullmatch(r"(?:.*[^a-z])?(sdn|consolidated)\.xml", sample.filename.lower())
        return Layout(XML, match[1]) if match is not None else None
    part = _part_of(sample.filename)
    first = sample.head.split(b"\n", 1)[0].decode("latin-1")
    try:
        cells = next(csv.reader([first], strict=True), [])
    except csv.Error:  # not a whole row of a table
        return None
    is_entry = len(cells) == len(COLUMNS) and cells[0].isdecimal() and first.partition(",")[2].startswith('"')
    return None if part is None or not is_entry or NULL not in first else Layout("csv-no-header", part)


def companions(source: SourceFile) -> tuple[SourceFile, ...]:
    """Return the ALT, ADD and COMMENTS files in the same folder, if they exist."""
    files = (source.sibling(name) for name in _companion_names(source.filename))
    return tuple(file for file in files if file is not None)


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per entry, joined with its names, addresses and the rest of its remarks."""
    if layout.id == XML:
        yield from xml_layout.read_entries(source, layout.part, report)
        return
    alt, add, comments = (
        SideFileRows(name, _rows(source.sibling(name), columns, name, report), report)
        for name, columns in zip(_companion_names(source.filename), (ALT, ADD, COMMENTS), strict=True)
    )
    last = 0
    for row in read_table(source, header=None, columns=COLUMNS, on_bad_row=report.problems.append):
        with report.record(row.place):
            number = int(row.take("ent_num"))
            if number <= last:
                if number == last:
                    fault = f"entry {number} occurs twice in the file"
                else:
                    fault = f"entry {number} stands after {last}, the file is not in order of entry number"
                raise ValueError(fault)
            last = number
            others, places = alt.rows_for(number), add.rows_for(number)
            remarks = comments.rows_for(number)
            text = _null_exact(row.take_exact("remarks")) + "".join(
                _null_exact(r.take_exact("remarks")) for r in remarks
            )
            kind = _take(row, "type")
            if kind not in SCHEMATA:
                raise ValueError(f"unsupported type {kind!r}; supported: individual, vessel, aircraft, none")
            schema = "Company" if not kind and is_company(text) else SCHEMATA[kind]
            programmes = [code.strip() for code in _take(row, "programme").split("] [") if code.strip()]
            name = _take(row, "name")
            if not name:
                raise ValueError(f"entry {number} has no name")
            statements = [
                *(person_name(name) if schema == "Person" else (Statement("name", name),)),
                *_aliases(others, schema),
                *own_columns({name: _take(row, name) for name in COLUMN_PROPERTIES}, schema),
                *_addresses(places, schema),
                *remark_statements(text, schema),
                *(Statement("programId", code) for code in programmes),
            ]
            row.finish()
            place = f"entry {number} ({row.place})"
            days = dict(filter(None, (listing_day(*fact, programmes) for fact in listing_facts(text))))
            record = Record(
                f"{LIST_ID}-{number}",
                schema,
                unique(statements),
                place,
                listings(number, programmes, days, layout.part),
            )
            yield record
    for companion in (alt, add, comments):
        companion.finish()
    for file in (source, *companions(source)):
        if last_bytes(file, 1) != END:
            report.doubt = f"{file.filename} does not end with the byte 0x1A, as OFAC's files do"


def _part_of(filename: str) -> str | None:
    stem = filename.lower().removesuffix(".csv")
    for part, (primary, _) in FILES.items():
        if re.fullmatch(rf"(?:.*[^a-z])?{primary}", stem):
            return part
    return None


def _companion_names(filename: str) -> tuple[str, ...]:
    part = _part_of(filename)
    if part is None:
        return ()
    primary, others = FILES[part]
    prefix = filename[: len(filename) - len(f"{primary}.csv")]
    return tuple(f"{prefix}{other}.csv" for other in others)


def _rows(file: SourceFile | None, columns: tuple[str, ...], name: str, report: ReadReport) -> Iterator[Row]:
    if file is None:
        fix = "put the whole set of four files in one folder"
        report.problem(name, "this file of the set is not beside the first", fix)
        return

    def tell(problem: RecordProblem) -> None:
        report.problem(f"{name}, {problem.place}", problem.reason, problem.fix)

    yield from read_table(file, header=None, columns=columns, on_bad_row=tell)


def _null_exact(value: str) -> str:
    return "" if value.strip() == NULL else value


def _take(row: Row, name: str) -> str:
    value = row.take(name)
    return "" if value == NULL else value


def _aliases(rows: list[Row], schema: str) -> Iterator[Statement]:
    for row in rows:
        kind, name, remark = _take(row, "type"), _take(row, "name"), _take(row, "remarks")
        if kind not in ALIAS_PROPERTIES:
            raise ValueError(f"unsupported kind of name {kind!r}; supported: aka, fka, nka")
        prop = ALIAS_PROPERTIES[kind]
        yield from person_name(name, prop) if schema == "Person" else (Statement(prop, name),)
        if remark:
            yield Statement(NOTES, f"{name}: {remark}")


def _addresses(rows: list[Row], schema: str) -> Iterator[Statement]:
    for row in rows:
        parts = [_take(row, column) for column in ("street", "city", "country")]
        remark = _take(row, "remarks")
        if any(parts[:2]) and schema not in {"Vessel", "Airplane"}:
            yield Statement("address", ", ".join(filter(None, parts)))
        if parts[2]:
            yield country(parts[2])
        if remark:
            yield Statement(NOTES, f"Address: {remark}")
