"""Listings of matched parties on a given date, from every loaded version of each list."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.entities import Band, PartyMatch, Record
from overzicht.entities.history import Basis, Coverage, ListingState, Version, coverage, listing_states
from overzicht.evidence import Answer, Citation, Text, text
from overzicht.grouping import by_key
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.effects import Effect, effect_of
from overzicht.sources.lists.registry import list_ids, load_card
from overzicht.store import list_records as records
from overzicht.store.snapshots import StoredSnapshot, list_snapshots
from overzicht.workflows.ownlists import know_own_lists

EVERY_PART = "*"
NAMES_SHOWN = 3  # of entries with a similar name; others are counted
RecordVersion = tuple[int, Record, Citation | None]  # key of the snapshot, the record there, its citation


@dataclass(frozen=True, slots=True)
class FoundListing:
    """A listing of a party on a given date, with its match and its citation."""

    match: PartyMatch
    card: ListCard
    state: ListingState
    citation: Citation
    as_of: date

    @property
    def effect(self) -> Effect:
        """Legal effect of the listing on the date."""
        listing, part = self.state.listing, self.state.version.snapshot.part
        return effect_of(self.card.id, part, listing.measure, listing.programme, self.as_of)

    @property
    def answer(self) -> Answer:
        """Answer of this entry alone about the party on the date."""
        if self.match.band is Band.POSSIBLE and self.state.answer is Answer.FOUND:
            return Answer.POSSIBLE
        return self.state.answer

    @property
    def is_possible(self) -> bool:
        """Whether the entry may be the party and is in force on the date."""
        return self.answer is Answer.POSSIBLE


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """Answer of one list about one party on a given date, with the reason in a sentence."""

    list_id: str
    answer: Answer
    note: Text


class LoadedLists:
    """Loaded versions of all lists, read once per command."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.stored = list_snapshots(connection)
        know_own_lists(self.stored)
        self._by_key = {stored.key: stored for stored in self.stored}
        self._by_part: Mapping[tuple[str, str], list[StoredSnapshot]] = by_key(
            ((stored.snapshot.source, stored.snapshot.part), stored) for stored in self.stored
        )
        self._preloaded: dict[str, list[RecordVersion]] = {}

    @property
    def listing_lists(self) -> tuple[str, ...]:
        """The lists of listings, in the order of the registry: those of authorities, and others if loaded.

        Entries of registers are not listings. A collection of another publisher than the authority is only
        used if it is loaded, because without it no list is missing.
        """
        loaded = {stored.snapshot.source for stored in self.stored}
        cards = [load_card(list_id) for list_id in list_ids()]
        return tuple(c.id for c in cards if c.is_listing and (c.publisher_is_official or c.id in loaded))

    def lists_on(self, as_of: date) -> tuple[str, ...]:
        """Return the lists of `listing_lists` that existed on a date."""
        return tuple(name for name in self.listing_lists if load_card(name).existed_on(as_of))

    def parts_of(self, list_id: str, as_of: date) -> tuple[str, ...]:
        """Return the parts that a list needs on a date by its card, and other loaded parts."""
        expected = load_card(list_id).expect
        named = [e.part for e in expected if e.part != EVERY_PART and e.is_needed_on(as_of)]
        not_needed = {e.part for e in expected if not e.is_needed_on(as_of)}
        loaded = [
            part
            for source, part in self._by_part
            if source == list_id
            and part not in not_needed
            and not all(s.is_starter for s in self._by_part[(source, part)])
        ]
        return tuple(dict.fromkeys([*named, *sorted(loaded)]))

    def versions(self, list_id: str, part: str) -> list[Version]:
        """Return the loaded versions of a part, oldest first."""
        return [stored.version for stored in self._by_part.get((list_id, part), [])]

    def coverage(self, list_id: str, as_of: date) -> Coverage:
        """Return whether the list covers a date: the coverage of its least covered part."""
        card, parts = load_card(list_id), self.parts_of(list_id, as_of)
        starter = [s.version for s in self.stored if s.snapshot.source == list_id and s.is_starter]
        coverages = [
            coverage([*self.versions(list_id, part), *starter], as_of, stale_after_days=card.stale_after_days)
            for part in parts or ("",)
        ]
        least = min(coverages, key=lambda part: _CERTAINTY[part.basis])
        if least.covers_date and len(parts) < card.whole_has_parts:
            note = text(
                "{held} of the {whole} parts of this list are loaded",
                held=len(parts),
                whole=card.whole_has_parts,
            )
            return Coverage(Basis.NONE, least.nearest, note)
        return least

    def all_records(
        self, list_id: str, is_wanted: Callable[[str], bool] = bool
    ) -> dict[str, list[tuple[StoredSnapshot, Record]]]:
        """Return the loaded versions of all records of a list by id, or of those with a wanted id."""
        keys = [stored.key for stored in self.stored if stored.snapshot.source == list_id]
        versions = records.records_of_snapshots(self._connection, keys, is_wanted)
        return {
            name: [(self._by_key[key], record) for key, record in pairs] for name, pairs in versions.items()
        }

    def preload(self, record_ids: Sequence[str]) -> None:
        """Read many records at once, in place of those read before."""
        self._preloaded = records.versions_of_records(self._connection, record_ids)

    def stored_versions(self, record_id: str) -> list[tuple[StoredSnapshot, Record]]:
        """Return the loaded versions of a record, each with its snapshot; empty for none."""
        return [(self._by_key[key], record) for key, record, _ in self._versions_of(record_id)]

    def _versions_of(self, record_id: str) -> list[RecordVersion]:
        if record_id in self._preloaded:
            return self._preloaded[record_id]
        return records.versions_of_record(self._connection, record_id)

    def listings(self, match: PartyMatch, as_of: date) -> list[FoundListing]:
        """Return the listings of a matched record on a date, with any answer; empty for a register."""
        card = load_card(match.list_id)
        if not card.is_listing:
            return []
        versions = self._versions_of(match.record_id)
        usable = self._usable(match.list_id, [key for key, _, _ in versions], as_of)
        own = {(self._by_key[key].version, record.place): citation for key, record, citation in versions}
        starter = [record for key, record, _ in versions if self._by_key[key].is_starter]
        replaced = self._replaced(card, as_of)
        parts: dict[str, set[int]] = defaultdict(set)
        for stored in usable:
            parts[stored.snapshot.part].add(stored.key)
        listings = []
        for part in sorted(parts.keys() - replaced):
            states = listing_states(
                [(self._by_key[key].version, record) for key, record, _ in versions if key in parts[part]],
                self.versions(match.list_id, part),
                as_of,
                starter,
                stale_after_days=card.stale_after_days,
            )
            for state in states:
                given = own.get((state.version, state.record.place))
                cited = given or Citation.of(state.version.snapshot, state.record.place, title=card.title)
                listings.append(FoundListing(match, card, state, cited, as_of))
        return listings

    def _replaced(self, card: ListCard, as_of: date) -> set[str]:
        """Return the parts whose entries do not count, because the part that replaced them covers the date.

        Without it, an entry of the older part holds until a version shows that it was removed.
        """
        replaced = {part.part for part in card.expect if part.is_replaced_on(as_of)}
        return replaced if replaced and self.coverage(card.id, as_of).covers_date else set()

    def _usable(self, list_id: str, keys: Sequence[int], as_of: date) -> list[StoredSnapshot]:
        """Return the snapshots, without starter facts if the own file has the record or covers the date."""
        stored = [self._by_key[key] for key in keys if self._by_key[key].snapshot.source == list_id]
        full = [s for s in stored if not s.is_starter]
        return full if full or self.coverage(list_id, as_of).covers_date else stored


