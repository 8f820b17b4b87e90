"""The American lists: Treasury, Commerce, Defense, the FCC and the statutes, each read from its raw file."""

import csv
import gzip
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from oracle.entries import Entry, iso_day, split_names

EFFECT_OF_SOURCE = {
    "Entity List": "export licence",
    "Military End User": "export licence",
    "Unverified List": "export licence",
    "Denied Persons": "export licence",
    "Specially Designated": "asset freeze",
    "Non-SDN Chinese": "investment ban",
}
STATUTES = {"section_889": "Section 889", "section_5949": "Section 5949", "section_154": "Section 154"}
MADE_BY = re.compile(
    r"(?:produced|supplied|provided)\b(?:, directly or indirectly,)?(?: or provided)? by (?P<who>.+)"
)
AFTER_NAME = re.compile(r",? (?:including|to the extent|subject to|or any of its)\b|, including|\.$")


def screening_list(file: Path) -> Iterator[Entry]:
    """Read the CSL: one row per party and list, thirteen lists in one table."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            source = row["source"].partition(" (")[0].removesuffix(" List").strip()
            effect = next((e for s, e in EFFECT_OF_SOURCE.items() if row["source"].startswith(s)), "")
            stated = re.search(r"(\d\d \w{3} \d{4}), Listing Date", row["ids"])
            start = iso_day(stated[1]) if stated else iso_day(row["start_date"])
            name = re.split(r"Affiliated Entity:", row["name"])[-1].strip()
            yield Entry(
                "us-csl",
                source,
                effect,
                name,
                split_names(row["alt_names"]),
                "" if start < "1900" else start,
                row["end_date"],
                row["federal_register_notice"],
                f"{file.name}, line {number}",
                "2022-04-30",
                is_person={"Individual": True, "Entity": False}.get(row["type"]),
            )


def entity_list(file: Path) -> Iterator[Entry]:
    """Read a later state of the Entity List, which no reader of the product takes; under both its lists."""
    for number, row in enumerate(json.loads(file.read_bytes())["entities"]):
        aliases = tuple(n for cell in row["alternateNames"] for n in split_names(cell))
        for list_id, part in (("us-csl", "Entity"), ("us-bis-entity-list", "Entity")):
            yield Entry(
                list_id,
                part,
                "export licence",
                row["name"],
                aliases,
                row["effectiveDate"],
                "",
                row["federalRegisterCitation"],
                f"{file.name}, entity {number}",
                "2025-11-08",
                is_loaded=False,
            )


def denied_persons(file: Path) -> Iterator[Entry]:
    with file.open(encoding="utf-8", errors="replace", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream, delimiter="\t"), 2):
            yield Entry(
                "us-bis-dpl",
                "",
                "export licence",
                row["Name"].strip(),
                (),
                iso_us(row["Effective_Date"]),
                iso_us(row["Expiration_Date"]),
                row["FR_Citation"] or "",
                f"{file.name}, line {number}",
                "2022-09-02",
            )


def iso_us(printed: str | None) -> str:
    """Return a day that is printed month first, or an empty text."""
    parts = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", (printed or "").strip())
    return f"{parts[3]}-{parts[1]}-{parts[2]}" if parts else ""


def military_companies(file: Path) -> Iterator[Entry]:
    """Read all versions of the 1260H list, which lie in one table under the day of each."""
    with file.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            names = (row["Clean Name"], *split_names(row["Alias"]), *split_names(row["Previous Name"]))
            yield Entry(
                "us-1260h",
                "",
                "naming",
                row["Name"],
                names,
                row["Start date"],
                row["End date"],
                "",
                f"{file.name}, line {number}",
                row["Start date"],
                is_person=False,
            )


def covered_list(file: Path) -> Iterator[Entry]:
    """Read the FCC's prose: who made, supplied or provided what is covered; rows on whole classes name
    nobody."""
    with file.open(encoding="utf-8", newline="") as stream:
        for number, (prose, printed) in enumerate(list(csv.reader(stream))[1:], 2):
            made = MADE_BY.search(prose)
            if made is None or "foreign" in prose.casefold():
                continue
            start = iso_day(re.match(r"\w+ \d+, \d{4}", printed)[0])  # type: ignore[index] # all rows begin so
            who = AFTER_NAME.split(made["who"])[0]
            for name in re.split(r" and its wholly-owned subsidiary | or any of its ", who):
                yield Entry(
                    "us-procurement-bans",
                    "FCC Covered List",
                    "authorisation ban",
                    name,
                    (),
                    start,
                    "",
                    "",
                    f"{file.name}, line {number}",
                    "2026-08-22",
                    is_person=False,
                )


def statute(file: Path, signed: str) -> Iterator[Entry]:
    """Read the companies that a section of an act names, from the day the act was signed."""
    with file.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            yield Entry(
                "us-procurement-bans",
                STATUTES[file.stem],
                "procurement ban",
                row["name"],
                split_names(row["aliases"]),
                iso_day(row["start-date"]) or signed,
                "",
                row["program"],
                f"{file.name}, line {number}",
                "2026-08-22",
                is_person=False,
                basis="printed" if row["start-date"] else "signed",
            )


def research_institutions(file: Path) -> Iterator[Entry]:
    """Read section 1286, whose rows are of a year; the newest year states the list."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [(n, row) for n, row in enumerate(csv.DictReader(stream), 2) if row["report-date"].isdigit()]
    newest = max(row["report-date"] for _, row in rows)
    for number, row in rows:
        if row["report-date"] == newest:
            yield Entry(
                "us-procurement-bans",
                "Section 1286",
                "naming",
                row["name"],
                split_names(row["aliases"]),
                "",
                "",
                row["program"],
                f"{file.name}, line {number}",
                f"{newest}-12-31",
                is_person=False,
            )


