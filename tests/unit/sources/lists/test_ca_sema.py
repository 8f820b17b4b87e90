"""The Canadian list in both layouts: invented entries, damaged files, and the whole official files."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.ca_sema import SINCE_2021, UNTIL_2021, languages_of, split_aliases
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.registry import load_card, load_reader

READER = load_reader("ca-sema")


def entry(*parts: str, item: str = "1", country: str = "China / Chine", schedule: str = "Part 1") -> str:
    where = f"<Schedule>{schedule}</Schedule>" if schedule else ""
    return f"<record><Country>{country}</Country>{''.join(parts)}{where}<Item>{item}</Item></record>"


def person(*parts: str, last: str = "Prova\u00a0", first: str = "Ana ", **where: str) -> str:
    return entry(f"<LastName>{last}</LastName><GivenName>{first}</GivenName>", *parts, **where)


LISTED = "<DateOfListing>2021-03-21</DateOfListing>"


def document(*records: str, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<data-set>{"".join(records)}</data-set>'


def read(folder: Path, *records: str) -> tuple[list[Record], ReadReport]:
    (folder / "sema-lmes.xml").write_text(document(*records), encoding="utf-8")
    found: tuple[list[Record], ReadReport] = read_list(READER, folder / "sema-lmes.xml")
    return found


def test_a_person_with_a_listing_date(tmp_path: Path) -> None:
    (ana,), report = read(
        tmp_path,
        person(
            "<TitleOrShip>Dr.</TitleOrShip><DateOfBirthOrShipBuildDate>1972-08-10 or 1972-08-11"
            "</DateOfBirthOrShipBuildDate><Aliases>Anna</Aliases>",
            LISTED,
        ),
    )
    assert report.problems == []
    assert (ana.id, ana.schema) == ("ca-sema-china-part-1-item-1", "Person")
    assert ana.place == "record 1 (China, schedule Part 1, item 1)"
    assert (ana.first("name"), ana.first("firstName"), ana.first("lastName")) == ("Ana Prova", "Ana", "Prova")
    assert ana.weak_names == ("Anna",), "one word is no whole name"
    assert ana.values("birthDate") == ("1972-08-10", "1972-08-11")
    assert ana.values("title") == ("Dr.",)
    assert ana.values("country") == (), "the country is that of the regulation"
    (listing,) = ana.listings
    assert listing.period.start is not None
    assert listing.period.start.day == date(2021, 3, 21)
    assert (listing.programme, listing.act) == ("China / Chine", "schedule Part 1, item 1")


def test_a_body_in_two_languages_and_a_ship(tmp_path: Path) -> None:
    (body, ship), report = read(
        tmp_path,
        entry(
            "<EntityOrShip>Test Navy/Marine (A/B) test</EntityOrShip><Aliases>Works, LLC, TN</Aliases>",
            LISTED,
        ),
        entry(
            "<EntityOrShip>Sea One</EntityOrShip><TitleOrShip>Oil Tanker</TitleOrShip>"
            "<ShipIMONumber>7612448</ShipIMONumber>"
            "<DateOfBirthOrShipBuildDate>1980</DateOfBirthOrShipBuildDate>",
            LISTED,
            schedule="1.1",
        ),
    )
    assert report.problems == []
    assert body.names == ("Test Navy/Marine (A/B) test", "Test Navy", "Marine (A/B) test", "Works, LLC", "TN")
    assert (ship.schema, ship.first("imoNumber"), ship.first("type"), ship.first("buildDate")) == (
        "Vessel",
        "IMO7612448",
        "Oil Tanker",
        "1980",
    )
    assert ship.id == "ca-sema-china-1-1-item-1"


def test_the_older_layout_states_no_listing_date(tmp_path: Path) -> None:
    (ana, body), report = read(
        tmp_path,
        person("<Title>Dr.</Title><DateOfBirth>early 1970s</DateOfBirth>"),
        entry("<Entity>Works</Entity>", schedule="", item="2"),
    )
    assert report.problems == []
    assert ana.listings[0].period.start is None
    assert ana.values("notes") == ("Date of birth: early 1970s",)
    assert (body.id, body.listings[0].act) == ("ca-sema-china-item-2", "item 2")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (person("<Hobby>chess</Hobby>", LISTED, item="2"), "unknown field Hobby"),
        (person(item="2"), "it has no DateOfListing"),
        (person("<DateOfListing>2922-03-21</DateOfListing>", item="2"), "the year 2922"),
        (person("<EntityOrShip>Works</EntityOrShip>", LISTED, item="2"), "both or neither"),
        (entry(LISTED, item="2"), "both or neither"),
        (person(LISTED, item=""), "lacks its country or its item"),
        (
            entry("<EntityOrShip>S</EntityOrShip><ShipIMONumber>12</ShipIMONumber>", LISTED, item="2"),
            "does not have seven digits",
        ),
        (person(LISTED, LISTED, item="2"), "unknown field record/DateOfListing"),
        (person(LISTED), "occur earlier in the file"),
        (person("<DateOfBirth>1970</DateOfBirth>", LISTED, item="2"), "unknown field DateOfBirth"),
        ("<planet/>", "unknown field planet"),
    ],
)
def test_a_bad_record_is_a_problem_and_reading_goes_on(tmp_path: Path, broken: str, reason: str) -> None:
    records, report = read(tmp_path, person(LISTED), broken, person(LISTED, item="3"))
    assert [record.id[-6:] for record in records] == ["item-1", "item-3"]
    assert [(problem.place, reason in problem.reason) for problem in report.problems] == [("record 2", True)]
    assert not report.complete


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (document(person(LISTED))[:-20], "not whole XML"),
        (document(person(LISTED), head='<!DOCTYPE a [<!ENTITY b "c">]>'), "document type or entities"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "sema.xml").write_text(text, encoding="utf-8")
    with pytest.raises(ListFileRefusedError, match=reason):
        read_list(READER, tmp_path / "sema.xml")


def test_the_layout_follows_from_the_first_record() -> None:
    assert READER.recognise(Sample("x.xml", document(person(LISTED)).encode())) == SINCE_2021
    assert READER.recognise(Sample("x.xml", document(person()).encode())) == UNTIL_2021
    for head in (b"", b"<data-set><record><Name>a</Name></record></data-set>", b"<other/>"):
        assert READER.recognise(Sample("x.xml", head)) is None


@pytest.mark.parametrize(
    ("cell", "is_person", "names"),
    [
        (
            "Air One Holdings Pte. Ltd., Air One Limited",
            False,
            ("Air One Holdings Pte. Ltd.", "Air One Limited"),
        ),
        ("Proof Works, LLC", False, ("Proof Works, LLC",)),
        ("KGB, Proof Security; Other Name", False, ("KGB", "Proof Security", "Other Name")),
        ("Prova, Ana Vecchia", True, ("Prova, Ana Vecchia",)),
        ("Ana Prova, Anna Provva", True, ("Ana Prova", "Anna Provva")),
        ("Ana Prova / Hanna Prova", True, ("Ana Prova", "Hanna Prova")),
        ("Anna/ Hanna Prova", True, ("Anna/ Hanna Prova",)),
        ("Ana Prova, Arabic: آنا بروفا", True, ("Ana Prova", "آنا بروفا")),
        ("", True, ()),
    ],
)
def test_names_that_share_a_cell(cell: str, is_person: bool, names: tuple[str, ...]) -> None:
    assert split_aliases(cell, is_person=is_person) == names


def test_a_slash_inside_a_name_divides_nothing() -> None:
    assert languages_of("Steel Mills (North/South)") == ()
    assert languages_of("Proof S/A") == ()


def test_the_list_binds_in_canada_only() -> None:
    card = load_card("ca-sema")
    assert card.effect.binds == ("ca",)
    assert card.effect.source in card.sources
    assert card.effect.summary_nl != card.effect.summary


@pytest.mark.shared
@pytest.mark.parametrize(
    ("filename", "count"), [("202004-sema-lmes.xml", 1_369), ("2025-sema-lmes.xml", 4_759)]
)
def test_the_whole_official_files(shared_data: Path, filename: str, count: int) -> None:
    rows, report = read_list(READER, shared_data / "lists/ca-sema" / filename)
    assert (len(rows), report.problems) == (count, [])
    assert report.ignored == {}
    assert_sound(rows, "ca-sema")
    expected = load_card("ca-sema").expect[0]
    assert expected.records.min <= len(rows) <= expected.records.max
    for schema, limits in expected.schemata.items():
        assert limits.min <= sum(row.schema == schema for row in rows) <= limits.max


@pytest.mark.shared
def test_the_five_listings_of_march_2021(shared_data: Path) -> None:
    rows, _ = read_list(READER, shared_data / "lists/ca-sema/2025-sema-lmes.xml")
    bureau = "Xinjiang Production and Construction Corps Public Security Bureau"
    for name in ("Hailun Zhu", "Junzheng Wang", "Mingshan Wang", "Mingguo Chen", bureau):
        (found,) = named(rows, name)
        assert str(found.listings[0].period.start) == "2021-03-21"
