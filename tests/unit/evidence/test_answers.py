"""One wording for the answers of lists, and another for what is not a list."""

from datetime import date

import pytest

from overzicht.evidence import Answer, Finding, FindingKind, text
from overzicht.evidence.answers import LISTING_ANSWERS, answer_of


def finding(kind: FindingKind, answer: Answer) -> Finding:
    return Finding("f", kind, "x", answer, text("x"), date(2026, 3, 1))


def test_the_five_answers_of_a_list() -> None:
    assert [str(LISTING_ANSWERS[answer]) for answer in Answer] == [
        "listed",
        "possibly listed",
        "not listed",
        "not checked",
        "could not be read",
    ]


@pytest.mark.parametrize(
    ("kind", "found", "not_found"),
    [
        (FindingKind.LISTING, "listed", "not listed"),
        (FindingKind.OWNER_LISTING, "listed", "not listed"),
        (FindingKind.MAKER, "found", "not found"),
        (FindingKind.ACTIVITY, "found", "not found"),
        (FindingKind.LEGAL_EFFECT, "found", "not found"),
    ],
)
def test_only_a_list_answers_listed(kind: FindingKind, found: str, not_found: str) -> None:
    assert str(answer_of(finding(kind, Answer.FOUND))) == found
    assert str(answer_of(finding(kind, Answer.NOT_FOUND))) == not_found
    assert str(answer_of(finding(kind, Answer.NOT_CHECKED))) == "not checked"