def intelligence_users(file: Path) -> Iterator[Entry]:
    with file.open(encoding="utf-8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream), 2):
            yield Entry(
                "us-procurement-bans",
                "Military-Intelligence End User",
                "export licence",
                row["Name"],
                split_names(row["Alias"]),
                row["Date"],
                row["End date"],
                row["Program"],
                f"{file.name}, line {number}",
                "2022-03-02",
                is_person=False,
            )


def _treasury_rows(file: Path) -> Iterator[list[str]]:
    """Yield the rows of a Treasury CSV: no header, "-0-" for nothing, a control byte at the end."""
    text = file.read_bytes().replace(b"\x1a", b"").decode("utf-8", "replace")
    for row in csv.reader(io.StringIO(text)):
        if len(row) > 1:
            yield ["" if cell.strip() == "-0-" else cell.strip() for cell in row]


def treasury_csv(folder: Path, files: tuple[str, str, str], part: str, version: str) -> Iterator[Entry]:
    """Read a main table with its tables of other names and of comments."""
    main, other_names, comments = files
    also: dict[str, list[str]] = defaultdict(list)
    for row in _treasury_rows(folder / other_names):
        also[row[0]].append(row[3])
    more: dict[str, str] = defaultdict(str)
    for row in _treasury_rows(folder / comments):
        more[row[0]] += row[1]
    for row in _treasury_rows(folder / main):
        yield _treasury_entry(
            (part, version, f"{main}, entry {row[0]}"),
            row[1],
            also[row[0]],
            row[3],
            row[11] + more[row[0]],
            is_person=row[2] == "individual",
        )


def treasury_xml(file: Path, part: str, version: str) -> Iterator[Entry]:
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    for node in ET.fromstring(raw).iterfind(".//{*}sdnEntry"):  # noqa: S314 - a file that the repository brings along
        programmes = "] [".join(each.text or "" for each in node.iterfind("{*}programList/{*}program"))
        numbers = "; ".join(
            f"{each.findtext('{*}idType')} {each.findtext('{*}idNumber')}"
            for each in node.iterfind("{*}idList/{*}id")
        )
        yield _treasury_entry(
            (part, version, f"{file.name}, uid {node.findtext('{*}uid')}"),
            _whole_name(node),
            [_whole_name(each) for each in node.iterfind("{*}akaList/{*}aka")],
            programmes,
            f"{node.findtext('{*}remarks') or ''}; {numbers}",
            is_person=node.findtext("{*}sdnType") == "Individual",
        )


def _whole_name(node: ET.Element) -> str:
    return " ".join(filter(None, (node.findtext("{*}firstName"), node.findtext("{*}lastName"))))


def _treasury_entry(
    of: tuple[str, str, str], name: str, also: list[str], programmes: str, remarks: str, *, is_person: bool
) -> Entry:
    part, version, place = of
    stated = re.search(r"Listing Date \(CMIC\):?\s+(\d\d \w{3} \d{4})", remarks)
    effect = "asset freeze" if part == "sdn" else "investment ban" if "CMIC" in programmes else ""
    weak = re.findall(r"a\.k\.a\. '([^']+)'", remarks)
    return Entry(
        "us-ofac",
        part,
        effect,
        name,
        (*also, *weak),
        iso_day(stated[1]) if stated else "",
        "",
        programmes,
        place,
        version,
        is_person=is_person,
    )
