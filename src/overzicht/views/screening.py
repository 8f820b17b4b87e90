"""What lists answer about a party, and which records of different lists are one party."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel

from overzicht.dates import LegalDate
from overzicht.evidence import Answer, Citation, Reason, Text
from overzicht.evidence.shown import pairs_as
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.sameparty import StoredMerge, standing
from overzicht.views.view import View, also, at
from overzicht.workflows.ask import PartyListings
from overzicht.workflows.listings import FoundListing, ListAnswer
from overzicht.workflows.merges import SameAs, SameParties

Numbers = Annotated[tuple[tuple[str, str], ...], pairs_as("kind", "value")]


class FoundListingView(View):
    """A record that may be the party asked about, with its listing, score and reasons."""

    list_id: str = at("card.id")
    record_id: str = at("state.record.id")
    name: str = at("state.record.caption")
    matched_on: str = at("match.matched_on")
    score: float = at("match.score")
    listing_id: str = at("state.listing.id")
    measure: str = at("state.listing.measure")
    answer: Answer
    since: LegalDate | None = at("state.since")
    until: LegalDate | None = at("state.until")
    reasons: tuple[Reason, ...] = at("match.reasons")
    notes: tuple[Text, ...] = at("state.notes")
    citation: Citation
    same_as: tuple[SameAs, ...] = ()


Listings = Annotated[FoundListingView, also(list="list_id")]


class ScreenedParty(BaseModel):
    """The answer about one party: what every list answers, then the listings, best match first.

    `possible` are those of records that may be another party.
    """

    query: str
    name: str
    as_of: date
    answers: tuple[Annotated[ListAnswer, also(list="list_id")], ...]
    listings: tuple[Listings, ...]
    possible: tuple[Listings, ...]

    @classmethod
    def of(cls, asked: PartyListings, as_of: date) -> "ScreenedParty":
        """Return the answer about a party as of a day."""

        def shown(listings: Sequence[FoundListing]) -> tuple[FoundListingView, ...]:
            return tuple(
                FoundListingView.of(each).model_copy(
                    update={"same_as": asked.same_as.get((each.card.id, each.state.record.id), ())}
                )
                for each in listings
            )

        return cls(
            query=asked.query.id,
            name=asked.query.names[0],
            as_of=as_of,
            answers=asked.answers,
            listings=shown(asked.listings),
            possible=shown(asked.possible),
        )


class RecordView(View):
    """A record of a list."""

    list_id: str
    record_id: str = at("record.id")
    name: str = at("record.caption")
    kind: str = at("record.schema")


class JoinedView(View):
    """Records that a number of one party alone joins."""

    numbers: Numbers
    members: tuple[RecordView, ...]


class SuggestedView(BaseModel):
    """Two records whose names agree; a person judges it under `id`."""

    id: str
    score: float
    members: tuple[RecordView, RecordView]
    reasons: tuple[Reason, ...]
    judgements: tuple[Judgement, ...]


class SamePartiesView(BaseModel):
    """Which records are one party by a number, and which may be by their names, as of a day."""

    as_of: date
    joined: tuple[JoinedView, ...]
    suggested: tuple[SuggestedView, ...]

    @classmethod
    def of(cls, found: SameParties, as_of: date) -> "SamePartiesView":
        """Return what was found as of a day."""
        suggested = (
            SuggestedView(
                id=each.finding_id,
                score=each.score,
                reasons=each.reasons,
                judgements=judgements,
                members=(RecordView.of(each.first), RecordView.of(each.second)),
            )
            for each, judgements in found.suggested
        )
        joined = tuple(JoinedView.of(each) for each in found.joined)
        return cls(as_of=as_of, joined=joined, suggested=tuple(suggested))


class StoredSuggestionView(BaseModel):
    """A suggestion that was made before; `verdict` is null while nobody's judgement stands."""

    id: str
    records: Annotated[tuple[tuple[str, str], tuple[str, str]], pairs_as("list_id", "record_id")]
    score: float
    reasons: tuple[Reason, ...]
    verdict: Verdict | None

    @classmethod
    def of(cls, merge: StoredMerge, judgements: Sequence[Judgement]) -> "StoredSuggestionView":
        """Return a suggestion with what stands of the judgements on it."""
        held = standing(list(judgements))
        return cls(
            id=merge.id,
            records=(merge.first, merge.second),
            score=merge.score,
            reasons=merge.reasons,
            verdict=held.verdict if held else None,
        )
