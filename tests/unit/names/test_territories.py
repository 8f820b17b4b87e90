"""Territories by name: the stored table answers as the library itself."""

from pathlib import Path

import pytest
from rigour.territories import lookup_territory
from rigour.territories.lookup import _get_territory_names

from overzicht.names import territories

OTHERS = (
    "",
    "NL",
    "nld",
    "Q55",
    "zz",
    "Atlantis",
    "  China ",
    "CHINA, PEOPLE'S REPUBLIC OF",
    "香港",
    "DJI",
    "USA",
    "a\tb\nc",
)


def test_it_answers_as_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    territories._codes.cache_clear()
    names = (*OTHERS, *_get_territory_names(), *(name.upper() for name in _get_territory_names()))
    differ = [name for name in names if territories.territory_called(name) != lookup_territory(name)]
    assert not differ
    assert list(tmp_path.rglob("territories-*"))


@pytest.mark.parametrize(
    ("name", "code"), [("The Netherlands", "nl"), ("IRAN (ISLAMIC REPUBLIC OF)", "ir"), ("Россия", "ru")]
)
def test_a_country_is_found_by_its_names(name: str, code: str) -> None:
    found = territories.territory_called(name)
    assert found is not None
    assert found.code == code
