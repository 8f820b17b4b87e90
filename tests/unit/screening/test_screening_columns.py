"""Columns of pairs of names: what marks a family name, a father's name, and words that are not met."""

import numpy as np
import pytest

from overzicht.screening.columns import UNKNOWN_FAMILY
from overzicht.screening.evaluate import pair_columns
from overzicht.screening.features import FEATURES

NAMES = [feature.name for feature in FEATURES]


def column(name: str, query: str, target: str, schema: str = "Person") -> float:
    row = pair_columns([{"query": query, "target": target, "schema": schema}])[0]
    return float(row[NAMES.index(name)])


@pytest.mark.parametrize(
    ("query", "target", "expected"),
    [
        ("Ivan Semakov", "SEMAKOV, Ivan", 1.0),
        ("Ivan Petrenko", "SEMAKOV, Ivan", 0.0),
        ("Ivan SEMAKOV", "Ivan Petrenko", 0.0),  # capitals mark the family name, at either end
        ("SEMAKOV Ivan", "Ivan Semakov", 1.0),
        ("Ivan Semakov", "Semakov Ivan", UNKNOWN_FAMILY),
        ("IVAN SEMAKOV", "Ivan Semakov", UNKNOWN_FAMILY),
    ],
)
def test_a_comma_or_capitals_mark_the_family_name(query: str, target: str, expected: float) -> None:
    assert column("family_alike", query, target) == pytest.approx(expected, abs=0.01)


def test_a_company_has_no_family_name() -> None:
    assert column("family_alike", "RULVEN, Trading", "Ostmark, Trading", "Company") == pytest.approx(0.6)


def test_a_fathers_name_alone_is_told_apart_from_a_name_that_is_met() -> None:
    share = column("patronymic_share", "Denis Vladimirovich Korovin", "Denis Vladimirovich Kolesnikov")
    assert 0.2 < share < 1.0
    assert column("patronymic_share", "Denis Korovin", "Denis Korovin") == 0.0


def test_words_left_on_both_sides_stand_against_each_other() -> None:
    other, longer = (
        column("contrast", "Rulven Shipping", name, "Company")
        for name in ("Ostmark Shipping", "Rulven Shipping Sarvo")
    )
    assert other > 0.3
    assert longer == pytest.approx(0.0)


GROUP = "China Electronics Technology Group"
BUREAU = "Bureau of Industrial Research"


