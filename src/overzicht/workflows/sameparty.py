"""The same party on several lists: joined by a shared number, else only suggested to a person.

A number joins records if its kind identifies one party in the world (a LEI, a Chinese unified social credit
code, a ship's IMO number, a Russian INN or OGRN) and its checksum is valid. A name only makes a suggestion,
which a person confirms or rejects. The records of the lists do not change.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.entities import PartyMatch, PartyMatcher, PartyQuery, Record
from overzicht.evidence import Reason
from overzicht.screening.records.numbers import UNIQUE_KINDS, valid_number
from overzicht.store import records
from overzicht.store.sameparty import PREFIX
from overzicht.store.snapshots import list_snapshots

SUGGEST_FROM = 0.8  # names that agree less are not worth a person's time
BATCH = 500
Place = tuple[str, str]  # list, record id


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a list, in its newest version on the date."""

    list_id: str
    record: Record

    @property
    def place(self) -> Place:
        """The key of the record: (list, record id)."""
        return self.list_id, self.record.id


@dataclass(frozen=True, slots=True)
class JoinedParty:
    """Records of several lists that one number shows to be the same party; `numbers` are (kind, value)."""

    members: tuple[Member, ...]
    numbers: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """A name for the group: its first number."""
        kind, value = self.numbers[0]
        return f"{kind}:{value}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two records of different lists that may be the same party, in the order of their places."""

    first: Member
    second: Member
    score: float
    reasons: tuple[Reason, ...]

    @property
    def finding_id(self) -> str:
        """The id for judgements; it depends on the two records alone, not on their order or names."""
        return merge_id(self.first.place, self.second.place)


def merge_id(left: Place, right: Place) -> str:
    """Return the id of a suggested merge of two records, the same in either order."""
    content = "\n".join("\t".join(place) for place in sorted((left, right)))
    return PREFIX + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def snapshots_on(connection: Connection, as_of: date, lists: Sequence[str]) -> dict[str, list[int]]:
    """Return for each list the keys of its newest snapshots on a date, one per part.

    Starter facts replace a list without a loaded file.
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
    """Return the parties of these snapshots that have a name and a listing before the date, by place."""
    return {
        (source, record.id): Member(source, record)
        for source, keys in snapshots.items()
        for key in keys
        for record in records.records_of_snapshot(connection, key)
        if record.names and record.schema != records.STAKE_SCHEMA and not begins_later(record, as_of)
    }


def begins_later(record: Record, as_of: date) -> bool:
    """Return whether every listing of a record begins after a date; False if one has no start date."""
    starts = [listing.period.start for listing in record.listings]
    return bool(starts) and all(start is not None and start.day > as_of for start in starts)


def joined_parties(
    connection: Connection, as_of: date, snapshots: Mapping[str, Sequence[int]]
) -> list[JoinedParty]:
    """Return the groups of records of at least two lists that share a unique number, by id."""
    by_number: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for source, record_id, kind, value in records.identifiers_of(connection, sorted(UNIQUE_KINDS), snapshots):
        if normal := valid_number(kind, value):
            by_number[(kind, normal)].add((source, record_id))
    groups = _connected({number: places for number, places in by_number.items() if len(places) > 1})
    by_place = _members(connection, snapshots, {place for _, places in groups for place in places})
    parties = []
    for numbers, places in groups:
        members = [
            by_place[place]
            for place in sorted(places)
            if place in by_place and not begins_later(by_place[place].record, as_of)
        ]
        if len({member.list_id for member in members}) > 1:
            parties.append(JoinedParty(tuple(members), tuple(sorted(numbers))))
    return sorted(parties, key=lambda group: group.id)


def _connected(
    by_number: Mapping[tuple[str, str], set[Place]],
) -> list[tuple[set[tuple[str, str]], set[Place]]]:
    """Return (numbers, places) of each set of records that numbers connect."""
    group_of: dict[Place, int] = {}
    groups: dict[int, tuple[set[tuple[str, str]], set[Place]]] = {}
    for index, number in enumerate(sorted(by_number)):
        numbers, places = {number}, set(by_number[number])
        for other in {group_of[place] for place in places if place in group_of}:
            old_numbers, old_places = groups.pop(other)
            numbers |= old_numbers
            places |= old_places
        groups[index] = (numbers, places)
        group_of.update(dict.fromkeys(places, index))
    return list(groups.values())


def _members(
    connection: Connection, snapshots: Mapping[str, Iterable[int]], places: Set[Place]
) -> dict[Place, Member]:
    """Return the records at these places, by place; those of one snapshot are read together."""
    members: dict[Place, Member] = {}
    for source, keys in snapshots.items():
        ids = sorted(record_id for of, record_id in places if of == source)
        for key in keys:
            for record_id, record in records.get_records(connection, key, ids).items():
                members.setdefault((source, record_id), Member(source, record))
    return members


def suggested_parties(
    members: Mapping[Place, Member],
    matcher: PartyMatcher,
    *,
    as_of: date,
    threshold: float = SUGGEST_FROM,
    joined: Iterable[JoinedParty] = (),
    progress: Callable[[int], None] = lambda _count: None,
) -> list[Suggestion]:
    """Return the pairs of records of different lists whose names agree, highest score first.

    Every record is screened, so that a pair has two scores; the higher one counts. Left out are pairs that a
    number joins, that have different numbers of one kind, or whose kinds differ (a ship and a company).
    `progress` gets the number of records that were screened.
    """
    known = {frozenset((a.place, b.place)) for party in joined for a in party.members for b in party.members}
    lists = sorted({list_id for list_id, _ in members})
    best: dict[frozenset[Place], tuple[float, tuple[Reason, ...]]] = {}
    everyone = list(members.values())
    for start in range(0, len(everyone), BATCH):
        part = everyone[start : start + BATCH]
        answers = matcher.match([_query(member) for member in part], as_of=as_of, lists=lists)
        for member, matches in zip(part, answers, strict=True):
            for match in matches:
                pair = _pair(member, match, members)
                if pair is None or pair in known or match.score < threshold:
                    continue
                if pair not in best or match.score > best[pair][0]:
                    best[pair] = (match.score, match.reasons)
        progress(len(part))
    suggestions = []
    for pair, (score, reasons) in best.items():
        first, second = (members[place] for place in sorted(pair))
        suggestions.append(Suggestion(first, second, score, reasons))
    return sorted(suggestions, key=lambda merge: (-merge.score, merge.first.place, merge.second.place))


def _query(member: Member) -> PartyQuery:
    born = member.record.values("birthDate")
    return PartyQuery(
        id=member.record.id,
        names=member.record.names,
        schema=member.record.schema,
        birth_date=born[0] if len(born) == 1 else "",
    )


def _pair(member: Member, match: PartyMatch, members: Mapping[Place, Member]) -> frozenset[Place] | None:
    """Return the places of two records that may be the same party; None if they cannot be."""
    other = members.get((match.list_id, match.record_id))
    if other is None or other.list_id == member.list_id:
        return None
    from followthemoney import model  # noqa: PLC0415 - it takes half a second to load

    left, right = model[member.record.schema], model[other.record.schema]
    if not (left.can_match(right) or right.can_match(left)):
        return None
    for kind in UNIQUE_KINDS:
        ours, theirs = (
            {valid_number(kind, value) for value in item.record.values(kind)} - {""}
            for item in (member, other)
        )
        if ours and theirs and not ours & theirs:
            return None
    return frozenset((member.place, other.place))
