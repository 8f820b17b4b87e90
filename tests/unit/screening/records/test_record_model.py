import pytest

from overzicht.entities import PartyQuery, Record, Statement
from overzicht.screening.records.party_record import MOST_NAMES, PartyRecord
from overzicht.screening.records.spellings import spelt_out, with_digits


def test_the_keys_of_a_record() -> None:
    record = PartyRecord.from_json(
        {
            "id": "x",
            "schema": "Person",
            "names": ["A B"],
            "weak_names": ["C"],
            "aliases": ["D"],
            "birth_dates": ["1966"],
            "countries": ["nl"],
            "addresses": ["Main Street 1", " "],
            "ids": {"passportNumber": ["1", "2"]},
            "list": "us-ofac",
        }
    )
    assert record.identifiers == (("passportNumber", "1"), ("passportNumber", "2"))
    assert (record.names, record.weak_names, record.birth_dates) == (("A B",), ("C",), ("1966",))
    assert (record.aliases, record.countries, record.addresses) == (("D",), ("nl",), ("Main Street 1",))
    assert PartyRecord.from_json({}) == PartyRecord(schema="LegalEntity")


def test_an_entry_of_a_list_is_a_record() -> None:
    statements = (Statement("name", "Acme"), Statement("alias", "Acne"), Statement("innCode", "7707083893"))
    record = PartyRecord.of_record(Record("r-1", "Company", statements, "row 1"))
    assert record == PartyRecord(
        "r-1", "Company", ("Acme",), ("Acne",), identifiers=(("innCode", "7707083893"),)
    )


def test_a_query_is_a_record_without_aliases() -> None:
    query = PartyQuery(
        "q", ("Acme",), "Person", (("passportNumber", "1"),), birth_date="1966", countries=("nl",)
    )
    assert PartyRecord.of_query(query) == PartyRecord(
        "q", "Person", ("Acme",), birth_dates=("1966",), countries=("nl",), identifiers=query.identifiers
    )
    assert PartyRecord.of_query(PartyQuery("q", ("Acme",))).birth_dates == ()


def test_a_followthemoney_entity() -> None:
    record = PartyRecord.from_json(
        {
            "id": "e",
            "schema": "Company",
            "properties": {
                "name": ["Acme"],
                "previousName": ["Acne"],
                "jurisdiction": ["nl"],
                "country": ["nl"],
                "leiCode": ["1"],
                "registrationNumber": ["2"],
                "website": ["https://acme.example"],
            },
        }
    )
    assert (record.names, record.aliases, record.countries) == (("Acme",), ("Acne",), ("nl",))
    assert dict(record.identifiers) == {"leiCode": "1", "registrationNumber": "2"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"schema": "Robot"}, "schema 'Robot'"),
        ({"schema": 3}, "schema 3"),
        ({"names": "one"}, None),
        ({"names": [1]}, "names is not a list of texts"),
        ({"names": {"a": 1}}, "names is not a list of texts"),
        ({"ids": ["1"]}, "ids is not a JSON object"),
        ({"ids": {"leiCode": [1]}}, "ids.leiCode is not a list of texts"),
        ({"properties": ["x"]}, "properties is not a JSON object"),
        ({}, None),
    ],
)
def test_what_is_not_in_form_is_said(data: dict[str, object], reason: str | None) -> None:
    if reason is None:
        assert PartyRecord.from_json(data).names == (("one",) if data else ())
        return
    with pytest.raises(ValueError, match=reason.replace("'", ".")):
        PartyRecord.from_json(data)


def test_each_name_is_compared_once_and_knows_its_place() -> None:
    record = PartyRecord(
        names=("Acme (Acme Holding Group)",), aliases=("Acme", "Zeta; Eta"), weak_names=("Eta", "Iota")
    )
    named = record.named()
    assert [name.text for name in named] == ["Acme", "Acme Holding Group", "Zeta", "Eta", "Iota"]
    assert [name.place for name in named] == [0, 0, 2, 2, 4]
    assert [name.is_weak for name in named] == [False, False, False, False, True]


def test_a_long_list_of_aliases_is_cut() -> None:
    assert (
        len(PartyRecord(aliases=tuple(f"Name {'abc'[n % 3]}{n}" for n in range(200))).named()) == MOST_NAMES
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mortaza Rezaie; Mortaza Rezai", ("Mortaza Rezaie", "Mortaza Rezai")),
        ("DAEDONG CREDIT BANK (DCB)", ("DAEDONG CREDIT BANK", "DCB")),
        ("Twister LLC (ex. Starfish Ship Management)", ("Twister LLC", "Starfish Ship Management")),
        ("HSBC Bank (China) Limited", ("HSBC Bank (China) Limited",)),  # a place is no name
        ("玉山银行（中国）有限公司", ("玉山银行（中国）有限公司",)),
        ("Cheetah IІ", ("Cheetah 2",)),  # the last letter is Cyrillic
        ("", ()),
        (" ; ", ()),
        ("()", ("()",)),
    ],
)
def test_names_of_bodies_in_one_text(text: str, names: tuple[str, ...]) -> None:
    assert spelt_out(text, is_person=False) == names


def test_a_persons_brackets_are_left_out() -> None:
    assert spelt_out("Mikail (Mikhail) GUTSERIEV", is_person=True) == ("Mikail GUTSERIEV",)
    assert spelt_out("(ABC DEF)", is_person=True) == ("(ABC DEF)",)


@pytest.mark.parametrize(
    ("name", "read"),
    [("Sirius I", "Sirius 1"), ("Magus Holding II, Corp.", "Magus Holding 2, Corp."), ("I am", "I am"),
     ("X", "X"), ("Rocky VI", "Rocky 6"), ("V. Ivanov", "V. Ivanov"), ("MIX", "MIX"),
     ("II III IV VI VII VIII IX XI XII Rocky", "2 3 4 6 7 8 9 11 12 Rocky"), ("Rocky X", "Rocky 10"),
     ("Rocky V", "Rocky 5"), ("X Rocky", "X Rocky"), ("Rocky V Sea ", "Rocky V Sea"),
     ("Rocky XX", "Rocky XX")],
)  # fmt: skip
def test_roman_numbers(name: str, read: str) -> None:
    assert with_digits(name) == read
