"""Whether a body has what a question asks: yes, no, or neither by its own words."""

import pytest

from overzicht.dates import Holds
from overzicht.subjects.census.answers import (
    CountLine,
    Depth,
    Question,
    Scope,
    Tenure,
    Unit,
    device_total,
    has,
    missing_scopes,
)

SCOPES = (Scope.BUILDINGS, Scope.PUBLIC_SPACE)
ANY, HIKVISION = Question(), Question(frozenset({"hikvision"}))


def counted(maker: str, number: int, scope: Scope = Scope.ALL, **more: object) -> CountLine:
    return CountLine(scope, Depth.COUNTS, maker, least=number, most=number, **more)  # type: ignore[arg-type]


def none(maker: str = "", scope: Scope = Scope.ALL) -> CountLine:
    return CountLine(scope, Depth.NONE, maker, least=0, most=0)


@pytest.mark.parametrize(
    ("lines", "question", "answer"),
    [
        ([counted("hikvision", 3)], HIKVISION, Holds.YES),
        ([counted("axis", 3)], HIKVISION, Holds.NO),  # counted by maker, without an unknown rest
        ([counted("axis", 3), counted("", 9)], HIKVISION, Holds.UNKNOWN),  # a rest of unknown make
        ([counted("", 9)], HIKVISION, Holds.UNKNOWN),
        ([counted("", 9)], ANY, Holds.YES),
        ([none()], HIKVISION, Holds.NO),
        ([none("dahua")], HIKVISION, Holds.UNKNOWN),  # a none about one make is not a none about all
        ([none("hikvision")], HIKVISION, Holds.NO),
        ([none("hikvision")], ANY, Holds.UNKNOWN),
        ([none(scope=Scope.BUILDINGS)], ANY, Holds.UNKNOWN),  # the other scope is not answered
        ([none(scope=Scope.BUILDINGS), none(scope=Scope.PUBLIC_SPACE)], ANY, Holds.NO),
        ([CountLine(Scope.ALL, Depth.NOT_HELD)], ANY, Holds.UNKNOWN),
        ([CountLine(Scope.ALL, Depth.REFUSED)], ANY, Holds.UNKNOWN),
        ([counted("hikvision", 3, tenure=Tenure.SEEN)], HIKVISION, Holds.UNKNOWN),  # others run it
        ([counted("hikvision", 0)], HIKVISION, Holds.NO),
        ([], ANY, Holds.UNKNOWN),
    ],
)
def test_the_answer_to_a_question(lines: list[CountLine], question: Question, answer: Holds) -> None:
    assert has(question, lines, SCOPES) is answer


def test_a_total_and_its_parts_never_add_up() -> None:
    lines = [counted("", 100), counted("hikvision", 30), counted("axis", 20)]
    assert device_total(lines) == (100, 100)
    assert device_total([counted("hikvision", 30), counted("axis", 20)]) == (50, 50)
    assert device_total(
        [counted("x", 4), counted("x", 9, unit=Unit.SITE), counted("x", 7, tenure=Tenure.USED)]
    ) == (4, 4)


def test_missing_scopes_are_named() -> None:
    assert missing_scopes([none(scope=Scope.BUILDINGS)], SCOPES) == (Scope.PUBLIC_SPACE,)
    assert missing_scopes([none()], SCOPES) == ()
