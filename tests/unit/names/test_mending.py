import pytest

from overzicht.names.analysis import analyse
from overzicht.names.mending import mended


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("c0mpany", "company"),  # misread
        ("aktslonernoe", "aktsionernoe"),
        ("0ao", "oao"),
        ("corportaion", "corporation"),  # swapped
        ("limted", "limited"),
        ("kompany", "company"),  # by ear
        ("cmpny", "company"),  # without vowels
        ("ltdа", "ltda"),  # with a Cyrillic letter
    ],
)
def test_a_legal_form_is_known_behind_a_slip(written: str, form: str) -> None:
    assert mended(written) == form


@pytest.mark.parametrize(
    "word", ["company", "ltd", "compact", "unlimited", "cаmera", "компания", "a1", "llk", ""]
)
def test_other_words_are_left_alone(word: str) -> None:
    assert mended(word) == ""


def test_a_slip_in_its_legal_form_leaves_a_name_as_it_was() -> None:
    assert analyse("RAMAN C0MPANY") == analyse("RAMAN COMPANY")
    assert analyse("BIO CORPORTAION") == analyse("BIO CORPORATION")


def test_a_name_of_a_legal_form_alone_stays_a_name() -> None:
    assert [word.text for word in analyse("C0MPANY").words] == ["company"]
