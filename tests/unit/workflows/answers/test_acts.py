"""Acts that state the reason of a listing that the list file leaves out."""

from datetime import date

import pytest

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.subjects.answers.acts import acts_on, is_minimum

FIRST_RULE = date(2019, 10, 9)


def record(name: str, listing: Listing) -> Record:
    return Record(f"{listing.list_id}-1", "LegalEntity", (Statement("name", name),), "row 1", (listing,))


def listing(list_id: str, since: date | None, *, act: str = "", programme: str = "") -> Listing:
    period = Period(LegalDate(since)) if since else Period()
    return Listing(f"{list_id}-1", list_id, "Entity List", period, programme=programme, act=act)


@pytest.mark.parametrize(
    ("name", "entry", "is_covered"),
    [
        ("Aksu Bureau", listing("us-csl", FIRST_RULE, act="84 FR 54002; 85 FR 44159"), True),
        ("Aksu Bureau", listing("us-csl", date(2020, 1, 1), act="84 FR 54002"), False),
        ("Aksu Bureau", listing("us-ofac", FIRST_RULE, act="84 FR 54002"), False),
        ("Wang Junzheng", listing("ca-sema", date(2021, 3, 21), programme="China / Chine"), True),
        ("Somebody Else", listing("ca-sema", date(2021, 3, 21), programme="Belarus"), False),
        ("Jinlong SUN", listing("us-ofac", None), True),
        ("Jinlong SUNG", listing("us-ofac", None), False),
        ("Any Firm", listing("us-csl", date(2021, 7, 12), act="86 FR 36496"), False),
    ],
)
def test_an_act_covers_its_own_entries(name: str, entry: Listing, *, is_covered: bool) -> None:
    party = record(name, entry)
    assert any(act.covers(party, entry) for act in acts_on("xinjiang")) is is_covered


def test_a_count_is_a_minimum_once_a_mixed_act_is_in_force() -> None:
    assert not is_minimum("xinjiang", "us-csl", date(2021, 7, 11))
    assert is_minimum("xinjiang", "us-csl", date(2021, 7, 12))
    assert not is_minimum("xinjiang", "us-ofac", date(2021, 7, 12))


def test_an_unknown_theme_has_no_acts() -> None:
    assert acts_on("no such theme") == ()
