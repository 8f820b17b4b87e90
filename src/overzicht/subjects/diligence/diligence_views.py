"""Working files of due diligence in short; `FileView` is a whole file."""

from dataclasses import dataclass
from datetime import date

from overzicht.subjects.diligence.working_file import FileView


@dataclass(frozen=True, slots=True)
class FileLine:
    """A working file in a list, with the number of open items on the date."""

    id: str
    organisation_id: str
    organisation_name: str
    as_of: date
    mapped_on: date | None
    risks: int
    judged: int
    waiting: int
    overdue: int

    @classmethod
    def of(cls, view: FileView) -> "FileLine":
        """Return a file as a row of a list."""
        return cls(
            view.id,
            view.organisation,
            view.name,
            view.as_of,
            view.mapped.day if view.mapped else None,
            len([risk for risk in view.risks if risk.is_found]),
            len(view.judged),
            len(view.unjudged),
            len(view.overdue),
        )
