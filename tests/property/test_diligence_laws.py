"""Laws of working files that hold for whatever is written into them, in any order of days."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from overzicht.subjects.diligence.file_entries import EntryKind, RecordedEntry, RiskMap
from overzicht.subjects.diligence.folding import view_of
from overzicht.subjects.diligence.step_terms import ActionState
from overzicht.subjects.diligence.working_file import FileHead

FIRST = date(2026, 1, 1)
HEAD = FileHead("stad", "stad", "Stad", "", FIRST, "jan", "")
DAYS = st.integers(0, 20).map(lambda days: FIRST + timedelta(days=days))
RISKS = st.sampled_from(["added:1", "added:2", "own-use:x"])
LEVELS = st.integers(1, 4)


@st.composite
def contents(draw: st.DrawFn, number: int) -> tuple[EntryKind, dict[str, Any], str, int | None]:
    """Return one entry as people may write it; what it is about may be any entry before it."""
    kind = draw(st.sampled_from(list(EntryKind)))
    about = draw(st.integers(1, max(1, number - 1)))
    risk = draw(RISKS)
    match kind:
        case EntryKind.MAP:
            return kind, RiskMap(()).to_json(), "", None
        case EntryKind.JUDGEMENT:
            levels = {name: draw(LEVELS) for name in ("scale", "scope", "irremediability", "likelihood")}
            said = {
                "involvement": "cause",
                "leverage": "none",
                "reason": "because",
                "likelihood_reason": "because",
            }
            return kind, {**levels, **said}, risk, None
        case EntryKind.ACTION:
            due = draw(DAYS).isoformat()
            return (
                kind,
                {"risk": risk, "kind": "cease", "what": "stop it", "owner": "ann", "due": due},
                risk,
                None,
            )
        case EntryKind.PROGRESS:
            return kind, {"state": draw(st.sampled_from(list(ActionState))).value, "note": ""}, "", about
        case EntryKind.WITHDRAWAL:
            return kind, {"reason": "a mistake"}, "", about
        case _:
            return kind, {"what": "something", "source": "", "address": ""}, "", None


@st.composite
def written(draw: st.DrawFn) -> list[RecordedEntry]:
    found = []
    for number in range(1, draw(st.integers(0, 14)) + 1):
        kind, payload, risk, about = draw(contents(number))
        found.append(RecordedEntry(number, kind, draw(DAYS), payload, "jan", "", risk, about))
    return found


@given(written(), DAYS)
def test_what_is_of_a_later_day_changes_nothing_of_an_earlier_one(
    entries: list[RecordedEntry], day: date
) -> None:
    assert view_of(HEAD, entries, day) == view_of(HEAD, [each for each in entries if each.day <= day], day)


@given(written())
def test_nothing_that_was_written_is_lost(entries: list[RecordedEntry]) -> None:
    view = view_of(HEAD, entries, date.max)
    kept = {each.number for each in entries if each.kind.can_be_withdrawn}
    assert {entry.number for entry in view.entries} == kept
    assert {action.number for action in view.actions} == {
        each.number for each in entries if each.kind is EntryKind.ACTION
    }
    for withdrawal in (each for each in entries if each.kind is EntryKind.WITHDRAWAL):
        for entry in view.entries:
            if entry.number == withdrawal.about:
                assert entry.withdrawn is not None


@given(written())
def test_every_severity_is_a_number_that_a_person_gave(entries: list[RecordedEntry]) -> None:
    given_by_people = [each.payload for each in entries if each.kind is EntryKind.JUDGEMENT]
    for risk in view_of(HEAD, entries, date.max).risks:
        if risk.judgement is None:
            assert risk.severity is None
            continue
        judged = risk.judgement
        parts = (judged.scale, judged.scope, judged.irremediability)
        assert risk.severity == max(parts)
        assert any(
            parts == (each["scale"], each["scope"], each["irremediability"]) for each in given_by_people
        )


@given(written(), DAYS)
def test_what_is_done_or_withdrawn_is_never_past_its_day(entries: list[RecordedEntry], day: date) -> None:
    for action in view_of(HEAD, entries, day).overdue:
        assert action.withdrawn is None
        assert not action.status.is_over
        assert action.due < day
