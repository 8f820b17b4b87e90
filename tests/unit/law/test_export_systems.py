"""Which system asks for an export licence on a day: the day before and the day of the change."""

from datetime import date

import pytest

from overzicht.law.export_systems import export_systems, systems_on


@pytest.mark.parametrize(
    ("day", "goods"),
    [
        (date(2009, 8, 26), []),
        (date(2009, 8, 27), ["eu-428-2009"]),
        (date(2021, 9, 8), ["eu-428-2009"]),
        (date(2021, 9, 9), ["eu-2021-821"]),
    ],
)
def test_the_regulation_of_a_day(day: date, goods: list[str]) -> None:
    assert [system.id for system in systems_on(day, "goods")] == goods


def test_the_list_of_parties_is_beside_them() -> None:
    assert [system.id for system in systems_on(date(2021, 4, 13), "parties")] == ["us-entity-list"]


def test_what_was_not_read_is_said() -> None:
    old = next(system for system in export_systems() if system.id == "eu-428-2009")
    assert "not read in the regulation itself" in str(old.caution)
    assert next(system for system in export_systems() if system.id == "eu-2021-821").caution is None


@pytest.mark.parametrize("system", export_systems(), ids=lambda each: each.id)
def test_each_has_a_source_that_a_reader_can_open(system: object) -> None:
    cited = system.cite("3(1)")  # type: ignore[attr-defined]
    assert cited.address.startswith("https://")
    assert cited.place
