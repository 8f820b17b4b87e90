"""Records on a given date: their listings, and their wording then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.entities import PartyMatch, Record
from overzicht.evidence import Answer
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.lists.listings import FoundListing, LoadedLists

Place = tuple[str, str]  # list, record id
_IN_FORCE = (Answer.FOUND, Answer.NOT_CHECKED)


@dataclass(frozen=True, slots=True)
class PartyOnDay:
    """A record on a given date, in its wording then, with its listings, also ended ones.

    The dates are those of versions of the list: `last_change` is that of the first with this wording.
    """

    list_id: str
    record: Record
    listings: tuple[FoundListing, ...]
    first_seen: date
    last_seen: date
    last_change: date

    @property
    def place(self) -> Place:
        """The list and the id of the record."""
        return self.list_id, self.record.id

    @property
    def is_listed(self) -> bool:
        """Whether a listing of it is in force."""
        return any(listing.state.answer is Answer.FOUND for listing in self.listings)

    @property
    def is_unsure(self) -> bool:
        """Whether only a later version has it."""
        return not self.is_listed and any(e.state.answer is Answer.NOT_CHECKED for e in self.listings)


def parties_on(loaded_lists: LoadedLists, places: Sequence[Place], day: date) -> dict[Place, PartyOnDay]:
    """Return by place the records that are on their list on a date.

    Removed and later records are left out. A record that only a later version has is included, and
    `is_unsure`.
    """
    loaded_lists.preload([record_id for _, record_id in places])
    newest: dict[
        Place, int
    ] = {}  # by (list, part) the key of the newest version on the date, else of the first
    for stored in loaded_lists.stored:  # by date within a part
        part = (stored.snapshot.source, stored.snapshot.part)
        if stored.version.day <= day or part not in newest:
            newest[part] = stored.key
    parties: dict[Place, PartyOnDay] = {}
    for place in dict.fromkeys(places):
        list_id, record_id = place
        versions = loaded_lists.stored_versions(record_id)
        versions = [pair for pair in versions if pair[0].snapshot.source == list_id]
        if not versions:
            continue
        listings = loaded_lists.listings(PartyMatch("", record_id, list_id, 0.0, ""), day)
        if load_card(list_id).is_listing and any(record.listings for _, record in versions):
            in_force = [listing for listing in listings if listing.state.answer in _IN_FORCE]
            in_force.sort(key=lambda listing: _IN_FORCE.index(listing.state.answer))
            current = [listing.state.record for listing in in_force]
        else:
            current = [record for s, record in versions if newest[list_id, s.snapshot.part] == s.key]
        if not current:
            continue
        dated = sorted((stored.version.day, _wording(version)) for stored, version in versions)
        days = [seen for seen, _ in dated if seen <= day] or [dated[0][0]]
        changed = min(seen for seen, wording in dated if wording == _wording(current[0]))
        source = versions[0][0].snapshot.source
        parties[place] = PartyOnDay(source, current[0], tuple(listings), dated[0][0], days[-1], changed)
    return parties


def _wording(record: Record) -> str:
    """Return the content of a record as one text, without its place in the file."""
    return repr(replace(record, place=""))