@pytest.mark.parametrize(
    ("name", "query", "target", "expected"),
    [
        ("same_order", "Rulven Tarrow Mosken", "Rulven Mosken Tarrow", 1 / 2),
        ("same_order", "Rulven Tarrow", "Tarrow Rulven", 0),
        ("same_order", "Rulven Tarrow", "Rulven", 1),
        ("begins_alike", "Quillbrook", "Quillbrook Optics", 10 / 16),
        ("begins_alike", "Optics", "Quillbrook Optics", 0),
        ("numbers_differ", "Rulven 7", "Rulven 7", 0),
        ("numbers_differ", "Rulven 7", "Rulven", 1),
        ("numbers_differ", "Rulven 7", "Rulven 12", 3),
        ("numbers_differ", "Rulven 1 2 3 4", "Rulven", 3),
        ("numbers_differ", "Rulven 1 2", "Rulven 3 4", 4),
        ("legal_forms_differ", "Rulven LLC", "Rulven GmbH", 0),  # both limit the liability
        ("legal_forms_differ", "Rulven", "Rulven LLC", 1),
        ("legal_forms_differ", "Rulven JSC", "Rulven GmbH", 2),
        ("script", "Rulven", "Tarrow", 0),
        ("script", "Рулвен", "Тарров", 0),
        ("script", "Рулвен", "Rulven", 1),  # an alphabet
        ("script", "Rulven", "مروان", 2),  # vowels are not written
        ("script", "Rulven", "青蕨光学", 3),  # syllables
        ("sound_in_order", "Рулвен", "Rulven", 1),
        ("fewest_words", "Rulven Tarrow", "Rulven Tarrow Mosken", 2),
        ("fewest_words", "Ab Bc Cd De Ef Fg", "Ab Bc Cd De Ef Fg Gh", 5),
        ("shortest_length", "Rulven Tarrow", "Rulven Tarrow Mosken", 12),
        ("pairs_of_letters", "abcd", "abce", 4 / 6),
        ("pairs_of_letters", "aaaa", "aa", 2 / 4),
        ("pairs_of_letters", "abcabc", "abc", 4 / 7),
        ("pairs_of_letters", "ab", "ab", 1),
        ("pairs_of_letters", "ab", "abc", 2 / 3),
        ("pairs_of_letters", "a", "a", 0),
        ("letters_in_order", "Rulven", "Rulvon", 5 / 6),
        ("letters_in_order", "Tarrow Rulven", "Rulven Tarrow", 0),
        ("letters_sorted", "Tarrow Rulven", "Rulven Tarrow", 1),
        ("letters_covered", "Rulven Tarrow", "Rulven Tarow", (1 + 5 / 6) / 2),
        ("words_left_query", "Rulven of Tarrow", "Rulven", 1),
        ("words_left_query", "Rulven Aba Bcb Cdc Ded Efe", "Rulven", 4),
        ("spare_words_are_weak", "Rulven of", "Rulven", 1),
        ("spare_words_are_weak", "Rulven Tarrow", "Rulven", 0),
        ("words_met", "Rulven of Tarrow", "Rulven of Tarrow", 2),
        ("words_exact", "Rulven Tarrow", "Rulven Tarow", 1),
        ("query_covered", "Rulven Tarrow", "Rulven", 1 / 2),
        ("target_covered", "Rulven Tarrow", "Rulven", 1),
        ("less_covered", "Rulven Tarrow", "Rulven", 1 / 2),
        ("query_missing", "Rulven Tarrow", "Rulven", 1),
        ("target_missing", "Rulven Tarrow", "Rulven", 0),
        ("both_missing", "Rulven Tarrow", "Rulven", 0),
        ("both_missing", "Rulven Tarrow", "Rulven Mosken", 1),
        ("leftovers_alike", "Rulven Tarrow", "Rulven", 1),
        ("matched_rarity", "Rulven Tarrow", "Rulven Tarrow", 2),
        ("matched_rarity", "Rulven Tarrow", "Rulven Mosken", 1),
        ("exact_share", "Rulven Tarrow", "Rulven Tarow", 1 / 2),
        ("exact_share", "Rulven Tarrow", "Rulven", 3 / 4),
        ("rarest_matched", "Rulven Tarrow", "Rulven", 1),
        ("rarest_exact", "Rulven Tarrow", "Rulven Tarow", 1),
        ("rarest_exact", "Rulven", "Rulvan", 0),
        ("second_rarest", "Rulven Tarrow", "Tarrow Rulven", 1),
        ("second_rarest", "Rulven Tarrow", "Rulven Mosken", 0),
        ("first_word_alike", "Rulven Tarrow", "Rulven Mosken", 1),
        ("last_word_alike", "Tarrow Rulven", "Mosken Ostfeld Rulven", 1),
        ("heaviest_alike", "Rulven of", "Rulven", 1),
        ("heaviest_alike", "Rulven", "Mosken", 0),
        ("fullest_weight", "Rulven Tarrow", "Rulven Tarrow Mosken", 2),
        ("is_person", "Rulven", "Rulven", 0),
        ("cosine", "Rulven Tarrow", "Rulven", 1 / 2**0.5),
        ("cosine", "Rulven", "Mosken", 0),
        ("balance", "Rulven", "Rulven", 1),
        ("balance", "Rulven", "Mosken", -1),
        ("balance", "Rulven Tarrow", "Rulven", 1 / 2),
        ("balance", "Rulven", "Rulven Tarrow", 1 / 2),
        ("leftovers_alike", "Rulven", "Mosken", 2 / 6),
        ("contrast", "Rulven", "Mosken", 4 / 6),
        ("first_letters_differ", "Semakov", "Zemakov", 1),
        ("acronym", "CETG", GROUP, 1),
        ("acronym", "CETGC", GROUP, 1),  # corporation
        ("acronym", "CETGX", GROUP, 0),
        ("acronym", "CET", GROUP, 0),
        ("acronym", "CETGLL", GROUP, 0),
        ("acronym", GROUP, "CETG", 1),
        ("acronym", "CETGG", GROUP, 1),  # group
        ("acronym", "CETGL", GROUP, 1),  # limited
        ("acronym", "CETGM", GROUP, 0),
        ("acronym", "BIR", BUREAU, 1),
        ("acronym", "BOIR", BUREAU, 1),
        ("acronym", "BRI", BUREAU, 0),
        ("skeletons_alike", "Tonat", "Konat", 2 / 3),
        ("glued_share", "Quillbrook", "Quill Brook", 1),
        ("glued_share", "Blue Optics", "Bl Ue Optics", 2 / 3),
        ("glued_share", "Bl Ue Optics", "Blue Optics", 2 / 3),
        ("glued_share", "Northstarline", "North Star Line", 1),
        ("glued_share", "Starlinenorth", "North Star Line", 1),
        ("glued_share", "Brookquill", "Quill Brook", 1),
        ("glued_share", "Abc Optics", "Ab C Optics", 0),  # fewer than four letters
        ("query_covered", "Quillbrook Optics", "Quill Brook Optics", 1),
        ("letters_covered", "Quillbrook", "Quill Brook", 1),
        ("query_covered", "Tar", "Tarrow", 3 / 4),  # cut short
        ("query_covered", "Tarrow", "Tar", 3 / 4),
        ("query_covered", "Ta", "Tarrow", 0),
        ("letters_covered", "Tar", "Tarrow", 1 / 2),
        ("letters_covered", "Tar", "Tarrowm", 0),  # the letters of a much longer word are not compared
        ("query_covered", "Rulvenmosken", "Рулвен Москен", 0.96),  # at most, by sound
        ("query_covered", "Рулвенмоскен", "Rulven Mosken", 0.96),
        ("glued_share", "Rulvenmosken", "Рулвен Москен", 1),
        ("glued_share", "Works 1234", "Works 12 34", 0),
        ("sound_in_order", "Brookquill", "Quill Brook", 1),
        ("sound_in_order", "Dilvonrulventarrowmoskenbrook", "Rulven Tarrow Mosken Brook Dilvon", 1),
        ("fewer_words_left", "Rulven Aba", "Rulven Cdc Efe", 1),
        ("query_covered", "RTM", "Rulven Tarrow Mosken", 4 / 5),
        ("acronym_share", "RTM Shipping", "Rulven Tarrow Mosken Shipping", 1),
        ("acronym_share", "RT Shipping", "Rulven Tarrow Shipping", 1),
        ("acronym_share", "RTM Shipping", "Shipping Rulven Ta Mosken", 1),
        ("acronym_share", "RTM Shipping", "Rulven T Mosken Shipping", 0),  # an initial
        ("acronym_share", "RTMABC Shipping", "Rulven Tarrow Mosken Aber Bosk Corven Shipping", 1),
        ("acronym_share", "RTMABCD Shipping", "Rulven Tarrow Mosken Aber Bosk Corven Dilvor Shipping", 0),
        ("acronym_share", "12 Shipping", "1st 2nd Shipping", 0),
        ("acronym_share", "RTN Shipping", "Rulven Tarrow Mosken Shipping", 0),
    ],
)
def test_a_column_is_what_its_name_says(name: str, query: str, target: str, expected: float) -> None:
    assert column(name, query, target, "Company") == pytest.approx(expected, abs=1e-6)


