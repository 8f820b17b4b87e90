"""A licence case for the terminal, in the language of the command: lines of its document."""

from overzicht.cli.documents import document_lines, section_lines
from overzicht.cli.language import spoken
from overzicht.subjects.licensing.case_document import case_document, gate_section
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.gates.model import Gates
from overzicht.subjects.licensing.office import AlertsResponse


def case_lines(view: CaseView) -> list[str]:
    """Return the whole case as lines of text."""
    return document_lines(case_document(view))


def gate_lines(results: Gates) -> list[str]:
    """Return the answers of the gates with source and certainty, and the open questions with their keys."""
    return section_lines(gate_section(results), spoken)


def due_lines(due: AlertsResponse) -> list[str]:
    """Return a line for each thing that is due in a case."""
    return [spoken(alert.sentence) for alert in due.alerts]
