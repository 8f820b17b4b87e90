"""The verdict on evidence: families count once, hints never prove, and numbers of two makers settle."""

import pytest

from overzicht.devices.conclusion import decide
from overzicht.devices.knowledge import Knowledge
from overzicht.devices.traces.interface import Evidence, Family
from overzicht.evidence import Confidence, Reason, text

HIGH, MEDIUM, LOW, NONE = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW, Confidence.NONE


def item(maker: str, family: Family, strength: Confidence = HIGH, **more: bool) -> Evidence:
    reason = Reason(text("{family} of {maker}", family=family.value, maker=maker), strength)
    return Evidence(maker, family, reason, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("strengths", "confidence"),
    [
        ([HIGH], HIGH),
        ([MEDIUM, MEDIUM], HIGH),
        ([MEDIUM], MEDIUM),
        ([MEDIUM, LOW], MEDIUM),
        ([LOW, LOW], LOW),
    ],
)
def test_a_tally_gives_the_confidence_of_the_table(
    invented: Knowledge, strengths: list[Confidence], confidence: Confidence
) -> None:
    evidence = [item("kestrel", family, of) for family, of in zip(Family, strengths, strict=False)]
    assert decide(evidence, invented).confidence is confidence


def test_one_family_counts_once_at_its_strongest(invented: Knowledge) -> None:
    evidence = [item("kestrel", Family.LABEL, MEDIUM), item("kestrel", Family.LABEL, MEDIUM)]
    assert decide(evidence, invented).confidence is MEDIUM


@pytest.mark.parametrize(
    ("other", "confidence", "conflicts"),
    [
        ([(Family.MODEL, HIGH)], MEDIUM, 1),  # as strong, with fewer families
        ([(Family.MODEL, MEDIUM)], HIGH, 1),
        ([(Family.MODEL, LOW)], HIGH, 1),
        ([(Family.MODEL, HIGH), (Family.MAC, HIGH)], NONE, 4),
    ],
)
def test_evidence_for_another_maker_is_a_conflict(
    invented: Knowledge, other: list[tuple[Family, Confidence]], confidence: Confidence, conflicts: int
) -> None:
    own = [item("kestrel", Family.LABEL), item("kestrel", Family.SERVICE)]
    verdict = decide([*own, *(item("osprey", family, of) for family, of in other)], invented)
    assert (verdict.confidence, len(verdict.conflicts)) == (confidence, conflicts)
    assert verdict.undecided == (("kestrel", "osprey") if confidence is NONE else ())


def test_hints_are_candidates_of_low_confidence_and_prove_nothing(invented: Knowledge) -> None:
    verdict = decide([item("osprey", Family.LABEL, is_hint=True), item("kestrel", Family.MAC)], invented)
    assert (verdict.maker_id, verdict.confidence, verdict.conflicts) == ("kestrel", HIGH, ())
    assert [(of.maker_id, of.confidence) for of in verdict.candidates] == [("kestrel", HIGH), ("osprey", LOW)]
    alone = decide([item("osprey", Family.LABEL, is_hint=True)], invented)
    assert (alone.maker_id, alone.confidence, alone.undecided) == ("", NONE, ())


@pytest.mark.parametrize(
    ("other", "maker"),
    [
        ([item("kestrel", Family.LABEL, LOW)], "kestrel"),
        ([item("kestrel", Family.LABEL, LOW, is_hint=True)], ""),
        ([item("kestrel", Family.LABEL, LOW), item("osprey", Family.MAC, LOW)], ""),
        ([], ""),
    ],
)
def test_another_trace_settles_a_number_that_two_makers_use(
    invented: Knowledge, other: list[Evidence], maker: str
) -> None:
    numbers = [item("kestrel", Family.MODEL, LOW), item("osprey", Family.MODEL)]
    verdict = decide([*numbers, *other], invented)
    assert verdict.maker_id == (maker or "osprey")
    assert bool(verdict.conflicts) is (not maker)


def test_evidence_that_needs_support_counts_only_with_another_family(invented: Knowledge) -> None:
    number = item("kestrel", Family.MODEL, needs_support=True)
    assert decide([number], invented).maker_id == ""
    for other in (
        item("osprey", Family.LABEL, LOW),
        item("kestrel", Family.LABEL, LOW, is_hint=True),
        item("kestrel", Family.MODEL, LOW, needs_support=True),
    ):
        assert decide([number, other], invented).maker_id != "kestrel"
    assert decide([number, item("kestrel", Family.LABEL, LOW)], invented).confidence is HIGH
