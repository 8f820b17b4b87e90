"""Whether each reader reads a day that the file states, or only the day of its newest entry."""

from importlib import import_module
from pathlib import Path

import pytest

from overzicht.sources.lists import registry

LISTS = Path(registry.__file__).parent
STATED = {"csaf", "cve", "eu_fsf", "gleif", "uk_fcdo", "uk_ofsi", "un_sc", "us_cisa_kev", "us_ofac_xml"}
BY_LAYOUT = {"uk"}  # by the readers of its two layouts, which state a day
NEWEST = {"au_dfat", "ftm", "us_1260h", "us_bis_dpl"}
NEITHER = {
    "ca_sema", "eu_official_journal", "nl_terrorism", "us_bis_entity_list", "us_csl", "us_ofac",
    "us_procurement_bans",
}  # fmt: skip


@pytest.mark.parametrize(("name", "readers"), [("published", STATED), ("newest", NEWEST)])
def test_a_stated_day_and_a_newest_entry_are_told_apart_in_every_reader(name: str, readers: set[str]) -> None:
    found = {path.stem for path in LISTS.glob("*.py") if f"report.{name} =" in path.read_text()}
    assert found == readers


def test_every_reader_is_in_the_table() -> None:
    known = STATED | NEWEST | NEITHER | BY_LAYOUT
    for stem in known:
        import_module(f"{registry.__name__.rpartition('.')[0]}.{stem}")
    having = {path.stem for path in LISTS.glob("*.py") if "\ndef read(" in path.read_text()}
    assert having <= known
