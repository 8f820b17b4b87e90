"""The states of a device that follow from statements about it, in order of date."""

from datetime import date, timedelta
from typing import Any

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Citation
from overzicht.register.terms import LifecycleState
from overzicht.register.timeline import Cause, Period, Step, own_marks, periods

DAY = date(2026, 3, 1)
CAUSE = Cause(1, 0, "", "jan", "2026-03-01T12:00:00+00:00")
IN_USE, NOT_SEEN, REMOVED = LifecycleState.IN_USE, LifecycleState.NOT_SEEN, LifecycleState.REMOVED


def seen(place: str = "hal", **fields: Any) -> Sighting:
    citation = Citation(source="inventory", title="a.csv", place="row 1", snapshot="ab")
    traces = {Trace.SERIAL: ("ACCC8E000001",)}
    return Sighting(id="s1", citation=citation, traces=traces, label="CAM-1", place=place, **fields)


def step(days: int, order: int = 0, **fields: Any) -> Step:
    return Step(DAY + timedelta(days=days), (f"{order:02}", 0, 0), CAUSE, **fields)


def shown(days: int, order: int = 0, place: str = "hal", **fields: Any) -> Step:
    return step(days, order, kind="table", sightings=(seen(place, **fields),))


def missed(days: int, order: int = 0, **fields: Any) -> Step:
    return step(days, order, kind="table", **fields)


def summary(states: tuple[Period, ...]) -> list[tuple[int, LifecycleState, str]]:
    return [((state.begin - DAY).days, state.life, state.evidence["table"].place) for state in states]


def test_steps_are_taken_in_order_of_date_and_equal_ones_change_nothing() -> None:
    steps = [shown(20, place="dak"), missed(10), shown(0), shown(5)]
    expected = [(0, IN_USE, "hal"), (10, NOT_SEEN, "hal"), (20, IN_USE, "dak")]
    assert summary(periods(None, steps)) == expected
    base = periods(None, [shown(0)])[0]
    assert summary(periods(base, steps)) == expected[1:]


def test_a_list_misses_only_what_it_should_show() -> None:
    base = periods(None, [shown(0, site="Stadhuis")])[0]
    assert periods(base, [missed(1, site="Zwembad")]) == ()
    assert periods(base, [step(1, kind="nmap-xml")]) == ()
    assert periods(base, [missed(1, unclear=own_marks(seen()))]) == ()
    assert periods(base, [shown(1, 0, site="Stadhuis"), missed(1, 1)]) == ()  # a second list of that date
    assert summary(periods(base, [missed(1, site="STADHUIS")])) == [(1, NOT_SEEN, "hal")]
    assert periods(None, [missed(1)]) == ()


def test_what_a_person_recorded_stays_until_a_list_states_something_new() -> None:
    record = step(1, life=REMOVED)
    assert periods(None, [record]) == ()  # of a device that nothing shows
    kept = periods(None, [shown(0), record, missed(2), shown(3, status="buiten gebruik")])
    assert summary(kept)[:2] == [(0, IN_USE, "hal"), (1, REMOVED, "hal")]
    assert [state.life for state in kept[2:]] == [REMOVED]
    ended = periods(None, [step(1, life=REMOVED, evidence={"table": seen()})])
    assert summary(ended) == [(1, REMOVED, "hal")]


def test_rows_of_one_date_are_combined_in_any_order() -> None:
    table = step(1, 0, kind="table", sightings=(seen("hal"),))
    scan = step(1, 1, kind="nmap-xml", sightings=(seen("hal", address="10.0.0.1"),))
    last = [periods(None, pair)[-1].evidence for pair in ([table, scan], [scan, table])]
    assert last[0] == last[1]
    assert set(last[0]) == {"table", "nmap-xml"}
