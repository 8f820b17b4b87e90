"""What a scope of a device states: its parts name traces."""

import pytest

from overzicht.devices.evidence import scope_traces
from overzicht.devices.sighting import Trace


@pytest.mark.parametrize(
    ("part", "trace"),
    [
        ("hardware", Trace.MODEL),
        ("model", Trace.MODEL),
        ("manufacturer", Trace.BRAND),
        ("mfr", Trace.BRAND),
        ("mac", Trace.MAC),
        ("serial", Trace.SERIAL),
        ("name", Trace.PRODUCT),
        ("Hardware", Trace.MODEL),
        ("location", None),
        ("type", None),
    ],
)
def test_a_part_of_a_scope_is_a_trace(part: str, trace: Trace | None) -> None:
    traces = scope_traces(f"onvif://www.onvif.org/{part}/Kestrel%20 7 ")
    assert traces == (((trace, "Kestrel  7"),) if trace else ())


@pytest.mark.parametrize("scope", ["", "hardware", "onvif://www.onvif.org/hardware/"])
def test_a_scope_without_a_value_states_nothing(scope: str) -> None:
    assert scope_traces(scope) == ()
