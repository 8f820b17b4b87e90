"""Spellings of brands."""

import pytest
from unit_devices import make_card, make_statements

from overzicht.devices.brands import SpellingMatch
from overzicht.devices.knowledge import Knowledge, build
from overzicht.devices.vocabulary import core, plain, squashed, without_company_form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("HIK-Vision (B.V.)", "hik vision b v"),
        ("  Überwachung  ", "uberwachung"),
        ("KT&amp;C", "kt c"),
        ("海康威视", "hai kang wei shi"),
        ("", ""),
    ],
)
def test_plain_form(name: str, form: str) -> None:
    assert plain(name) == form


def test_company_forms_go_but_never_the_first_word() -> None:
    assert without_company_form("Zhejiang Kestrel Technology Co.,Ltd.") == "zhejiang kestrel technology"
    assert without_company_form("LT Security Inc") == "lt security inc"
    assert core("Kestrel Security Systems GmbH") == "kestrel"
    assert squashed("HIK Vision") == "hikvision"


@pytest.mark.parametrize(
    ("text", "key", "spelling"),
    [
        ("kestrel", "kestrel", SpellingMatch.EXACT),
        ("Kestrel Systems", "kestrel", SpellingMatch.CORE),
        ("Kestrel Pro Bullet", "kestrel", SpellingMatch.BEGINNING),
        ("Harrier Enhanced", "harrier", SpellingMatch.BEGINNING),
        ("Kestrell", "kestrel", SpellingMatch.TYPO),
        ("Bagde", "badge", SpellingMatch.TYPO),
    ],
)
def test_a_text_meets_a_brand(invented: Knowledge, text: str, key: str, spelling: SpellingMatch) -> None:
    found = invented.brands.find(text, typos=True)
    assert found is not None
    assert (found.brand.key, found.spelling) == (key, spelling)


@pytest.mark.parametrize("text", ["", "Zed Nine", "Kestrel Limited", "Festrel", "Kstrl", "Bad"])
def test_a_text_meets_no_brand(invented: Knowledge, text: str) -> None:
    assert invented.brands.find(text, typos=True) is None


def test_a_typo_between_two_brands_is_not_corrected() -> None:
    knowledge = build([make_card("kestrel"), make_card("kestran")], {})
    assert knowledge.brands.find("Kestral", typos=True) is None


def test_spellings_of_a_statement_lead_to_one_brand() -> None:
    statement = {"brand": "House Brand", "brand_spellings": ["H-Brand"], "maker": "kestrel"}
    brands = build([make_card("kestrel")], make_statements(statement)).brands
    assert brands.find("HBrand") == brands.find("HOUSE-BRAND")
    house, kestrel = brands.find("h brand"), brands.find("Kestrel")
    assert house is not None
    assert house.brand.is_relabelling()
    assert kestrel is not None
    assert not kestrel.brand.is_relabelling()
