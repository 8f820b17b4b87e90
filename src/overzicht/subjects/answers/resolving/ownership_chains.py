"""The stakes around a party, and the chains of them up to an owner."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from overzicht.dates import Holds
from overzicht.devices.knowledge import load_maker_cards
from overzicht.entities import PartyQuery
from overzicht.entities.ownership import OwnershipStatement
from overzicht.evidence.text import Value
from overzicht.parties.makers import known_parties
from overzicht.parties.ownership import as_stated
from overzicht.parties.party import KnownParty
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.resolving.base import Resolving
from overzicht.subjects.overview.ownership import OwnershipData, gather_stakes

MAX_STEPS, MOST_PATHS = 6, 300
SUBSIDIARY = "subsidiary"  # the kind of a stake that a statement on a brand gives
Path = tuple[OwnershipStatement, ...]  # from a party up to an owner


def stakes_in(subject: Subject, resolving: Resolving) -> OwnershipData:
    """Return the stakes in a party and in its owners, from cards, brands and the loaded registers."""
    known = known_parties().get(subject.party_id)
    if known is not None:  # with the name of the question
        known = replace(known, name=subject.name)
        return gather_stakes([known], load_maker_cards(), resolving.lookup, resolving.as_of)
    query = PartyQuery(subject.key, (subject.name,))
    (matches,) = resolving.lookup.match([query], as_of=resolving.as_of)
    best: dict[str, str] = {}  # of records with similar names on one list only the nearest is the party
    for match in matches:
        best.setdefault(match.list_id, match.record_id)
    party = KnownParty(subject.key, subject.name, query, ())
    aliases = dict.fromkeys(best.values(), subject.key)
    return gather_stakes([party], load_maker_cards(), resolving.lookup, resolving.as_of, aliases)


def owners_above(asset: str, stakes: OwnershipData, day: date) -> Iterator[OwnershipStatement]:
    """Yield the statements on owners of a party, nearest first, without those made after the date."""
    assets, seen = [asset], set()
    for _ in range(MAX_STEPS):
        above = []
        for statement in stakes.statements:
            if statement.asset in assets and statement.owner != statement.asset:
                start = statement.period.start
                is_later = start is not None and not start.may_be_on_or_before(day)
                if not (is_later or statement.is_later_than(day)):
                    yield statement
                    above.append(statement.owner)
        seen.update(assets)
        assets = [owner for owner in dict.fromkeys(above) if owner not in seen]
        if not assets:
            return


def paths_above(asset: str, stakes: OwnershipData, day: date) -> Iterator[Path]:
    """Yield each chain of statements from a party up to an owner, the shortest first, without cycles."""
    statements = list(owners_above(asset, stakes, day))
    waiting: deque[Path] = deque((s,) for s in statements if s.asset == asset)
    for _ in range(MOST_PATHS):
        if not waiting:
            return
        path = waiting.popleft()
        yield path
        seen = {asset, *(s.owner for s in path)}
        above = (s for s in statements if s.asset == path[-1].owner and s.owner not in seen)
        waiting.extend((*path, s) for s in above)


def is_over(statement: OwnershipStatement, day: date) -> bool:
    """Return whether a stake certainly ended by a date."""
    end = statement.period.end
    return end is not None and end.day <= day and statement.holds_on(day) is Holds.NO


def end_of(statement: OwnershipStatement) -> Value:
    """Return the end of a stake as its source states it; empty without an end."""
    return as_stated(statement.period.end) if statement.period.end is not None else ""
