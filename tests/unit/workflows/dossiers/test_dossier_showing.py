from datetime import date

import pytest
from ask_tools import asked_by
from dossier_tools import (
    ACT,
    add_entry,
    begin,
    claims_about,
    correct,
    entry,
    replies_of,
    report,
    whole,
    withdraw,
)

from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, FindingKind
from overzicht.store.database import Store
from overzicht.subjects.dossiers import operations
from overzicht.subjects.dossiers.model import EntryKind, StepKind
from overzicht.subjects.dossiers.showing import list_dossiers, show_dossier, steps
from overzicht.subjects.dossiers.weighing import ClaimStatus, Completeness

TODAY = date(2026, 11, 25)


def test_a_claim_shows_who_says_it_and_on_how_many_originals_it_rests(store: Store) -> None:
    begin(store, *whole())
    (claim,) = claims_about(store, "Acme Ltd", TODAY)
    assert claim.origins == 2  # the paper repeats the agency
    assert claim.status is ClaimStatus.DISPUTED
    held_by = {position: [str(who) for who in named] for position, named in claim.held_by.items()}
    assert held_by == {"confirms in part": ["the ministry"], "contradicts": ["Acme"]}
    assert [str(found.statement) for found in claim.reports] == [
        "2025-01-10: Agency reported: It did it.",
        "2025-01-11: Paper reported, after Agency: It did it.",
        "2025-01-12: Other reported: It did it.",
    ]
    assert all(found.kind is FindingKind.CLAIM for found in claim.sentences)


def test_a_day_before_a_response_does_not_know_it(store: Store) -> None:
    begin(store, *whole())
    (claim,) = claims_about(store, "acme", date(2025, 1, 10))
    assert (claim.status, claim.origins, len(claim.reports)) == (ClaimStatus.REPORTED, 1, 1)
    assert claims_about(store, "acme", date(2025, 1, 9)) == ()


def test_not_to_be_able_to_confirm_is_a_status_of_its_own(store: Store) -> None:
    cannot = entry(
        "response", id="ministry", claim="deed", source="answer",
        position="cannot confirm from its own information",
    )  # fmt: skip
    kept = [each for each in whole() if each.id not in {"ministry", "denial"}]
    begin(store, *kept, cannot)
    (claim,) = claims_about(store, "acme", TODAY)
    assert claim.status is ClaimStatus.NOT_CONFIRMED
    said = "2025-03-01: the ministry could not confirm this from its own information: said so"
    assert str(claim.responses[0].statement) == said


def test_a_claim_without_any_source_is_shown_for_its_responses(store: Store) -> None:
    begin(store, *whole())
    for source in ("agency", "paper", "other"):
        withdraw(store, "acme", source, ACT, "false")
    view = show_dossier(store, "acme", TODAY)
    (claim,) = view.claims
    assert (claim.status, claim.reports, len(claim.responses)) == (ClaimStatus.WITHOUT_SOURCE, (), 2)
    assert {each.entry_id for each in view.without_source} == {"deed", "asked", "office"}
    assert view.line.claims == 0


def test_a_withdrawn_claim_takes_its_responses_with_it(store: Store) -> None:
    begin(store, *whole())
    withdraw(store, "acme", "deed", ACT, "a mistake of ours")
    assert claims_about(store, "acme", TODAY) == ()


def test_steps_are_found_by_party_forum_and_kind(store: Store) -> None:
    begin(store, *whole())
    add_entry(
        store, "acme",
        entry("step", id="vote", day="2025-05-01", kind="vote", forum="Parliament", parties=["all"],
              about=["acme"], reference="paper 12", responsible="the Secretary-General"),
        ACT,
    )  # fmt: skip
    assert [step.id for step in steps(store, TODAY)] == ["own-step", "talk", "vote"]
    assert [step.id for step in steps(store, TODAY, party="Acme Ltd")] == ["vote"]
    assert [step.id for step in steps(store, TODAY, party="the ministry")] == ["own-step", "talk"]
    assert [step.id for step in steps(store, TODAY, forum="GESPREK")] == ["own-step", "talk"]
    assert [step.id for step in steps(store, TODAY, kind=StepKind.VOTE.value)] == ["vote"]
    (vote,) = steps(store, TODAY, kind="vote")
    assert str(vote.finding.statement) == (
        "2025-05-01: Parliament: said so (paper 12) Responsible: the Secretary-General."
    )


