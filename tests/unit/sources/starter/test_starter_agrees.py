"""The starter listings against the raw files of the lists: names, numbers and days must be the same.

The raw files are read here with the standard library alone, so that a fault of a reader cannot hide one here.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from overzicht.dates import DateBasis
from overzicht.entities import Record
from overzicht.sources.starter import starter_records

pytestmark = pytest.mark.shared

FSD = "{http://eu.europa.ec/fpi/fsd/export}"
CMIC_CODE = re.compile(r"Unified Social Credit Code \(USCC\) (\w+)")


def records(list_id: str) -> tuple[Record, ...]:
    return tuple(record for record, _ in starter_records()[list_id])


def since(record: Record) -> date:
    start = record.listings[0].period.start
    assert start is not None
    return start.day


def rows(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bare_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a file without a header that ends in the byte 0x1A."""
    text = path.read_bytes().rstrip(b"\x1a").decode("utf-8", errors="replace")
    for row in csv.reader(text.splitlines()):
        yield [cell.strip() for cell in row]


def last_name_first(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}"


def a_day(text: str, form: str) -> date:
    return datetime.strptime(text, form).replace(tzinfo=UTC).date()


class TestEu:
    @pytest.fixture(scope="class")
    @classmethod
    def entries(cls, shared_data: Path) -> dict[str, etree._Element]:
        path = shared_data / "lists/eu-fsf/RECONSTRUCTED-xinjiang-HR-1_1.xml"
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.parse(path, parser).getroot()
        return {f"eu-fsf-{e.get('logicalId')}": e for e in root.iter(f"{FSD}sanctionEntity")}

    def test_the_five_of_question_15_are_the_five_of_the_file(
        self, entries: dict[str, etree._Element]
    ) -> None:
        assert {record.id for record in records("eu-fsf")} == set(entries)

    def test_reference_names_birth_and_act_are_the_same(self, entries: dict[str, etree._Element]) -> None:
        for record in records("eu-fsf"):
            entry, listing = entries[record.id], record.listings[0]
            assert listing.id == entry.get("euReferenceNumber")
            assert since(record).isoformat() == entry.get("designationDate")
            printed = {alias.get("wholeName") for alias in entry.iter(f"{FSD}nameAlias")}
            assert set(record.names) <= printed
            address = entry.findtext(f"{FSD}regulation/{FSD}publicationUrl")
            assert listing.act_address == address
            births = {
                f"{birth.get('year')}-{int(birth.get('monthOfYear', '0')):02}"
                for birth in entry.iter(f"{FSD}birthdate")
            }
            assert set(record.values("birthDate")) == births

    def test_the_official_journal_confirms_the_day(self, shared_data: Path) -> None:
        journal = rows(shared_data / "lists/eu-official-journal/consolidated/32020R1998.csv")
        days = {(r["name"], r["alias"]): r["startDate"] for r in journal if r["measure"] == "Asset freeze"}
        for record in records("eu-fsf"):
            printed = days[record.names[0], record.names[1]]
            assert a_day(printed, "%d.%m.%Y") == since(record)

    def test_none_of_them_stands_in_the_whole_list_of_early_march(self, shared_data: Path) -> None:
        with gzip.open(shared_data / "lists/eu-fsf/20210302-FULL-1_1(xsd).xml.gz", "rb") as stream:
            text = stream.read().decode()
        for record in records("eu-fsf"):
            number = record.id.removeprefix("eu-fsf-")
            assert f'logicalId="{number}" ' not in text
            assert record.listings[0].id not in text


