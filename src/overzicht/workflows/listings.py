"""Which listings a party has on a day: matches of the matcher, judged on every version of each list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.entities import Band, PartyMatch, Record
from overzicht.entities.history import Basis, Coverage, ListingState, Version, coverage, listing_states
from overzicht.evidence import Answer, Citation, Text, text
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.effects import Effect, effect_of
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.store import records
from overzicht.store.snapshots import StoredSnapshot, list_snapshots

EVERY_PART = "*"
NAMES_SHOWN = 3  # of entries that have a name like the one asked for; more are counted
Held = tuple[int, Record, Citation | None]  # key of the snapshot, the record there, its own citation


@dataclass(frozen=True, slots=True)
class FoundListing:
    """A listing of a party on a day, with the match that led to it and the place where it stands."""

    match: PartyMatch
    card: ListCard
    state: ListingState
    citation: Citation
    as_of: date

    @property
    def effect(self) -> Effect:
        """What the listing does in law on the day, and whom it binds."""
        listing, part = self.state.listing, self.state.version.snapshot.part
        return effect_of(self.card.id, part, listing.measure, listing.programme, self.as_of)

    @property
    def answer(self) -> Answer:
        """What this entry alone shows of the party on the day."""
        if self.match.band is Band.POSSIBLE and self.state.answer is Answer.FOUND:
            return Answer.POSSIBLE
        return self.state.answer

    @property
    def is_possible(self) -> bool:
        """Whether an entry that may be the party is in force on the day."""
        return self.answer is Answer.POSSIBLE


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """What one list answers about one party on a day, and in a sentence why."""

    list_id: str
    answer: Answer
    note: Text


class LoadedLists:
    """The versions of all lists that are loaded, as one command sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.stored = list_snapshots(connection)
        self._by_key = {stored.key: stored for stored in self.stored}
        self._by_part: Mapping[tuple[str, str], list[StoredSnapshot]] = _grouped(self.stored)
        self._held: dict[str, list[Held]] = {}

    @property
    def listing_lists(self) -> tuple[str, ...]:
        """The lists to ask, in the order of the registry: those of authorities, and others when loaded.

        A register's entries are no listings. A collection that is not an authority's own is no gap when it is
        absent, so it is asked only where the user loaded it.
        """
        loaded = {stored.snapshot.source for stored in self.stored}
        cards = [load_card(list_id) for list_id in READERS]
        return tuple(c.id for c in cards if c.is_listing and (c.publisher_is_official or c.id in loaded))

    def lists_on(self, as_of: date) -> tuple[str, ...]:
        """Return those of `listing_lists` that existed on a day."""
        return tuple(each for each in self.listing_lists if load_card(each).existed_on(as_of))

    def parts_of(self, list_id: str, as_of: date) -> tuple[str, ...]:
        """Return the parts that a list needs for a day by its card, and others loaded (no starter facts)."""
        expected = load_card(list_id).expect
        named = [e.part for e in expected if e.part != EVERY_PART and e.is_needed_on(as_of)]
        elsewhere = {e.part for e in expected if not e.is_needed_on(as_of)}
        loaded = [
            part
            for source, part in self._by_part
            if source == list_id
            and part not in elsewhere
            and not all(s.is_starter for s in self._by_part[(source, part)])
        ]
        return tuple(dict.fromkeys([*named, *sorted(loaded)]))

    def versions(self, list_id: str, part: str) -> list[Version]:
        """Return the versions of a part that are loaded, oldest first; empty when there is none."""
        return [stored.version for stored in self._by_part.get((list_id, part), [])]

    def coverage(self, list_id: str, as_of: date) -> Coverage:
        """Return how far a list can tell for a day: as far as the part that can tell least."""
        days, whole = load_card(list_id).stale_after_days, load_card(list_id).whole_has_parts
        parts = self.parts_of(list_id, as_of)
        starter = [s.version for s in self.stored if s.snapshot.source == list_id and s.is_starter]
        found = [
            coverage([*self.versions(list_id, part), *starter], as_of, stale_after_days=days)
            for part in parts or ("",)
        ]
        told = min(found, key=lambda each: _CERTAINTY[each.basis])
        if told.covers_date and len(parts) < whole:
            note = text("{held} of the {whole} parts of this list are loaded", held=len(parts), whole=whole)
            return Coverage(Basis.NONE, told.nearest, note)
        return told

    def preload(self, record_ids: Sequence[str]) -> None:
        """Read many records at once, for what is asked of them next; they take the place of those before."""
        self._held = records.versions_of_records(self._connection, record_ids)

    def stored_versions(self, record_id: str) -> list[tuple[StoredSnapshot, Record]]:
        """Return the versions of a record that are loaded, each with its snapshot; empty for none."""
        return [(self._by_key[key], record) for key, record, _ in self._versions_of(record_id)]

    def _versions_of(self, record_id: str) -> list[Held]:
        found = self._held.get(record_id)
        return records.versions_of_record(self._connection, record_id) if found is None else found

    def listings(self, match: PartyMatch, as_of: date) -> list[FoundListing]:
        """Return the listings of a matched record on a day, whatever their answer; empty for a register."""
        card = load_card(match.list_id)
        if not card.is_listing:
            return []
        held = self._versions_of(match.record_id)
        usable = self._usable(match.list_id, [key for key, _, _ in held], as_of)
        own = {(self._by_key[key].version, record.place): citation for key, record, citation in held}
        starter = [record for key, record, _ in held if self._by_key[key].is_starter]
        found = []
        replaced = {each.part for each in card.expect if each.is_replaced_on(as_of)}
        for part, keys in _parts(usable).items():
            if part in replaced:
                continue
            versions = [(self._by_key[key].version, record) for key, record, _ in held if key in keys]
            states = listing_states(
                versions,
                self.versions(match.list_id, part),
                as_of,
                starter,
                stale_after_days=card.stale_after_days,
            )
            for state in states:
                given = own.get((state.version, state.record.place))
                cited = given or Citation.of(state.version.snapshot, state.record.place, title=card.title)
                found.append(FoundListing(match, card, state, cited, as_of))
        return found

    def _usable(self, list_id: str, keys: Sequence[int], as_of: date) -> list[StoredSnapshot]:
        """Leave starter facts out where the list's own file has the record or can tell for the day."""
        stored = [self._by_key[key] for key in keys if self._by_key[key].snapshot.source == list_id]
        full = [s for s in stored if not s.is_starter]
        if full or self.coverage(list_id, as_of).covers_date:
            return full
        return stored


