"""The same party on several lists: joined by a shared number, else only suggested to a person.

A number joins on its own when its kind names one party in the world (a LEI, a Chinese unified social credit
code, a ship's IMO number, a Russian INN or OGRN) and its checksum is right. A name never joins silently: it
makes a suggestion, which a person confirms or rejects. Each list's own record stays as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rigour.ids import get_identifier_format
from sqlalchemy import Connection

from overzicht.entities import PartyMatcher, PartyQuery, Record
from overzicht.evidence import Text, text
from overzicht.store import records
from overzicht.store.snapshots import list_snapshots

UNIQUE_KINDS = {"leiCode": "lei", "uscCode": "uscc", "imoNumber": "imo", "innCode": "inn", "ogrnCode": "ogrn"}


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a list, by its newest version."""

    list_id: str
    record: Record


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
    """Two records of different lists that may be the same party; `finding_id` is what a judgement names."""

    first: Member
    second: Member
    score: float
    why: tuple[Text, ...]

    @property
    def finding_id(self) -> str:
        """The id under which a person judges it, the same in either order."""
        return "same|" + "|".join(sorted((self.first.record.id, self.second.record.id)))


def joined_parties(connection: Connection) -> list[JoinedParty]:
    """Return the groups of records of at least two lists that share a unique number, by id."""
    newest = _newest_records(connection)
    by_number: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for source, record_id, kind, value in records.identifiers_of(connection, sorted(UNIQUE_KINDS), newest):
        if normal := _valid(kind, value):
            by_number[(kind, normal)].add((source, record_id))
    groups = _connected({number: held for number, held in by_number.items() if len(held) > 1})
    found = []
    for numbers, held in groups:
        if len({source for source, _ in held}) > 1:
            members = tuple(_member(connection, newest, source, each) for source, each in sorted(held))
            found.append(JoinedParty(members, tuple(sorted(numbers))))
    return sorted(found, key=lambda group: group.id)


def _valid(kind: str, value: str) -> str:
    """Return a number in its normal form when its checksum is right, else an empty text."""
    form = get_identifier_format(UNIQUE_KINDS[kind])
    if form is None:
        return ""
    normal = form.normalize(value)
    return normal if normal and form.is_valid(normal) else ""


def _newest_records(connection: Connection) -> dict[str, list[int]]:
    """Return for each source the keys of the newest snapshot of each of its parts, starter facts aside."""
    newest: dict[tuple[str, str], int] = {}
    for stored in list_snapshots(connection):
        if not stored.is_starter:
            newest[(stored.snapshot.source, stored.snapshot.part)] = stored.key
    by_source: dict[str, list[int]] = defaultdict(list)
    for (source, _), key in sorted(newest.items()):
        by_source[source].append(key)
    return dict(by_source)


def _connected(
    by_number: Mapping[tuple[str, str], set[tuple[str, str]]],
) -> list[tuple[set[tuple[str, str]], set[tuple[str, str]]]]:
    """Return (numbers, records) of each set of records that numbers connect."""
    group_of: dict[tuple[str, str], int] = {}
    groups: dict[int, tuple[set[tuple[str, str]], set[tuple[str, str]]]] = {}
    for index, number in enumerate(sorted(by_number)):
        numbers, held = {number}, set(by_number[number])
        for other in {group_of[record] for record in held if record in group_of}:
            old_numbers, old_held = groups.pop(other)
            numbers |= old_numbers
            held |= old_held
        groups[index] = (numbers, held)
        group_of.update(dict.fromkeys(held, index))
    return list(groups.values())


def _member(
    connection: Connection, newest: Mapping[str, Iterable[int]], source: str, record_id: str
) -> Member:
    for key in newest[source]:
        found = records.get_records(connection, key, [record_id])
        if record_id in found:
            return Member(source, found[record_id])
    raise LookupError(record_id)  # pragma: no cover - the caller read the id from these snapshots


def suggested_parties(
    members: Sequence[Member],
    matcher: PartyMatcher,
    look_up: Mapping[tuple[str, str], Member],
    *,
    threshold: float,
    joined: Iterable[JoinedParty] = (),
    **asked: object,
) -> list[Suggestion]:
    """Return the pairs of records of different lists whose names agree, surest first.

    `look_up` gives the member of a (list, record id); pairs that a number joins already are left out. `asked`
    goes to the matcher (`as_of`, `lists`).
    """
    known = {
        frozenset((a.record.id, b.record.id))
        for party in joined
        for a in party.members
        for b in party.members
    }
    queries = [
        PartyQuery(id=member.record.id, names=member.record.names, schema=member.record.schema)
        for member in members
    ]
    found: dict[str, Suggestion] = {}
    for member, matches in zip(members, matcher.match(queries, **asked), strict=True):  # type: ignore[arg-type]
        for match in matches:
            other = look_up.get((match.list_id, match.record_id))
            pair = frozenset((member.record.id, match.record_id))
            if other is None or match.list_id == member.list_id or match.score < threshold or pair in known:
                continue
            why = tuple(reason.text for reason in match.reasons) or (text("the names agree"),)
            suggestion = Suggestion(member, other, match.score, why)
            found.setdefault(suggestion.finding_id, suggestion)
    return sorted(found.values(), key=lambda each: (-each.score, each.finding_id))
