"""The British lists: invented designations and groups, damaged files, and the official files."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, read_list

from overzicht.dates import DateBasis
from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.registry import load_card, load_reader
from overzicht.sources.lists.uk_ofsi import HEADER, numbered, partial_day

READER = load_reader("uk")
Reading = tuple[list[Record], ReadReport]


def name(last: str, kind: str = "Primary Name", strength: str = "", first: str = "") -> str:
    more = f"<AliasStrength>{strength}</AliasStrength>" if strength else ""
    given = f"<Name1>{first}</Name1>" if first else ""
    return f"<Name>{given}<Name6>{last}</Name6><NameType>{kind}</NameType>{more}</Name>"


def designation(*parts: str, kind: str = "Individual", unique: str = "TST0001", names: str = "",
                measures: str = "Asset freeze|Travel Ban") -> str:  # fmt: skip
    return (
        "<Designation><LastUpdated>18/12/2021</LastUpdated><DateDesignated>11/03/2010</DateDesignated>"
        f"<UniqueID>{unique}</UniqueID><OFSIGroupID>11050</OFSIGroupID>"
        f"<Names>{names or name('PROVA', first='Ana ')}</Names><RegimeName>The Test Regulations</RegimeName>"
        f"<IndividualEntityShip>{kind}</IndividualEntityShip><DesignationSource>UN</DesignationSource>"
        f"<SanctionsImposed>{measures}</SanctionsImposed>{''.join(parts)}</Designation>"
    )


def document(*designations: str, day: str = "14/08/2026", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<Designations dateGenerated="2026-08-14T23:00:04Z">'
        f"<DateGenerated>{day}</DateGenerated>{''.join(designations)}</Designations>"
    )


def read_xml(folder: Path, text: str) -> Reading:
    (folder / "uk.xml").write_text(text, encoding="utf-8")
    found: Reading = read_list(READER, folder / "uk.xml")
    return found


def group(**cells: str) -> str:
    row = {
        "Name 6": "PROVA", "Name 1": "Ana", "Group Type": "Individual", "Alias Type": "Prime Alias",
        "Regime": "Testing", "Listed On": "17/07/2012", "Last Updated": "06/12/2012", "Group ID": "77",
    }  # fmt: skip
    row |= {key.replace("_", " "): value for key, value in cells.items()}
    return ",".join(f'"{row.get(column, "")}"' for column in HEADER) + "\r\n"


def read_csv(folder: Path, *rows: str, first: str = "Last Updated,27/04/2020\r\n") -> Reading:
    text = first + ",".join(HEADER) + "\r\n" + "".join(rows)
    (folder / "ConList.csv").write_bytes(text.encode("cp1252"))
    found: Reading = read_list(READER, folder / "ConList.csv")
    return found


class TestUkSanctionsList:
    def test_a_person_with_a_listing_per_measure(self, tmp_path: Path) -> None:
        (person,), report = read_xml(
            tmp_path,
            document(
                designation(
                    "<UNReferenceNumber>QDi.1</UNReferenceNumber>"
                    "<OtherInformation>A remark.</OtherInformation>"
                    "<NonLatinNames><NonLatinName><NameNonLatinScript>Ана</NameNonLatinScript>"
                    "<NonLatinScriptLanguage>Russian</NonLatinScriptLanguage></NonLatinName></NonLatinNames>"
                    "<Addresses><Address><AddressLine1>1 Road</AddressLine1>"
                    "<AddressCountry>Chad</AddressCountry>"
                    "</Address></Addresses><SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze>"
                    "</SanctionsImposedIndicators><UKStatementofReasons>Why.</UKStatementofReasons>"
                    "<IndividualDetails><Individual><DOBs><DOB>dd/mm/1968</DOB><DOB>dd/09/1958</DOB>"
                    "<DOB>1985</DOB><DOB>03/04/1970</DOB><DOB>about 1960</DOB></DOBs>"
                    "<Genders><Gender>Female</Gender></Genders>"
                    "<Nationalities><Nationality>Chad</Nationality></Nationalities>"
                    "<BirthDetails><Location><TownOfBirth>Town</TownOfBirth><CountryOfBirth>Chad"
                    "</CountryOfBirth></Location></BirthDetails><Positions><Position>Head</Position></Positions>"
                    "<PassportDetails><Passport><PassportNumber>P1</PassportNumber>"
                    "<PassportAdditionalInformation>Old</PassportAdditionalInformation></Passport>"
                    "</PassportDetails></Individual></IndividualDetails>",
                    names=name("FOX", "Alias", "Low quality a.k.a")
                    + name("PROVA", "Primary name", first="Ana")
                    + name("PROVVA", "Alias", "Good quality a.k.a")
                    + name("PR.", "Primary Name Variation"),
                )
            ),
        )
        assert report.problems == []
        assert (person.id, person.schema, person.place) == (
            "uk-TST0001",
            "Person",
            "Designation 1 (TST0001)",
        )
        assert person.names == ("Ana PROVA", "PROVVA", "PR.", "Ана")
        assert person.weak_names == ("FOX",)
        assert person.values("birthDate") == ("1968", "1958-09", "1985", "1970-04-03")
        assert (person.first("gender"), person.first("nationality"), person.first("birthPlace")) == (
            "female",
            "td",
            "Town, Chad",
        )
        assert (person.first("passportNumber"), person.first("position")) == ("P1", "Head")
        assert person.values("notes") == (
            "Date of birth: about 1960",
            "P1: Old",
            "United Nations reference QDi.1",
            "OFSI group 11050",
            "A remark.",
        )
        assert [(each.id, each.measure) for each in person.listings] == [
            ("TST0001:Asset freeze", "Asset freeze"),
            ("TST0001:Travel Ban", "Travel Ban"),
        ]
        start = person.listings[0].period.start
        assert start is not None
        assert (start.day, start.basis) == (date(2010, 3, 11), DateBasis.STATED)
        assert person.listings[0].reason == "Why."
        assert report.published == date(2026, 8, 14)
        assert report.ignored == {
            "SanctionsImposedIndicators": 1,
            "LastUpdated": 1,
            "DesignationSource": 1,
        }

    def test_a_body_and_a_ship(self, tmp_path: Path) -> None:
        (body, ship), report = read_xml(
            tmp_path,
            document(
                designation(
                    "<EntityDetails><Entity><TypeOfEntities><TypeOfEntity>LLC</TypeOfEntity></TypeOfEntities>"
                    "<BusinessRegistrationNumbers><BusinessRegistrationNumber>123"
                    "</BusinessRegistrationNumber></BusinessRegistrationNumbers><ParentCompanies><ParentCompany>"
                    "Above</ParentCompany></ParentCompanies></Entity></EntityDetails>",
                    kind="Entity",
                ),
                designation(
                    "<ShipDetails><Ship><IMONumbers><IMONumber>9187629</IMONumber></IMONumbers>"
                    "<CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Malta</CurrentBelievedFlagOfShip>"
                    "</CurrentBelievedFlagOfShips><YearsBuilt><YearBuilt>2011</YearBuilt></YearsBuilt>"
                    "</Ship></ShipDetails>",
                    kind="Ship",
                    unique="TST0002",
                    measures="",
                ),
            ),
        )
        assert report.problems == []
        assert (body.schema, body.first("registrationNumber"), body.first("legalForm")) == (
            "LegalEntity",
            "123",
            "LLC",
        )
        assert "Parent company: Above" in body.values("notes")
        assert (ship.schema, ship.first("imoNumber"), ship.first("flag"), ship.first("buildDate")) == (
            "Vessel",
            "IMO9187629",
            "mt",
            "2011",
        )
        assert [listing.measure for listing in ship.listings] == ["UK Sanctions List"]

    @pytest.mark.parametrize(
        ("broken", "reason"),
        [
            (designation("<Hobby>chess</Hobby>"), "unknown field Hobby"),
            (designation(kind="Planet"), "unsupported kind 'Planet'"),
            (designation(names=name("A", "Nickname")), "unsupported kind of name 'Nickname'"),
            (designation(names=name("A", "Alias")), "no primary name"),
            (designation(names=name("")), "is empty"),
            (designation("<Addresses><Street/></Addresses>"), "unknown field Addresses/Street"),
            (designation(unique=""), "no UniqueID"),
            (designation(unique="TST0002"), "occurs earlier in the file"),
            (designation().replace("11/03/2010", "11/03/2922"), "the year 2922"),
            (designation().replace("The Test Regulations", ""), "names no regime"),
            (
                designation("<IndividualDetails><Individual><Shoes/></Individual></IndividualDetails>"),
                "unknown field Individual/Shoes",
            ),
            ("<Planet/>", "unknown field Planet"),
        ],
    )
    def test_a_bad_entry_is_a_problem_and_reading_goes_on(
        self, tmp_path: Path, broken: str, reason: str
    ) -> None:
        text = document(designation(unique="TST0002"), broken, designation(unique="TST0003"))
        records, report = read_xml(tmp_path, text)
        assert [record.id for record in records] == ["uk-TST0002", "uk-TST0003"]
        assert [reason in problem.reason for problem in report.problems] == [True], report.problems
        assert not report.complete

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            (document(designation())[:-30], "not whole XML"),
            (document(designation(), day="45/13/2026"), "cannot read"),
            (document(designation(), head='<!DOCTYPE a [<!ENTITY b "c">]>'), "document type or entities"),
            (document(designation()).replace("DateGenerated>", "Made>"), "does not say when"),
        ],
    )
    def test_a_damaged_file_is_refused(self, tmp_path: Path, text: str, reason: str) -> None:
        with pytest.raises(ListFileRefusedError, match=reason):
            read_xml(tmp_path, text)


class TestConList:
    def test_rows_of_a_group_that_stand_apart_are_one_record(self, tmp_path: Path) -> None:
        records, report = read_csv(
            tmp_path,
            group(Name_1="", Name_6="FOX", Alias_Type="AKA", Group_ID="77", DOB="00/00/1980"),
            group(Group_ID="78", Name_6="WORKS", Name_1="", Group_Type="Entity",
                  Other_Information="(IMO number: 9187629). Annex."),
            group(DOB="00/05/1981", Nationality="(1) German (2) Moroccan citizenship",
                  Passport_Details="a) G1234567 (Chad) b) Diplomatic Passport", NI_Number="12-34567 (old)",
                  Address_1="1 Road", Post_Zip_Code="", Country="Chad (at time of listing)"),
            group(Name_6="OLD", Alias_Type="FKA", Regime="Other", Listed_On="01/02/2003"),
        )  # fmt: skip
        assert report.problems == []
        person, works = records
        assert (person.id, person.place) == ("uk-ofsi-77", "Group ID 77 (line 3)")
        assert person.names == ("Ana PROVA", "FOX", "Ana OLD")
        assert person.values("previousName") == ("Ana OLD",)
        assert person.values("birthDate") == ("1981-05", "1980")
        assert person.values("nationality") == ("de", "ma")
        assert (person.values("passportNumber"), person.values("idNumber")) == (("G1234567",), ("12-34567",))
        assert person.values("country") == ("td",)
        assert person.values("address") == ("1 Road, Chad (at time of listing)",)
        assert {
            "Passport: G1234567 (Chad)", "Passport: Diplomatic Passport",
            "National identity number: 12-34567 (old)", "Country: Chad (at time of listing)",
        } == set(person.values("notes"))  # fmt: skip
        assert [(each.id, each.measure, str(each.period.start)) for each in person.listings] == [
            ("uk-ofsi-77:Testing", "Asset freeze", "2012-07-17"),
            ("uk-ofsi-77:Other", "Asset freeze", "2003-02-01"),
        ]
        assert (works.schema, works.first("imoNumber")) == ("Organization", "IMO9187629")
        assert report.published == date(2020, 4, 27)
        assert report.ignored == {"Last Updated": 4}

    @pytest.mark.parametrize(
        ("broken", "reason"),
        [
            (group(Group_ID="x"), "its Group ID is 'x'"),
            (group(Group_Type="Planet"), "unsupported group type 'Planet'"),
            (group(Alias_Type="Nick"), "none of its rows gives the main name"),
            (group(Name_6="", Name_1=""), "has no name"),
            (group(Regime=""), "names no regime"),
            (group(Listed_On="17/07/2922"), "the year 2922"),
            (group(DOB="45/45/1980"), "cannot read"),
            ('"only","three","cells"\r\n', "3 cells, 29 are expected"),
        ],
    )
    def test_a_bad_group_is_a_problem_with_its_line(self, tmp_path: Path, broken: str, reason: str) -> None:
        records, report = read_csv(tmp_path, group(Group_ID="1"), broken, group(Group_ID="2"))
        assert [record.id for record in records] == ["uk-ofsi-1", "uk-ofsi-2"]
        assert [reason in problem.reason for problem in report.problems] == [True], report.problems
        assert not report.complete

    def test_a_byte_that_is_not_windows_1252_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "ConList.csv"
        path.write_bytes(b"Last Updated,27/04/2020\r\n" + ",".join(HEADER).encode() + b"\r\n\x81\r\n")
        with pytest.raises(ListFileRefusedError, match="byte 0x81 is not cp1252"):
            read_list(READER, path)

    def test_a_later_layout_is_refused_by_its_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "ConList.csv"
        header = ",".join(HEADER).replace("Name 5", "Name 5,Name Non-Latin Script")
        path.write_text(f"Last Updated,27/04/2023\n{header}\n", encoding="utf-8")
        with pytest.raises(ListFileRefusedError, match="unknown columns: Name Non-Latin Script"):
            read_list(READER, path)

    def test_an_impossible_day_of_the_list_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ListFileRefusedError, match="line 1"):
            read_csv(tmp_path, group(), first="Last Updated,45/13/2020\r\n")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("(1) one (2) two", ("one", "two")),
        ("a) General, b) Minister", ("General", "Minister")),
        ("Room 5) and more", ("Room 5) and more",)),
        ("", ()),
    ],
)
def test_numbered_values(text: str, items: tuple[str, ...]) -> None:
    assert numbered(text) == items


def test_partial_days() -> None:
    printed = ("dd/mm/1968", "00/09/1958", "1985", "03/04/1970", "00/00/0000 or so")
    assert [partial_day(text) for text in printed] == ["1968", "1958-09", "1985", "1970-04-03", ""]


def test_other_files_are_not_recognised() -> None:
    for head in (
        b"",
        b"<Other/>",
        b"Last Updated,27/04/2020\r\nName,Other\r\n",
        b"Name 6,Name 1,Name 2,\r\n",
    ):
        assert READER.recognise(Sample("x", head)) is None


def test_the_list_binds_in_the_united_kingdom_only() -> None:
    card = load_card("uk")
    for effect in card.effects:
        assert effect.binds == ("uk",)
        assert effect.source in card.sources
        assert effect.summary_nl != effect.summary


@pytest.mark.shared
def test_the_whole_list_of_ofsi(shared_data: Path) -> None:
    path = shared_data / "lists/uk-ofsi/20200427-ConList.csv"
    rows, report = read_list(READER, path)
    assert (len(rows), report.problems, report.published) == (2_114, [], date(2020, 4, 27))
    assert report.ignored == {"Last Updated": 9_492}, "every row has this field"
    assert_sound(rows, "uk")
    assert any("’" in value for row in rows for value in row.values("notes")), "Windows-1252 is decoded"
    expected = next(each for each in load_card("uk").expect if each.part == "ofsi")
    assert expected.records.min <= len(rows) <= expected.records.max
    for schema, count in expected.schemata.items():
        assert count.min <= sum(row.schema == schema for row in rows) <= count.max


@pytest.mark.shared
def test_two_real_designations(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "lists/uk-fcdo/20260814-UK-Sanctions-List.sample.xml")
    assert (report.problems, report.published) == ([], date(2026, 8, 14))
    assert_sound(rows, "uk")
    assert [(row.id, row.schema) for row in rows] == [("uk-AQD0128", "Person"), ("uk-AQD0377", "LegalEntity")]
    assert rows[0].values("birthDate") == ("1974", "1975", "1979", "1958-09", "1985")
    assert rows[0].weak_names == ("Abu Akram", "Abu Jarrah")
    assert [listing.measure for listing in rows[0].listings] == ["Asset freeze", "Arms embargo", "Travel Ban"]


@pytest.mark.parametrize(
    ("day", "part"), [(date(2026, 1, 27), "ofsi"), (date(2026, 1, 28), "fcdo"), (date(2020, 5, 1), "ofsi")]
)
def test_one_part_tells_for_a_day(day: date, part: str) -> None:
    assert [each.part for each in load_card("uk").expect if each.is_needed_on(day)] == [part]


@pytest.mark.parametrize("layout", [Layout("xml", "fcdo"), Layout("csv-29", "ofsi")])
def test_the_card_knows_what_to_expect_of_each_part(layout: Layout) -> None:
    assert any(each.part == layout.part for each in load_card("uk").expect)
