"""`/match`: ask the lists about parties, many at once."""

from fastapi import APIRouter

from overzicht.sources.lists.registry import load_card
from overzicht.views.screening import ScreenedParty
from overzicht.web.api.models.matching import MatchAsked, MatchModel
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.service import Here
from overzicht.workflows.ask import party_lookup

router = APIRouter(tags=["matching"])


@router.post("/match", summary="Ask the lists about parties", openapi_extra={"x-names": True})
def match(here: Here, _who: Reader, day: OnDay, asked: MatchAsked) -> MatchModel:
    """Return for each party what every list answers, and the listings with scores and reasons."""
    for list_id in asked.lists:
        load_card(list_id)
    queries = [query.to_query() for query in asked.queries]
    with party_lookup(here.store) as lookup:
        found = list(lookup.ask(queries, as_of=day, lists=asked.lists, threshold=asked.threshold))
    return MatchModel(as_of=day, results=[ScreenedParty.of(each, day) for each in found])
