"""Real notices: every form and language is read, the traps are known for what they are, and nobody is named.

None of them names the maker of a camera, so every maker that is found here is a false one.
"""

from collections import Counter
from pathlib import Path

import pytest

from overzicht.subjects.tenders.notice_readers import ReadNotices, read_notices

pytestmark = pytest.mark.shared
# File: kind, language, country, whether it buys surveillance, suppliers, CPV codes.
EXPECTED = {
    "Release110.json": ("ocds", "en", "gb", False, 1, 1),  # a high-speed camera for a laboratory
    "Release120.json": ("ocds", "en", "", True, 1, 1),
    "Release63.json": ("ocds", "en", "gb", True, 1, 1),
    "SRel52.json": ("ocds", "en", "gb", True, 0, 5),
    "WRel81.json": ("ocds", "en", "gb", True, 0, 3),
    "eforms_22-434184_IT.xml": ("eforms", "it", "it", True, 0, 1),
    "eforms_ubl_2025.xml": ("eforms", "et", "ee", False, 1, 1),
    "ted_000468-2020_CZ.xml": ("ted-xml", "cs", "cz", True, 0, 1),
    "ted_001842-2022_SK.xml": ("ted-xml", "sk", "sk", True, 0, 2),
    "ted_105380-2020_BE.xml": ("ted-xml", "nl", "be", True, 0, 3),
    "ted_118331-2022_UK.xml": ("ted-xml", "en", "gb", True, 1, 4),
    "ted_121587-2016_HU_trap.xml": ("ted-xml", "hu", "hu", False, 0, 7),  # Motorola radios
    "ted_126996-2021_DK.xml": ("ted-xml", "da", "dk", True, 0, 8),
    "ted_148943-2018_BG.xml": ("ted-xml", "bg", "bg", True, 0, 1),
    "ted_421993-2022_IT.xml": ("ted-xml", "it", "it", True, 0, 1),
    "ted_434136-2016_IT_trap.xml": ("ted-xml", "it", "it", False, 0, 1),  # a chamber of commerce
}


@pytest.fixture(scope="module")
def read(shared_data: Path) -> dict[str, ReadNotices]:
    files = (shared_data / "devices/inputs-tenders").glob("*/*.*")
    return {path.name: read_notices(path) for path in files}


def test_every_notice_is_read_as_what_it_is(read: dict[str, ReadNotices]) -> None:
    found = {}
    for name, held in read.items():
        (seen,) = held.notices
        notice = seen.notice
        suppliers = {each.name for contract in notice.contracts for each in contract.suppliers}
        found[name] = (
            held.kind, notice.language, notice.country, seen.is_surveillance, len(suppliers), len(notice.cpv),
        )  # fmt: skip
        assert notice.number, name
        assert notice.title, name
        assert notice.buyers, name
        assert notice.published, name
        assert notice.passages, name
        assert held.problems == (), name
    assert found == EXPECTED


def test_counts_per_form(read: dict[str, ReadNotices]) -> None:
    assert Counter(held.kind for held in read.values()) == {"ted-xml": 9, "ocds": 5, "eforms": 2}


def test_no_maker_is_found_where_none_is_named(read: dict[str, ReadNotices]) -> None:
    assert {
        name: seen.mentions for name, held in read.items() for seen in held.notices if seen.mentions
    } == {}


def test_two_forms_of_one_notice_say_the_same(read: dict[str, ReadNotices]) -> None:
    first, second = (
        read[name].notices[0].notice for name in ("ted_421993-2022_IT.xml", "eforms_22-434184_IT.xml")
    )
    assert first.title == second.title
    assert first.buyers == second.buyers
    assert (first.cpv, first.published) == (second.cpv, second.published)
