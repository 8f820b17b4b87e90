"""Licence cases in short, and the denials that match one; `CaseView` is a whole case."""

from pydantic import Field

from overzicht.subjects.licensing.denial_matching import DenialMatch
from overzicht.views.view import View


class CaseDenials(View):
    """The denials that match a case, with every reason; a person judged `dismissed` to be different."""

    matches: tuple[DenialMatch, ...]
    dismissed: tuple[str, ...] = Field(default=())
