"""Listings of makers and owners as rows of the report, and the answer of every list about every party."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from overzicht.entities import PartyMatcher
from overzicht.evidence import Answer, Confidence, Reason, Text, text
from overzicht.law.binding import binds_public_body
from overzicht.reports.model import CheckRow, ListingRow, ListStatus
from overzicht.sources.lists.card import Effect, ListCard
from overzicht.sources.lists.registry import load_card
from overzicht.workflows.listings import FoundListing, Shelf, answer_of
from overzicht.workflows.overview.parties import Party

HIGH_SCORE = 0.9
MEDIUM_SCORE = 0.75  # below it a match is a lead for a person to check, and counts nowhere


@dataclass(frozen=True, slots=True)
class Screened:
    """What the lists say of all parties: listings that count, leads that do not, and each list's answer."""

    listings: tuple[ListingRow, ...]
    leads: tuple[ListingRow, ...]
    checks: tuple[CheckRow, ...]
    listed: frozenset[str] = field(init=False, repr=False)  # the parties with a listing in force

    def __post_init__(self) -> None:
        listed = frozenset(row.party_id for row in self.listings if row.is_current)
        object.__setattr__(self, "listed", listed)

    def is_listed(self, party_id: str) -> bool:
        """Whether a party has a listing of its own in force on the day."""
        return party_id in self.listed


def screen_parties(parties: Sequence[Party], matcher: PartyMatcher, shelf: Shelf, as_of: date) -> Screened:
    """Ask every list about every party; see `Screened`."""
    listings: list[ListingRow] = []
    leads: list[ListingRow] = []
    checks: list[CheckRow] = []
    matched = matcher.match([party.query for party in parties], as_of=as_of, lists=shelf.listing_lists)
    for party, matches in zip(parties, matched, strict=True):
        found = [listing for match in matches for listing in shelf.listings(match, as_of)]
        sure = [listing for listing in found if listing.match.score >= MEDIUM_SCORE]
        listings.extend(_rows(party, sure, as_of))
        leads.extend(_rows(party, [listing for listing in found if listing not in sure], as_of))
        for list_id in shelf.listing_lists:
            answer = answer_of(shelf, list_id, sure, as_of)
            checks.append(CheckRow(party.id, party.name, list_id, answer.answer, answer.note))
    return Screened(tuple(listings), tuple(leads), tuple(checks))


def _rows(party: Party, found: Iterable[FoundListing], as_of: date) -> list[ListingRow]:
    rows = [
        _row(party, maker_id, listing)
        for maker_id in party.maker_ids
        for listing in found
        if not _begins_later(listing, as_of)
    ]
    return sorted(rows, key=lambda row: (row.maker_id, row.relation, row.party_id, row.list_id, row.id))


def _begins_later(listing: FoundListing, as_of: date) -> bool:
    """Return whether it surely begins after the day: a report never shows what came later."""
    since = listing.state.since
    return listing.state.answer is Answer.NOT_FOUND and since.day > as_of


def _row(party: Party, maker_id: str, found: FoundListing) -> ListingRow:
    state, card = found.state, found.card
    effect = effect_of(card, state.version.snapshot.part, state.listing.measure)
    key = f"{maker_id}|{party.id}|{card.id}|{state.record.id}|{state.listing.id}"
    return ListingRow(
        id=f"listing-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        maker_id=maker_id,
        party_id=party.id,
        party_name=party.name,
        relation="maker" if party.id == maker_id else "owner",
        list_id=card.id,
        list_title=card.title,
        list_title_nl=card.title_nl,
        entry_name=state.record.caption,
        measure=state.listing.measure,
        programme=state.listing.programme,
        since=state.since,
        until=state.until,
        is_current=state.answer is Answer.FOUND,
        act=state.listing.act,
        act_address=state.listing.act_address,
        effect=effect.summary,
        effect_nl=effect.summary_nl,
        binds_reader=binds_public_body(effect.binds),
        confidence=_confidence(found.match.score),
        reasons=(*found.match.reasons, *_notes(state.notes)),
        citation=found.citation,
    )


def _notes(notes: Iterable[Text]) -> tuple[Reason, ...]:
    return tuple(Reason(note, strength=Confidence.HIGH) for note in notes)


def _confidence(score: float) -> Confidence:
    if score >= HIGH_SCORE:
        return Confidence.HIGH
    return Confidence.MEDIUM if score >= MEDIUM_SCORE else Confidence.LOW


def effect_of(card: ListCard, part: str, measure: str) -> Effect:
    """Return what an entry does in law: by its measure or its part where the card tells them apart."""
    return card.effects_by_part.get(measure) or card.effects_by_part.get(part) or card.effect


def list_statuses(shelf: Shelf, as_of: date) -> tuple[ListStatus, ...]:
    """Return for each list how far it could tell for the day, in the order of the registry."""
    return tuple(_status(shelf, list_id, as_of) for list_id in shelf.listing_lists)


def _status(shelf: Shelf, list_id: str, as_of: date) -> ListStatus:
    card = load_card(list_id)
    told = shelf.coverage(list_id, as_of)
    stored = [each for each in shelf.stored if each.snapshot.source == list_id]
    full = [each for each in stored if not each.is_starter]
    newest = max((each.version.day for each in full), default=None)
    return ListStatus(
        list_id=list_id,
        title=card.title,
        title_nl=card.title_nl,
        basis=_basis(bool(stored), [each.snapshot.complete for each in full]),
        answer=Answer.FOUND if told.can_tell else Answer.NOT_CHECKED,
        note=told.note if stored else text("no version of this list is loaded"),
        published=newest,
        records=sum(each.record_count for each in (full or stored)),
        is_official=all(each.snapshot.official for each in full) if full else False,
        binds_reader=binds_public_body(card.effect.binds),
        effect=card.effect.summary,
        effect_nl=card.effect.summary_nl,
    )


def _basis(is_anything: bool, complete: Sequence[bool]) -> str:
    if complete:
        return "full" if all(complete) else "incomplete"
    return "starter" if is_anything else "none"
