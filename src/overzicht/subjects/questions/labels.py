"""Labels of questions and answers: `Vraag 2 t/m 6`, `Antwoord vraag 4-7:`, `3, 4 en 5`, `3 4 1`.

One grammar for all forms, because groups are printed in a dozen ways and a list that is read half loses
questions without a sound. What cannot be read keeps its text and says why.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

HIGHEST_NUMBER = 199  # the highest seen in 38,247 papers is 128; four digits are years taken for numbers


class Side(StrEnum):
    """Who speaks: a member who asks, or a minister who answers."""

    QUESTION = "question"
    ANSWER = "answer"


class LabelProblem(StrEnum):
    """Fault in a list of numbers; readable numbers are kept."""

    EMPTY = "no number"
    UNREADABLE = "not a list of numbers"
    IMPLAUSIBLE = "a number that no question has"
    BACKWARDS = "a range that runs backwards"
    REPEATED = "a number that stands twice"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Question numbers in printed order, without duplicates; `problem` is None if the list is complete."""

    numbers: tuple[int, ...] = ()
    problem: LabelProblem | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A line that opens a question or an answer, as printed; a bare `Antwoord` has no numbers."""

    printed: str
    side: Side
    numbers: tuple[int, ...]
    problem: LabelProblem | None


_RANGE = r"(?:t\s*/\s*m|tot\s+en\s+met|[-–—])"
_ITEM = re.compile(rf"\s*(\d{{1,4}})(?:\s*{_RANGE}\s*(\d{{1,4}}))?(?![\w/])")
_BETWEEN = re.compile(r"\s*(?:,\s*en\b|[,;&+]|\ben\b|\s)\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?P<word>(?:nader\s+)?antwoord(?:en)?|vra(?:ag|gen))(?:\s+op)?(?:\s+(?:de\s+)?vra(?:ag|gen))?"
    r" ?(?P<list>(?:\d(?:\d|[ ,;&+–—-]|t ?/ ?m|tot en met|en)*)?)[:.]? ?",
    re.IGNORECASE,
)


def read_numbers(printed: str) -> Numbers:
    """Return the numbers of a list; ranges are expanded, both ends included.

    An empty text gives no numbers and the problem EMPTY. Text after an unreadable part is ignored.
    """
    rest = printed.strip().rstrip(":.").strip()
    if not rest:
        return Numbers((), LabelProblem.EMPTY)
    numbers_read: list[int] = []
    problem: LabelProblem | None = None
    position = 0
    while position < len(rest):
        item = _ITEM.match(rest, position)
        if item is None:
            return Numbers(tuple(dict.fromkeys(numbers_read)), LabelProblem.UNREADABLE)
        first = int(item[1])
        last = int(item[2]) if item[2] else None
        if not 1 <= first <= HIGHEST_NUMBER or (last is not None and not 1 <= last <= HIGHEST_NUMBER):
            numbers, wrong = [], LabelProblem.IMPLAUSIBLE
        elif last is None:
            numbers, wrong = [first], None
        elif last < first:
            numbers, wrong = [first, last], LabelProblem.BACKWARDS
        else:
            numbers, wrong = list(range(first, last + 1)), None
        numbers_read += numbers
        problem = problem or wrong
        position = item.end()
        between = _BETWEEN.match(rest, position)
        position = between.end() if between else position
    once = tuple(dict.fromkeys(numbers_read))
    if problem is None and len(once) < len(numbers_read):
        problem = LabelProblem.REPEATED
    return Numbers(once, problem)


def read_label(line: str) -> Label | None:
    """Return the label that a whole line is, or None for a line of text."""
    printed = " ".join(line.split())
    match = _LABEL.fullmatch(printed)
    if match is None:
        return None
    side = Side.ANSWER if "antwoord" in match["word"].lower() else Side.QUESTION
    if not match["list"].strip():
        plural = match["word"].lower() == "vragen"
        return None if plural else Label(printed, side, (), LabelProblem.EMPTY)
    read = read_numbers(match["list"])
    return Label(printed, side, read.numbers, read.problem)
