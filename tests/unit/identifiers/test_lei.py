"""LEI: real ones from the public register, and what people write in their place."""

import pytest

from overzicht.identifiers import lei

REAL = ["3003000T24CMHQ382Y71", "21380068P1DRHMJ8KU70", "254900LNRYNOQ9YPU758", "097900BID10000147476"]


@pytest.mark.parametrize("value", REAL)
def test_real_codes_are_valid_and_stay_as_they_are(value: str) -> None:
    assert lei.normalize(value) == value
    assert lei.normalize(value) == value


@pytest.mark.parametrize(
    "text",
    [
        "3003000t24cmhq382y71",
        " 3003 000T 24CM HQ38 2Y71\n",
        "LEI: 3003000T24CMHQ382Y71",
        "LEI code 3003000T-24CM-HQ38-2Y71",
        "lei no. 3003000T24CMHQ382Y71",
    ],
)
def test_ways_of_writing_one_code(text: str) -> None:
    assert lei.normalize(text) == "3003000T24CMHQ382Y71"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        "-",
        "LEI",
        "00000000000000000000",
        "3003000T24CMHQ382Y72",
        "3003000T24CMHQ382Y7",
        "3003000T24CMHQ382Y711",
        "91330000733796106P",
        "3OO3000T24CMHQ382Y71",
        "３００３000T24CMHQ382Y7",
    ],
)
def test_what_is_no_lei(text: str) -> None:
    assert lei.normalize(text) is None


def test_a_swap_of_two_digits_is_caught() -> None:
    assert lei.normalize("3003000T24CMHQ328Y71") is None
