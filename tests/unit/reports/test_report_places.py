"""Places of citations: worded in Dutch where they are kinds and numbers, else as somebody wrote them."""

import pytest

from overzicht.reports.citation_places import KINDS, place_words
from overzicht.reports.i18n import words_for

NL, EN = words_for("nl"), words_for("en")


@pytest.mark.parametrize(
    ("place", "english", "dutch"),
    [
        ("models[0]", "manufacturer card, model number 1", "fabrikantkaart, modelnummer 1"),
        (
            "mac_registrants[9]",
            "manufacturer card, holder of MAC blocks 10",
            "fabrikantkaart, houder van MAC-blokken 10",
        ),
        ("party: CN", "party: China", "partij: China"),
        ("territory: US", "territory: United States", "gebied: Verenigde Staten"),
        ("member: XQ", "member: XQ", "lid: XQ"),
        ("models[x]", "models[x]", "models[x]"),
    ],
)
def test_a_place_in_our_own_data_is_in_words_in_both_languages(place: str, english: str, dutch: str) -> None:
    assert (place_words(place, EN), place_words(place, NL)) == (english, dutch)


@pytest.mark.parametrize(
    ("place", "dutch"),
    [
        ("answer 6", "antwoord 6"),
        ("question 3", "vraag 3"),
        ("answer to question 3", "antwoord op vraag 3"),
        ("answers 4 and 5", "antwoorden 4 en 5"),
        ("page 2", "bladzijde 2"),
        ("Page 12", "bladzijde 12"),
        ("row 5", "rij 5"),
        ("row 5, datum", "rij 5, datum"),
        ("notice 2023/S 001-000001, lot 1", "aankondiging 2023/S 001-000001, perceel 1"),
        ("sheet 'Camera's, oud', row 5", "blad “Camera's, oud”, rij 5"),
        ("sheet 'Camera's'", "blad “Camera's”"),
        ("line 3 to line 5", "regel 3 tot en met regel 5"),
        ("principles 14 to 24", "beginselen 14 tot en met 24"),
        ("Articles 5(1), 6(2)", "artikelen 5(1), 6(2)"),
        ("Annex III, 4(a)", "bijlage III, 4(a)"),
        ("entry EU.6251.70", "vermelding EU.6251.70"),
        ("entry 29299 (line 5)", "vermelding 29299 (regel 5)"),
        ("Group ID 12 (line 4)", "Group ID 12 (regel 4)"),
        ("host 3 (10.0.0.1)", "host 3 (10.0.0.1)"),
        ("supplement no. 4, row 12", "supplement nr. 4, rij 12"),
        ("date of application", "datum van toepassing"),
        ("row of the CMIC list: entry 30936", "rij van de CMIC-lijst: vermelding 30936"),
        ("owner China, State Council of", "eigenaar China, State Council of"),
        ("facts: real-time", "feiten: real-time"),
        ("section 2(f)(3): ZTE Corporation", "sectie 2(f)(3): ZTE Corporation"),
        ("list of section 5949(j)(3)", "lijst van sectie 5949(j)(3)"),
    ],
)
def test_a_kind_with_a_number_is_worded(place: str, dutch: str) -> None:
    assert place_words(place, NL) == dutch


@pytest.mark.parametrize(
    "place",
    [
        "", "p. 12", "blz. 3", "page 2 and following", "see answer 6", "a tender for a camp in Pishan county",
        "page i of the letter", "China, People's Republic of: Dahua Technology (Hangzhou)",
        "{number} {0} %s", "row ", "the answer 6", "paging 3", "sheet", "from A to B",
    ],
)  # fmt: skip
def test_a_free_text_stays_as_it_was_written(place: str) -> None:
    assert place_words(place, NL) == place


@pytest.mark.parametrize("place", ["Page 12", "sheet 'x', row 5", "answers 4 and 5", "page 2 and following"])
def test_english_stays_as_it_is(place: str) -> None:
    assert place_words(place, EN) == place


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_known_in_any_letter_case(kind: str) -> None:
    lower, upper = (place_words(f"{written} 7", NL) for written in (kind, kind.capitalize()))
    assert lower == upper
    assert lower.endswith(" 7")


def test_a_very_long_place_is_read_in_one_go() -> None:
    place = "page 1, " * 5_000 + "page 2"
    assert place_words(place, NL).count("bladzijde") == 5_001
