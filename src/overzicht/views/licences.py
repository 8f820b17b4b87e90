"""Licence cases in short, and the denials that meet one; a whole case is shown as `CaseView` has it."""

from pydantic import Field

from overzicht.exportcontrol.denials.matching import DenialMatch
from overzicht.exportcontrol.licensing.states import Status
from overzicht.views.view import View, at


class CaseLine(View):
    """A case and where it stands."""

    id: str = at("application.id")
    status: Status
    kind: str = at("application.kind")
    issuing_state: str = at("application.issuing_state")
    destination: str = at("application.destination")
    end_users: tuple[str, ...] = at("application.end_users")
    changed_at: str


class CaseDenials(View):
    """The denials that meet a case, with every reason; `dismissed` are those a person found to differ."""

    matches: tuple[DenialMatch, ...]
    dismissed: tuple[str, ...] = Field(default=())
