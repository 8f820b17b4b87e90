"""Listings of makers and owners as rows of the report, and the answer of every list about every party."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

from overzicht.dates import DateBasis
from overzicht.devices.card import MakerCard
from overzicht.entities.history import basis_word
from overzicht.evidence import Answer, Confidence, Reason, Text, text
from overzicht.evidence.claim import UNCHECKED, Claim, any_party
from overzicht.parties.ownership import all_owners
from overzicht.parties.party import KnownParty
from overzicht.reports.overview_report import CheckRow, ListingRow, ListStatus, claims_of
from overzicht.screening.policy import confidence_of
from overzicht.sources.lists.effects import effect_of
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.lists.listings import FoundListing, LoadedLists
from overzicht.subjects.screening.lookup import PartyLookup

ONE_EVENT = timedelta(days=14)  # an act takes effect some days before or after it is printed


@dataclass(frozen=True, slots=True)
class Screened:
    """The screening result of all parties: listings that count, leads that do not, and each list's answer."""

    listings: tuple[ListingRow, ...]
    leads: tuple[ListingRow, ...]
    checks: tuple[CheckRow, ...]
    claims: dict[str, Claim] = field(init=False, repr=False)  # what the lists together say about each party

    def __post_init__(self) -> None:
        object.__setattr__(self, "claims", claims_of(self.checks))

    def claim(self, party_id: str) -> Claim:
        """Return what the lists together say about a party; not checked for one that was not asked about."""
        return self.claims.get(party_id, UNCHECKED)

    def of_owners(self, maker: MakerCard, cards: Mapping[str, MakerCard], day: date) -> Claim:
        """Return whether any owner of a maker on a date, by its card, is listed."""
        owners = all_owners(maker, cards, day)
        return any_party([self.claim(owner.id) for owner in owners], self.claim(maker.id))


def screen_parties(parties: Sequence[KnownParty], lookup: PartyLookup, as_of: date) -> Screened:
    """Screen every party against every list."""
    replies = lookup.ask([party.query for party in parties], as_of=as_of)
    pairs = list(zip(parties, replies, strict=True))
    return Screened(
        tuple(row for party, reply in pairs for row in _rows(party, reply.listings, as_of)),
        tuple(row for party, reply in pairs for row in _rows(party, reply.possible, as_of)),
        tuple(
            CheckRow(party.id, party.name, answer.list_id, answer.answer, answer.note)
            for party, reply in pairs
            for answer in reply.answers
        ),
    )


def _rows(party: KnownParty, listings: Sequence[FoundListing], as_of: date) -> list[ListingRow]:
    # for each other list with the same listing a sentence with both dates and their basis
    events: dict[int, list[Text]] = {id(listing): [] for listing in listings}
    for listing, other in product(listings, repeat=2):
        own, since = listing.state.since, other.state.since
        is_copy = listing.effect.repeats == other.card.id or other.effect.repeats == listing.card.id
        is_bound = DateBasis.NOT_LATER_THAN in {own.basis, since.basis}
        if not is_copy or listing.effect.kind != other.effect.kind:
            continue
        if is_bound or abs(own.day - since.day) <= ONE_EVENT:
            event = text(
                "the same listing as the entry on {list}: since {here} on this list ({how}), since {there} "
                "on the other ({how_there})",
                list=other.card.heading,
                here=own.day,
                there=since.day,
                how=basis_word(own),
                how_there=basis_word(since),
            )
            events[id(listing)].append(event)
    rows: list[ListingRow] = []
    for maker_id in party.maker_ids:
        for listing in listings:
            if not (listing.state.answer is Answer.NOT_FOUND and listing.state.since.day > as_of):
                state, card, effect = listing.state, listing.card, listing.effect
                notes_of_listing = (*state.notes, *events[id(listing)])
                notes = tuple(Reason(note, strength=Confidence.HIGH) for note in notes_of_listing)
                key = f"{maker_id}|{party.id}|{card.id}|{state.record.id}|{state.listing.id}"
                rows.append(
                    ListingRow(
                        id=f"listing-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
                        maker_id=maker_id,
                        party_id=party.id,
                        party_name=party.name,
                        relation="maker" if party.id == maker_id else "owner",
                        list_id=card.id,
                        list_title=card.heading,
                        entry_name=state.record.caption,
                        measure=state.listing.measure,
                        programme=state.listing.programme,
                        since=state.since,
                        until=state.until,
                        is_current=state.answer is Answer.FOUND,
                        act=state.listing.act,
                        act_address=state.listing.act_address,
                        effect=effect.text,
                        binds_reader=effect.binds_dutch_public_body,
                        confidence=confidence_of(listing.match.score),
                        reasons=(*listing.match.reasons, *notes),
                        citation=listing.citation,
                        effect_kind=effect.kind,
                        effect_applies=effect.applies_from(state.since.day),
                        effect_act=effect.act.title,
                        effect_address=effect.act.address,
                        effect_confidence=effect.confidence,
                    )
                )
    return sorted(rows, key=lambda row: (row.maker_id, row.relation, row.party_id, row.list_id, row.id))


def list_statuses(loaded_lists: LoadedLists, as_of: date) -> tuple[ListStatus, ...]:
    """Return for each list whether it covers the date, in the order of the registry."""
    return tuple(list_status(loaded_lists, list_id, as_of) for list_id in loaded_lists.lists_on(as_of))


def list_status(loaded_lists: LoadedLists, list_id: str, as_of: date) -> ListStatus:
    """Return whether a list covers the date, with its newest version and its effect."""
    coverage = loaded_lists.coverage(list_id, as_of)
    effect = effect_of(list_id, "", "", "", as_of)
    versions = [version for version in loaded_lists.stored if version.snapshot.source == list_id]
    full = [version for version in versions if not version.is_starter]
    basis = "starter" if versions else "none"
    if full:
        basis = "full" if all(v.snapshot.complete and not v.doubt for v in full) else "incomplete"
    return ListStatus(
        list_id=list_id,
        title=load_card(list_id).heading,
        basis=basis,
        answer=Answer.FOUND if coverage.covers_date else Answer.NOT_CHECKED,
        note=coverage.note if versions else text("no version of this list is loaded"),
        published=max(filter(None, (version.snapshot.published for version in full)), default=None),
        records=sum(version.record_count for version in (full or versions)),
        is_official=bool(full) and all(version.snapshot.official for version in full),
        binds_reader=effect.binds_dutch_public_body,
        effect=effect.text,
    )
