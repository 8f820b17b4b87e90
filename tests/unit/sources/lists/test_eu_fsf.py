"""The EU list: invented entries in both layouts, damaged files, and the official files where they are."""

import gzip
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from followthemoney import model

from overzicht.dates import DateBasis, Holds
from overzicht.entities import Record
from overzicht.errors import InputFileError
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.eu_fsf import CSV, XML
from overzicht.sources.lists.eu_fsf_csv import HEADER
from overzicht.sources.lists.eu_fsf_persons import DETAILS_RULE, OLDEST_ACT_RULE, REMARK_RULE
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.registry import load_card, load_reader

OFFICIAL = "20210302-FULL-1_1(xsd).xml.gz"
XINJIANG = {
    "eu-fsf-128226": ("ZHU Hailun", "EU.6251.70"),
    "eu-fsf-128231": ("WANG Junzheng", "EU.6252.69"),
    "eu-fsf-128236": ("WANG Mingshan", "EU.6253.68"),
    "eu-fsf-128241": ("CHEN Mingguo", "EU.6254.67"),
    "eu-fsf-128296": ("Xinjiang Production and Construction Corps Public Security Bureau", "EU.6262.38"),
}

NAME = (
    '<nameAlias wholeName="{}" nameLanguage="{}" strong="{}" regulationLanguage="en" logicalId="9">'
    "{}{}</nameAlias>"
)
SUMMARY = (
    '<regulationSummary regulationType="amendment" publicationDate="{}" numberTitle="1/2015 (OJ L1)" '
    'publicationUrl="https://example.eu/act"/>'
)
COUNTRY = 'countryIso2Code="{}" countryDescription="{}" regulationLanguage="en" logicalId="8"'


def name(
    whole: str, language: str = "", strong: str = "true", remark: str = "", act: str = "2015-05-01"
) -> str:
    return NAME.format(
        whole, language, strong, f"<remark>{remark}</remark>" if remark else "", SUMMARY.format(act)
    )


def entity(
    *details: str, logical_id: str = "501", attributes: str = "", kind: str = "person", remark: str = "",
    programme: str = "XYZ", act: str = "2019-03-07",
) -> str:  # fmt: skip
    code = "P" if kind == "person" else "E"
    return (
        f'<sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.1.{logical_id}" '
        f'logicalId="{logical_id}" {attributes}>'
        f"{f'<remark>{remark}</remark>' if remark else ''}"
        f'<regulation regulationType="amendment" organisationType="council" publicationDate="{act}" '
        f'entryIntoForceDate="{act}" numberTitle="2019/1 (OJ L9)" programme="{programme}" logicalId="3">'
        "<publicationUrl>https://example.eu/last</publicationUrl></regulation>"
        f'<subjectType code="{kind}" classificationCode="{code}"/>{"".join(details)}</sanctionEntity>'
    )


def document(*entities: str, file_id: str = "77", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<export xmlns="http://eu.europa.ec/fpi/fsd/export" '
        f'generationDate="2021-03-02T16:28:05.354+01:00" globalFileId="{file_id}">'
        f"{''.join(entities)}</export>"
    )


Reading = tuple[list[Record], ReadReport]
Read = Callable[..., Reading]


def read_file(path: Path) -> Reading:
    source, reader, report = LocalFile(path), load_reader("eu-fsf"), ReadReport()
    layout = reader.recognise(source.sample())
    assert layout is not None, f"{path.name} is not recognised"
    return list(reader.read(source, layout, report)), report


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str | bytes, filename: str = "list.xml") -> Reading:
        path = tmp_path / filename
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(path)

    return read_text


def only(read: Read, *details: str, **kwargs: str) -> Record:
    records, report = read(document(entity(*details, **kwargs)))
    assert report.problems == []
    assert len(records) == 1
    return records[0]


