"""Answers of lists about a party, and records of different lists for the same party."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BaseModel

from overzicht.dates import LegalDate
from overzicht.evidence import Answer, Citation, Reason, Text
from overzicht.evidence.json_marks import pairs_as
from overzicht.store.decisions import Judgement, Verdict, standing
from overzicht.store.sameparty import StoredMerge
from overzicht.subjects.lists.listings import FoundListing, ListAnswer
from overzicht.subjects.screening.lookup import PartyListings
from overzicht.subjects.screening.merges import SameAs, SameParties
from overzicht.views.view import View, also, at

Numbers = Annotated[tuple[tuple[str, str], ...], pairs_as("kind", "value")]


class FoundListingView(View):
    """A record that may be the party, with its listing, score and reasons."""

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
    """The answers about one party: of every list, then the listings, best match first.

    `possible` are listings of records that may be another party.
    """

    query: str
    name: str
    as_of: date
    answers: tuple[Annotated[ListAnswer, also(list="list_id")], ...]
    listings: tuple[Listings, ...]
    possible: tuple[Listings, ...]

    @classmethod
    def of(cls, party: PartyListings, as_of: date) -> "ScreenedParty":
        """Return the answers about a party as of a date."""

        def views(listings: Sequence[FoundListing]) -> tuple[FoundListingView, ...]:
            return tuple(
                FoundListingView.of(listing).model_copy(
                    update={"same_as": party.same_as.get((listing.card.id, listing.state.record.id), ())}
                )
                for listing in listings
            )

        return cls(
            query=party.query.id,
            name=party.query.names[0],
            as_of=as_of,
            answers=party.answers,
            listings=views(party.listings),
            possible=views(party.possible),
        )


class RecordView(View):
    """A record of a list."""

    list_id: str
    record_id: str = at("record.id")
    name: str = at("record.caption")
    kind: str = at("record.schema")


class JoinedView(View):
    """Records that share a number of one party."""

    numbers: Numbers
    members: tuple[RecordView, ...]


class SuggestedView(BaseModel):
    """Two records with matching names; a person judges them by `id`."""

    id: str
    score: float
    members: tuple[RecordView, RecordView]
    reasons: tuple[Reason, ...]
    judgements: tuple[Judgement, ...]


class SamePartiesView(BaseModel):
    """Records that are one party by a number, and records that may be by their names, as of a date."""

    as_of: date
    joined: tuple[JoinedView, ...]
    suggested: tuple[SuggestedView, ...]

    @classmethod
    def of(cls, parties: SameParties, as_of: date) -> "SamePartiesView":
        """Return the joined and the suggested records as of a date."""
        suggested = (
            SuggestedView(
                id=pair.finding_id,
                score=pair.score,
                reasons=pair.reasons,
                judgements=judgements,
                members=(RecordView.of(pair.first), RecordView.of(pair.second)),
            )
            for pair, judgements in parties.suggested
        )
        joined = tuple(JoinedView.of(group) for group in parties.joined)
        return cls(as_of=as_of, joined=joined, suggested=tuple(suggested))


class StoredSuggestionView(BaseModel):
    """A stored suggestion; `verdict` is null without a current judgement."""

    id: str
    records: Annotated[tuple[tuple[str, str], tuple[str, str]], pairs_as("list_id", "record_id")]
    score: float
    reasons: tuple[Reason, ...]
    verdict: Verdict | None

    @classmethod
    def of(cls, merge: StoredMerge, judgements: Sequence[Judgement]) -> "StoredSuggestionView":
        """Return a suggestion with its current judgement."""
        current = standing(list(judgements))
        return cls(
            id=merge.id,
            records=(merge.first, merge.second),
            score=merge.score,
            reasons=merge.reasons,
            verdict=current.verdict if current else None,
        )
