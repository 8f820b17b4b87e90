"""The Security Council's list: invented entries, damaged files, and the official files where they are."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from followthemoney import model

from overzicht.dates import DateBasis
from overzicht.entities import Record
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.registry import load_card, load_reader
from overzicht.sources.lists.un_sc import XML

Reading = tuple[list[Record], ReadReport]
Read = Callable[[str | bytes], Reading]


def individual(*parts: str, data_id: str = "11", listed: str = "2012-12-31") -> str:
    return (
        f"<INDIVIDUAL><DATAID>{data_id}</DATAID><VERSIONNUM>1</VERSIONNUM>"
        "<FIRST_NAME> ANA </FIRST_NAME><SECOND_NAME>PROVA</SECOND_NAME><THIRD_NAME/>"
        f"<UN_LIST_TYPE>XYZ</UN_LIST_TYPE><REFERENCE_NUMBER>XYi.0{data_id}</REFERENCE_NUMBER>"
        f"<LISTED_ON>{listed}</LISTED_ON>{''.join(parts)}<SORT_KEY/></INDIVIDUAL>"
    )


def entity(*parts: str) -> str:
    return (
        "<ENTITY><DATAID>21</DATAID><FIRST_NAME>PROOF  COMPANY</FIRST_NAME><UN_LIST_TYPE>XYZ</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>XYe.001</REFERENCE_NUMBER><LISTED_ON>2015-07-01-04:00</LISTED_ON>{''.join(parts)}"
        "</ENTITY>"
    )


def document(individuals: str = "", entities: str = "", head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}'
        '<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">'
        f"<INDIVIDUALS>{individuals}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    )


def read_file(path: Path) -> Reading:
    source, reader, report = LocalFile(path), load_reader("un-sc"), ReadReport()
    layout = reader.recognise(source.sample())
    assert layout == XML
    return list(reader.read(source, layout, report)), report


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str | bytes) -> Reading:
        path = tmp_path / "un.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_file(path)

    return read_text


def only(read: Read, *parts: str) -> Record:
    records, report = read(document(individual(*parts)))
    assert report.problems == []
    return records[0]


def alias(name: str, quality: str, extra: str = "", kind: str = "INDIVIDUAL") -> str:
    return f"<{kind}_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>{extra}</{kind}_ALIAS>"


def born(kind: str, *parts: str) -> str:
    return (
        f"<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>{kind}</TYPE_OF_DATE>{''.join(parts)}"
        "</INDIVIDUAL_DATE_OF_BIRTH>"
    )


def test_a_person_and_a_body_with_their_listings(read: Read) -> None:
    records, report = read(document(individual(), entity()))
    assert [(r.id, r.schema, r.caption) for r in records] == [
        ("un-sc-11", "Person", "ANA PROVA"),
        ("un-sc-21", "LegalEntity", "PROOF COMPANY"),
    ]
    listing = records[0].listings[0]
    assert (listing.id, listing.list_id, listing.programme) == ("XYi.011", "un-sc", "XYZ")
    assert records[0].place == "INDIVIDUAL XYi.011 (DATAID 11)"
    assert report.published == date(2026, 2, 27)
    assert report.official


@pytest.mark.parametrize(
    ("printed", "day"), [("2012-12-31", date(2012, 12, 31)), ("2015-07-01-04:00", date(2015, 7, 1))]
)
def test_the_listing_date_is_stated_with_or_without_a_zone(read: Read, printed: str, day: date) -> None:
    records, _ = read(document(individual(listed=printed)))
    start = records[0].listings[0].period.start
    assert start is not None
    assert (start.day, start.basis) == (day, DateBasis.STATED)


def test_aliases_by_quality_and_empty_ones_counted(read: Read) -> None:
    records, report = read(
        document(
            individual(
                "<NAME_ORIGINAL_SCRIPT>آنا</NAME_ORIGINAL_SCRIPT>",
                alias("Anna P", "Good"),
                alias("The Fox", "Low", "<DATE_OF_BIRTH>1960-01-02</DATE_OF_BIRTH>"),
                alias("Ana Vecchia", "Good", "<NOTE>previously listed as</NOTE>"),
                alias("", ""),
            ),
            entity(alias("PC", "a.k.a.", kind="ENTITY"), alias("Old PC", "f.k.a.", kind="ENTITY")),
        )
    )
    person, body = records
    assert person.values("alias") == ("آنا", "Anna P")
    assert person.values("previousName") == ("Ana Vecchia",)
    assert person.weak_names == ("The Fox",)
    assert person.values("notes") == ("The Fox: born 1960-01-02",)
    assert (body.values("alias"), body.values("previousName")) == (("PC",), ("Old PC",))
    assert report.ignored["INDIVIDUAL_ALIAS (empty)"] == 1


@pytest.mark.parametrize(
    ("part", "known", "notes"),
    [
        (born("EXACT", "<DATE>1960-01-02</DATE>"), ("1960-01-02",), ()),
        (born("EXACT", "<DATE>1960-01-02-05:00</DATE>"), ("1960-01-02",), ()),
        (born("APPROXIMATELY", "<YEAR>1960</YEAR>"), ("1960",), ("Born about 1960",)),
        (
            born("BETWEEN", "<FROM_YEAR>1958</FROM_YEAR>", "<TO_YEAR>1963</TO_YEAR>"),
            (),
            ("Born between 1958 and 1963",),
        ),
        (born("EXACT", "<NOTE>Nov. 1973 </NOTE>"), ("1973-11",), ()),
        (
            born("EXACT", "<NOTE>24/06/1402 (Hijri Calendar)</NOTE>"),
            (),
            ("Born: 24/06/1402 (Hijri Calendar)",),
        ),
        (born("", ""), (), ()),
    ],
)
def test_births(read: Read, part: str, known: tuple[str, ...], notes: tuple[str, ...]) -> None:
    record = only(read, part)
    assert (record.values("birthDate"), record.values("notes")) == (known, notes)


def test_documents_countries_and_addresses(read: Read) -> None:
    record = only(
        read,
        "<GENDER>Female</GENDER>",
        "<TITLE><VALUE>Dr</VALUE></TITLE>",
        "<DESIGNATION><VALUE>Tester</VALUE></DESIGNATION>",
        "<NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE><VALUE>Nowhere Land</VALUE></NATIONALITY>",
        "<INDIVIDUAL_ADDRESS><STREET>1 Road</STREET><CITY>Town</CITY><COUNTRY>Chad</COUNTRY>"
        "<NOTE>previous</NOTE></INDIVIDUAL_ADDRESS>",
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Numéro de passeport</TYPE_OF_DOCUMENT><NUMBER>X1</NUMBER>"
        "<DATE_OF_ISSUE>2010-01-02</DATE_OF_ISSUE></INDIVIDUAL_DOCUMENT><INDIVIDUAL_DOCUMENT/>",
        "<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Town</CITY><COUNTRY>Chad</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>",
        "<COMMENTS1>A remark.</COMMENTS1>",
    )
    assert record.values("nationality") == ("ir",)
    assert record.values("address") == ("1 Road, Town, Chad",)
    assert record.values("passportNumber") == ("X1",)
    assert record.values("birthPlace") == ("Town, Chad",)
    assert (record.first("gender"), record.first("title"), record.first("position")) == (
        "female",
        "Dr",
        "Tester",
    )
    assert record.values("notes") == (
        "Nationality: Nowhere Land",
        "Address 1 Road, Town, Chad: previous",
        "Numéro de passeport X1: issued 2010-01-02",
        "A remark.",
    )


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (individual("<HOBBY>chess</HOBBY>"), "unknown field HOBBY"),
        (individual(alias("A", "Middling")), "quality 'Middling'"),
        (individual(alias("A", "Good", "<COLOUR>red</COLOUR>")), "unknown field COLOUR"),
        (individual("<ENTITY_ALIAS/>"), "unknown field ENTITY_ALIAS"),
        (individual("<GENDER>Robot</GENDER>"), "gender 'Robot'"),
        (individual("<DATAID>12</DATAID>"), "more than one DATAID"),
        (individual(listed="2922-01-01"), "the year 2922"),
        (individual(listed=""), "it has no LISTED_ON"),
        (individual(born("EXACT", "<YEAR>3017</YEAR>")), "the year 3017"),
        ("<PLANET/>", "unknown field PLANET"),
    ],
)
def test_what_is_not_understood_is_a_problem_and_reading_goes_on(
    read: Read, broken: str, reason: str
) -> None:
    records, report = read(document(broken + individual(data_id="12")))
    assert [record.id for record in records] == ["un-sc-12"]
    assert len(report.problems) == 1
    assert reason in report.problems[0].reason


def test_a_repeated_id_is_a_problem(read: Read) -> None:
    records, report = read(document(individual() * 2))
    assert len(records) == 1
    assert "DATAID occurs earlier in the file" in report.problems[0].reason


class TestDamagedFiles:
    def test_cut_off(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match=r"un\.xml, line 1: not whole XML"):
            read(document(individual(), entity())[:-80])

    def test_another_encoding(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match="not whole XML"):
            read(document(individual(alias("Andr\xe9", "Good"))).encode("latin-1"))

    def test_document_type(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match="document type or entities"):
            read(document(individual(), head='<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "ha">]>'))

    def test_nobody_listed(self, read: Read) -> None:
        with pytest.raises(ListFileRefusedError, match="no individual or entity"):
            read(document())


def test_other_documents_are_not_recognised() -> None:
    for head in (b"", b"<CONSOLIDATED_LIST/>", b"<export globalFileId='1'/>", b"a,b"):
        assert load_reader("un-sc").recognise(Sample("x.xml", head)) is None


@pytest.mark.shared
@pytest.mark.parametrize(
    ("filename", "persons", "bodies", "empty_aliases", "published"),
    [
        ("20210312-consolidated.xml", 711, 293, 459 + 145, date(2021, 3, 12)),
        ("202602-consolidated.xml", 730, 273, 291, date(2026, 2, 27)),
    ],
)
def test_the_official_files(
    shared_data: Path, filename: str, persons: int, bodies: int, empty_aliases: int, published: date
) -> None:
    records, report = read_file(shared_data / "lists" / "un-sc" / filename)
    assert report.problems == []
    assert sum(record.schema == "Person" for record in records) == persons
    assert sum(record.schema == "LegalEntity" for record in records) == bodies
    ignored = report.ignored
    assert ignored["INDIVIDUAL_ALIAS (empty)"] + ignored["ENTITY_ALIAS (empty)"] == empty_aliases
    assert report.published == published
    assert len({record.listings[0].id for record in records}) == len(records)
    for record in records:
        assert {s.prop for s in record.statements} <= set(model[record.schema].properties)
    expected = load_card("un-sc").expect[0]
    assert expected.records.min <= len(records) <= expected.records.max


@pytest.mark.shared
def test_the_united_nations_list_none_of_the_five(shared_data: Path) -> None:
    wanted = {"zhu hailun", "wang junzheng", "wang mingshan", "chen mingguo"}
    for filename in ("20210312-consolidated.xml", "202602-consolidated.xml"):
        for record in read_file(shared_data / "lists" / "un-sc" / filename)[0]:
            names = {value.lower() for value in (*record.names, *record.weak_names)}
            assert not names & wanted
            assert not any("xinjiang production" in value for value in names)


def test_a_section_that_is_not_known_is_a_problem(read: Read) -> None:
    content = document(individual())
    ships = "<SHIPS><SHIP><DATAID>9</DATAID></SHIP></SHIPS></CONSOLIDATED_LIST>"
    records, report = read(content.replace("</CONSOLIDATED_LIST>", ships))
    assert len(records) == 1
    assert [str(problem) for problem in report.problems] == ["SHIPS: this section is not known"]
