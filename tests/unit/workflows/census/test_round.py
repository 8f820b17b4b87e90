"""A round from the first letter to the response curve, with every depth, merger, correction and attack."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ask_tools import ask
from census_tools import (
    NONE,
    NOT_HELD,
    PRESENT,
    REFERENCE,
    REFUSED,
    ROUND,
    Census,
    at,
    cameras,
    write_csv,
)
from sqlalchemy import select

from overzicht.evidence.signing import Signer
from overzicht.store.tables.census import census_fault
from overzicht.subjects.census.answers import Depth, Question
from overzicht.subjects.census.claims_workflow import import_claims
from overzicht.subjects.census.letters import reminders
from overzicht.subjects.census.overview import national_overview
from overzicht.subjects.census.publishing import publish_overview
from overzicht.subjects.census.requests import RequestEventKind, RequestState
from overzicht.subjects.census.returns import KEY_KIND
from overzicht.subjects.census.round_records import CensusError
from overzicht.subjects.census.rounds_workflow import response_curve, show_round
from overzicht.subjects.census.sent_requests import mark

EARLY, LATER, MAY = date(2026, 3, 9), date(2026, 3, 16), date(2026, 5, 4)


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Census]:
    """Yield a round in which 20 of 30 bodies answer."""
    made = Census(tmp_path_factory.mktemp("census"))
    for number in range(1, 7):
        made.answer(EARLY, f"nl:t{number:02}", [cameras(10 * number)])
    for number in range(7, 13):
        made.answer(LATER, f"nl:t{number:02}", [NONE])
    made.answer(LATER, "nl:t13", [PRESENT])
    made.answer(LATER, "nl:t14", [NOT_HELD])
    made.answer(LATER, "nl:t15", [REFUSED], ground="Woo article 5.1")
    made.answer(LATER, "nl:b1", [cameras(5, "Axis")], answers_for=["nl:b2"])
    made.answer(LATER, "nl:t22", [cameras(3, "Dahua")])
    made.answer(LATER, "nl:t23", [cameras(4, "Dahua")])
    made.answer(MAY, "nl:t06", [NONE])  # a correction
    yield made
    made.store.close()


def test_the_response_curve_is_as_counted_by_hand(census: Census) -> None:
    days = (REFERENCE, EARLY, LATER, date(2026, 4, 1), MAY)
    points = response_curve(census.store, ROUND, days)
    assert [(point.roll, point.answered) for point in points] == [
        (30, 0), (30, 6), (30, 18), (30, 18), (30, 18),
    ]  # fmt: skip
    depths = points[-1].depths
    assert depths[Depth.COUNTS] == 9  # towns 1 to 5, 22, 23, board 1, and board 2 through it
    assert depths[Depth.NONE] == 7
    assert depths[Depth.REFUSED] == 1


def test_coverage_comes_first_and_the_bounds_hold(census: Census) -> None:
    overview = national_overview(census.store, ROUND, LATER)
    assert str(overview.sentences[0]).startswith("On 2026-03-16, 18 of 30 bodies had answered (60 %).")
    tally = overview.outcome.tally
    assert (tally.have, tally.most) == (10, 10 + 30 - tally.answered)
    assert tally.answered == 16  # not held and the member of a joint service do not answer the question
    named = national_overview(census.store, ROUND, LATER, Question(frozenset({"hikvision"})))
    assert named.outcome.tally.have == 6


def test_a_correction_replaces_an_earlier_version_and_both_stay(census: Census) -> None:
    before = national_overview(census.store, ROUND, LATER, Question(frozenset({"hikvision"})))
    after = national_overview(census.store, ROUND, MAY, Question(frozenset({"hikvision"})))
    assert (before.outcome.tally.have, after.outcome.tally.have) == (6, 5)
    state = {line.body: line.state for line in show_round(census.store, ROUND, MAY).requests}
    assert state["nl:t06"] is RequestState.CORRECTED


def test_silence_is_silent_and_never_none(census: Census) -> None:
    day = date(2026, 6, 1)
    view = show_round(census.store, ROUND, day)
    quiet = {line.body for line in view.requests if line.state is RequestState.SILENT}
    assert "nl:t20" in quiet
    assert all(line.depth is Depth.SILENT for line in view.requests if line.body in quiet)


def test_a_joint_service_covers_its_members(census: Census) -> None:
    line = next(line for line in show_round(census.store, ROUND, LATER).requests if line.body == "nl:b2")
    assert (line.state, line.through) == (RequestState.PASSED_ON, "nl:b1")


def test_reminders_are_drafts_and_due_by_working_days(census: Census) -> None:
    assert not reminders(census.store, ROUND, date(2026, 4, 13))
    drafts = reminders(census.store, ROUND, date(2026, 4, 15))  # due 30 March; Good Friday, Easter Monday
    assert {draft.number for draft in drafts} == {1}
    assert "nl:t20" in {draft.body for draft in drafts}


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Census]:
    """Yield a round without answers."""
    made = Census(tmp_path)
    yield made
    made.store.close()


def test_forged_replayed_and_unknown_files_never_count(fresh: Census) -> None:
    path = fresh.signed("nl:t01", [cameras(10)])
    forged = json.loads(path.read_bytes())
    forged["content"]["answers"][0]["least"] = 0
    false = path.with_name("forged.json")
    false.write_text(json.dumps(forged))
    assert "not what its key signed" in fresh.receive(EARLY, false)[0].refusal
    assert fresh.receive(EARLY, path)[0].is_accepted
    assert "this file already" in fresh.receive(EARLY, path)[0].refusal
    stranger = fresh.signed("nl:t99", [NONE])
    assert "not on the roll" in fresh.receive(EARLY, stranger)[0].refusal
    no_code = fresh.signed("nl:t02", [NONE], code="guess")
    assert "key of the body is not known" in fresh.receive(EARLY, no_code)[0].refusal
    gap = fresh.signed("nl:t01", [NONE], number=3)
    assert "gap" in fresh.receive(EARLY, gap)[0].refusal
    with fresh.store.reading() as connection:
        faults = connection.execute(select(census_fault.c.filename)).scalars().all()
    assert faults[0] == "forged.json"
    assert national_overview(fresh.store, ROUND, EARLY).outcome.tally.have == 1


def test_one_hostile_file_never_stops_the_others(fresh: Census) -> None:
    hostile = [
        fresh.signed("nl:t01", [NONE], answers_for=["a\x00"]),
        fresh.signed("nl:t01", [NONE], role="a\x00"),
        fresh.signed("nl:t01", [cameras(1, maker="a\x00")]),
        fresh.folder / os.fsdecode(b"\xff.json"),
        fresh.folder / "half.json",
    ]
    hostile[3].write_text("{}")
    hostile[4].write_text('{"content": {"body": "\\ud800"}}')
    good = fresh.signed("nl:t02", [NONE])
    *refused, accepted = fresh.receive(EARLY, *hostile, good)
    assert accepted.is_accepted
    assert [outcome.is_accepted for outcome in refused] == [False] * 5
    with fresh.store.reading() as connection:
        faults = connection.execute(select(census_fault)).all()
    assert [fault.filename for fault in faults] == [path.name for path in hostile[:3]] + [
        "?.json",
        "half.json",
    ]
    assert "\x00" not in "".join(fault.body_id + fault.reason for fault in faults)


@pytest.mark.parametrize("new_key", ["k" * 44, "\x00" * 44, "AAAA", ["k"]])
def test_a_new_key_has_to_be_one(fresh: Census, new_key: object) -> None:
    fresh.answer(EARLY, "nl:t01", [NONE])
    path = fresh.folder / "key.json"
    content = {"round": ROUND, "body": "nl:t01", "new_key": new_key}
    path.write_bytes(Signer.open(fresh.folder / "nl-t01.pem").sign(KEY_KIND, content).to_bytes())
    assert "names no new key" in fresh.receive(EARLY, path)[0].refusal


def test_another_key_needs_the_old_one(fresh: Census) -> None:
    fresh.answer(EARLY, "nl:t01", [NONE])
    other = fresh.signed("nl:t01", [cameras(1)], key="other")
    assert "not that of the body" in fresh.receive(EARLY, other)[0].refusal


def test_a_key_changes_by_the_old_key_and_ends_by_withdrawal(fresh: Census) -> None:
    fresh.answer(EARLY, "nl:t01", [NONE])
    new = Signer.open(fresh.folder / "new.pem")
    content = {"round": ROUND, "body": "nl:t01", "new_key": new.public_key}
    change = fresh.folder / "change.json"
    change.write_bytes(Signer.open(fresh.folder / "nl-t01.pem").sign(KEY_KIND, content).to_bytes())
    assert fresh.receive(LATER, change)[0].is_accepted
    assert "not that of the body" in fresh.receive(LATER, fresh.signed("nl:t01", [NONE]))[0].refusal


def test_a_successor_answers_for_a_body_that_ended(fresh: Census) -> None:
    outcome = fresh.answer(MAY, "nl:t21", [NONE], answers_for=["nl:t22"])
    assert outcome.number == 1
    lines = {line.body: line for line in show_round(fresh.store, ROUND, MAY).requests}
    assert lines["nl:t22"].through == "nl:t21"


def test_a_withdrawn_return_counts_no_more(fresh: Census) -> None:
    fresh.answer(EARLY, "nl:t01", [cameras(4)])
    fresh.answer(LATER, "nl:t01", [], is_withdrawn=True)
    assert national_overview(fresh.store, ROUND, EARLY).outcome.tally.have == 1
    assert national_overview(fresh.store, ROUND, LATER).outcome.tally.have == 0


def test_equipment_of_a_landlord_counts_once(fresh: Census) -> None:
    fresh.answer(EARLY, "nl:p1", [cameras(48)])
    before = fresh.answer(LATER, "nl:t01", [cameras(48, tenure="used", owner="nl:p1"), cameras(12)])
    assert any("it counts there" in str(note) for note in before.notes)
    fresh.answer(LATER, "nl:t02", [cameras(7, tenure="used", owner="nl:p2"), cameras(3)])
    fresh.answer(LATER, "nl:t03", [cameras(1)])
    overview = national_overview(fresh.store, ROUND, LATER)
    assert [(row.key, row.number) for row in overview.makers] == [("hikvision", 48 + 12 + 7 + 3 + 1)]


def test_a_split_body_is_divided_by_nobody(fresh: Census) -> None:
    fresh.answer(EARLY, "nl:t23", [cameras(9)])
    fresh.answer(MAY, "nl:t20", [NONE])  # one of the two that took over its parts, for itself alone
    lines = {line.body: line for line in show_round(fresh.store, ROUND, MAY).requests}
    assert (lines["nl:t23"].depth, lines["nl:t20"].depth) == (Depth.COUNTS, Depth.NONE)
    tally = national_overview(fresh.store, ROUND, MAY).outcome.tally
    assert (tally.roll, tally.answered, tally.have) == (30, 2, 1)


def test_models_count_and_a_successor_counts_once(fresh: Census) -> None:
    models = [cameras(3, model="A") | {"depth": "models"}, cameras(2, model="B") | {"depth": "models"}]
    for body in ("nl:t01", "nl:t02", "nl:t22"):
        fresh.answer(EARLY, body, models)
    fresh.answer(MAY, "nl:t21", [cameras(1)])
    overview = national_overview(fresh.store, ROUND, MAY, Question(frozenset({"hikvision"})))
    assert [(row.key, row.number) for row in overview.makers] == [("hikvision", 16)]
    assert [(row.key, row.number) for row in overview.devices] == [("camera", 16)]
    assert overview.outcome.tally.have == 4
    assert {body.id: body.devices for body in overview.bodies}["nl:t01"] == 5


def test_a_claim_is_published_after_the_time_to_reply(fresh: Census) -> None:
    rows = [(1, "Town 05", "NL", "2026-02-01", "has", "Hikvision", "https://example.org")]
    header = ("number", "body", "country", "date", "answer", "maker", "source")
    import_claims(fresh.store, write_csv(fresh.folder / "claims.csv", header, rows), at(REFERENCE))
    fresh.send(REFERENCE, "nl:t05")
    for day, published in ((date(2026, 3, 13), 0), (date(2026, 3, 16), 1)):  # letter on 2 March
        assert national_overview(fresh.store, ROUND, day).outcome.proved == 1
        assert publish_overview(fresh.store, ROUND, day, Question(), at(day)).outcome.proved == published


def test_two_sources_are_compared_only_if_they_are_recorded_as_independent(tmp_path: Path) -> None:
    header = ("number", "body", "country", "date", "answer", "maker", "group", "source")
    rows = [(n, f"Town {n:02}", "NL", "2026-02-01", "has", "Hikvision", "news", "x") for n in (1, 2, 9)]
    for groups, number in (((), None), (("news",), 13 * 4 / 3 - 1)):
        made = Census(tmp_path / str(len(groups)), independent_claims=groups)
        import_claims(made.store, write_csv(made.folder / "claims.csv", header, rows), at(EARLY))
        for town in (*range(1, 9), *range(11, 15)):
            made.answer(EARLY, f"nl:t{town:02}", [cameras(1)])
        outcome = national_overview(made.store, ROUND, EARLY).outcome
        assert outcome.by_claims == pytest.approx(number)
        assert any("Chapman" in str(sentence) for sentence in outcome.sentences) == bool(groups)
        made.store.close()


def test_an_event_needs_a_letter_and_a_ground(fresh: Census) -> None:
    with pytest.raises(CensusError, match="ground or reason"):
        mark(ask(fresh.store, EARLY), ROUND, "nl:t01", RequestEventKind.REFUSED)
    extended, reason = RequestEventKind.EXTENDED, "the inventory runs"
    assert mark(ask(fresh.store, EARLY), ROUND, "nl:t01", extended, detail=reason).due == date(2026, 4, 15)
    with pytest.raises(CensusError, match="extension already"):
        mark(ask(fresh.store, LATER), ROUND, "nl:t01", extended, detail=reason)
