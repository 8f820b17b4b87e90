"""OFAC's XML in both namespaces: invented entries, their faults, and the whole official files."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.registry import load_card, load_reader

READER = load_reader("us-ofac")
OLD = "http://tempuri.org/sdnList.xsd"
NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"


def listed(tag: str, item: str, *contents: str) -> str:
    return f"<{tag}>{''.join(f'<{item}><uid>1</uid>{content}</{item}>' for content in contents)}</{tag}>"


def fact(label: str, number: str, more: str = "") -> str:
    return f"<idType>{label}</idType><idNumber>{number}</idNumber>{more}"


def aka(name: str, kind: str = "a.k.a.", strength: str = "strong") -> str:
    return f"<type>{kind}</type><category>{strength}</category>{name}"


LAST = "<lastName>{}</lastName>".format
WORKS = (
    "<sdnEntry><uid>7</uid><lastName>LENS WORKS CO., LTD.</lastName><sdnType>Entity</sdnType>"
    "<remarks>(Linked To: SOME GROUP (SG); Linked To: ACME S.A.); Shoe Size 44</remarks>"
    "<programList><program>CMIC-EO13959</program><program>GLOMAG</program></programList>"
    + listed(
        "idList", "id",
        fact("Unified Social Credit Code (USCC)", "91330000733796106P", "<idCountry>China</idCountry>"),
        fact("ISIN", "CNE100000PM8"), fact("Listing Date (CMIC)", "03 Jun 2021"), fact("Hat Size", "9"),
        fact("Company Number", "IMO 5905801"),
    )
    + listed("akaList", "aka", aka(LAST("LENS W.")), aka(LAST("OLD LENS"), "f.k.a."),
             aka(LAST("LW"), strength="weak"))
    + listed("addressList", "address",
             "<address1>Road 1</address1><address2>Unit 2</address2><city>Hangzhou</city>"
             "<stateOrProvince>Zhejiang</stateOrProvince><postalCode>310051</postalCode><country>China</country>")
    + "</sdnEntry>"
)  # fmt: skip
DOE = (
    "<sdnEntry><uid>9</uid><firstName>Jane</firstName><lastName>DOE</lastName><title>Head</title>"
    "<sdnType>Individual</sdnType><programList><program>GLOMAG</program></programList>"
    + listed("idList", "id", fact("Passport", "G12", "<idCountry>China</idCountry>"
             "<issueDate>02 May 2010</issueDate><expirationDate>01 May 2020</expirationDate>"))
    + listed("akaList", "aka", aka(LAST("ROE") + "<firstName>Jane</firstName>"))
    + listed("nationalityList", "nationality", "<country>China</country><mainEntry>true</mainEntry>")
    + listed("citizenshipList", "citizenship", "<country>Atlantis</country><mainEntry>true</mainEntry>")
    + listed("dateOfBirthList", "dateOfBirthItem", "<dateOfBirth>Jan 1958</dateOfBirth>",
             "<dateOfBirth>long ago</dateOfBirth>")
    + listed("placeOfBirthList", "placeOfBirthItem", "<placeOfBirth>Harbin</placeOfBirth>")
    + "</sdnEntry>"
)  # fmt: skip
SHIP = (
    "<sdnEntry><uid>12</uid><lastName>SEA ONE</lastName><sdnType>Vessel</sdnType>"
    "<programList><program>IRAN</program></programList>"
    + listed("idList", "id", fact("Vessel Registration Identification", "IMO 9187629"))
    + "<vesselInfo><callSign>9HDS9</callSign><vesselType>Tug</vesselType><vesselFlag>Malta</vesselFlag>"
    "<tonnage>2597</tonnage><vesselOwner>Sea Owners</vesselOwner></vesselInfo></sdnEntry>"
)


def document(*entries: str, namespace: str = OLD, day: str = "03/10/2021", count: int | None = None) -> str:
    told = len(entries) if count is None else count
    return (
        f'<?xml version="1.0" standalone="yes"?><sdnList xmlns="{namespace}"><publshInformation>'
        f"<Publish_Date>{day}</Publish_Date><Record_Count>{told}</Record_Count></publshInformation>"
        f"{''.join(entries)}</sdnList>"
    )


def read(folder: Path, text: str, name: str = "SDN.XML") -> tuple[list[Record], ReadReport]:
    (folder / name).write_text(text, encoding="utf-8")
    return read_list(READER, folder / name)


@pytest.mark.parametrize("namespace", [OLD, NEW])
def test_a_company_with_its_names_and_numbers(tmp_path: Path, namespace: str) -> None:
    (works, _, _), report = read(tmp_path, document(WORKS, DOE, SHIP, namespace=namespace))
    assert report.problems == []
    assert (report.published, report.complete) == (date(2021, 3, 10), True)
    assert (works.id, works.schema) == ("us-ofac-7", "Company")
    assert works.names == ("LENS WORKS CO., LTD.", "LENS W.", "OLD LENS")
    assert works.values("previousName") == ("OLD LENS",)
    assert works.weak_names == ("LW",)
    assert works.values("uscCode") == ("91330000733796106P",)
    assert works.values("isinCode") == ("CNE100000PM8",)
    assert works.values("address") == ("Road 1, Unit 2, Hangzhou, Zhejiang 310051, China",)
    assert works.values("country") == ("cn",)
    notes = {"Hat Size 9", "Shoe Size 44", "Linked To: SOME GROUP (SG)", "Linked To: ACME S.A."}
    assert notes <= set(works.values("notes"))
    assert report.ignored["uid"] == 17


def test_only_a_stated_listing_date_gives_a_start(tmp_path: Path) -> None:
    (works,), _ = read(tmp_path, document(WORKS))
    starts = {listing.programme: listing.period.start for listing in works.listings}
    assert starts["GLOMAG"] is None
    assert starts["CMIC-EO13959"] is not None
    assert starts["CMIC-EO13959"].day == date(2021, 6, 3)
    assert [listing.measure for listing in works.listings] == ["Specially Designated Nationals"] * 2


def test_a_person_and_a_vessel(tmp_path: Path) -> None:
    (doe, ship), report = read(tmp_path, document(DOE, SHIP))
    assert report.problems == []
    assert doe.names == ("Jane DOE", "Jane ROE")
    assert (doe.first("firstName"), doe.first("lastName"), doe.first("position")) == ("Jane", "DOE", "Head")
    assert doe.values("birthDate") == ("1958-01",)
    assert doe.values("birthPlace") == ("Harbin",)
    assert doe.values("nationality") == ("cn",)
    (passport,) = [each for each in doe.statements if each.prop == "passportNumber"]
    assert passport.value == "G12"
    assert passport.original == "Passport G12 (China) issued 02 May 2010 expires 01 May 2020"
    assert set(doe.values("notes")) == {"Citizenship: Atlantis", "Date of birth: long ago"}
    assert (ship.schema, ship.first("imoNumber"), ship.first("flag")) == ("Vessel", "IMO9187629", "mt")
    assert (ship.first("callSign"), ship.first("tonnage")) == ("9HDS9", "2597")
    assert ship.values("notes") == ("owner: Sea Owners",)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (DOE.replace("<title>", "<hobby>chess</hobby><title>"), "unknown field hobby"),
        (DOE.replace("Individual", "Robot"), "unsupported type 'Robot'"),
        (DOE.replace("a.k.a.", "z.k.a."), "unsupported kind of name 'zka'"),
        (DOE.replace("strong", "middling"), "unsupported kind of name 'aka', 'middling'"),
        (DOE.replace("<uid>9</uid>", ""), "its uid is ''"),
        (DOE.replace("<lastName>DOE</lastName>", ""), "lacks its last part"),
        (DOE.replace("<program>GLOMAG</program>", ""), "names no programme"),
        (DOE.replace("<placeOfBirth>", "<shape>round</shape><placeOfBirth>"), "unknown field shape"),
        (DOE.replace("</sdnEntry>", "<idList/></sdnEntry>"), "unknown field idList (twice)"),
        (WORKS.replace("<uid>7</uid>", "<uid>8</uid>").replace("03 Jun 2021", "03 Jun 2922"), "year 2922"),
        ("<sdnPlanet><uid>3</uid></sdnPlanet>", "unsupported element sdnPlanet"),
        (SHIP, "entry 12 occurs twice"),
    ],
)
def test_a_bad_entry_is_a_problem_and_reading_goes_on(tmp_path: Path, broken: str, reason: str) -> None:
    records, report = read(tmp_path, document(SHIP, broken, WORKS))
    assert [record.id for record in records] == ["us-ofac-12", "us-ofac-7"]
    assert reason in report.problems[0].reason
    assert report.problems[0].place.endswith("(sdnEntry 2)")
    assert not report.complete


def test_a_count_that_does_not_hold_is_a_problem(tmp_path: Path) -> None:
    _, report = read(tmp_path, document(DOE, count=2))
    assert [problem.reason for problem in report.problems] == [
        "its head says that there are 2 entries, there are 1"
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (document(DOE)[:-40], "not whole XML"),
        (document(DOE, day="13/45/2021"), "not the official head"),
        (document(DOE).replace("</Publish_Date>", "</Publish_Date><Publish_Date/>"), "not the official head"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + document(DOE).partition("?>")[2], "document type or entities"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ListFileRefusedError, match=reason):
        read(tmp_path, text)


def test_the_part_follows_from_the_name_of_the_file() -> None:
    head = document(DOE).encode()
    assert READER.recognise(Sample("20210310-sdn.xml", head)) == Layout("xml", "sdn")
    assert READER.recognise(Sample("CONSOLIDATED.XML", document(namespace=NEW).encode())) == Layout(
        "xml", "consolidated"
    )
    assert READER.recognise(Sample("something.xml", head)) is None
    assert READER.recognise(Sample("sdn.xml", b"<sdnList/>")) is None


@pytest.mark.shared
def test_the_whole_sdn_file_lists_two_of_the_four_persons(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "lists/us-ofac/20210310-sdn.xml.gz")
    assert (len(rows), report.problems, report.published) == (8_832, [], date(2021, 3, 10))
    assert_sound(rows, "us-ofac")
    assert [row.id for row in (*named(rows, "Hailun ZHU"), *named(rows, "Mingshan WANG"))] == [
        "us-ofac-29219",
        "us-ofac-29162",
    ]
    assert named(rows, "Junzheng WANG") == []
    assert named(rows, "Mingguo CHEN") == []
    expected = next(each for each in load_card("us-ofac").expect if each.part == "sdn")
    assert expected.records.min <= len(rows) <= expected.records.max


@pytest.mark.slow
@pytest.mark.shared
def test_xml_and_csv_name_the_same_parties(shared_data: Path) -> None:
    folder = shared_data / "lists/us-ofac"
    march, july = (
        {row.id: row for row in read_list(READER, folder / name)[0]}
        for name in ("20210310-sdn.xml.gz", "202107-sdn/sdn.csv")
    )
    both = [key for key in march if key in july]
    assert len(both) == 8_762
    alike = [
        key for key in both
        if (march[key].schema, set(march[key].names), set(march[key].weak_names))
        == (july[key].schema, set(july[key].names), set(july[key].weak_names))
    ]  # fmt: skip
    assert len(alike) >= len(both) - 25, "only what was amended in between may differ"


@pytest.mark.shared
def test_the_whole_consolidated_file(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "lists/us-ofac/20250328-consolidated.xml")
    assert (len(rows), report.problems, report.published) == (443, [], date(2025, 3, 28))
    assert_sound(rows, "us-ofac")
    (hikvision,) = [row for row in rows if "91330000733796106P" in row.values("uscCode")]
    (listing,) = hikvision.listings
    assert (listing.programme, listing.measure) == ("CMIC-EO13959", "Non-SDN Consolidated Sanctions List")
    assert listing.period.start is not None
    assert listing.period.start.day == date(2021, 6, 3)