def test_our_own_step_rests_on_the_note_that_we_made(store: Store) -> None:
    begin(store, *whole())
    (own,) = [step for step in steps(store, TODAY) if step.id == "own-step"]
    (cited,) = own.finding.citations
    assert (cited.title, cited.place) == ("note by Noor in dossier acme", "own-step, version 1")
    assert not cited.official


@pytest.mark.parametrize(
    ("without", "found"),
    [
        (set(), Completeness.REPLIED),
        ({"reply"}, Completeness.ASKED),
        ({"reply", "asked"}, Completeness.MISSING),
    ],
)
def test_a_dossier_says_whether_the_other_side_was_heard(
    store: Store, without: set[str], found: Completeness
) -> None:
    begin(store, *(each for each in whole() if each.id not in without))
    (line,) = list_dossiers(store, TODAY)
    assert line.completeness is found
    assert {each.kind for each in replies_of(store, "acme", TODAY)} <= {EntryKind.ASKED, EntryKind.REPLY}


def test_a_reply_that_came_later_does_not_complete_an_earlier_day(store: Store) -> None:
    begin(store, *whole())
    (line,) = list_dossiers(store, date(2025, 1, 31))
    assert line.completeness is Completeness.MISSING


def test_what_was_recorded_later_is_out_of_the_file_of_an_earlier_day(store: Store) -> None:
    begin(store, *whole())
    assert list_dossiers(store, TODAY, known_on=date(2026, 11, 24)) == ()
    (line,) = list_dossiers(store, TODAY, known_on=ACT.day)
    assert line.claims == 1


def test_presence_ends_and_may_be_open(store: Store) -> None:
    begin(store, *whole())
    correct(store, "acme", "office", {"until": "2025-01-01"}, ACT, "it closed")
    assert show_dossier(store, "acme", TODAY).presence == ()
    (office,) = show_dossier(store, "acme", date(2024, 6, 1)).presence
    assert office.answer is Answer.FOUND
    assert str(office.statement) == "Acme Nederland B.V. is a subsidiary of acme (Netherlands)."


def test_a_claim_about_two_parties_is_given_for_each(store: Store) -> None:
    both = entry(
        "claim", id="deed", about=["acme", "hikvision"], reports=[report("Agency", "2025-01-10", "agency")]
    )
    begin(store, entry("source", id="agency"), both)
    assert claims_about(store, "Hikvision", TODAY) == claims_about(store, "acme", TODAY) != ()


def test_an_unknown_dossier_is_named_with_those_there_are(store: Store) -> None:
    begin(store)
    with pytest.raises(UnknownNameError, match="known: acme"):
        show_dossier(store, "other", TODAY)


def test_listings_stand_on_the_days_that_tell_most(full_store: Store) -> None:
    operations.begin(asked_by(full_store, ACT), "hik", about="hikvision", title="Hikvision")
    view = show_dossier(full_store, "hik", TODAY)
    before, first, now = view.listings
    assert (before.day, first.day, now.day) == (date(2018, 8, 12), date(2018, 8, 13), TODAY)
    assert before.listings == ()
    assert {row.list_id for row in first.listings} == {"us-procurement-bans"}
    assert "us-bis-entity-list" in {row.list_id for row in now.listings}
    assert "eu-fsf" in {*now.not_listed, *now.not_checked}
    assert {edge.owner_id for edge in view.ownership} >= {"cethik"}
    assert str(view.timeline[0].sentence) == (
        "Hikvision was added to United States bans on procurement and authorisation of named makers "
        "(Section 889)."
    )
    assert view.devices is None
    chosen = show_dossier(full_store, "hik", TODAY, listing_days=(date(2021, 3, 22), date(2021, 3, 21)))
    assert [each.day for each in chosen.listings] == [date(2021, 3, 21), date(2021, 3, 22)]


def test_a_party_without_a_card_is_looked_up_by_the_names_of_its_dossier(full_store: Store) -> None:
    names = ("Zhu Hailun", "朱海仑")
    operations.begin(asked_by(full_store, ACT), "zhu", about="zhu-hailun", title="Zhu Hailun", names=names)
    days = (date(2021, 3, 21), date(2021, 3, 22))
    before, on_the_day = show_dossier(full_store, "zhu", TODAY, listing_days=days).listings
    assert "eu-fsf" not in {row.list_id for row in before.listings}
    assert "us-ofac" in {row.list_id for row in before.listings}  # its own list, its own day
    assert "eu-fsf" in {row.list_id for row in on_the_day.listings}
