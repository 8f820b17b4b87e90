"""The answer of the ownership test: statement, paths, reasons and citations."""

from datetime import date

from overzicht.dates import LegalDate, Period
from overzicht.entities.owned import OwnedOutcome, owned
from overzicht.entities.ownership import OwnershipGraph, OwnershipStatement, PathEnd, Share
from overzicht.evidence import Citation, Confidence
from overzicht.law import ownership_regime

SINCE = Period(LegalDate(date(2020, 1, 1)))
REGISTER = Citation("register", "A register", "row 1")
NAMES = {"x": "Xylo Group", "b": "Brick Holding", "c": "Clay Cameras", "rest": "Rest"}


def _graph(*rows: tuple[str, str, int]) -> OwnershipGraph:
    statements = [
        OwnershipStatement(owner, asset, Share.exactly(percent), SINCE, citation=REGISTER)
        for owner, asset, percent in rows
    ]
    return OwnershipGraph(statements, ends=["rest"], names=NAMES)


def test_the_answer_tells_the_whole_chain_with_sources() -> None:
    graph = _graph(("x", "b", 60), ("rest", "b", 40), ("b", "c", 75), ("rest", "c", 25))
    answer = owned(graph, "c", {"x"}, ownership_regime("eu"), date(2024, 7, 3))
    sentences = [str(reason.text) for reason in answer.reasons]
    assert answer.outcome is OwnedOutcome.OWNED
    assert str(answer.statement) == "EU: Clay Cameras is owned by listed parties"
    assert sentences[:4] == [
        "EU counts 50 % or more, several listed owners added up",
        "Brick Holding, which listed parties own, holds 75 % of Clay Cameras",
        "Xylo Group, which is listed, holds 60 % of Brick Holding",
        "listed parties hold at least 75 % and at most 75 % of Clay Cameras",
    ]
    assert answer.reasons[0].citations == ownership_regime("eu").cite(ownership_regime("eu").values[1])
    assert answer.reasons[1].citations == (REGISTER,)
    assert answer.reasons[1].strength is Confidence.HIGH
    assert [path.parties for path in answer.paths] == [("x", "b", "c")]
    assert answer.listed_owners == ("x",)


def test_owners_that_nobody_listed_owns_leave_the_reasons_of_the_others() -> None:
    others = [(owner, asset, 10) for owner in ("a", "d") for asset in ("b", "c")]
    graph = _graph(*others, ("b", "c", 80), ("x", "b", 80), ("rest", "a", 100), ("rest", "d", 100))
    answer = owned(graph, "c", {"x"}, ownership_regime("eu"), date(2024, 7, 3))
    assert [str(reason.text) for reason in answer.reasons][1:3] == [
        "Brick Holding, which listed parties own, holds 80 % of Clay Cameras",
        "Xylo Group, which is listed, holds 80 % of Brick Holding",
    ]


def test_a_listed_party_between_two_gives_a_path_of_its_own() -> None:
    graph = _graph(("x", "b", 60), ("b", "c", 75))
    answer = owned(graph, "c", {"x", "b"}, ownership_regime("eu"), date(2024, 7, 3))
    assert [(path.parties, path.end) for path in answer.paths] == [
        (("b", "c"), PathEnd.LISTED),
        (("x", "b", "c"), PathEnd.NOBODY_STATED),
    ]


def test_no_listed_owner_is_told_apart_from_a_listed_owner_with_an_unknown_share() -> None:
    nothing = owned(OwnershipGraph([]), "c", {"x"}, ownership_regime("eu"), date(2024, 7, 3))
    something = owned(
        OwnershipGraph([OwnershipStatement("x", "c", period=SINCE)]),
        "c",
        {"x"},
        ownership_regime("eu"),
        date(2024, 7, 3),
    )
    assert nothing.outcome is something.outcome is OwnedOutcome.CANNOT_RULE_OUT
    assert (nothing.listed_owners, something.listed_owners) == ((), ("x",))


def test_the_rule_in_force_is_named_where_there_is_none() -> None:
    graph = _graph(("x", "c", 60))
    suspended = owned(graph, "c", {"x"}, ownership_regime("bis"), date(2026, 1, 1))
    assert (
        str(suspended.statement)
        == "BIS: no ownership rule was in force on that date, so none applies to Clay Cameras"
    )
    assert suspended.if_in_force is None
    unknown = owned(graph, "c", {"x"}, ownership_regime("bis"), date(2026, 11, 25))
    assert (unknown.outcome, unknown.if_in_force) == (OwnedOutcome.STATUS_UNKNOWN, OwnedOutcome.OWNED)
    sentences = [str(reason.text) for reason in unknown.reasons]
    assert "it is unknown whether the rule is in force on that date" in sentences
    assert "the rule was last checked on 2026-11-24" in sentences


def test_control_is_left_to_a_person_where_it_is_a_test_of_its_own() -> None:
    graph = _graph(("x", "c", 40), ("rest", "c", 60))
    words = "control without ownership is a separate test"
    for regime, told in (("eu", True), ("uk", True), ("ofac", False), ("bis", False)):
        answer = owned(graph, "c", {"x"}, ownership_regime(regime), date(2025, 10, 1))
        assert any(words in str(reason.text) for reason in answer.reasons) is told


def test_a_person_cannot_be_owned() -> None:
    answer = owned(OwnershipGraph([], ends=["p"]), "p", {"x"}, ownership_regime("eu"), date(2024, 7, 3))
    assert answer.outcome is OwnedOutcome.NOT_OWNED
