"""The sources of an answer once each, numbered in the order in which the answer uses them."""

from collections.abc import Iterable

from overzicht.evidence import Citation
from overzicht.reports.answers.model import AnswerReport


class AnswerCitations:
    """The citations of an answer with their numbers, from 1."""

    def __init__(self, report: AnswerReport) -> None:
        self.all: tuple[Citation, ...] = report.citations
        self._numbers = {citation.key: number for number, citation in enumerate(self.all, start=1)}

    def number(self, citation: Citation) -> int:
        """Return the number of a citation of the answer; KeyError for another one."""
        return self._numbers[citation.key]

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of some citations, ascending, each once."""
        return tuple(sorted({self.number(citation) for citation in citations}))