class TestNames:
    def test_the_first_latin_name_in_english_or_without_language_is_the_main_one(self, read: Read) -> None:
        record = only(
            read, name("Иван Нетто", "RU"), name("Iwan Netto", "PL"), name("Ivan NETTO"), name("Ivo Netto")
        )
        assert record.caption == "Ivan NETTO"
        assert record.values("alias") == ("Иван Нетто", "Iwan Netto", "Ivo Netto")
        assert [s.lang for s in record.statements if s.prop == "alias"] == ["rus", "pol", ""]

    def test_a_body_is_named_by_its_english_name_where_no_language_is_told(self, read: Read) -> None:
        record = only(
            read, name("Ufficio per la prova"), name("Bureau of Proof"), name("证明局"), kind="enterprise"
        )
        assert (record.schema, record.caption) == ("LegalEntity", "Bureau of Proof")

    def test_a_name_that_is_not_strong_or_said_to_be_of_low_quality_is_weak(self, read: Read) -> None:
        record = only(
            read, name("The Fox", strong="false"), name("Red", remark="Low quality alias"), name("Ana PROVA")
        )
        assert record.weak_names == ("The Fox", "Red")
        assert record.names == ("Ana PROVA",)

    def test_a_former_name_is_kept_as_that(self, read: Read) -> None:
        record = only(read, name("Ana NOVA"), name("Ana PROVA", remark="maiden name"))
        assert record.values("previousName") == ("Ana PROVA",)

    def test_double_blanks_are_collapsed_and_the_spelling_kept(self, read: Read) -> None:
        record = only(read, name("Ana  Maria   PROVA"))
        assert record.statements[0].value == "Ana Maria PROVA"
        assert record.statements[0].original == "Ana  Maria   PROVA"

    def test_an_entry_without_a_name_is_a_problem(self, read: Read) -> None:
        records, report = read(document(entity(name("")), entity(name("Ana PROVA"), logical_id="502")))
        assert [record.id for record in records] == ["eu-fsf-502"]
        assert [str(problem) for problem in report.problems] == [
            "sanctionEntity logicalId 501: it has no name"
        ]


class TestListingDate:
    def test_the_designation_date_is_stated_and_the_last_act_is_not_the_listing_date(
        self, read: Read
    ) -> None:
        listing = only(read, name("A B"), attributes='designationDate="2021-03-22"').listings[0]
        assert listing.period.start is not None
        assert (listing.period.start.day, listing.period.start.basis) == (
            date(2021, 3, 22),
            DateBasis.STATED,
        )
        assert (listing.id, listing.measure, listing.act) == ("EU.1.501", "Asset freeze", "2019/1 (OJ L9)")
        assert listing.act_address == "https://example.eu/last"

    def test_the_day_before_and_the_day_of_listing(self, read: Read) -> None:
        period = only(read, name("A B"), attributes='designationDate="2021-03-22"').listings[0].period
        assert period.holds_on(date(2021, 3, 21)) is Holds.NO
        assert period.holds_on(date(2021, 3, 22)) is Holds.YES

    def test_without_one_the_oldest_act_cited_is_the_latest_possible_day(self, read: Read) -> None:
        record = only(read, name("A B", act="2015-05-01"), name("A C", act="2012-01-31"))
        start = record.listings[0].period.start
        assert start is not None
        assert (start.day, start.basis) == (date(2012, 1, 31), DateBasis.NOT_LATER_THAN)
        assert "oldest act" in start.rule
        assert record.listings[0].period.holds_on(date(2012, 1, 30)) is Holds.UNKNOWN

    def test_a_day_in_the_details_or_in_a_remark_is_derived(self, read: Read) -> None:
        text = document(
            entity(name("A B")), entity(name("C D"), logical_id="2", remark="Date of listing: 9.9.2003")
        )
        text = text.replace('designationDetails=""', 'designationDetails="date of listing: 26.7.2010"', 1)
        records, _ = read(text)
        starts = [record.listings[0].period.start for record in records]
        assert [(s.day, s.basis) for s in starts if s] == [
            (date(2010, 7, 26), DateBasis.DERIVED),
            (date(2003, 9, 9), DateBasis.DERIVED),
        ]

    @pytest.mark.parametrize(
        "remark", ["Date of UN designation: 9.9.2003", "Date of listing: 9.9.2003. Date of listing: 8.8.2002"]
    )
    def test_a_day_of_the_united_nations_or_two_days_derive_nothing(self, read: Read, remark: str) -> None:
        start = only(read, name("A B"), remark=remark).listings[0].period.start
        assert start is not None
        assert start.basis is DateBasis.NOT_LATER_THAN

    def test_a_delisting_date_ends_the_listing(self, read: Read) -> None:
        attributes = 'designationDate="2020-01-01" delistingDate="2021-01-01"'
        period = only(read, name("A B"), attributes=attributes).listings[0].period
        assert period.holds_on(date(2020, 12, 31)) is Holds.YES
        assert period.holds_on(date(2021, 1, 1)) is Holds.NO

    def test_a_year_far_ahead_is_a_problem_that_names_the_entry(self, read: Read) -> None:
        records, report = read(document(entity(name("A B"), attributes='designationDate="2922-03-22"')))
        assert records == []
        assert "logicalId 501" in report.problems[0].place
        assert "2922" in report.problems[0].reason


