"""The parts of a licence case that a caller may see, and the command of a step of one."""

from overzicht.evidence.text import Text
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command
from overzicht.store.accounts import Role
from overzicht.subjects.licensing import cases
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.confidentiality import without_confidence
from overzicht.subjects.licensing.denials_operations import note_matches

PAGE = "/licences/{case_id}"
SIGNED = ("as-of", "by", "lang", "json")
LINES = "subjects.licensing.case_lines.case_lines"


def visible_view(ask: Ask, view: CaseView) -> CaseView:
    """Return what the caller may see of a case. That an officer of the service saw denials is recorded."""
    if not ask.may(Role.OFFICER):
        return without_confidence(view)
    if not ask.has_store:
        note_matches(ask, view.matches, view.application.id)
    return view


def visible_case(ask: Ask, case_id: str) -> CaseView:
    """Return a case as of the date, as far as the caller may see it; raises UnknownNameError."""
    return visible_view(ask, cases.view_case(ask.store, case_id, ask.day))


def is_waiting(view: CaseView) -> bool:
    """Return whether a state must be consulted, or a gap prevents the filing of a case."""
    return bool(view.to_consult) or any(gap.blocks for gap in view.gaps)


def step(name: str, needs: Text | None = None) -> Command:
    """Return the command of a step of a case: it prints the case after it."""
    return Command(f"licence {name}", LINES, is_incomplete=is_waiting, options=SIGNED, needs=needs)
