"""Laws of the list readers on files that are built from the documentation of each format."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import vulnerability_files
import xlsxwriter
from fuzzing import READERS, mutated
from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.errors import OverzichtError
from overzicht.isolation import ReaderFaultError, trust_input
from overzicht.sources.lists.au_dfat import HEADER as AUSTRALIAN
from overzicht.sources.lists.us_1260h import HEADER as AMERICAN

ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
DUTCH = (
    "Surname", "First name(s)", "Alias", "Date of Birth(DD-MM-JJJJ)", "Place of Birth",
    "Date of ministerial decision (DD/MM/JJJJ)", "Link official notification",
)  # fmt: skip
Build = Callable[[Sequence[str]], bytes]


def australian(names: Sequence[str]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, AUSTRALIAN)
    day = book.add_format({"num_format": "d/mm/yyyy"})
    for number, name in enumerate(names, 1):
        row = {
            "Reference": number,
            "Name of Individual or Entity": name,
            "Name Type": "Primary Name",
            "Type": "Entity",
            "Committees": "Autonomous (Test)",
            "Listing Information": "Listed on 17 Mar. 2011",
        }
        sheet.write_row(number, 0, [row.get(column, "") for column in AUSTRALIAN])
        sheet.write_datetime(number, AUSTRALIAN.index("Control Date"), date(2022, 2, 26), day)
    book.close()
    return made.getvalue()


def dutch(names: Sequence[str]) -> bytes:
    rows = [("National terrorism list",), DUTCH, *((name, "", "", "", "", "02/11/2017") for name in names)]
    cells = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        for row in rows
    )
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Sheet1">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return made.getvalue()


def entity_list(names: Sequence[str]) -> bytes:
    heads = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
    head = "".join(f"<TH>{name}</TH>" for name in heads)
    rows = "".join(
        f"<TR><TD>CHINA, PEOPLE'S REPUBLIC OF</TD><TD>{escape(name)}, Road 1, Town, China.</TD>"
        "<TD>All items</TD><TD>Denial</TD><TD>84 FR 54004, 10/9/19.</TD></TR>"
        for name in names
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><DIV5 N="744" TYPE="PART"><DIV9 N="Supplement No. 4 to Part '
        f'744" TYPE="APPENDIX"><TABLE><TR>{head}</TR>{rows}</TABLE></DIV9></DIV5>'
    ).encode()


def chinese_military(names: Sequence[str]) -> bytes:
    rows = [",".join(f'"{cell}"' for cell in (n, n, "", "", "", "", "2021-06-03", "", "")) for n in names]
    return "\n".join([",".join(AMERICAN), *rows, ""]).encode()


def exploited(names: Sequence[str]) -> bytes:
    entries = (
        vulnerability_files.entry(f"CVE-2099-{number:05}", vendor=name)
        for number, name in enumerate(names, 10_001)
    )
    return json.dumps(vulnerability_files.catalogue(*entries)).encode()


def cve(names: Sequence[str]) -> bytes:
    affected: list[dict[str, Any]] = [
        {"vendor": name, "product": "Camera", "versions": [{"version": "1", "status": "affected"}]}
        for name in names
    ]
    return json.dumps(vulnerability_files.cve_record(affected)).encode()


def advisory(names: Sequence[str]) -> bytes:
    branch = vulnerability_files.branch
    numbers = {name: f"P-{number}" for number, name in enumerate(names)}
    tree = [branch("vendor", n, branch("product_name", f"{n} camera", number=numbers[n])) for n in names]
    return json.dumps(vulnerability_files.advisory(tree, list(numbers.values()))).encode()


FILES: dict[str, tuple[str, Build]] = {
    "au-dfat": ("regulation8_consolidated.xlsx", australian),
    "nl-terrorism": ("eng-terrorismelijst.ods", dutch),
    "us-bis-entity-list": ("part-744.xml", entity_list),
    "us-1260h": ("versions.csv", chinese_military),
    "us-cisa-kev": ("known_exploited_vulnerabilities.json", exploited),
    "cve": ("CVE-2099-10001.json", cve),
    "csaf": ("icsa-99-001-01.json", advisory),
}
WORDS = st.sampled_from(
    ("Lens", "Mill", "Wave", "Guard", "Sea", "Harbour", "Tower", "Bridge", "Copper", "Anchor", "Österreich")
)
NAMES = st.lists(
    st.tuples(WORDS, WORDS, st.sampled_from(("Works", "Co Ltd", "Group"))).map(" ".join),
    min_size=1, max_size=6, unique_by=str.casefold,
)  # fmt: skip


def read(list_id: str, folder: Path, data: bytes) -> list[Any]:
    """Return the records of a file with this content; OverzichtError if it is refused."""
    path = folder / FILES[list_id][0]
    path.write_bytes(data)
    with trust_input():
        records: list[Any] = READERS[f"list {list_id}"].read(path)  # type: ignore[assignment]
    return records


def shown(records: Sequence[Any]) -> set[str]:
    """Return all texts of records."""
    return {text for record in records for text in (record.caption, *(s.value for s in record.statements))}


def has(texts: set[str], name: str) -> bool:
    return any(name in text for text in texts)


@pytest.mark.parametrize("list_id", FILES)
@settings(max_examples=15, deadline=None)
@given(names=NAMES)
def test_each_entry_of_a_file_is_read_in_any_order(
    list_id: str, names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, build = tmp_path_factory.mktemp("list"), FILES[list_id][1]
    records = read(list_id, folder, build(names))
    assert records == read(list_id, folder, build(names))
    assert all(record.place for record in records)
    assert len({record.id for record in records}) == len(records)
    texts = shown(records)
    assert [name for name in names if not has(texts, name)] == []
    assert {name for name in names if has(shown(read(list_id, folder, build(names[::-1]))), name)} == {*names}


@pytest.mark.parametrize("list_id", FILES)
@settings(max_examples=25, deadline=None)
@given(names=NAMES, seed=st.integers(0, 2**32))
def test_a_changed_file_is_read_or_refused_and_invents_nothing(
    list_id: str, names: list[str], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, build = tmp_path_factory.mktemp("list"), FILES[list_id][1]
    chance, data = random.Random(seed), build(names)  # noqa: S311 - no secret
    whole = {record.id for record in read(list_id, folder, data)}
    for number in range(4):
        is_cut = number % 2 == 0
        changed = data[: chance.randrange(len(data))] if is_cut else mutated(data, data, chance)
        try:
            records = read(list_id, folder, changed)
        except ReaderFaultError:
            raise
        except OverzichtError:
            continue
        if is_cut:
            assert len({record.id for record in records} - whole) <= 1, "the last entry may be cut"
