"""First lines of questions that ask to confirm a denial."""

import pytest

from overzicht.evidence import text
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.framing import Denial
from overzicht.subjects.answers.resolving.relations import to_denial

SAYS = "Voorbeeld is listed on the list."


def line_of(kind: FirstKind) -> FirstLine:
    return FirstLine(kind, text(SAYS))


@pytest.mark.parametrize(
    ("kind", "denial", "expected"),
    [
        (FirstKind.YES, Denial.WHOLE, FirstKind.NO),
        (FirstKind.NO, Denial.WHOLE, FirstKind.YES),
        (FirstKind.YES, Denial.PART, FirstKind.UNKNOWN),
        (FirstKind.NUMBER, Denial.PART, FirstKind.UNKNOWN),
        (FirstKind.VALUE, Denial.PART, FirstKind.UNKNOWN),
    ],
)
def test_a_denial_turns_the_answer_and_quotes_it(
    kind: FirstKind, denial: Denial, expected: FirstKind
) -> None:
    turned = to_denial(line_of(kind), denial)
    assert turned.kind is expected
    assert SAYS in str(turned.text)


@pytest.mark.parametrize(
    ("kind", "denial"),
    [
        *((kind, Denial.NONE) for kind in FirstKind),
        *((kind, Denial.WHOLE) for kind in (FirstKind.POSSIBLE, FirstKind.NOT_CHECKED, FirstKind.VALUE)),
        (FirstKind.POSSIBLE, Denial.PART),
    ],
)
def test_without_a_denial_or_a_yes_or_no_the_line_stays(kind: FirstKind, denial: Denial) -> None:
    assert to_denial(line_of(kind), denial) == line_of(kind)
