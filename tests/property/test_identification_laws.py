"""Laws of identification, on any mixture of traces."""

from datetime import date
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from unit_devices import FakeRegistry, identify, make_knowledge, make_sighting

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Confidence

KNOWLEDGE = make_knowledge()
AS_OF = date(2026, 11, 24)

TRACES = st.dictionaries(
    st.sampled_from(
        [Trace.BRAND, Trace.MODEL, Trace.MAC, Trace.BANNER, Trace.PROTOCOL, Trace.PRODUCT, Trace.OS_GUESS]
    ),
    st.lists(
        st.sampled_from(
            [
                "Kestrel", "Osprey", "Badge", "Turncoat", "Split", "Rumour", "Likeness", "Either", "HiKes",
                "KS-2CD2146", "OS-1234", "A123", "M-24", "ZED-1", "NVR301", "kesapi", "http: KES-Webs",
                "44:00:00:12:34:56", "48:00:00:12:34:56", "4C:00:00:12:34:56", "50:00:00:12:34:56",
            ]
        ),
        min_size=1,
        max_size=3,
        unique=True,
    ),
)  # fmt: skip


def sighting_of(traces: dict[Trace, list[str]]) -> Sighting:
    named: dict[str, Any] = {trace.name.lower(): tuple(values) for trace, values in traces.items()}
    return make_sighting(**named)


@given(TRACES, st.randoms())
def test_the_order_of_traces_does_not_matter(traces: dict[Trace, list[str]], random: Random) -> None:
    keys = list(traces)
    random.shuffle(keys)
    shuffled = {key: random.sample(traces[key], len(traces[key])) for key in keys}
    one, other = (
        identify(sighting_of(each), KNOWLEDGE, as_of=AS_OF, registry=FakeRegistry())
        for each in (traces, shuffled)
    )
    assert (one.maker_id, one.confidence, one.undecided, one.reasons, one.conflicts, one.candidates) == (
        other.maker_id, other.confidence, other.undecided, other.reasons, other.conflicts, other.candidates,
    )  # fmt: skip


@given(TRACES, st.sampled_from(["Kestrel embedded", "Osprey camera"]))
def test_a_hint_changes_no_verdict(traces: dict[Trace, list[str]], guess: str) -> None:
    traces.pop(Trace.OS_GUESS, None)
    before = identify(sighting_of(traces), KNOWLEDGE, as_of=AS_OF, registry=FakeRegistry())
    after = identify(
        sighting_of({**traces, Trace.OS_GUESS: [guess]}), KNOWLEDGE, as_of=AS_OF, registry=FakeRegistry()
    )
    assert (after.maker_id, after.confidence, after.undecided) == (
        before.maker_id,
        before.confidence,
        before.undecided,
    )


@given(st.integers(min_value=0, max_value=0xFFFFFF), st.sampled_from(["4C:00:00", "54:00:00", "50:00:00"]))
def test_a_block_of_a_brand_owner_alone_never_yields_a_maker(tail: int, block: str) -> None:
    mac = f"{block.replace(':', '')}{tail:06x}"
    found = identify(make_sighting(mac=mac), KNOWLEDGE, as_of=AS_OF, registry=FakeRegistry())
    assert (found.maker_id, found.confidence) == ("", Confidence.NONE)


@given(TRACES)
def test_a_verdict_has_a_reason_and_no_verdict_has_no_confidence(traces: dict[Trace, list[str]]) -> None:
    found = identify(sighting_of(traces), KNOWLEDGE, as_of=AS_OF, registry=FakeRegistry())
    if found.maker_id:
        assert found.confidence is not Confidence.NONE
        assert any(not reason.against and reason.citations for reason in found.reasons)
        assert found.undecided == ()
    else:
        assert found.confidence is Confidence.NONE