BIRTH = '<birthdate circa="{}" calendarType="{}" {} ' + COUNTRY.format("00", "UNKNOWN") + ">"


def birth(attributes: str, circa: str = "false", calendar: str = "GREGORIAN") -> str:
    return BIRTH.format(circa, calendar, attributes) + SUMMARY.format("2015-05-01") + "</birthdate>"


class TestDetails:
    @pytest.mark.parametrize(
        ("attributes", "known"),
        [
            ('birthdate="1937-04-28" dayOfMonth="28" monthOfYear="4" year="1937"', ("1937-04-28",)),
            ('monthOfYear="1" year="1958"', ("1958-01",)),
            ('year="1958"', ("1958",)),
            ('yearRangeFrom="1958" yearRangeTo="1963"', ()),
        ],
    )
    def test_births_are_as_exact_as_the_source(
        self, read: Read, attributes: str, known: tuple[str, ...]
    ) -> None:
        assert only(read, name("A B"), birth(attributes)).values("birthDate") == known

    def test_ranges_approximations_and_other_calendars_are_notes(self, read: Read) -> None:
        record = only(
            read,
            name("A B"),
            birth('yearRangeFrom="1958" yearRangeTo="1963"'),
            birth('year="1970"', circa="true"),
            birth('birthdate="1982-04-19" dayOfMonth="24" monthOfYear="6" year="1402"', calendar="ISLAMIC"),
        )
        assert record.values("birthDate") == ("1970",)
        assert record.values("notes") == (
            "Born between 1958 and 1963",
            "Born about 1970",
            "Born 1402-06-24 in the calendar islamic",
        )

    def test_an_address_gives_text_country_and_contacts(self, read: Read) -> None:
        address = (
            '<address city="-" street="1 Proof Street" poBox="" zipCode="" region="" place="Old Town" '
            f'asAtListingTime="false" {COUNTRY.format("KP", "KOREA")}>'
            '<contactInfo key="EMAIL" value="a@example.org; and b@example.org"/>'
            '<contactInfo key="FAX" value="12"/>' + SUMMARY.format("2015-05-01") + "</address>"
        )
        record = only(read, name("A of B"), address, kind="enterprise")
        assert record.values("address") == ("1 Proof Street, Old Town, KOREA",)
        assert record.values("country") == ("kp",)
        assert record.values("email") == ("a@example.org", "b@example.org")
        assert record.values("notes") == ("Fax: 12",)

    @pytest.mark.parametrize(
        ("code", "kind", "prop"),
        [
            ("passport", "person", "passportNumber"),
            ("id", "person", "idNumber"),
            ("fiscalcode", "enterprise", "taxNumber"),
            ("regnumber", "enterprise", "registrationNumber"),
            ("swiftbic", "enterprise", "swiftBic"),
            ("imo", "enterprise", "imoNumber"),
        ],
    )
    def test_documents_go_to_the_property_of_their_kind(
        self, read: Read, code: str, kind: str, prop: str
    ) -> None:
        record = only(read, name("A of B"), identification(code, "X1"), kind=kind)
        assert record.values(prop) == ("X1",)
        assert prop in model[record.schema].properties

    def test_a_false_document_identifies_nobody(self, read: Read) -> None:
        record = only(read, name("A B"), identification("passport", "X1", 'knownFalse="true"'))
        assert record.values("passportNumber") == ()
        assert record.values("notes") == ("Kind X1: known to be false",)

    def test_the_validity_of_a_document_includes_its_last_day(self, read: Read) -> None:
        dates = 'validFrom="2010-01-01" validTo="2020-01-01"'
        record = only(read, name("A B"), identification("passport", "X1", dates))
        period = next(s.period for s in record.statements if s.prop == "passportNumber")
        assert period.holds_on(date(2020, 1, 1)) is Holds.YES
        assert period.holds_on(date(2020, 1, 2)) is Holds.NO

    def test_the_united_nations_reference_is_kept(self, read: Read) -> None:
        text = document(entity(name("A B"))).replace('unitedNationId=""', 'unitedNationId="XXi.001"')
        records, _ = read(text)
        assert records[0].values("notes") == ("United Nations reference XXi.001",)


