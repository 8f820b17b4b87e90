"""By which keys entries of lists are one party."""

import pytest

from overzicht.entities import PartyQuery, Record, Statement
from overzicht.parties.links import links_of_known, links_of_record
from overzicht.parties.variants import name_variants, whole_names
from overzicht.screening.index.resolve import NAME


def record(schema: str, *names: str, **values: str) -> Record:
    statements = [Statement("name", name) for name in names]
    return Record("r-1", schema, (*statements, *(Statement(k, v) for k, v in values.items())), "row 1")


def links(entry: Record) -> set[tuple[str, str]]:
    return set(links_of_record(entry, entry.names))


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("Da-Jiang Innovations (DJI)", ("Da-Jiang Innovations (DJI)", "Da-Jiang Innovations", "DJI")),
        ("Dawning Industry Co., Ltd. (Sugon)",
         ("Dawning Industry Co., Ltd. (Sugon)", "Dawning Industry Co., Ltd.", "Sugon")),
        ("Lens Corps (LPC) Bureau", ("Lens Corps (LPC) Bureau", "Lens Corps Bureau")),
        ("Lens Technologies (Chile)", ("Lens Technologies (Chile)",)),
        ("Lens Trading (USA)", ("Lens Trading (USA)",)),
        ("Lens Trading (NLD)", ("Lens Trading (NLD)", "Lens Trading", "NLD")),  # a code is a short name
        ("Lens (USA) Bureau", ("Lens (USA) Bureau",)),
        ("Lens (Shenzhen) Co., Ltd.", ("Lens (Shenzhen) Co., Ltd.",)),
        ("Lens Group (a branch of the other group)", ("Lens Group (a branch of the other group)",)),
    ],
)  # fmt: skip
def test_a_short_name_in_brackets_is_a_name_and_a_place_is_not(name: str, variants: tuple[str, ...]) -> None:
    assert name_variants(name) == variants


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Lens Works Group Co., Ltd. (Lens Works)", "Lens Works Group Co., Ltd."),
        ("Lens Works (Works, Lens)", "Lens Works"),
        ("Lens Works Group Co., Ltd. (Lens Optics)", None),
        ("Morning Lens Export Company (MLEC)*", "Morning Lens Export Company"),
        ("MORNING LENS EXPORT COMPANY (MLEC)", "MORNING LENS EXPORT COMPANY"),
        ("Lens Staff (GRU)", "Lens Staff"),
        ("Lens Technologies (Suzhou)", None),
        ("LENS TECHNOLOGIES (SUZHOU)", None),
        ("Lens Technologies (…)", None),
        ("Lens Trading (USA)", None),
    ],
)
def test_initials_in_brackets_may_be_left_out_and_a_branch_may_not(name: str, whole: str | None) -> None:
    assert whole_names(name) == ((name, whole) if whole else (name,))


def test_a_company_links_by_whole_names_without_legal_form_and_valid_numbers() -> None:
    entry = record("Company", "Lens Optics Co., Ltd.", leiCode="3003000T24CMHQ382Y71", innCode="123")
    assert links(entry) == {(NAME, "lens optics"), ("leiCode", "3003000T24CMHQ382Y71")}


def test_a_name_of_one_word_links_only_to_a_known_party() -> None:
    assert links(record("Company", "Lensoptics Ltd")) == set()
    assert (NAME, "hikvision") in links(record("Company", "Hikvision"))


def test_a_person_links_by_name_and_full_birth_date_and_a_ship_by_number_alone() -> None:
    assert links(record("Person", "Jan Example")) == set()
    assert links(record("Person", "Jan Example", birthDate="1960")) == set()
    assert links(record("Person", "Example Jan", birthDate="1960-01-02")) == {
        (NAME, "example jan 1960-01-02")
    }
    assert links(record("Vessel", "Ocean Star", imoNumber="9126819")) == {("imoNumber", "IMO9126819")}


@pytest.mark.parametrize("schema", ["Airplane", "Security", "CryptoWallet"])
def test_a_thing_that_many_name_alike_links_by_number_alone(schema: str) -> None:
    assert links(record(schema, "Lens Optics", innCode="7707083893")) == {("innCode", "7707083893")}


def test_a_party_that_a_card_tells_apart_links_by_its_exact_name() -> None:
    apart = links(record("Company", "Hytera Communications Limited"))
    known = set(links_of_known(PartyQuery("hytera", ("Hytera Communications Corporation",))))
    assert not apart & known
