"""Listings of makers and owners as rows of the report, and the answer of every list about every party."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from overzicht.dates import DateBasis
from overzicht.entities.history import basis_word
from overzicht.evidence import Answer, Confidence, Reason, Text, text
from overzicht.parties.known import KnownParty
from overzicht.reports.model import CheckRow, ListingRow, ListStatus
from overzicht.sources.lists.effects import effect_of
from overzicht.sources.lists.registry import load_card
from overzicht.workflows.ask import PartyLookup
from overzicht.workflows.listings import FoundListing, LoadedLists

HIGH_SCORE = 0.9
ONE_EVENT = timedelta(days=14)  # an act takes effect some days before or after it is printed
MEDIUM_SCORE = 0.75


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


def screen_parties(parties: Sequence[KnownParty], lookup: PartyLookup, as_of: date) -> Screened:
    """Ask every list about every party; see `Screened`."""
    listings: list[ListingRow] = []
    leads: list[ListingRow] = []
    checks: list[CheckRow] = []
    asked = lookup.ask([party.query for party in parties], as_of=as_of)
    for party, answered in zip(parties, asked, strict=True):
        listings.extend(_rows(party, answered.listings, as_of))
        leads.extend(_rows(party, answered.possible, as_of))
        checks += [
            CheckRow(party.id, party.name, answer.list_id, answer.answer, answer.note)
            for answer in answered.answers
        ]
    return Screened(tuple(listings), tuple(leads), tuple(checks))


def _rows(party: KnownParty, found: Sequence[FoundListing], as_of: date) -> list[ListingRow]:
    events = {id(each): tuple(_same_event(each, found)) for each in found}
    rows = [
        _row(party, maker_id, listing, events[id(listing)])
        for maker_id in party.maker_ids
        for listing in found
        if not _begins_later(listing, as_of)
    ]
    return sorted(rows, key=lambda row: (row.maker_id, row.relation, row.party_id, row.list_id, row.id))


def _begins_later(listing: FoundListing, as_of: date) -> bool:
    """Return whether it surely begins after the day: a report never shows what came later."""
    since = listing.state.since
    return listing.state.answer is Answer.NOT_FOUND and since.day > as_of


def _row(party: KnownParty, maker_id: str, found: FoundListing, event: Sequence[Text]) -> ListingRow:
    state, card = found.state, found.card
    effect = found.effect
    key = f"{maker_id}|{party.id}|{card.id}|{state.record.id}|{state.listing.id}"
    return ListingRow(
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
        confidence=_confidence(found.match.score),
        reasons=(*found.match.reasons, *_notes((*state.notes, *event))),
        citation=found.citation,
        effect_kind=effect.kind,
        effect_applies=effect.applies_from(state.since.day),
        effect_act=effect.act.title,
        effect_address=effect.act.address,
        effect_confidence=effect.confidence,
    )


def _same_event(listing: FoundListing, others: Iterable[FoundListing]) -> Iterator[Text]:
    """Yield for each list that has the same listing a sentence with both days and how each is known."""
    here = listing.state.since
    for other in others:
        there = other.state.since
        is_copy = listing.effect.repeats == other.card.id or other.effect.repeats == listing.card.id
        is_bound = DateBasis.NOT_LATER_THAN in {here.basis, there.basis}
        if not is_copy or listing.effect.kind != other.effect.kind:
            continue
        if is_bound or abs(here.day - there.day) <= ONE_EVENT:
            yield text(
                "one event with the entry on {list}: since {here} here ({how}), since {there} there "
                "({how_there})",
                list=other.card.heading, here=here.day, there=there.day,
                how=basis_word(here), how_there=basis_word(there),
            )  # fmt: skip


def _notes(notes: Iterable[Text]) -> tuple[Reason, ...]:
    return tuple(Reason(note, strength=Confidence.HIGH) for note in notes)


def _confidence(score: float) -> Confidence:
    if score >= HIGH_SCORE:
        return Confidence.HIGH
    return Confidence.MEDIUM if score >= MEDIUM_SCORE else Confidence.LOW


def list_statuses(loaded_lists: LoadedLists, as_of: date) -> tuple[ListStatus, ...]:
    """Return for each list how far it could tell for the day, in the order of the registry."""
    return tuple(_status(loaded_lists, list_id, as_of) for list_id in loaded_lists.lists_on(as_of))


def _status(loaded_lists: LoadedLists, list_id: str, as_of: date) -> ListStatus:
    card = load_card(list_id)
    told = loaded_lists.coverage(list_id, as_of)
    effect = effect_of(list_id, "", "", "", as_of)
    stored = [each for each in loaded_lists.stored if each.snapshot.source == list_id]
    full = [each for each in stored if not each.is_starter]
    newest = max((each.version.day for each in full), default=None)
    return ListStatus(
        list_id=list_id,
        title=card.heading,
        basis=_basis(bool(stored), [each.snapshot.complete for each in full]),
        answer=Answer.FOUND if told.covers_date else Answer.NOT_CHECKED,
        note=told.note if stored else text("no version of this list is loaded"),
        published=newest,
        records=sum(each.record_count for each in (full or stored)),
        is_official=all(each.snapshot.official for each in full) if full else False,
        binds_reader=effect.binds_dutch_public_body,
        effect=effect.text,
    )


def _basis(is_anything: bool, complete: Sequence[bool]) -> str:
    if complete:
        return "full" if all(complete) else "incomplete"
    return "starter" if is_anything else "none"
