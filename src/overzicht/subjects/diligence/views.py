"""A yearly report as data: the file as it stood at the end, what happened in the year, and a year before."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import computed_field

from overzicht.evidence import Citation, unique
from overzicht.evidence.json_marks import HIDDEN
from overzicht.subjects.diligence.step_terms import SOURCES, ActionState, Step
from overzicht.subjects.diligence.working_file import Entry, FileView

FORMAT = "overzicht-due-diligence:2"  # 2: the file under `view`, findings with their sources


@dataclass(frozen=True, slots=True)
class YearReport:
    """The report of a calendar year.

    `view` is the file on the last day of the year, or on the requested date if the year has not ended
    (`is_whole` False). `before` is the file at the end of the year before, None if it did not exist yet.
    `entries` are the entries of the year, oldest first, withdrawn ones included.
    """

    year: int
    is_whole: bool
    version: str
    view: FileView
    before: Annotated[FileView | None, HIDDEN]
    entries: tuple[Entry, ...]

    @computed_field
    @property
    def format(self) -> str:
        """The name of the form, for programs that read the file."""
        return FORMAT

    @computed_field
    @property
    def figures(self) -> tuple["Figure", ...]:
        """The headline numbers, now and a year before."""
        now = _numbers(self.view)
        before = _numbers(self.before) if self.before is not None else {}
        return tuple(Figure(name, number, before.get(name)) for name, number in now.items())

    @property
    def day(self) -> date:
        """The date of the reported state."""
        return self.view.as_of

    @property
    def withdrawn(self) -> tuple[Entry, ...]:
        """Everything in the file that was withdrawn by then, oldest first."""
        return tuple(entry for entry in self.view.entries if entry.withdrawn is not None)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, without duplicates: those of the method, of the risks in order, and of the steps."""
        cited: list[Citation] = []
        cited.extend(SOURCES)
        for risk in self.view.risks:
            cited.extend(risk.citations)
        for step in Step:
            for finding in self.view.facts(step):
                cited.extend(finding.citations)
        return unique(cited)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the report now, and at the end of the year before (None: there was no file)."""

    name: str
    now: int
    before: int | None


def _numbers(view: FileView) -> dict[str, int]:
    on_map = [risk for risk in view.risks if risk.is_found]
    actions = [action for action in view.actions if action.withdrawn is None]
    return {
        "places": len(on_map),
        "signals": sum(bool(risk.signals) for risk in on_map),
        "judged": len(view.judged),
        "waiting": len(view.unjudged),
        "actions": len(actions),
        "done": sum(action.status is ActionState.DONE for action in actions),
        "overdue": len(view.overdue),
    }
