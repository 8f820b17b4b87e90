"""Names of territories and cities: those of the library of the locales, and what is said without one."""

import make_places
import pytest

from overzicht.evidence.territories import cities, territory_names, territory_text


@pytest.mark.parametrize("name", make_places.MADE)
def test_the_packaged_names_are_those_of_the_library(name: str) -> None:
    packaged = (make_places.DATA / name).read_text(encoding="utf-8")
    assert packaged == make_places.MADE[name](), "run tools/make_places.py"


def test_a_territory_is_named_in_both_languages() -> None:
    assert str(territory_text("DE")) == "Germany"
    assert territory_text("DE").render(lambda _template: "{nl}") == "Duitsland"
    assert territory_names("en").keys() == territory_names("nl").keys() > {"EU", "NL", "150"}
    assert {"Amsterdam", "New York", "Londen"} <= cities()


def test_an_unknown_code_is_its_own_name() -> None:
    assert str(territory_text("QX")) == "QX"
