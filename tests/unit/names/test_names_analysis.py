"""A name taken apart, per script and per trap."""

import pytest

from overzicht.names.analysis import INITIAL, NUMBER, WEAK, analyse
from overzicht.names.latin import ABJAD, CYRILLIC, HAN, HANGUL, KANA, LATIN, latinise


def texts(name: str, *, is_person: bool = False) -> list[str]:
    return [word.text for word in analyse(name, is_person=is_person).words]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ch'o'l-Chae Kim", ["chol", "chae", "kim"]),
        ("MUÑOZ, José", ["munoz", "jose"]),
        ("zero\u200bwidth na\u2060me", ["zerowidth", "name"]),
        ("IRANI\u0410N STEEL", ["iranian", "steel"]),  # one Cyrillic letter in a Latin word
        ("I\u0440ына", ["iryna"]),  # one Latin letter in a Cyrillic word
        ("33RD INSTITUTE", ["33", "institute"]),
        ("Abdu1 Aziz", ["abdu1", "aziz"]),
        ("习近平", ["xijinping"]),
        ("詹姆斯·唐纳德", ["zhanmusi", "tangnade"]),
        ("هاني", ["hany"]),
    ],
)
def test_words_in_plain_letters(name: str, expected: list[str]) -> None:
    assert texts(name, is_person=True) == expected


@pytest.mark.parametrize(
    ("name", "words", "forms"),
    [
        ("招商银行有限公司", ["zhaoshang", "yinxing"], ("coltd",)),
        ("株式会社ミアス", ["miasu"], ("jsc",)),
        ("ООО Рога", ["roga"], ("llc",)),
        ("Example GmbH", ["example"], ("llc",)),
        ("Noor Sa'id", ["noor", "said"], ()),  # `sa` is a part of a word
        ("'Sasha Lens SA'", ["sasha", "lens"], ("jsc",)),
        ("LIMITED", ["limited"], ()),  # nothing else would remain
        ("AAT Holding", ["aat", "holding"], ()),  # nothing but a general word would remain
        ("AAT Holding B.V.", ["aat", "holding"], ("llc",)),
        ("AAT Tarrow Holding", ["tarrow", "holding"], ("jsc",)),
        ("Vision Ltd", ["vision"], ("llc",)),
    ],
)
def test_legal_forms_come_off_at_either_end(name: str, words: list[str], forms: tuple[str, ...]) -> None:
    found = analyse(name)
    assert [word.text for word in found.words] == words
    assert found.forms == forms


def test_a_person_has_no_legal_form() -> None:
    assert texts("SA Ag", is_person=True) == ["sa", "ag"]


def test_generic_words_carry_their_english() -> None:
    meanings = {word.text: word.meaning for word in analyse("深圳比广贸易有限公司").words}
    assert meanings == {"shenzhen": "shenzhen", "biguang": "", "maoyi": "trading"}
    assert [word.meaning for word in analyse("судостроительный").words] == ["shipbuilding"]
    assert [word.meaning for word in analyse("Bob", is_person=True).words] == ["robert"]


def test_kinds_of_words() -> None:
    kinds = {word.text: word.kind for word in analyse("Dr. J. al Haj 7", is_person=True).words}
    assert kinds == {"dr": WEAK, "j": INITIAL, "al": WEAK, "haj": WEAK, "7": NUMBER}


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("abc", LATIN),
        ("иван", CYRILLIC),
        ("محمد", ABJAD),
        ("משה", ABJAD),
        ("李", HAN),
        ("アイ", KANA),
        ("김", HANGUL),
    ],
)
def test_every_script_becomes_latin(word: str, script: int) -> None:
    text, found = latinise(word)
    assert text
    assert text.isascii()
    assert found == script


def test_a_name_of_signs_alone_has_no_words() -> None:
    assert analyse("… !!").words == ()
    assert analyse("").words == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Semakov Ivan (previously listed as)", ["semakov", "ivan"]),
        ("as previously listed, in Arabic: Salim", ["salim"]),
        ("Semakov. Date of birth: 11.4.1963. Place of birth: Kursk", ["semakov"]),
        ("(formerly known as)", ["formerly", "known", "as"]),  # nothing else would remain
    ],
)
def test_what_a_list_writes_beside_a_name_is_no_name(name: str, expected: list[str]) -> None:
    assert texts(name, is_person=True) == expected


def test_generic_words_inside_glued_text_are_cut_out() -> None:
    found = analyse("义乌市卫硕进出口有限公司").words
    assert [word.meaning for word in found if word.meaning] == ["import", "export"]
    assert [word.meaning for word in analyse("لخدمات الحماية").words if word.meaning] == [
        "services",
        "protection",
    ]
