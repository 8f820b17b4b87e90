"""Changes between two versions of a list, and the parties that they touch.

An entry touches a party if the engine of every other answer finds that it is, or may be, the party. Only
entries whose content differs between the versions count, so an alert always cites the newer version, or the
older one for an entry that was removed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.entities import Band, PartyMatch, Record
from overzicht.evidence import Citation, Reason, text
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.grouping import by_key
from overzicht.parties.makers import identified
from overzicht.screening.engine import ScreeningEngine
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.effects import effect_of
from overzicht.sources.lists.registry import list_ids, load_card
from overzicht.store import alerts
from overzicht.store import list_records as records
from overzicht.store.alerts import AlertEntry, EntryChange
from overzicht.store.list_records import ChangedIds
from overzicht.store.snapshots import StoredSnapshot, list_snapshots
from overzicht.subjects.alerts.interests import WatchedParty
from overzicht.subjects.lists.updating import change_of
from overzicht.subjects.screening.lookup import PartyLookup
from overzicht.workflows.index import Wording, indexed
from overzicht.workflows.ownlists import know_own_lists

SHOWN_CHANGES = 3  # changed values in a sentence; the others are counted


@dataclass(frozen=True, slots=True)
class Versions:
    """A version of a part of a list and the one before it; None for the first version."""

    before: StoredSnapshot | None
    after: StoredSnapshot

    @property
    def card(self) -> ListCard:
        """The card of the list."""
        return load_card(self.after.snapshot.source)


@dataclass(frozen=True, slots=True)
class Delta:
    """The records that differ between two versions, by id; a record is None in the version without it."""

    versions: Versions
    ids: ChangedIds
    old: Mapping[str, Record]
    new: Mapping[str, Record]

    @property
    def before_day(self) -> date:
        """The date of the earlier version; with nothing to compare, that of the newer one."""
        return (self.versions.before or self.versions.after).version.day


def unchecked_versions(connection: Connection, day: date) -> list[Versions]:
    """Return the newest version of every part up to a date that was not checked, with the one before it.

    The one before it is the version of the last check, or the version before the newest one.
    """
    parts: dict[tuple[str, str], list[StoredSnapshot]] = {}
    loaded = list_snapshots(connection)
    know_own_lists(loaded)
    for stored in loaded:
        source = stored.snapshot.source
        is_listing = source in list_ids() and load_card(source).is_listing
        if is_listing and not stored.is_starter and stored.version.day <= day:
            parts.setdefault((source, stored.snapshot.part), []).append(stored)
    checked = alerts.checked_hashes(connection)
    pairs = []
    for key, versions in sorted(parts.items()):
        hashes = checked.get(key, set())
        newest, earlier = versions[-1], versions[:-1]
        if newest.snapshot.sha256 not in hashes:
            known = [stored for stored in earlier if stored.snapshot.sha256 in hashes] or earlier
            pairs.append(Versions(known[-1] if known else None, newest))
    return pairs


def delta_of(connection: Connection, versions: Versions) -> Delta:
    """Return the records that differ between two versions; none for a first version.

    An entry that an incomplete version lacks was not certainly removed, and one that only the newer of an
    incomplete and a complete version has was not certainly added. Those are left out.
    """
    if versions.before is None:
        return Delta(versions, ChangedIds((), (), ()), {}, {})
    ids = records.changed_ids(connection, versions.before.key, versions.after.key)
    ids = ChangedIds(
        ids.added if versions.before.version.shows_absence else (),
        ids.removed if versions.after.version.shows_absence else (),
        ids.changed,
    )
    old = records.get_records(connection, versions.before.key, [*ids.removed, *ids.changed])
    new = records.get_records(connection, versions.after.key, [*ids.added, *ids.changed])
    return Delta(versions, ids, old, new)


def touched_entries(
    lookup: PartyLookup, parties: Sequence[WatchedParty], deltas: Sequence[Delta], day: date
) -> list[tuple[Delta, WatchedParty, tuple[AlertEntry, ...]]]:
    """Return the changed entries of each party by version, in the order of versions and parties.

    An entry that only may be the party gives none: a person finds it under the answers of the party.
    """
    by_list = by_key((delta.versions.card.id, delta) for delta in deltas if delta.old or delta.new)
    queries = [party.query for party in parties]
    matches = lookup.entries(queries, as_of=day, lists=tuple(by_list)) if by_list and queries else ()
    now = [
        {(match.list_id, match.record_id): match for match in own if match.band is Band.MATCH}
        for own in matches
    ]
    touched = []
    for delta in (delta for own in by_list.values() for delta in own):
        # the matches with the earlier names of the records that have other names now, by record id
        list_id = delta.versions.card.id
        renamed = [
            indexed(list_id, delta.old[record_id], Wording(0, ""))
            for record_id in delta.ids.changed
            if _names(delta.old[record_id]) != _names(delta.new[record_id])
        ]
        earlier: list[dict[str, PartyMatch]] = [{}] * len(parties)
        if renamed:
            known = [identified(query) for query in queries]
            matched = ScreeningEngine.of(renamed).match(known, as_of=day, lists=(list_id,))
            earlier = [{match.record_id: match for match in own} for own in matched]
        for number, own in enumerate(now):
            # the changed entries of a party, by record id
            changes: list[AlertEntry] = []
            party = parties[number]
            before = earlier[number]
            mine = {record_id for source, record_id in own if source == list_id} | before.keys()
            for record_id in sorted(mine & (delta.old.keys() | delta.new.keys())):
                old, new = delta.old.get(record_id), delta.new.get(record_id)
                match = own.get((list_id, record_id))
                is_renamed = old is not None and new is not None and _names(old) != _names(new)
                match_before = before.get(record_id) if is_renamed else match
                was_listed = match_before is not None and in_force(old, delta.before_day)
                is_listed = match is not None and in_force(new, day)
                if was_listed and is_listed:
                    change = EntryChange.CHANGED
                else:
                    change = EntryChange.LISTED if is_listed else EntryChange.REMOVED
                best = match if is_listed else match_before
                if best is not None and (was_listed or is_listed):
                    changes.append(_entry(delta, party, change, best, day))
            if changes:
                touched.append((delta, parties[number], tuple(changes)))
    return touched


def _names(record: Record) -> frozenset[str]:
    return frozenset((*record.names, *record.weak_names))


def in_force(record: Record | None, day: date) -> bool:
    """Return whether a listing of a record has not ended by a date; one that begins later counts."""
    listings = record.listings if record is not None else ()
    return any(listing.period.end is None or listing.period.end.day > day for listing in listings)


def _entry(
    delta: Delta, party: WatchedParty, change: EntryChange, match: PartyMatch, day: date
) -> AlertEntry:
    old, new = delta.old.get(match.record_id), delta.new.get(match.record_id)
    record, stored = (new, delta.versions.after) if new is not None else (old, delta.versions.before)
    assert record is not None and stored is not None  # noqa: S101, PT018 - it is in one of the versions
    card = delta.versions.card
    sentences = {
        EntryChange.LISTED: text("{party} is newly listed on {list}: {entry}"),
        EntryChange.REMOVED: text("{list} no longer lists {party}: {entry} was removed or has ended"),
        EntryChange.CHANGED: text("{list} changed the entry of {party} ({entry}): {changes}"),
    }
    sentence = sentences[change]
    if change is EntryChange.CHANGED and old is not None and new is not None:
        difference = change_of(old, new)
        values = [text("added {what}: {value}", what=prop, value=value) for prop, value in difference.added]
        values += [
            text("removed {what}: {value}", what=prop, value=value) for prop, value in difference.removed
        ]
        if len(values) > SHOWN_CHANGES:
            values = [*values[:SHOWN_CHANGES], text("other values: {more}", more=len(values) - SHOWN_CHANGES)]
        changes = joined(values, SEMICOLONS) if values else text("other details")
        sentence = sentence.filled(changes=changes)
    # the legal effects of the listings of a record, without duplicates
    list_id = card.id
    part = stored.snapshot.part
    effects = [effect_of(list_id, part, entry.measure, entry.programme, day) for entry in record.listings]
    legal = dict.fromkeys(Reason(effect.text, effect.confidence, (effect.act,)) for effect in effects)
    return AlertEntry(
        change=change,
        is_possible=False,
        record_id=record.id,
        caption=record.caption,
        statement=sentence.filled(party=party.name, list=card.heading, entry=record.caption),
        reasons=(*match.reasons, *legal),
        citation=Citation.of(stored.snapshot, record.place, title=card.title),
    )
