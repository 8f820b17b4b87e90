"""The transcribed annexes: invented rows, damaged files, and the full files where they are."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from followthemoney import model

from overzicht.dates import DateBasis, Holds
from overzicht.entities import Record
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.eu_official_journal_cells import AMENDMENT_HEADER, CONSOLIDATED_HEADER
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.registry import load_reader

Reading = tuple[list[Record], ReadReport]
Read = Callable[..., Reading]

COMMON = {
    "celex": "32099R0001", "amendedCelex": "32098R0002", "amendmentCelex": "32099R0001", "recordId": "1",
    "programKey": "EU-XY", "annex": "I.A", "measure": "Asset freeze", "startDate": "22.3.2021",
    "schema": "Person", "name": "Ana PROVA",
}  # fmt: skip


def table(*rows: dict[str, str], header: tuple[str, ...] = CONSOLIDATED_HEADER) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows([COMMON | row for row in rows])
    return out.getvalue()


def read_file(path: Path) -> Reading:
    source, reader, report = LocalFile(path), load_reader("eu-official-journal"), ReadReport()
    layout = reader.recognise(source.sample())
    assert layout is not None, f"{path.name} is not recognised"
    return list(reader.read(source, layout, report)), report


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str | bytes, filename: str = "32099R0001.csv") -> Reading:
        path = tmp_path / filename
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(path)

    return read_text


def only(read: Read, **row: str) -> Record:
    records, report = read(table(row))
    assert report.problems == []
    assert len(records) == 1
    return records[0]


def test_a_row_is_a_record_with_a_listing(read: Read) -> None:
    record = only(read, reason="Did  something.")
    listing = record.listings[0]
    assert (record.id, record.schema) == ("eu-official-journal-32099R0001-i-a-1", "Person")
    assert record.place == "line 2 (annex I.A, Ana PROVA)"
    assert (listing.measure, listing.programme, listing.reason) == (
        "Asset freeze",
        "EU-XY",
        "Did something.",
    )
    assert listing.act == "32099R0001, annex I.A"
    assert listing.act_address.endswith("CELEX:32099R0001")
    assert listing.period.holds_on(date(2021, 3, 21)) is Holds.NO
    assert listing.period.holds_on(date(2021, 3, 22)) is Holds.YES


@pytest.mark.parametrize("printed", ["7.8.2026", "07.08.2026", "7 August 2026", "7 Aug. 2026", "2026-08-07"])
def test_the_day_of_listing_is_read_day_first_as_printed(read: Read, printed: str) -> None:
    start = only(read, startDate=printed).listings[0].period.start
    assert start is not None
    assert (start.day, start.basis) == (date(2026, 8, 7), DateBasis.STATED)


def test_no_printed_day_is_unknown_and_not_open(read: Read) -> None:
    period = only(read, startDate="").listings[0].period
    assert period.start is None
    assert period.holds_on(date(2021, 1, 1)) is Holds.UNKNOWN


def test_other_measures_keep_their_own_word(read: Read) -> None:
    assert only(read, measure="Export control", schema="LegalEntity").listings[0].measure == "Export control"


@pytest.mark.parametrize(
    ("printed", "known", "has_note"),
    [
        ("16.6.1938", ("1938-06-16",), False),
        ("January 1958", ("1958-01",), False),
        ("1958", ("1958",), False),
        ("1 Jan. 1964; 1959", ("1964-01-01", "1959"), False),
        ("(a) 16.11.1977, (b) 16.11.1974", ("1977-11-16", "1974-11-16"), False),
        ('"(a) 30.4.1963; (b) 1960"', ("1963-04-30", "1960"), False),
        ("1954 or 1955", ("1954", "1955"), True),
        ("approximately 1968", ("1968",), True),
        ("3.5.1977 (15.4.1974 for the alias Mikhail P)", ("1977-05-03",), True),
        ("Between 1953 and 1958", (), True),
        ("24.6.1402", (), True),
        ("28 September; (year unknown)", (), True),
    ],
)
def test_births_as_printed(read: Read, printed: str, known: tuple[str, ...], has_note: bool) -> None:
    record = only(read, birthDate=printed)
    assert record.values("birthDate") == known
    assert bool(record.values("notes")) == has_note


def test_several_values_and_one_that_holds_the_separator(read: Read) -> None:
    record = only(
        read,
        alias="朱証; Анна; Anna “the A”",
        weakAlias="Foxy",
        address='1 Road, Town; "2 Road; back door, Town"',
        passportNumber='"(a) X1 (Chad); (b) X2 (issued 1.2.2010; expired)"',
        nationality="(a) German (b) Algerian",
    )
    assert record.values("alias") == ("朱証", "Анна", "Anna “the A”")
    assert [s.lang for s in record.statements if s.prop == "alias"] == ["zho", "", ""]
    assert record.values("address") == ("1 Road, Town", "2 Road; back door, Town")
    assert record.values("passportNumber") == ("X1", "X2")
    assert record.values("nationality") == ("de", "dz")
    assert record.weak_names == ("Foxy",)
    assert "Passport number X2: issued 1.2.2010; expired" in record.values("notes")


def test_a_number_said_to_be_another_kind_goes_to_that_kind(read: Read) -> None:
    record = only(read, schema="LegalEntity", registrationNumber="91410300MA46U5JD4J (USCC); 77 (BRN)")
    assert record.values("uscCode") == ("91410300MA46U5JD4J",)
    assert record.values("registrationNumber") == ("77",)


def test_what_the_schema_has_no_property_for_is_a_note(read: Read) -> None:
    record = only(read, schema="Vessel", imoNumber="9058713", email="a@example.org", flag="Cameroon")
    assert record.values("imoNumber") == ("9058713",)
    assert record.values("flag") == ("cm",)
    assert record.values("notes") == ("E-mail: a@example.org",)


def test_ethnicity_is_left_out_on_purpose(read: Read) -> None:
    records, report = read(table({"ethnicity": "Testian"}))
    assert report.ignored["ethnicity"] == 1
    assert not any("Testian" in statement.value for statement in records[0].statements)


def test_rows_of_one_party_under_one_number_are_its_listings(read: Read) -> None:
    records, _ = read(
        table(
            {"measure": "Transportation restrictions"},
            {"measure": "Financial restrictions"},
            {"name": "Bo PROVA"},
            {"annex": "I.B"},
        )
    )
    assert [(r.caption, len(r.listings)) for r in records] == [
        ("Ana PROVA", 2),
        ("Bo PROVA", 1),
        ("Ana PROVA", 1),
    ]
    assert len({record.id for record in records}) == 3
    assert len({listing.id for record in records for listing in record.listings}) == 4


def test_records_without_number_are_told_by_name_and_repeats_by_turn(read: Read) -> None:
    rows = [{"recordId": "", "name": name} for name in ("A B", "C D", "A B")]
    first, _ = read(table(*rows))
    moved, _ = read(table(rows[1], rows[0], rows[2]))
    assert len({record.id for record in first}) == 3
    assert first[0].id == moved[1].id
    assert first[2].id == f"{first[0].id}-2"


def test_an_amending_act_is_its_own_part(read: Read) -> None:
    records, _ = read(table({}, header=AMENDMENT_HEADER))
    assert records[0].listings[0].act == "32099R0001 (amends 32098R0002), annex I.A"
    sample = Sample("x.csv", table({}, header=AMENDMENT_HEADER).encode())
    assert load_reader("eu-official-journal").recognise(sample) == Layout("amendment", "32099R0001")


def test_an_act_that_lists_nobody_is_read_as_that(read: Read) -> None:
    records, report = read(table())
    assert records == []
    assert "The act lists nobody in this version." in report.remarks


def test_the_transcription_is_marked_as_not_the_journal(read: Read) -> None:
    _, report = read(table({}))
    assert not report.official


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"startDate": "22.3.2922"}, "the year 2922"),
        ({"startDate": "31.2.2021"}, "cannot read '31.2.2021'"),
        ({"startDate": "soon"}, "cannot read 'soon'"),
        ({"birthDate": "1.1.3017"}, "the year 3017"),
        ({"schema": "Robot"}, "schema 'Robot' is not known"),
        ({"measure": "Frown"}, "measure 'Frown' is not known"),
        ({"celex": "32001R0009"}, "the row is of act '32001R0009'"),
        ({"name": ""}, "it has no name"),
    ],
)
def test_what_is_not_understood_is_a_problem_and_reading_goes_on(
    read: Read, row: dict[str, str], reason: str
) -> None:
    records, report = read(table({"recordId": "8", "name": "Bo PROVA"}, row))
    assert [record.caption for record in records] == ["Bo PROVA"]
    assert report.problems[0].place == "line 3"
    assert reason in report.problems[0].reason


class TestDamagedFiles:
    def test_cut_off(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match=r"line 3: the row has \d+ cells, 45 are expected"):
            read(table({}, {"recordId": "2"})[:-30])

    def test_another_encoding(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match="is not utf-8"):
            read(table({"name": "Andr\xe9"}).encode("latin-1"))


def test_other_tables_are_not_recognised() -> None:
    reader = load_reader("eu-official-journal")
    for head in ("", "a,b\n1,2\n", "regime_id,program_keys\n", table({"celex": "nothing"})):
        assert reader.recognise(Sample("x.csv", head.encode())) is None
    assert reader.recognise(Sample("unnamed.csv", table().encode())) is None


@pytest.fixture(scope="module")
def everything(shared_data: Path) -> dict[str, Reading]:
    folder = shared_data / "lists" / "eu-official-journal"
    return {path.parent.name + "/" + path.stem: read_file(path) for path in sorted(folder.glob("*/*.csv"))}


@pytest.mark.shared
class TestFullFiles:
    @pytest.mark.parametrize(
        ("kind", "files", "rows", "records"),
        [("consolidated", 45, 8_017, 8_017), ("amendments", 11, 417, 416)],
    )
    def test_every_row_is_read_without_a_problem(
        self, everything: dict[str, Reading], kind: str, files: int, rows: int, records: int
    ) -> None:
        found = [reading for name, reading in everything.items() if name.startswith(kind)]
        assert len(found) == files
        assert sum(len(read) for read, _ in found) == records
        assert sum(len(record.listings) for read, _ in found for record in read) == rows
        assert [problem for _, report in found for problem in report.problems] == []

    def test_ids_are_unique_and_every_statement_is_of_its_schema(
        self, everything: dict[str, Reading]
    ) -> None:
        records = [record for read, _ in everything.values() for record in read]
        assert len({record.id for record in records}) == len(records)
        listings = [listing.id for record in records for listing in record.listings]
        assert len(set(listings)) == len(listings)
        for record in records:
            assert {s.prop for s in record.statements} <= set(model[record.schema].properties)

    def test_the_five_listings_of_22_march_2021(self, everything: dict[str, Reading]) -> None:
        records = everything["consolidated/32020R1998"][0]
        found = {
            record.caption: record
            for record in records
            if record.caption in {"ZHU Hailun", "WANG Junzheng", "WANG Mingshan", "CHEN Mingguo"}
            or record.caption.startswith("Xinjiang Production and Construction Corps")
        }
        assert len(found) == 5
        for record in found.values():
            listing = record.listings[0]
            assert listing.measure == "Asset freeze"
            assert listing.period.holds_on(date(2021, 3, 21)) is Holds.NO
            assert listing.period.holds_on(date(2021, 3, 22)) is Holds.YES
            assert any(s.prop == "alias" and s.lang == "zho" for s in record.statements)

    def test_only_6453_listings_freeze_assets(self, everything: dict[str, Reading]) -> None:
        listings = [li for read, _ in everything.values() for record in read for li in record.listings]
        assert sum(listing.measure == "Asset freeze" for listing in listings) == 6_199 + 254
