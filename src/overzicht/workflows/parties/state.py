"""Records as they stand on a day: which of them are on their list, with which listings, in which wording."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.entities import PartyMatch, Record
from overzicht.evidence import Answer
from overzicht.sources.lists.registry import load_card
from overzicht.store.snapshots import StoredSnapshot
from overzicht.workflows.listings import FoundListing, LoadedLists

Place = tuple[str, str]  # list, record id
_IN_FORCE = (Answer.FOUND, Answer.NOT_CHECKED)


@dataclass(frozen=True, slots=True)
class PartyOnDay:
    """A record on a day, in the wording that held then, with its listings, ended ones included.

    The days are those of the versions of the list: `last_change` is that of the first with this wording.
    """

    list_id: str
    record: Record
    listings: tuple[FoundListing, ...]
    first_seen: date
    last_seen: date
    last_change: date

    @property
    def place(self) -> Place:
        """Which record it is: (list, record id)."""
        return self.list_id, self.record.id

    @property
    def is_listed(self) -> bool:
        """Whether a listing of it is in force, so far as the list can tell."""
        return any(each.state.answer is Answer.FOUND for each in self.listings)

    @property
    def is_unsure(self) -> bool:
        """Whether nothing more can be told than that a later version has it."""
        return not self.is_listed and any(e.state.answer is Answer.NOT_CHECKED for e in self.listings)


def parties_on(loaded_lists: LoadedLists, places: Sequence[Place], day: date) -> dict[Place, PartyOnDay]:
    """Return the records that stand on their list on a day, by place; all are read at once.

    Who was taken off, or comes later, is left out. Whether somebody stood there already that day cannot
    always be told: such a one is given, and `is_unsure`.
    """
    loaded_lists.preload([record_id for _, record_id in places])
    newest = _newest_versions(loaded_lists, day)
    found = {}
    for place in dict.fromkeys(places):
        party = _party(loaded_lists, place, day, newest)
        if party is not None:
            found[place] = party
    return found


def _newest_versions(loaded_lists: LoadedLists, day: date) -> dict[tuple[str, str], int]:
    """Return by (source, part) the key of the version that speaks for a day: the newest, else the first."""
    keys: dict[tuple[str, str], int] = {}
    for each in loaded_lists.stored:  # by day within a part
        part = (each.snapshot.source, each.snapshot.part)
        if each.version.day <= day or part not in keys:
            keys[part] = each.key
    return keys


def _party(
    loaded_lists: LoadedLists, place: Place, day: date, newest: dict[tuple[str, str], int]
) -> PartyOnDay | None:
    list_id, record_id = place
    held = [pair for pair in loaded_lists.stored_versions(record_id) if pair[0].snapshot.source == list_id]
    if not held:
        return None
    listings = loaded_lists.listings(PartyMatch("", record_id, list_id, 0.0, ""), day)
    was_listed = load_card(list_id).is_listing and any(record.listings for _, record in held)
    if was_listed:
        in_force = [each for each in listings if each.state.answer in _IN_FORCE]
        if not in_force:
            return None
        first = min(in_force, key=lambda each: _IN_FORCE.index(each.state.answer))
        record = first.state.record
    else:
        spoken = [record for s, record in held if newest[(list_id, s.snapshot.part)] == s.key]
        if not spoken:
            return None
        record = spoken[0]
    return _dated(list_id, record, tuple(listings), held, day)


def _dated(
    list_id: str,
    record: Record,
    listings: tuple[FoundListing, ...],
    held: Sequence[tuple[StoredSnapshot, Record]],
    day: date,
) -> PartyOnDay:
    dated = sorted((stored.version.day, _said(each)) for stored, each in held)
    days = [seen for seen, _ in dated if seen <= day] or [dated[0][0]]
    changed = min(seen for seen, said in dated if said == _said(record))
    return PartyOnDay(list_id, record, listings, dated[0][0], days[-1], changed)


def _said(record: Record) -> str:
    """Return what a record says, as one text; where it stands in the file does not count."""
    return repr(replace(record, place=""))
