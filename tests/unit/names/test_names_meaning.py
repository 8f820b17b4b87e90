import pytest

from overzicht.names.chinese import readings
from overzicht.names.meaning import divided, glosses, meanings


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("住友重机械工业株式会社", "sumitomo"),  # a house's name
        ("红猫控股公司", "red cat"),  # character by character, where no word is known
        ("東方航空有限公司", "aviation"),  # traditional characters
        ("哈利法克斯国际安全论坛", "forum"),  # no legal form, but longer than a person's name
    ],
)
def test_a_company_is_read_by_its_meaning(name: str, read: str) -> None:
    assert any(read in meaning for meaning in meanings(name))
    assert set(meanings(name)) <= set(readings(name))


@pytest.mark.parametrize("name", ["林鄭月娥", "张伟", "岩崎茂", "Huawei", "", "·", "カメラ"])
def test_persons_and_names_without_characters_have_no_meaning(name: str) -> None:
    assert meanings(name) == ()


def test_legal_forms_stay_in_characters() -> None:
    assert all("有限公司" in meaning for meaning in meanings("东方航空有限公司"))


def test_what_the_dictionary_has_not_stays_together() -> None:
    assert any("赛尼" in meaning for meaning in meanings("赛尼国际公司"))


def test_words_are_cut_as_the_dictionary_has_them() -> None:
    assert divided("航空发动机") == ("航空", "发动机")
    assert divided("") == ()
    assert divided("𠀀甲") == ("𠀀", "甲")


def test_glosses_are_short_names_come_first_and_single_characters_have_none() -> None:
    assert glosses("三井") == ("Mitsui",)
    assert all(len(gloss.split()) <= 3 for gloss in glosses("控股"))
    assert glosses("山") == ()
