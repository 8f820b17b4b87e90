"""The values of screening that programs read."""

from overzicht.views.contracts import Contract
from overzicht.views.screening import JoinedView, SamePartiesView, ScreenedParty, StoredSuggestionView

CONTRACTS = (
    Contract(ScreenedParty, "screen one, screen names", "/match"),
    Contract(SamePartiesView, "parties same"),
    Contract(JoinedView, address="/parties/joined"),
    Contract(StoredSuggestionView, address="/parties/suggested"),
)
