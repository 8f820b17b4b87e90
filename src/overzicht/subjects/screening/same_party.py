"""Records of several lists that are one party: joined by a number, or suggested to a person.

A number joins records if only one party has such a number (a LEI, a Chinese unified social credit code, a
ship's IMO number, a Russian INN or OGRN) and its checksum is right. Names only make a suggestion, which a
person confirms or rejects. Each list's own record stays as it is.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.entities import PartyMatch, PartyMatcher, PartyQuery, Record
from overzicht.evidence import Reason, text
from overzicht.progress import watched
from overzicht.screening.records.numbers import UNIQUE_KINDS, valid_number
from overzicht.store import list_records as records
from overzicht.store.rows import batches
from overzicht.store.sameparty import PREFIX
from overzicht.store.snapshots import list_snapshots

SUGGEST_FROM = 0.8  # minimum score of a suggestion
BATCH = 500
Place = tuple[str, str]  # list, record id
Group = tuple[set[tuple[str, str]], set[Place]]  # unique numbers, and the records that they connect


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a list, in its newest version on a given date."""

    list_id: str
    record: Record

    @property
    def place(self) -> Place:
        """The list and the id of the record."""
        return self.list_id, self.record.id


@dataclass(frozen=True, slots=True)
class JoinedParty:
    """Records of several lists that are one party by a number; `numbers` are (kind, value)."""

    members: tuple[Member, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two records of different lists that may be one party, in the order of their places."""

    first: Member
    second: Member
    score: float
    reasons: tuple[Reason, ...]

    @property
    def finding_id(self) -> str:
        """The id for judgements, made of the two places alone."""
        return merge_id(self.first.place, self.second.place)


def merge_id(place: Place, other: Place) -> str:
    """Return the id of a suggested merge of two records, in either order."""
    places = "\n".join("\t".join(parts) for parts in sorted((place, other)))
    return PREFIX + hashlib.sha256(places.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def snapshots_on(connection: Connection, as_of: date, lists: Sequence[str]) -> dict[str, list[int]]:
    """Return for each list the keys of its newest snapshots on a date, one per part.

    Starter facts replace a list of which no file is loaded.
    """
    newest: dict[tuple[str, str, bool], int] = {}
    for stored in list_snapshots(connection):  # the newest of a part comes last
        snapshot = stored.snapshot
        if snapshot.source in lists and (stored.version.day <= as_of or stored.is_starter):
            newest[(snapshot.source, snapshot.part, stored.is_starter)] = stored.key
    own: dict[str, list[int]] = defaultdict(list)
    starter: dict[str, list[int]] = defaultdict(list)
    for (source, _, is_starter), key in sorted(newest.items()):
        (starter if is_starter else own)[source].append(key)
    return dict(sorted({**starter, **own}.items()))


def members_on(
    connection: Connection, as_of: date, snapshots: Mapping[str, Sequence[int]]
) -> dict[Place, Member]:
    """Return by place the parties of these snapshots that have a name and are not listed only later."""
    members = {}
    for source, keys in snapshots.items():
        for key in keys:
            for record in records.records_of_snapshot(connection, key):
                if record.names and record.schema != records.STAKE_SCHEMA and not begins_later(record, as_of):
                    members[source, record.id] = Member(source, record)
    return members


def begins_later(record: Record, as_of: date) -> bool:
    """Return whether every listing of a record begins after a date; False if one has no start date."""
    starts = [listing.period.start for listing in record.listings]
    return bool(starts) and all(start is not None and start.day > as_of for start in starts)


def joined_parties(
    connection: Connection, as_of: date, snapshots: Mapping[str, Sequence[int]]
) -> list[JoinedParty]:
    """Return the groups of records of at least two lists that share a unique number, by first number."""
    return parties_of_groups(connection, as_of, snapshots, groups_by_number(connection, snapshots))


def groups_by_number(connection: Connection, snapshots: Mapping[str, Sequence[int]]) -> list[Group]:
    """Return the groups of records that unique numbers connect, of any date."""
    by_number: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for source, record_id, kind, value in records.identifiers_of(connection, sorted(UNIQUE_KINDS), snapshots):
        if normal := valid_number(kind, value):
            by_number[(kind, normal)].add((source, record_id))
    # each set of records that numbers connect
    shared = {number: places for number, places in by_number.items() if len(places) > 1}
    group_of: dict[Place, int] = {}
    groups: dict[int, Group] = {}
    for index, number in enumerate(sorted(shared)):
        numbers, connected = {number}, set(shared[number])
        for other in {group_of[place] for place in connected if place in group_of}:
            old_numbers, old_places = groups.pop(other)
            numbers |= old_numbers
            connected |= old_places
        groups[index] = (numbers, connected)
        group_of.update(dict.fromkeys(connected, index))
    return list(groups.values())


def parties_of_groups(
    connection: Connection, as_of: date, snapshots: Mapping[str, Sequence[int]], groups: Sequence[Group]
) -> list[JoinedParty]:
    """Return the groups that are a party of at least two lists on a date, by first number."""
    # the records at these places, by place
    requested = {place for _, places in groups for place in places}
    by_place: dict[Place, Member] = {}
    for source, keys in snapshots.items():
        ids = sorted(record_id for of, record_id in requested if of == source)
        for key in keys:
            for record_id, record in records.get_records(connection, key, ids).items():
                by_place.setdefault((source, record_id), Member(source, record))
    joined = []
    for numbers, places in groups:
        members = [by_place[place] for place in sorted(places) if place in by_place]
        members = [member for member in members if not begins_later(member.record, as_of)]
        if len({member.list_id for member in members}) > 1:
            joined.append(JoinedParty(tuple(members), tuple(sorted(numbers))))
    return sorted(joined, key=lambda party: party.numbers[0])


def suggested_parties(
    members: Mapping[Place, Member],
    matcher: PartyMatcher,
    *,
    as_of: date,
    threshold: float = SUGGEST_FROM,
    joined: Iterable[JoinedParty] = (),
) -> list[Suggestion]:
    """Return the pairs of records of different lists that may be one party, highest score first.

    `matcher` finds the candidates by their names; the record matcher scores each pair. Pairs that a number
    joins, and pairs that their kinds, birth years or numbers exclude, are left out.
    """
    from overzicht.screening.records.explain import record_reasons  # noqa: PLC0415 - compiled code
    from overzicht.screening.records.matcher import RecordMatcher, contradicts  # noqa: PLC0415 - compiled code
    from overzicht.screening.records.party_record import PartyRecord  # noqa: PLC0415 - compiled code

    known = {frozenset((a.place, b.place)) for party in joined for a in party.members for b in party.members}
    lists = sorted({list_id for list_id, _ in members})
    resolved: dict[frozenset[Place], PartyMatch | None] = {}  # None for a pair found by similar names
    ordered = list(members.values())
    for part in batches(watched(ordered, text("comparing the records of the lists")), BATCH):
        queries = [PartyQuery(m.record.id, m.record.names, m.record.schema) for m in part]
        for member, matches in zip(part, matcher.match(queries, as_of=as_of, lists=lists), strict=True):
            for match in matches:
                place = (match.list_id, match.record_id)
                if place in members and match.list_id != member.list_id:
                    is_by_name = match.matched_on in members[place].record.names
                    pair = frozenset((member.place, place))
                    resolved[pair] = resolved.get(pair) or (None if is_by_name else match)
    sides = [sorted(pair) for pair in resolved if pair not in known]
    left, right = ([PartyRecord.of_record(members[side[k]].record) for side in sides] for k in range(2))
    suggestions = []
    for k, score in enumerate(RecordMatcher().score(left, right).tolist()):
        if contradicts(left[k], right[k]):
            continue
        joint = resolved[frozenset(sides[k])]
        first, second = (members[place] for place in sides[k])
        if joint is not None and joint.score > score:
            suggestions.append(Suggestion(first, second, joint.score, joint.reasons))
        elif score >= threshold:
            reasons = record_reasons(left[k], right[k])
            suggestions.append(Suggestion(first, second, round(score, 4), reasons))
    suggestions = [suggestion for suggestion in suggestions if suggestion.score >= threshold]
    return sorted(suggestions, key=lambda s: (-s.score, s.first.place, s.second.place))