class TestOfac:
    @pytest.fixture(scope="class")
    @classmethod
    def entries(cls, shared_data: Path) -> dict[str, list[str]]:
        folder = shared_data / "lists/us-ofac"
        files = (folder / "202107-sdn/sdn.csv", folder / "202512-consolidated/cons_prim.csv")
        return {f"us-ofac-{row[0]}": row for path in files for row in bare_rows(path) if len(row) > 1}

    @pytest.fixture(scope="class")
    @classmethod
    def aliases(cls, shared_data: Path) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in bare_rows(shared_data / "lists/us-ofac/202512-consolidated/cons_alt.csv"):
            if len(row) > 3:
                found.setdefault(f"us-ofac-{row[0]}", set()).add(row[3])
        return found

    def test_number_name_and_programme_are_the_same(self, entries: dict[str, list[str]]) -> None:
        for record in records("us-ofac"):
            row = entries[record.id]
            person = record.schema == "Person"
            assert row[1] == (last_name_first(record.caption) if person else record.caption)
            assert record.listings[0].programme in row[3].split("] [")
            assert (row[2] == "individual") is person

    def test_listing_day_and_numbers_of_the_investment_ban_are_the_same(
        self, entries: dict[str, list[str]], aliases: dict[str, set[str]]
    ) -> None:
        checked = 0
        for record in records("us-ofac"):
            remarks = entries[record.id][11]
            stated = re.search(r"Listing Date \(CMIC\) (\d+ \w+ \d+)", remarks)
            if record.listings[0].programme != "CMIC-EO13959":
                assert stated is None
                continue
            assert stated is not None
            assert a_day(stated[1], "%d %b %Y") == since(record)
            assert list(record.values("uscCode")) == CMIC_CODE.findall(remarks)
            for value in record.values("isinCode") + record.values("registrationNumber"):
                assert value in remarks
            for alias in record.values("alias"):
                assert alias in aliases.get(record.id, set()) or f"a.k.a. '{alias}'" in remarks
            checked += 1
        assert checked == 10

    def test_the_days_that_the_file_does_not_state_lie_between_two_of_its_versions(
        self, entries: dict[str, list[str]], shared_data: Path
    ) -> None:
        with gzip.open(shared_data / "lists/us-ofac/20210310-sdn.xml.gz", "rb") as stream:
            before = set(re.findall(r"<sdnEntry>\s*<uid>(\d+)</uid>", stream.read().decode()))
        for record in records("us-ofac"):
            if record.listings[0].programme == "GLOMAG":
                number = record.id.removeprefix("us-ofac-")
                assert (number in before) is (since(record) <= date(2021, 3, 10))
                assert record.listings[0].period.start is not None
                assert record.listings[0].period.start.basis is DateBasis.DERIVED


class TestCsl:
    @pytest.fixture(scope="class")
    @classmethod
    def by_key(cls, shared_data: Path) -> dict[tuple[str, str], list[dict[str, str]]]:
        found: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in rows(shared_data / "lists/us-csl/202204-consolidated.csv.gz"):
            found.setdefault((row["source"].split(" (")[0], row["name"]), []).append(row)
        return found

    def test_name_day_and_numbers_are_the_same(
        self, by_key: dict[tuple[str, str], list[dict[str, str]]]
    ) -> None:
        for record in records("us-csl"):
            measure = record.listings[0].measure
            candidates = by_key[measure.split(" (")[0], record.caption]
            assert any(self.agrees(record, row) for row in candidates), record.caption

    @staticmethod
    def agrees(record: Record, row: dict[str, str]) -> bool:
        listed = since(record)
        days = {row["start_date"], f"{listed.day:02} {listed.strftime('%b %Y')}, Listing Date (CMIC)"}
        day_is_there = listed.isoformat() in days or any(day in row["ids"] for day in days if day)
        numbers = record.values("uscCode") + record.values("isinCode") + record.values("registrationNumber")
        return (
            day_is_there
            and all(number in row["ids"] for number in numbers)
            and all(alias in row["alt_names"] for alias in record.values("alias"))
        )


