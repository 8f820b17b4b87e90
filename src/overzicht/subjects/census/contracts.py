"""The values of the census that programs read."""

from overzicht.subjects.census.overview import NationalOverview
from overzicht.subjects.census.round_records import StoredRound
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(NationalOverview, "census show, census publish", "/census/{round_id}"),
    Contract(StoredRound, address="/census"),
)
