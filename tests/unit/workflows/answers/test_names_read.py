"""The names of parties are read whole: other scripts, brackets before a legal form, countries in names."""

import pytest

from overzicht.subjects.answers.reading.names import subjects_in


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Staat 晨光光学有限公司 op een lijst?", ["晨光光学有限公司"]),
        ("Is شركة النور للعدسات on any official list?", ["شركة النور للعدسات"]),
        ("Staan 海康威视 en 晨光光学 op een lijst?", ["海康威视", "晨光光学"]),
        ("Staat Hikvision (海康威视) op een lijst?", ["Hikvision"]),
        ("Is Morning Lens (North America) Inc. on a list?", ["Morning Lens (North America) Inc"]),
        ("Is Lens-Production Enterprise Volna on a list?", ["Lens-Production Enterprise Volna"]),
        ("Zijn Hikvision-producten verboden?", ["Hikvision"]),
        ("Is Pakistan Lens Works on a list?", ["Pakistan Lens Works"]),
        ("Staat het Iraanse Noor Lens op een lijst?", ["Noor Lens"]),
        ("Is MORNING LENS OF THE LEVANT - YEMEN on a list?", ["MORNING LENS OF THE LEVANT - YEMEN"]),
        ("Is LENSWIJK FONDS – ZEER HELDER on a list?", ["LENSWIJK FONDS – ZEER HELDER"]),
        ("Is LENSWIJK DOBYCHA, OOO on a list?", ["LENSWIJK DOBYCHA, OOO"]),
        ("Is GENERAL LENS DIRECTORATE on a list?", ["GENERAL LENS DIRECTORATE"]),
        ("Is Hikvision - a maker of cameras - on a list?", ["Hikvision"]),
    ],
)
def test_a_name_is_read_whole(words: str, names: list[str]) -> None:
    assert [subject.name for subject in subjects_in(words)] == names
