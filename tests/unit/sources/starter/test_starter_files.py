"""The schema of the starter files and the loader: what they take, what they refuse, and what comes out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from followthemoney import model

from overzicht.dates import DateBasis, Holds
from overzicht.errors import PackagedFactError
from overzicht.sources.starter import load_starter_files, starter_records


def a_file() -> dict[str, Any]:
    return {
        "list_id": "xx-list",
        "checked": date(2026, 11, 25),
        "entries": [
            {
                "id": "xx-list-7",
                "schema": "Company",
                "names": [
                    {"name": "Voorbeeld Camera's B.V."},
                    {"name": "示例", "prop": "alias", "lang": "zho"},
                ],
                "values": [{"prop": "country", "value": "nl"}],
                "listings": [
                    {
                        "id": "xx-list-7",
                        "measure": "Example",
                        "since": date(2020, 2, 1),
                        "until": date(2021, 2, 1),
                        "reason": "An invented reason for a test.",
                    }
                ],
                "place": "row 7",
                "source": "gazette",
            }
        ],
        "sources": {
            "gazette": {
                "title": "Invented gazette",
                "address": "https://example.org/gazette/7",
                "date": "2020-02-01",
                "read": date(2026, 11, 25),
                "official": True,
            }
        },
    }


def write(folder: Path, data: dict[str, Any], name: str = "xx-list.yml") -> Path:
    (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def test_a_valid_file_is_read(tmp_path: Path) -> None:
    files = load_starter_files(write(tmp_path, a_file()))
    assert list(files) == ["xx-list"]
    assert files["xx-list"].entries[0].names[1].lang == "zho"


def test_a_file_that_is_not_named_after_its_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackagedFactError, match=r"other\.yml, list_id: it is of 'xx-list'"):
        load_starter_files(write(tmp_path, a_file(), "other.yml"))


def test_what_is_not_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "xx-list.yml").write_text("a: [", encoding="utf-8")
    with pytest.raises(PackagedFactError, match="it is not YAML"):
        load_starter_files(tmp_path)


def set_listing(**fields: Any) -> dict[str, Any]:
    data = a_file()
    data["entries"][0]["listings"][0].update(fields)
    return data


def set_entry(**fields: Any) -> dict[str, Any]:
    data = a_file()
    data["entries"][0].update(fields)
    return data


def twice() -> dict[str, Any]:
    data = a_file()
    data["entries"] *= 2
    return data


def with_unused_source() -> dict[str, Any]:
    data = a_file()
    data["sources"]["other"] = data["sources"]["gazette"]
    return data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (set_listing(basis="derived"), "must say by what rule"),
        (set_listing(basis="not later than"), "must say by what rule"),
        (set_listing(until=date(2020, 2, 1)), "is not after the start"),
        (set_listing(reason="short"), "at least 20 characters"),
        (set_listing(act_address="gazette 7"), "does not have the form|not a valid value"),
        (set_entry(source="nowhere"), "there is no source 'nowhere'"),
        (set_entry(id="yy-7"), "does not start with 'xx-list'"),
        (set_entry(listings=[]), "at least 1"),
        (set_entry(colour="red"), "no such field"),
        (twice(), "occurs twice"),
        (with_unused_source(), "no entry uses the sources other"),
    ],
)
def test_a_wrong_fact_is_refused_with_its_place(tmp_path: Path, data: dict[str, Any], message: str) -> None:
    with pytest.raises(PackagedFactError, match=message) as caught:
        load_starter_files(write(tmp_path, data))
    assert str(caught.value).startswith("starter/xx-list.yml")


def test_the_packaged_lists_are_those_that_name_makers_or_the_five() -> None:
    assert sorted(starter_records()) == [
        "eu-fsf", "us-1237", "us-1260h", "us-bis-entity-list", "us-csl", "us-ofac", "us-procurement-bans",
        "us-uflpa",
    ]  # fmt: skip


def test_every_packaged_record_is_a_valid_entity_with_a_citation_that_can_be_opened() -> None:
    for list_id, pairs in starter_records().items():
        for record, citation in pairs:
            schema = model.get(record.schema)
            assert schema is not None
            assert {s.prop for s in record.statements} <= set(schema.properties)
            assert citation.source == list_id
            assert citation.place
            assert citation.address.startswith("http")
            assert citation.retrieved is not None
            assert {listing.list_id for listing in record.listings} == {list_id}


def test_ids_of_records_and_listings_are_unique() -> None:
    records = [record for pairs in starter_records().values() for record, _ in pairs]
    listings = [listing.id for record in records for listing in record.listings]
    assert len({record.id for record in records}) == len(records)
    assert len(set(listings)) == len(listings)


@pytest.mark.parametrize(("day", "held"), [(date(2021, 3, 21), Holds.NO), (date(2021, 3, 22), Holds.YES)])
def test_the_five_of_question_15_are_on_the_list_of_the_union_from_22_march_2021(
    day: date, held: Holds
) -> None:
    pairs = starter_records()["eu-fsf"]
    assert sorted(record.schema for record, _ in pairs) == ["LegalEntity", *["Person"] * 4]
    assert {record.listings[0].period.holds_on(day) for record, _ in pairs} == {held}


def test_on_the_day_before_the_american_list_already_has_two_of_the_four_persons() -> None:
    persons = [record for record, _ in starter_records()["us-ofac"] if record.schema == "Person"]
    assert len(persons) == 4
    listed = [p for p in persons if p.listings[0].period.holds_on(date(2021, 3, 21)) is Holds.YES]
    assert {person.caption for person in listed} == {"Hailun ZHU", "Mingshan WANG"}


def test_a_listing_that_ended_no_longer_holds() -> None:
    ended = [
        listing
        for record, _ in starter_records()["us-1260h"]
        for listing in record.listings
        if listing.period.end is not None
    ]
    assert len(ended) == 1
    assert ended[0].period.holds_on(date(2025, 1, 6)) is Holds.YES
    assert ended[0].period.holds_on(date(2025, 1, 7)) is Holds.NO
    assert ended[0].period.start is not None
    assert ended[0].period.start.basis is DateBasis.DERIVED
