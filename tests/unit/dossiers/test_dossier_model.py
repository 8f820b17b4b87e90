from datetime import date

import pytest
from dossier_tools import entry, report
from pydantic import ValidationError

from overzicht.dates import DateBasis, Holds
from overzicht.subjects.dossiers.model import (
    Claim,
    DossierHead,
    EntryText,
    Presence,
    Reply,
    Response,
    SourceDocument,
    Step,
    claims_of,
    day_of,
    kind_of,
    sources_of,
)


def test_one_text_stands_for_both_languages() -> None:
    assert EntryText.model_validate("Both") == EntryText(en="Both", nl="Both")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"address": "", "sha256": ""}, "give the address"),
        ({"read": None}, "give `read`"),
        ({"date": "last week"}, "is not a date"),
        ({"address": "ftp://paper.example"}, "pattern"),
        ({"sha256": "abc"}, "pattern"),
        ({"nonsense": 1}, "Extra inputs"),
        ({"id": "With Capitals"}, "pattern"),
    ],
)
def test_a_source_that_cannot_be_found_again_is_refused(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        entry("source", **{"id": "paper", **fields})


def test_a_source_whose_bytes_are_held_needs_no_address() -> None:
    held = entry("source", id="paper", address="", read=None, sha256="a" * 64)
    assert isinstance(held, SourceDocument)
    assert held.is_held
    assert held.cite("acme").snapshot == "a" * 64


def test_a_month_is_not_later_than_its_last_day() -> None:
    step = entry("step", id="talk", day="2025-02")
    assert isinstance(step, Step)
    assert (step.when.day, step.when.basis) == (date(2025, 2, 28), DateBasis.NOT_LATER_THAN)


def test_a_day_may_be_only_an_upper_bound() -> None:
    step = entry("step", id="talk", day="2025-02-03", not_later_than=True)
    assert isinstance(step, Step)
    assert str(step.when) == "not later than 2025-02-03"


def test_a_claim_begins_with_its_first_report() -> None:
    claim = entry(
        "claim",
        id="c",
        reports=[report("BBC", "2025-03-01", "b", "a"), report("ANP", "2025-02-01", "a", "z")],
    )
    assert isinstance(claim, Claim)
    assert day_of(claim) == date(2025, 2, 1)
    assert sources_of(claim) == ("b", "a", "z")


def test_a_claim_nobody_made_is_refused() -> None:
    with pytest.raises(ValidationError, match="reports"):
        entry("claim", id="c", reports=[])


def test_a_response_and_a_reply_name_the_claims_they_answer() -> None:
    response = entry("response", id="r", claim="c", source="s")
    reply = entry("reply", id="r", claims=["c", "d"], source="s")
    assert isinstance(response, Response)
    assert isinstance(reply, Reply)
    assert claims_of(response) == ("c",)
    assert claims_of(reply) == ("c", "d")
    assert claims_of(entry("source", id="s")) == ()
    assert kind_of(reply) == "reply"


@pytest.mark.parametrize(
    ("fields", "source_date", "day", "held"),
    [
        ({"since": "2024-06-01"}, "", date(2024, 5, 31), Holds.NO),
        ({"since": "2024-06-01"}, "", date(2024, 6, 1), Holds.YES),
        ({"since": "2024-06"}, "", date(2024, 6, 29), Holds.UNKNOWN),
        ({"since": "2024-06-01", "until": "2025-01-01"}, "", date(2025, 1, 1), Holds.NO),
        ({"since": "2024-06-01", "until": "2025-01"}, "", date(2025, 1, 1), Holds.UNKNOWN),
        ({}, "2023-05-01", date(2023, 4, 30), Holds.UNKNOWN),
        ({}, "2023-05-01", date(2023, 5, 1), Holds.YES),
        ({}, "", date(2026, 11, 20), Holds.YES),
        ({}, "", date(2026, 11, 19), Holds.UNKNOWN),
    ],
)
def test_a_presence_holds_from_its_start_or_from_its_source(
    fields: dict[str, str], source_date: str, day: date, held: Holds
) -> None:
    presence = entry("presence", id="p", source="s", **fields)
    source = entry("source", id="s", date=source_date)
    assert isinstance(presence, Presence)
    assert isinstance(source, SourceDocument)
    assert presence.holds_on(day, source) is held


def test_a_head_needs_to_say_whom_it_is_about() -> None:
    with pytest.raises(ValidationError, match="about"):
        DossierHead.model_validate({"id": "acme", "title": "Acme"})