class TestEntityList:
    @pytest.fixture(scope="class")
    @classmethod
    def entries(cls, shared_data: Path) -> dict[str, dict[str, str]]:
        path = shared_data / "exportcontrol/us-entity-list-2026-07-23.jsonl"
        with path.open(encoding="utf-8") as stream:
            loaded = [json.loads(line) for line in stream]
        return {cls.printed_name(entry["entity"]): entry for entry in loaded}

    @staticmethod
    def printed_name(cell: str) -> str:
        """The name as the cell prints it: up to the aliases, or up to the address."""
        name = re.split(r", a\.k\.a\.|, (?=\d|Urumqi)| ; ", cell)[0].strip()
        return re.sub(r", (?:807|3rd|23F|106).*| \(XPCC\)$", "", name)

    def find(self, record: Record, entries: dict[str, dict[str, str]]) -> dict[str, str]:
        return entries[record.caption]

    def test_every_entry_stands_in_the_law_text_with_its_aliases(
        self, entries: dict[str, dict[str, str]]
    ) -> None:
        for record in records("us-bis-entity-list"):
            cell = self.find(record, entries)["entity"]
            assert all(alias in cell for alias in record.values("alias")), record.caption

    def test_the_act_is_the_oldest_notice_and_the_day_is_its_day_or_the_rules_own(
        self, entries: dict[str, dict[str, str]]
    ) -> None:
        for record in records("us-bis-entity-list"):
            cited = self.find(record, entries)["fr_citation"]
            notice, printed = re.match(r"(\d+ FR \d+), (\d+/\d+/\d+)", cited).groups()  # type: ignore[union-attr]
            assert record.listings[0].act == notice
            wait = (a_day(printed, "%m/%d/%y") - since(record)).days
            basis = record.listings[0].period.start.basis  # type: ignore[union-attr]
            # A rule may take effect some days before it is printed; a derived day is that of the printing.
            assert wait == 0 if basis is DateBasis.DERIVED else 0 < wait <= 7

    def test_zte_itself_and_the_radio_maker_are_not_on_it(self, entries: dict[str, dict[str, str]]) -> None:
        cells = [entry["entity"] for entry in entries.values()]
        assert any(cell.startswith("ZTE Parsian, ") for cell in cells)
        assert any(cell.startswith("Hytera Communications Limited, ") for cell in cells)
        assert not any(
            cell.startswith(("ZTE Corporation", "Hytera Communications Corporation")) for cell in cells
        )
        absent = {"ZTE Corporation", "Hytera Communications Corporation"}
        assert not absent & {record.caption for record in records("us-bis-entity-list")}


class TestMilitaryCompanies:
    @pytest.fixture(scope="class")
    @classmethod
    def versions(cls, shared_data: Path) -> list[dict[str, str]]:
        return rows(shared_data / "lists/us-1260h/sanctions.csv")

    @staticmethod
    def of(record: Record, versions: list[dict[str, str]]) -> list[dict[str, str]]:
        wanted = {name.rstrip(".") for name in (record.caption, *record.values("previousName"))}
        return [row for row in versions if row["Clean Name"].rstrip(".") in wanted]

    def test_listed_since_the_oldest_version_that_names_it(self, versions: list[dict[str, str]]) -> None:
        for record in records("us-1260h"):
            named = self.of(record, versions)
            assert min(row["Start date"] for row in named) == since(record).isoformat(), record.caption
            short = {row["Alias"] for row in named}
            assert set(record.values("abbreviation")) <= short

    def test_who_is_still_listed_stands_in_the_newest_version(self, versions: list[dict[str, str]]) -> None:
        newest = max(row["Start date"] for row in versions)
        for record in records("us-1260h"):
            named = self.of(record, versions)
            end = record.listings[0].period.end
            assert (newest in {row["Start date"] for row in named}) is (end is None), record.caption
            if end is not None:
                assert end.day.isoformat() == max(row["End date"] for row in named)

    def test_the_parent_that_the_card_of_hikvision_speaks_of(self, versions: list[dict[str, str]]) -> None:
        parents = {
            row["Start date"]: row["Parent Name"] for row in versions if "Hikvision" in row["Clean Name"]
        }
        group = "China Electronics Technology Group Corporation"
        assert parents == {"2021-06-03": group, "2025-01-07": group, "2026-06-08": ""}


class TestProcurementBans:
    def test_the_covered_list_names_each_with_its_day(self, shared_data: Path) -> None:
        table = rows(shared_data / "lists/us-procurement-bans/fcc_covered_list.csv")
        listed = [r for r in records("us-procurement-bans") if r.listings[0].measure == "FCC Covered List"]
        assert len(listed) == 5
        for record in listed:
            days = [
                row["date_of_inclusion_on_covered_list"]
                for row in table
                if f"produced by {record.caption}," in row["covered_equipment_or_services"]
            ]
            assert [a_day(day, "%B %d, %Y") for day in days] == [since(record)]

    def test_section_889_names_the_same_five(self, shared_data: Path) -> None:
        table = rows(shared_data / "lists/us-procurement-bans/section_889.csv")
        listed = {r.caption for r in records("us-procurement-bans") if r.listings[0].measure == "Section 889"}
        assert listed == {row["name"] for row in table}