_CERTAINTY = {Basis.NONE: 0, Basis.CARRIED: 1, Basis.REBUILT: 2, Basis.CURRENT: 3}


def answer_of(
    loaded_lists: LoadedLists, list_id: str, listings: Sequence[FoundListing], as_of: date
) -> ListAnswer:
    """Return the one answer of a list about a party, from that party's listings on it.

    An entry that only may be the party makes it neither listed nor not listed.
    """
    on_list = [listing for listing in listings if listing.card.id == list_id]
    own = [listing.state for listing in on_list if listing.match.band is Band.MATCH]
    answers = {state.answer for state in own}
    if Answer.FOUND in answers:
        return ListAnswer(list_id, Answer.FOUND, text("listed on that date"))
    if Answer.NOT_CHECKED in answers:
        note = text("it is listed later; no loaded version shows whether it was listed on that date")
        return ListAnswer(list_id, Answer.NOT_CHECKED, note)
    similar = {listing.state.record.id: listing for listing in on_list if listing.is_possible}
    if similar:
        names = [listing.state.record.caption for listing in similar.values()][:NAMES_SHOWN]
        note = text(
            "{count} entries have this name or a similar name: {names}",
            count=len(similar),
            names="; ".join(names),
        )
        return ListAnswer(list_id, Answer.POSSIBLE, note)
    covered = loaded_lists.coverage(list_id, as_of)
    if covered.covers_date:
        return ListAnswer(list_id, Answer.NOT_FOUND, covered.note)
    later = [state.since.day for state in own if state.since.day > as_of]
    if later:
        note = text("its entry on the list begins on {day}", day=min(later))
        return ListAnswer(list_id, Answer.NOT_FOUND, note)
    return ListAnswer(list_id, Answer.NOT_CHECKED, covered.note)
