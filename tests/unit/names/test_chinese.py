import pytest

from overzicht.names.chinese import cantonese, from_wade_giles, readings
from overzicht.names.meaning import meanings


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("林鄭月娥", "lam cheng yuet ngor"),
        ("邓炳强", "tang ping keung"),  # simplified characters as well
        (
            "海天船务有限公司",
            "hoi tin 船务 有限公司",
        ),  # generic words and legal forms have a meaning of their own
        ("深业集团", "sum yip 集团"),
    ],
)
def test_characters_are_read_as_names_in_hong_kong_are_spelt(name: str, read: str) -> None:
    assert cantonese(name) == read
    assert readings(name) == (read, *meanings(name))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Mao Tse-tung", "mao ze dong"),
        ("Teng Hsiao-p’ing", "deng xiao ping"),
        ("CHANG, Tse-min", "zhang, ze min"),
        ("T'ien-chin Shipping Co", "tian jin shipping co"),
    ],
)
def test_wade_giles_is_read_in_pinyin(name: str, read: str) -> None:
    assert from_wade_giles(name) == read
    assert readings(name) == (read,)


@pytest.mark.parametrize(
    "name",
    [
        "Jean-Luc Picard",
        "Kim Jong-un",
        "Zhang Wei",
        "O'Brien",
        "",
        "-",
        "株式会社カメラ",
        "Al-Rashid 3",
        "張" * 61,
    ],
)
def test_other_names_have_no_other_reading(name: str) -> None:
    assert readings(name) == ()


def test_a_sign_that_no_reading_is_known_of_stays() -> None:
    assert "\U0002f800" in cantonese("林\U0002f800")
