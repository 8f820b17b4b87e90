"""The prefilter of identity: sightings that it leaves out are devices of their own for every rule."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.devices import Sighting, Trace
from overzicht.devices.identity import same_devices
from overzicht.devices.identity_rules import Observation
from overzicht.devices.likeness import likely_same
from overzicht.evidence import Citation


def sighting(number: int, file: str = "a", **stated: str) -> Sighting:
    names = {"serial": Trace.SERIAL, "mac": Trace.MAC, "brand": Trace.BRAND, "model": Trace.MODEL}
    traces = {names[name]: (value,) for name, value in stated.items() if name in names and value}
    fields = {name: value for name, value in stated.items() if name not in names}
    cited = Citation("inventory", file, f"line {number}", snapshot=file)
    return replace(Sighting(f"{file}-{number}", cited, traces), **fields)  # type: ignore[arg-type]


values = {
    "label": st.sampled_from(["", "CAM-1", "CAM-2", "camera"]),
    "site": st.sampled_from(["", "Hal", "Markt"]),
    "place": st.sampled_from(["", "deur"]),
    "address": st.sampled_from(["", "10.0.0.1", "10.0.0.2"]),
    "serial": st.sampled_from(["", "AB1234567", "AB1234568"]),
    "mac": st.sampled_from(["", "AC:CC:8E:00:00:01", "AC:CC:8E:00:00:02"]),
    "brand": st.sampled_from(["", "Axis"]),
    "model": st.sampled_from(["", "P3245-LV"]),
    "file": st.sampled_from(["a", "b"]),
}


@settings(max_examples=150)
@given(st.lists(st.fixed_dictionaries(values), min_size=1, max_size=8))
def test_no_two_rows_of_one_device_are_left_out(rows: list[dict[str, str]]) -> None:
    seen = [sighting(number, **row) for number, row in enumerate(rows)]
    is_likely = likely_same(seen)
    for device in same_devices([Observation(each) for each in seen]).devices:
        assert len(device.members) == 1 or all(is_likely[member] for member in device.members)


def test_rows_that_share_no_mark_are_left_out() -> None:
    rows = [sighting(n, label=f"CAM-{n}", site="Hal", serial=f"AB123456{n}") for n in range(5)]
    assert not likely_same(rows).any()
    again = [*rows, sighting(9, label="other", serial="AB1234563")]
    assert likely_same(again).tolist() == [False, False, False, True, False, True]


@pytest.mark.parametrize(("file", "expected"), [("a", False), ("b", True)])
def test_place_and_model_count_only_in_several_files(file: str, expected: object) -> None:
    rows = [sighting(1, site="Hal", model="P3245-LV"), sighting(2, file, site="Hal", model="P3245-LV")]
    assert likely_same(rows).tolist() == [expected, expected]
    assert likely_same([]).tolist() == []
