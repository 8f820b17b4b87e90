"""The lists of the European Union, the United Nations, the United Kingdom, Canada and Australia."""

import csv
import gzip
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from oracle.entries import Entry, iso_day, split_names

FREEZE = "asset freeze"
XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _tree(file: Path) -> ET.Element:
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return ET.fromstring(raw)  # noqa: S314 - a file that the repository brings along


def financial_sanctions(file: Path, version: str) -> Iterator[Entry]:
    """Read the official EU file; the act it prints is the last one, so no day of listing is taken from it."""
    for node in _tree(file).iterfind(".//{*}sanctionEntity"):
        kind = node.find("{*}subjectType")
        names = [alias.get("wholeName", "") for alias in node.iterfind(".//{*}nameAlias")]
        yield Entry(
            "eu-fsf",
            "",
            FREEZE,
            names[0],
            tuple(names[1:]),
            place=f"{file.name}, {node.get('euReferenceNumber')}",
            version=version,
            is_person=kind is not None and kind.get("code") == "person",
        )


def financial_sanctions_columns(file: Path) -> Iterator[Entry]:
    """Read the state of May 2022 in another's columns, one row per name and birth date."""
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            names[row["list_internal_id"], row["entity_type"]].append(row["full_name"])
    for (reference, kind), group in names.items():
        yield Entry(
            "eu-fsf",
            "",
            FREEZE,
            group[0],
            tuple(dict.fromkeys(group[1:])),
            place=f"{file.name}, {reference}",
            version="2022-05-05",
            is_loaded=False,
            is_person=kind == "person",
        )


def financial_sanctions_names(file: Path) -> Iterator[Entry]:
    with file.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            yield Entry(
                "eu-fsf",
                "",
                FREEZE,
                row["Name"],
                split_names(row["Alias"], ","),
                place=f"{file.name}, line {number}",
                version="2025-03-28",
                is_loaded=False,
                is_person=row["Designation"] == "person",
            )


def official_journal(file: Path, version: str) -> Iterator[Entry]:
    """Read the annexes of one act."""
    with file.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            names = tuple(
                n for column in ("alias", "weakAlias", "previousName") for n in split_names(row[column])
            )
            yield Entry(
                "eu-official-journal",
                file.stem,
                FREEZE if row["measure"].casefold() == "asset freeze" else "",
                row["name"],
                names,
                iso_day(row["startDate"]),
                "",
                file.stem,
                f"{file.name}, line {number}",
                version,
                is_person=row["schema"] == "Person",
            )


def frozen_by_journal(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield what the Journal freezes as entries of the financial list, which has them from that day."""
    for entry in entries:
        if entry.list_id == "eu-official-journal" and entry.effect == FREEZE and entry.since:
            yield replace(entry, list_id="eu-fsf", part="", is_loaded=False)


def security_council(file: Path, version: str) -> Iterator[Entry]:
    root = _tree(file)
    for node in [*root.iter("INDIVIDUAL"), *root.iter("ENTITY")]:
        parts = (node.findtext(f"{number}_NAME") or "" for number in ("FIRST", "SECOND", "THIRD", "FOURTH"))
        aliases = [text for alias in node.iter("ALIAS_NAME") if (text := (alias.text or "").strip())]
        script = (node.findtext("NAME_ORIGINAL_SCRIPT") or "").strip()
        yield Entry(
            "un-sc",
            "",
            FREEZE,
            " ".join(" ".join(parts).split()),
            (*aliases, *([script] if script else [])),
            (node.findtext("LISTED_ON") or "")[:10],
            place=f"{file.name}, {node.findtext('REFERENCE_NUMBER')}",
            version=version,
            is_person=node.tag == "INDIVIDUAL",
        )


def treasury_targets(file: Path) -> Iterator[Entry]:
    """Read the British list of 2020: one row per name, grouped by the number of the group."""
    groups: dict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
    with file.open(encoding="cp1252", newline="") as stream:
        next(stream)
        for row in csv.DictReader(stream):
            name = " ".join(row[f"Name {n}"].strip() for n in (1, 2, 3, 4, 5, 6) if row[f"Name {n}"].strip())
            groups[row["Group ID"]].append((name, row))
    for group, rows in groups.items():
        first = rows[0][1]
        yield Entry(
            "uk",
            "ofsi",
            FREEZE,
            rows[0][0],
            tuple(dict.fromkeys(name for name, _ in rows[1:])),
            min(iso_day(row["Listed On"]) for _, row in rows),
            "",
            first["Regime"],
            f"{file.name}, group {group}",
            "2020-04-27",
            is_person=first["Group Type"] == "Individual",
        )


def treasury_targets_columns(file: Path) -> Iterator[Entry]:
    with file.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            if row["sanction_list"] == "UK Cons":
                yield Entry(
                    "uk",
                    "ofsi",
                    FREEZE,
                    row["full_name"],
                    (),
                    iso_day(row["date_added"]),
                    "",
                    row["regime"],
                    f"{file.name}, line {number}",
                    "2022-05-05",
                    False,
                    row["entity_type"] == "Individual",
                )


def canada(file: Path, version: str) -> Iterator[Entry]:
    for number, node in enumerate(_tree(file).iter("record"), 1):
        cell = {child.tag: " ".join((child.text or "").split()) for child in node}
        body = cell.get("EntityOrShip", "")
        names = (
            [name.strip() for name in body.split("/")]
            if body
            else [f"{cell.get('GivenName', '')} {cell.get('LastName', '')}".strip()]
        )
        yield Entry(
            "ca-sema",
            "",
            FREEZE,
            names[0],
            (*([body] if len(names) > 1 else []), *names[1:], *split_names(cell.get("Aliases"), ",;")),
            cell.get("DateOfListing", ""),
            "",
            cell.get("Country", ""),
            f"{file.name}, record {number}",
            version,
            is_person=not body,
        )


def australia(file: Path) -> Iterator[Entry]:
    """Read the sheet: one row per name, references 2, 2a, 2b are one party; no day of listing is printed."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for cells in _sheet(file):
        reference = re.match(r"\d+", cells.get("A", ""))
        if reference and cells.get("B"):
            names[reference[0]].append((cells["B"].strip(), cells.get("C", "").strip()))
    for number, rows in names.items():
        yield Entry(
            "au-dfat",
            "",
            FREEZE,
            rows[0][0],
            tuple(name for name, _ in rows[1:]),
            place=f"{file.name}, reference {number}",
            version="2024-11-11",
            is_person=rows[0][1] == "Individual",
        )


def _sheet(file: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the first sheet of a workbook, cells by the letters of their column."""
    with zipfile.ZipFile(file) as book:
        shared = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - as above
        texts = ["".join(t.text or "" for t in item.iter(f"{XLSX}t")) for item in shared.iter(f"{XLSX}si")]
        first = min(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        for row in list(ET.fromstring(book.read(first)).iter(f"{XLSX}row"))[1:]:  # noqa: S314 - as above
            cells = {}
            for cell in row:
                value = cell.findtext(f"{XLSX}v") or "".join(t.text or "" for t in cell.iter(f"{XLSX}t"))
                letters = re.sub(r"\d", "", cell.get("r", ""))
                cells[letters] = texts[int(value)] if value and cell.get("t") == "s" else value
            yield cells