def test_two_persons_are_compared_as_persons() -> None:
    assert column("is_person", "Rulven Tarrow", "Rulven Tarrow", "Person") == 1


@pytest.mark.parametrize(
    ("name", "is_patronymic"),
    [
        ("Vladimirovich", True),
        ("Vladimirovych", True),
        ("Vladimirovna", True),
        ("Milosevic", True),
        ("Movich", True),
        ("Ovich", False),
        ("Petrovic", False),
        ("Petrovka", False),
    ],
)
def test_a_fathers_name_has_one_of_four_endings(name: str, is_patronymic: bool) -> None:
    assert (column("patronymic_share", name, name) == pytest.approx(1)) is is_patronymic


def test_initials_are_counted_by_words() -> None:
    assert column("initial_share", "J. Semakov", "Jan Semakov") == pytest.approx(1 / 2)
    assert column("initial_share", "J. Semakov", "Peter Semakov") == 0
    assert column("initial_share", "J. Semakov", "J. Semakov") == 0


PAIRS = [
    ("Ivan Semakov", "SEMAKOV, Ivan Petrovich", "Person"),
    ("Rulven Trading LLC", "Rulven International Trading GmbH", "Company"),
    ("Quillbrook Optics", "Quill Brook Optics Co., Ltd.", "Company"),
    ("Rulven 7", "Rulven 12 Works", "Company"),
    ("Мирван Олварски", "OLVARSKI, Mirwan Tedoz", "Person"),
    ("杭州比维德技术股份有限公司", "Hangzhou Biweide Technology", "Company"),
    ("J. Semakov", "Jan Semakov", "Person"),
    ("Denis Vladimirovich Korovin", "Denis Vladimirovich Kolesnikov", "Person"),
    ("Rulvn Wrks", "Rulven Works", "Company"),
    (GROUP, "CETGC", "Company"),
]
ONE_SIDED = {"cosine", "acronym_share"}  # they count by the words of the query