_CERTAINTY = {Basis.NONE: 0, Basis.CARRIED: 1, Basis.REBUILT: 2, Basis.CURRENT: 3}


def answer_of(
    loaded_lists: LoadedLists, list_id: str, listings: Sequence[FoundListing], as_of: date
) -> ListAnswer:
    """Return the one answer of a list about a party, from that party's listings on it.

    An entry that only may be the party never makes it listed, and never lets it be not listed.
    """
    on_list = [listing for listing in listings if listing.card.id == list_id]
    own = [listing.state for listing in on_list if listing.match.band is Band.MATCH]
    answers = {state.answer for state in own}
    if Answer.FOUND in answers:
        return ListAnswer(list_id, Answer.FOUND, text("listed on that day"))
    if Answer.NOT_CHECKED in answers:
        return ListAnswer(
            list_id,
            Answer.NOT_CHECKED,
            text("it is listed later; whether already on that day cannot be told"),
        )
    alike = {listing.state.record.id: listing for listing in on_list if listing.is_possible}
    if alike:
        names = [listing.state.record.caption for listing in alike.values()][:NAMES_SHOWN]
        note = text(
            "{count} entries have this name or one like it: {names}", count=len(alike), names="; ".join(names)
        )
        return ListAnswer(list_id, Answer.POSSIBLE, note)
    told = loaded_lists.coverage(list_id, as_of)
    if told.covers_date:
        return ListAnswer(list_id, Answer.NOT_FOUND, told.note)
    later = [state.since.day for state in own if state.since.day > as_of]
    if later:
        note = text("its entry on the list begins on {day}", day=min(later))
        return ListAnswer(list_id, Answer.NOT_FOUND, note)
    return ListAnswer(list_id, Answer.NOT_CHECKED, told.note)


def _grouped(stored: Sequence[StoredSnapshot]) -> dict[tuple[str, str], list[StoredSnapshot]]:
    groups: dict[tuple[str, str], list[StoredSnapshot]] = defaultdict(list)
    for each in stored:
        groups[(each.snapshot.source, each.snapshot.part)].append(each)
    return dict(groups)


def _parts(stored: Sequence[StoredSnapshot]) -> dict[str, set[int]]:
    parts: dict[str, set[int]] = defaultdict(set)
    for each in stored:
        parts[each.snapshot.part].add(each.key)
    return dict(sorted(parts.items()))