def identification(code: str, number: str, extra: str = "") -> str:
    return (
        f'<identification identificationTypeCode="{code}" identificationTypeDescription="Kind" '
        f'number="{number}" {extra} {COUNTRY.format("00", "UNKNOWN")}>'
        + SUMMARY.format("2015-05-01")
        + "</identification>"
    )


class TestStrictness:
    @pytest.mark.parametrize(
        ("broken", "reason"),
        [
            (entity(name("A B"), attributes='colour="red"'), "unknown field colour"),
            (entity(name("A B"), "<hobby/>"), "unknown field sanctionEntity/hobby"),
            (entity(name("A B").replace("strong=", "nick=")), "unknown field nick"),
            (entity(name("A B"), identification("horoscope", "1")), "identification of type 'horoscope'"),
            (entity(name("A B").replace("nameAlias ", 'nameAlias gender="X" ')), "gender 'X' is not known"),
            (entity(name("A B"), kind="robot"), "subject type 'robot'"),
            (entity(), "it has no name"),
            ("<planet logicalId='4'/>", "unknown field planet"),
        ],
    )
    def test_what_is_not_understood_is_a_problem_and_the_next_entry_is_read(
        self, read: Read, broken: str, reason: str
    ) -> None:
        records, report = read(document(broken, entity(name("C D"), logical_id="502")))
        assert [record.id for record in records] == ["eu-fsf-502"]
        assert len(report.problems) == 1
        assert reason in report.problems[0].reason

    def test_the_same_id_under_the_same_programme_is_a_problem(self, read: Read) -> None:
        records, report = read(document(entity(name("A B")), entity(name("C D"))))
        assert [record.caption for record in records] == ["A B"]
        assert "logicalId 501 occurs twice under programme XYZ" in report.problems[0].reason

    def test_the_same_id_under_another_programme_is_a_second_listing_with_ids_of_its_own(
        self, read: Read
    ) -> None:
        records, report = read(document(entity(name("A B")), entity(name("A B"), programme="ABC")))
        assert report.problems == []
        assert [record.id for record in records] == ["eu-fsf-501", "eu-fsf-501-abc"]
        assert [record.listings[0].id for record in records] == ["EU.1.501", "EU.1.501/ABC"]

    def test_fields_left_out_on_purpose_are_counted(self, read: Read) -> None:
        _, report = read(document(entity(name("A B"))))
        assert report.ignored["nameAlias@regulationLanguage"] == 1
        assert report.published == date(2021, 3, 2)

    @pytest.mark.parametrize("file_id", ["-1", "0"])
    def test_a_placeholder_file_id_marks_the_file_as_not_official(self, read: Read, file_id: str) -> None:
        _, report = read(document(entity(name("A B")), file_id=file_id, head="<!-- made by hand -->"))
        assert not report.official
        assert any("not an official file" in remark for remark in report.remarks)
        assert "A comment at its top reads: made by hand" in report.remarks

    def test_a_negative_entity_id_marks_it_too(self, read: Read) -> None:
        _, report = read(document(entity(name("A B"), logical_id="-5")))
        assert not report.official