@pytest.mark.parametrize(("query", "target", "schema"), PAIRS)
def test_a_pair_the_other_way_round_has_the_columns_of_both_names_swapped(
    query: str, target: str, schema: str
) -> None:
    one, other = (
        dict(zip(NAMES, pair_columns([{"query": a, "target": b, "schema": schema}])[0], strict=True))
        for a, b in ((query, target), (target, query))
    )
    for name in set(NAMES) - ONE_SIDED:
        swapped = {"query": "target", "target": "query"}
        mirrored = "_".join(swapped.get(word, word) for word in name.split("_"))
        assert one[name] == pytest.approx(other[mirrored], abs=1e-5), name


@pytest.mark.parametrize("name", sorted({name for query, target, _ in PAIRS for name in (query, target)}))
def test_a_name_covers_itself_in_full(name: str) -> None:
    full = ("query_covered", "target_covered", "exact_share", "weakest_word", "letters_in_order")
    alike = ("letters_sorted", "sound_in_order", "same_order", "letters_covered", "heaviest_alike")
    for of in (*full, *alike, "cosine", "skeletons_alike"):
        assert column(of, name, name) == pytest.approx(1, abs=1e-5), of
    none = ("known_words_differ", "first_letters_differ", "acronym_share", "glued_share", "translated_share")
    for of in (*none, "query_missing", "both_missing", "words_left_query", "letters_changed", "contrast"):
        assert column(of, name, name) == 0, of
    assert column("balance", name, name) == pytest.approx(column("fullest_weight", name, name), abs=1e-5)


def test_columns_of_a_pair_are_numbers_for_any_text() -> None:
    texts = ["", "-", "王", "a", "x" * 500, "1 2 3", "Ёж, ё", "الله"]
    rows = pair_columns([{"query": a, "target": b, "schema": "Person"} for a in texts for b in texts])
    assert np.isfinite(rows).all()
