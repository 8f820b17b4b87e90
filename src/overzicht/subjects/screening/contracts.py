"""The values of screening that programs read."""

from overzicht.subjects.screening.views import (
    JoinedView,
    SamePartiesView,
    ScreenedParty,
    StoredSuggestionView,
)
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(ScreenedParty, "screen one, screen names", "/match"),
    Contract(SamePartiesView, "parties same"),
    Contract(JoinedView, address="/parties/joined"),
    Contract(StoredSuggestionView, address="/parties/suggested"),
)