class TestDamagedFiles:
    def test_a_cut_off_file_is_refused_with_its_line(self, read: Read) -> None:
        text = document(entity(name("A B")), entity(name("C D"), logical_id="2"))
        with pytest.raises(ListFileRefusedError, match=r"list\.xml, line 1: not whole XML"):
            read(text[:-60])

    def test_another_encoding_is_refused(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match="not whole XML"):
            read(document(entity(name("Andr\xe9 PROVA"))).encode("latin-1"))

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE export [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
            '<!DOCTYPE export SYSTEM "https://example.eu/x.dtd">',
        ],
    )
    def test_a_document_type_or_entity_bomb_is_refused(self, read: Read, doctype: str) -> None:
        with pytest.raises(ListFileRefusedError, match="document type or entities"):
            read(document(entity(name("A B")), head=doctype))

    def test_a_file_without_entities_is_refused(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match="it holds no entity"):
            read(document())

    def test_a_cut_off_gzip_is_refused(self, read: Read) -> None:
        entities = (entity(name(f"N{i} {i * 7919}"), logical_id=str(i)) for i in range(1, 3000))
        packed = gzip.compress(document(*entities).encode())
        with pytest.raises((InputFileError, ListFileRefusedError), match="cut off or broken"):
            read(packed[: len(packed) // 2], "list.xml.gz")

    def test_a_table_with_another_header_is_refused(self, read: Read) -> None:
        header = ";".join(HEADER).replace("NameAlias_Title", "NameAlias_Nickname")
        with pytest.raises(
            ListFileRefusedError,
            match="missing columns: NameAlias_Title; unknown columns: NameAlias_Nickname",
        ):
            read(header + "\n", "list.csv")

    def test_a_table_cut_off_in_a_row_is_refused(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match=r"line 2: the row has 3 cells, 118 are expected"):
            read(";".join(HEADER) + "\n02/10/2024;1;EU.1", "list.csv")


def table(*rows: dict[str, str]) -> str:
    common = {
        "fileGenerationDate": "02/10/2024", "Entity_LogicalId": "7", "Entity_EU_ReferenceNumber": "EU.1.7",
        "Entity_SubjectType": "P", "Entity_SubjectType_ClassificationCode": "person",
        "Entity_Regulation_PublicationDate": "2019-03-07", "Entity_Regulation_Programme": "XYZ",
        "Entity_Remark": "(first) (second (inner))",
    }  # fmt: skip
    lines = [";".join(HEADER)] + [";".join({**common, **row}.get(c, "") for c in HEADER) for row in rows]
    return "\ufeff" + "\n".join(lines) + "\n"


class TestCsv:
    def test_the_header_has_the_official_118_columns(self) -> None:
        assert len(HEADER) == len(set(HEADER)) == 118

    def test_rows_of_one_entity_become_one_record(self, read: Read) -> None:
        act = "2012-01-31"
        records, report = read(
            table(
                {"NameAlias_LogicalId": "1", "NameAlias_WholeName": "A B",
                 "NameAlias_Regulation_PublicationDate": act},
                {"BirthDate_LogicalId": "2", "BirthDate_Year": "1958", "BirthDate_Month": "1",
                 "BirthDate_Circa": "YES", "BirthDate_CalendarType": "GREGORIAN"},
                {"Address_LogicalId": "3", "Address_City": "Provastad",
                 "Address_ContactInfo": "PHONE[+1 2] WEB[https://example.org]"},
                {"Entity_LogicalId": "8", "NameAlias_LogicalId": "4", "NameAlias_WholeName": "C D"},
            ),
            "list.csv",
        )  # fmt: skip
        assert report.problems == []
        assert report.published == date(2024, 10, 2)
        assert [record.id for record in records] == ["eu-fsf-7", "eu-fsf-8"]
        first = records[0]
        assert first.values("birthDate") == ("1958-01",)
        assert first.values("phone") == ("+1 2",)
        assert first.values("website") == ("https://example.org",)
        assert first.values("notes") == ("Born about 1958-01", "first", "second (inner)")
        assert first.listings[0].period.start is not None
        assert first.listings[0].period.start.day == date(2012, 1, 31)

    def test_contacts_in_an_unknown_form_are_kept_whole(self, read: Read) -> None:
        row = {"NameAlias_LogicalId": "1", "NameAlias_WholeName": "A B", "Address_LogicalId": "3"}
        records, _ = read(table({**row, "Address_ContactInfo": "call 12"}), "list.csv")
        assert "Other: call 12" in records[0].values("notes")

    def test_an_id_that_comes_back_later_is_a_problem(self, read: Read) -> None:
        row = {"NameAlias_LogicalId": "1", "NameAlias_WholeName": "A B"}
        _, report = read(table(row, {**row, "Entity_LogicalId": "8"}, row), "list.csv")
        assert "logicalId 7 occurs twice" in report.problems[0].reason


def test_only_the_official_layouts_are_recognised() -> None:
    reader = load_reader("eu-fsf")
    assert reader.recognise(Sample("a.xml", document().encode())) == XML
    assert reader.recognise(Sample("a.csv", ";".join(HEADER).encode())) == CSV
    for head in (b"", b"Name,Alias", b'[{"id": 1}]', b"<export/>", b"\x89PNG"):
        assert reader.recognise(Sample("other", head)) is None


@pytest.fixture(scope="module")
def full(shared_data: Path) -> Reading:
    return read_file(shared_data / "lists" / "eu-fsf" / OFFICIAL)


@pytest.mark.shared
class TestOfficialFiles:
    def test_the_whole_list_of_2021_is_read_without_a_problem(self, full: Reading) -> None:
        records, report = full
        assert (len(records), report.problems) == (2_269, [])
        assert len({record.id for record in records}) == 2_269
        assert len({record.listings[0].id for record in records}) == 2_269
        assert Counter(record.schema for record in records) == {
            "Person": 1_700, "LegalEntity": 567, "Organization": 2,
        }  # fmt: skip
        assert (report.published, report.official) == (date(2021, 3, 2), True)

    def test_every_statement_is_of_its_schema(self, full: Reading) -> None:
        for record in full[0]:
            assert {s.prop for s in record.statements} <= set(model[record.schema].properties)

    def test_what_is_derived_for_the_1099_without_a_designation_date(self, full: Reading) -> None:
        starts = [record.listings[0].period.start for record in full[0]]
        found = Counter((start.basis, start.rule) for start in starts if start)
        assert found == {
            (DateBasis.STATED, ""): 1_170,
            (DateBasis.DERIVED, DETAILS_RULE): 205,
            (DateBasis.DERIVED, REMARK_RULE): 227,
            (DateBasis.NOT_LATER_THAN, OLDEST_ACT_RULE): 667,
        }
        assert 205 + 227 + 667 == 1_099

    def test_none_of_the_five_stands_in_it(self, full: Reading) -> None:
        assert not XINJIANG.keys() & {record.id for record in full[0]}

    def test_the_counts_fit_the_card(self, full: Reading) -> None:
        expected = load_card("eu-fsf").expect[0]
        assert expected.records.min <= len(full[0]) <= expected.records.max
        assert expected.records.min > len(full[0]) // 2

    def test_the_five_listings_of_22_march_2021(self, shared_data: Path) -> None:
        path = shared_data / "lists" / "eu-fsf" / "RECONSTRUCTED-xinjiang-HR-1_1.xml"
        records, report = read_file(path)
        assert {r.id: (r.caption, r.listings[0].id) for r in records} == XINJIANG
        for record in records:
            period = record.listings[0].period
            assert period.holds_on(date(2021, 3, 21)) is Holds.NO
            assert period.holds_on(date(2021, 3, 22)) is Holds.YES
        assert not report.official
        assert any("RECONSTRUCTED, NOT AN OFFICIAL FILE" in remark for remark in report.remarks)

    def test_the_sample_of_2020_holds_an_entry_that_its_editors_put_in_twice(self, shared_data: Path) -> None:
        records, report = read_file(shared_data / "lists" / "eu-fsf" / "20200415-sample.xml")
        assert len(records) == 6
        assert [p.reason for p in report.problems] == ["logicalId 5468 occurs twice under programme PRK"]

    def test_the_18_rows_of_the_table_of_2024(self, shared_data: Path) -> None:
        records, report = read_file(shared_data / "lists" / "eu-fsf" / "20241002-FULL-1_1.first18rows.csv")
        assert (len(records), report.problems) == (4, [])
        assert records[0].place == "line 2 to line 6 (Entity_LogicalId 13)"
        assert records[-1].place.startswith("line 17 to line 19")

    def test_table_and_document_tell_the_same_of_the_same_entries(
        self, full: Reading, shared_data: Path
    ) -> None:
        records, _ = read_file(shared_data / "lists" / "eu-fsf" / "20241002-FULL-1_1.first18rows.csv")
        by_id = {record.id: record for record in full[0]}
        for record in records[:3]:
            assert record.caption == by_id[record.id].caption
            assert set(record.values("birthDate")) == set(by_id[record.id].values("birthDate"))
            assert record.listings[0].id == by_id[record.id].listings[0].id

    @pytest.mark.parametrize(
        "filename",
        ["20220505-eu.normalised.csv.gz", "202504-eu.names.csv", "20260805-eu.names-extract.json"],
    )
    def test_other_layouts_are_not_recognised(self, shared_data: Path, filename: str) -> None:
        sample = LocalFile(shared_data / "lists" / "eu-fsf" / filename).sample()
        assert load_reader("eu-fsf").recognise(sample) is None
