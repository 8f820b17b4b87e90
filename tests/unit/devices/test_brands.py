"""Spellings of brands."""

import pytest
from unit_devices import make_card, make_statements

from overzicht.devices.brands import SpellingMatch, resembles
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


@pytest.mark.parametrize(
    ("name", "text", "is_corrected"),
    [
        ("Osprey", "Ospray", True),
        ("Osprey", "Oprey", False),  # five letters have too many neighbours
        ("Badge", "Badga", False),
        ("Badge", "Bagde", True),  # two letters changed places
        ("Egret", "Ergte", False),
        ("Crow", "Corw", False),
        ("Sparrowhaw", "Sparowhau", False),
        ("Sparrowhawk", "Sparowhauk", True),
        ("Sparrowhawk", "Sparrohauk", True),
        ("Sparrowhawk", "Sparohauq", False),
        ("Sparrowhawk", "Tparrowhawk", False),
    ],
)
def test_longer_names_may_have_more_mistakes(name: str, text: str, is_corrected: bool) -> None:
    key = name.lower()
    match = build([make_card(key)], {}).brands.find(text, typos=True)
    assert (match is not None and match.spelling is SpellingMatch.TYPO) is is_corrected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("HIK", True), ("HI", False), ("Hikvisoin", True), ("Hikvision Digital", True), ("Dahua", False)],
)
def test_a_name_cut_short_resembles_the_whole(text: str, expected: bool) -> None:
    assert resembles(text, ("Hikvision Digital Technology", "Hikvision")) is expected


def test_the_longest_brand_begins_a_text_and_short_names_begin_none() -> None:
    brands = build([make_card("kestrel"), make_card("kes"), make_card("kestrel-vision-of-delft")], {}).brands
    for text, key, words in (
        ("Kestrel Pro", "kestrel", 1),
        ("Kestrel Vision of Delft 4MP", "kestrelvisionofdelft", 4),
    ):
        beginning = brands.beginning(text)
        assert beginning is not None
        assert (beginning[0].key, beginning[1]) == (key, words)
    assert brands.beginning("Kes 4MP") is None


def test_a_name_in_use_goes_before_a_former_one_and_a_product_line_comes_last() -> None:
    names = [{"name": "Merlin", "kind": "trade"}, {"name": "Harrier", "kind": "former"}]
    brands = build(
        [
            make_card("merlin", names=names),
            make_card("kestrel", lines=[{"name": "Harrier", "kind": "camera"}]),
        ],
        {},
    ).brands
    match = brands.find("Harrier")
    assert match is not None
    assert [(own.maker_id, own.kind) for own in match.brand.own] == [
        ("merlin", "former"),
        ("kestrel", "line"),
    ]
    assert [own.maker_id for own in match.brand.owners] == ["merlin"]


def test_a_longer_name_of_a_maker_is_a_spelling_of_its_trade_name() -> None:
    names = [
        {"name": "Kestrel", "kind": "trade"},
        {"name": "Kestrel Security Systems", "kind": "legal"},
        {"name": "Kestrel Security Systems", "kind": "former"},
    ]
    statement = make_statements({"brand": "Kestrel Security Systems", "maker": "osprey"})
    brands = build([make_card("kestrel", names=names), make_card("osprey")], statement).brands
    match = brands.find("KESTREL SECURITY SYSTEMS")
    assert match is not None
    assert (match.brand.key, match.spelling) == ("kestrel", SpellingMatch.EXACT)
    assert match.brand.spellings == ("Kestrel", "Kestrel Security Systems")
    assert [own.kind for own in match.brand.own] == ["trade", "legal", "former"]
    assert [own.makers for own in match.brand.statements] == [("osprey",)]


@pytest.mark.parametrize("kind", ["trade", "legal", "short", "as-listed", "former"])
def test_a_name_of_any_kind_leads_to_its_maker(kind: str) -> None:
    names = [{"name": "Kestrel", "kind": "trade"}, {"name": "Gannet", "kind": kind}]
    match = build([make_card("kestrel", names=names)], {}).brands.find("Gannet")
    assert match is not None
    assert [(own.maker_id, own.kind) for own in match.brand.owners] == [("kestrel", kind)]


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


def test_a_longer_name_is_that_of_another_party(invented: Knowledge) -> None:
    whole = invented.brands.whole
    brands = [whole("Kestrel"), whole("Kestrel Systems B.V."), whole("Kestrel Marine Networks")]
    assert [brand and brand.key for brand in brands] == ["kestrel", "kestrel", None]
