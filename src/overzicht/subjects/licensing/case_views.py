"""Licence cases in short, and the denials that match one; `CaseView` is a whole case."""

from pydantic import Field

from overzicht.subjects.licensing.denial_matching import DenialMatch
from overzicht.subjects.licensing.states import Status
from overzicht.views.view import View, at


class CaseLine(View):
    """A case and its status."""

    id: str = at("application.id")
    status: Status
    kind: str = at("application.kind")
    issuing_state: str = at("application.issuing_state")
    destination: str = at("application.destination")
    end_users: tuple[str, ...] = at("application.end_users")
    changed_at: str


class CaseDenials(View):
    """The denials that match a case, with every reason; a person judged `dismissed` to be different."""

    matches: tuple[DenialMatch, ...]
    dismissed: tuple[str, ...] = Field(default=())
