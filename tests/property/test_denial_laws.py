"""Laws of clocks, likeness and the exchange file."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from licensing_tools import denial

from overzicht.errors import OverzichtError
from overzicht.law.working_days import calendar_of, is_working_day, working_day_after
from overzicht.subjects.licensing.denial_exchange import BrokenHashError, read_file, write_file
from overzicht.subjects.licensing.denial_items import Likeness, compare_items
from overzicht.subjects.licensing.denial_model import DenialItem
from overzicht.subjects.licensing.weighing import CriterionRecord, criteria_for, suggest

DAY = date(2026, 3, 20)
DAYS = st.dates(date(2021, 9, 9), date(2035, 12, 31))
STATES = st.sampled_from(["NL", "DE", "FR", "GR", "BG", "MT"])


@given(DAYS, st.integers(1, 45), STATES)
def test_the_period_holds_exactly_so_many_working_days(start: date, count: int, state: str) -> None:
    """Regulation 1182/71: the day of the event is not counted, the last day is a working day."""
    calendar = calendar_of(state)
    due, skipped = working_day_after(start, count, calendar)
    between = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(is_working_day(day, calendar) for day in between) == count
    assert is_working_day(due, calendar)
    assert all(not is_working_day(day, calendar) and day.weekday() < 5 for day, _ in skipped)


@given(DAYS, st.integers(1, 30), STATES)
def test_asking_later_is_never_due_earlier(start: date, count: int, state: str) -> None:
    """Article 16(5): a period that starts later ends no earlier."""
    calendar = calendar_of(state)
    later = working_day_after(start + timedelta(days=1), count, calendar)[0]
    assert later >= working_day_after(start, count, calendar)[0]


ITEMS = st.builds(
    lambda code, values: DenialItem.model_validate(
        {
            "description": "x",
            "code": code,
            "parameters": [{"name": n, "value": v, "unit": "Hz"} for n, v in sorted(values.items())],
        }
    ),
    st.sampled_from([None, "6A003", "6A003.b", "6A003.b.4.b", "5A001.f"]),
    st.dictionaries(st.sampled_from("abc"), st.integers(-5, 100), max_size=3),
)


@given(ITEMS, ITEMS)
def test_likeness_is_symmetric(one: DenialItem, other: DenialItem) -> None:
    """Article 2(22): that two transactions are essentially identical does not depend on who asks."""
    assert compare_items(one, other).likeness is compare_items(other, one).likeness


@given(ITEMS)
def test_an_item_is_like_itself_or_says_nothing_to_compare(one: DenialItem) -> None:
    expected = Likeness.SAME if one.parameters else Likeness.UNSURE
    assert compare_items(one, one).likeness is expected


@given(st.integers(0), st.integers(1, 255))
@settings(max_examples=150)
def test_any_changed_byte_is_refused(position: int, change: int) -> None:
    """A denial file with one byte changed is refused, or reads to the same denials (a blank)."""
    raw = bytearray(write_file([denial()], "NL", date(2026, 4, 1)).encode())
    whole = read_file(bytes(raw), "x")
    raw[position % len(raw)] ^= change
    try:
        found = read_file(bytes(raw), "x")
    except OverzichtError:
        return
    assert found == whole


@given(st.text(max_size=20))
def test_another_end_use_never_keeps_the_hash(words: str) -> None:
    data = json.loads(write_file([denial(end_use="first")], "NL", date(2026, 4, 1)))
    data["denials"][0]["end_use"] = words
    raw = json.dumps(data).encode()
    if words == "first":
        assert read_file(raw, "x").denials
    else:
        with pytest.raises(BrokenHashError):
            read_file(raw, "x")


RECORDS = st.lists(
    st.builds(
        lambda criterion, weight, direction, by: CriterionRecord(
            criterion=criterion, finding="found", evidence="seen", source_date=date(2026, 1, 1),
            weight=weight, direction=direction, by=by,
        ),
        st.sampled_from([one.id for one in criteria_for("individual", DAY)]),
        st.integers(0, 4),
        st.sampled_from(["for", "against", "neutral"]),
        st.sampled_from(["a", "b"]),
    ),
    max_size=15,
)  # fmt: skip


@given(RECORDS)
def test_every_point_of_a_suggestion_is_one_of_a_record_shown(records: list[CriterionRecord]) -> None:
    """A suggestion shows its inputs: its sums are those of the records it shows, nothing else."""
    found = suggest(tuple(records), "individual", DAY)
    assert found.points_for == sum(r.weight for r in found.considered if r.direction == "for")
    assert found.points_against == sum(r.weight for r in found.considered if r.direction == "against")
    assert set(found.decisive) <= set(found.considered) <= set(records)
