"""Owners of parties, from maker cards and the loaded registers and lists; and whether an owner is listed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from overzicht.dates import Holds, LegalDate
from overzicht.devices.knowledge import load_knowledge, load_maker_cards
from overzicht.entities import PartyQuery
from overzicht.entities.ownership import OwnershipStatement
from overzicht.evidence import Answer, text
from overzicht.evidence.text import Value
from overzicht.names.normal import name_key
from overzicht.parties.known import known_parties
from overzicht.parties.model import KnownParty
from overzicht.reports.answers.model import FirstKind, FirstLine
from overzicht.workflows.answers.facts import Fact, Topic
from overzicht.workflows.answers.reading.names import Subject
from overzicht.workflows.answers.reading.query import Query, Reading
from overzicht.workflows.answers.resolving.base import QueryAnswer, Resolving, first_line, no_name, unknown
from overzicht.workflows.answers.resolving.brands import made_by
from overzicht.workflows.answers.resolving.target import OnTarget, entry_facts, every_list, on_target
from overzicht.workflows.overview.ownership import OwnershipData, gather_stakes

MAX_STEPS = 6
NAMED_IN_LIST = "parent as named in the list"  # each version of the list names it, or no longer does
_OWNING = re.compile(r"\b(?:owns?|controls?|bezit)\b(?!.*\b(?:by|door)\b)", re.IGNORECASE)  # `A owns B`
_BEHIND = re.compile(r"\b(?:behind|achter)\b", re.IGNORECASE)  # an owner, or who makes what it sells
_OWNER = r"(?:owner|parent|shareholder|holding|eigena(?:ar|res)|moeder\w*|aandeelhouder)"
_OWNER_OF = re.compile(
    rf"\b{_OWNER}(?: company)? (?:of|van)\b|{_BEHIND.pattern}|(?<=\w)['’]s? (?:\w+ )?{_OWNER}\b",
    re.IGNORECASE,
)  # beside what is owned: before it, or after its possessive
_OWNED = re.compile(
    r"\b(?:subsidiar(?:y|ies) of|part of|belongs? to|owned by|controlled by|property of|in the hands of|"
    r"dochter\w* van|onderdeel van|eigendom van|in handen van|in bezit van|behoort tot|hoort bij)\b|"
    r"\b(?:behoort|hoort|valt|valle?n?)\b.{1,60}\b(?:tot|bij|toe|onder)\b",
    re.IGNORECASE,
)  # what is owned before its owner


def owner_of(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the owners of the first party of a query; with two parties whether one owns the other."""
    if not query.subjects:
        return no_name()
    if len(query.subjects) > 1 and (answer := _between(query, reading, resolving)) is not None:
        return answer
    asset, *others = _asset_first(query)
    stakes = _stakes(asset, resolving)
    chain = sorted(
        _chain(asset.key, stakes, resolving.as_of), key=lambda s: _order(s, asset, query, resolving.as_of)
    )
    direct = [statement for statement in chain if statement.asset == asset.key]
    made = None
    if not direct and load_knowledge().brands.find(asset.name) is not None:
        made = made_by(query, reading, resolving)
        if not others or _BEHIND.search(query.words):
            return made
    if not direct:
        answer = unknown(
            text(
                "Unknown: no loaded source names an owner of {party}. A company register would tell.",
                party=asset.name,
            ),
            Topic.OWNER,
        )
        return answer if made is None else replace(answer, facts=made.facts)
    facts = tuple(_facts(asset, chain, stakes))
    best = direct[0]
    if others:
        return QueryAnswer(_other_owner(stakes.name(best.owner), asset), facts)
    named = dict.fromkeys(
        stakes.name(s.owner)
        for s in direct
        if _rank(s) == _rank(best) and s.holds_on(resolving.as_of) == best.holds_on(resolving.as_of)
    )
    owner = "; ".join(list(named)[:3])
    sentence = text("{owner}: a source names it as the owner of {party}.", owner=owner, party=asset.name)
    if _is_over(best, resolving.as_of):
        sentence = text(
            "{owner}: a source names it as the owner of {party} until {until}, and none a later one.",
            owner=owner,
            party=asset.name,
            until=_end(best),
        )
    return QueryAnswer(first_line(FirstKind.VALUE, sentence, owner), facts)


def _between(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer | None:
    """Return whether one party owns another, or is behind it as its maker; None if no source says so."""
    parties = _asset_first(query)
    patterns = (_OWNED, _OWNING, _OWNER_OF)
    is_clear = any(pattern.search(query.words) for pattern in patterns)  # who would be the owner
    for asset, *others in (parties, parties[::-1]):
        stakes = _stakes(asset, resolving)
        chain = list(_chain(asset.key, stakes, resolving.as_of))
        owners = [s for s in chain if any(_is_same(stakes.name(s.owner), s.owner, other) for other in others)]
        if not owners:
            continue
        facts = tuple(_facts(asset, owners, stakes))
        if is_clear and asset is not parties[0]:
            return QueryAnswer(_other_owner(others[0].name, asset), facts)
        if all(_is_over(statement, resolving.day_of(query)) for statement in owners):
            sentence = text(
                "No: a source names {owner} as an owner of {party} until {until}, and no later.",
                owner=others[0].name,
                party=asset.name,
                until=_end(owners[0]),
            )
            return QueryAnswer(first_line(FirstKind.NO, sentence), facts)
        values: dict[str, Value] = {"owner": others[0].name, "party": asset.name}
        sentence = text("Yes: {owner} owns {party}, directly or indirectly.", **values)
        if resolving.day_of(query) < resolving.as_of:
            day = resolving.day_of(query)
            sentence = text("Yes: {owner} owned {party} on {day}, directly or indirectly.", day=day, **values)
        return QueryAnswer(first_line(FirstKind.YES, sentence), facts)
    if _BEHIND.search(query.words) is None:
        return None
    made = made_by(query, reading, resolving)
    is_made = made.first is not None and made.first.kind in {FirstKind.YES, FirstKind.POSSIBLE}
    return made if is_made else None  # `Is it Dahua that sits behind Loryta?`


def _other_owner(owner: str, asset: Subject) -> FirstLine:
    sentence = text("No: the sources name {owner} as the owner of {party}.", owner=owner, party=asset.name)
    return first_line(FirstKind.NO, sentence)


def _asset_first(query: Query) -> tuple[Subject, ...]:
    """Return the parties of a query with the one first whose owner is asked for (`Does A own B?`: B)."""
    words, parties = query.words, query.subjects
    if len(parties) < 2 or _OWNED.search(words):
        return parties
    if (beside := _OWNER_OF.search(words)) is not None:
        places = {party: words.find(party.name) for party in parties}
        is_before = beside[0][0] in "'’"  # `B's owner`
        near = [party for party, start in places.items() if (start < beside.start()) is is_before]
        asset = (near[-1] if is_before else near[0]) if near else parties[-1]
        return (asset, *(party for party in parties if party is not asset))
    return parties[::-1] if _OWNING.search(words) else parties


def owned_by_listed(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether an owner of the parties of a query is listed."""
    if not query.subjects:
        return no_name()
    asset, day = query.subjects[0], resolving.day_of(query)
    stakes = _stakes(asset, resolving)
    chain = [
        s for s in _chain(asset.key, stakes, day) if s.holds_on(day) is not Holds.NO or s.citation is not None
    ]
    if not chain:
        return unknown(
            text(
                "Unknown: no loaded source names an owner of {party}. A company register would tell.",
                party=asset.name,
            ),
            Topic.OWNER,
        )
    known = known_parties()
    owners = {
        s.owner: Subject(stakes.name(s.owner), s.owner if s.owner in known else "", (), "LegalEntity")
        for s in chain
    }
    targets = query.lists or (every_list(),)
    resolving.ask([owner.query for owner in owners.values()], min(day, resolving.as_of))
    answers = [on_target(owner, target, day, resolving) for owner in owners.values() for target in targets]
    listed = [result for result in answers if result.answer is Answer.FOUND]
    facts = tuple(_facts(asset, chain, stakes))
    if listed:
        owning = {result.subject.key: _statement_of(result.subject, chain, stakes) for result in listed}
        shown = (*_facts(asset, list(owning.values()), stakes), *entry_facts(listed), *facts)
        return QueryAnswer(_owner_listed(asset, listed[0]), shown)
    possible = next((result for result in answers if result.answer is Answer.POSSIBLE), None)
    if possible is not None:
        sentence = text(
            "Possibly: {owner}, an owner of {party}, is possibly listed on {list}.",
            owner=possible.subject.name,
            party=asset.name,
            list=possible.possible[0].card.heading,
        )
        return QueryAnswer(first_line(FirstKind.POSSIBLE, sentence), (*facts, *entry_facts([possible])))
    if any(result.answer is Answer.NOT_CHECKED for result in answers):
        sentence = text(
            "Not checked: no loaded list covers {day} for the owners of {party}.", day=day, party=asset.name
        )
        return QueryAnswer(first_line(FirstKind.NOT_CHECKED, sentence), facts)
    sentence = text(
        "No: no owner of {party} that the sources name is listed on {day}.", party=asset.name, day=day
    )
    return QueryAnswer(first_line(FirstKind.NO, sentence), facts)


def _owner_listed(asset: Subject, result: OnTarget) -> FirstLine:
    title = result.current[0].card.heading if result.target.is_general else result.target.text
    sentence = text(
        "Yes: {owner}, an owner of {party}, is listed on {list}.",
        owner=result.subject.name,
        party=asset.name,
        list=title,
    )
    return first_line(FirstKind.YES, sentence)


def _statement_of(
    owner: Subject, chain: Sequence[OwnershipStatement], stakes: OwnershipData
) -> OwnershipStatement:
    """Return the nearest statement on an owner."""
    return next(s for s in chain if s.owner == owner.key or stakes.name(s.owner) == owner.name)


def _stakes(subject: Subject, resolving: Resolving) -> OwnershipData:
    known = known_parties().get(subject.party_id)
    if known is not None:
        return gather_stakes([known], load_maker_cards(), resolving.lookup, resolving.as_of)
    query = PartyQuery(subject.key, (subject.name,))
    (matches,) = resolving.lookup.match([query], as_of=resolving.as_of)
    best: dict[str, str] = {}  # of records with similar names on one list only the nearest is the party
    for match in matches:
        best.setdefault(match.list_id, match.record_id)
    party = KnownParty(subject.key, subject.name, query, ())
    aliases = dict.fromkeys(best.values(), subject.key)
    return gather_stakes([party], load_maker_cards(), resolving.lookup, resolving.as_of, aliases)


def _chain(asset: str, stakes: OwnershipData, day: date) -> Iterator[OwnershipStatement]:
    """Yield the statements on owners of a party, nearest first, without those made after the date."""
    assets, seen = [asset], set()
    for _ in range(MAX_STEPS):
        above = []
        for statement in stakes.statements:
            is_later = (
                statement.stated_on is not None
                and statement.stated_on > day
                and statement.period.start is None
            )
            if (
                statement.asset in assets
                and statement.owner != statement.asset
                and not is_later
                and not _is_known_later(statement, day)
            ):
                yield statement
                above.append(statement.owner)
        seen.update(assets)
        assets = [owner for owner in dict.fromkeys(above) if owner not in seen]
        if not assets:
            return


def _is_known_later(statement: OwnershipStatement, day: date) -> bool:
    start = statement.period.start
    return start is not None and start.day > day


def _is_over(statement: OwnershipStatement, day: date) -> bool:
    """Return whether a stake certainly ended by a date."""
    return statement.period.end is not None and statement.holds_on(day) is Holds.NO


def _end(statement: OwnershipStatement) -> Value:
    """Return the end of a stake as its source states it; empty without an end."""
    return _as_stated(statement.period.end) if statement.period.end is not None else ""


def _as_stated(day: LegalDate) -> Value:
    """Return a date, or the month or year of a source that states no day."""
    return day.day if day.earliest is None else day.as_given


def _rank(statement: OwnershipStatement) -> int:
    kind = statement.kind.casefold()
    return next((rank for rank, word in enumerate(("parent", "controlling")) if word in kind), 2)


def _order(
    statement: OwnershipStatement, asset: Subject, query: Query, day: date
) -> tuple[bool, bool, bool, int, float, str]:
    source = statement.citation.source if statement.citation else ""
    lists = {list_id for target in query.lists for list_id in target.measures}
    return (
        statement.asset != asset.key,
        bool(lists) and source not in lists,
        statement.holds_on(day) is not Holds.YES,
        _rank(statement),
        -float(statement.share.low),
        statement.owner,
    )


def _is_same(name: str, owner: str, subject: Subject) -> bool:
    return (
        subject.key == owner
        or name_key(name) == name_key(subject.name)
        or set(name_key(subject.name).split()) <= set(name_key(name).split())
    )


def _facts(asset: Subject, statements: Sequence[OwnershipStatement], stakes: OwnershipData) -> Iterator[Fact]:
    for statement in statements:
        if statement.citation is None:
            continue
        party = asset.name if statement.asset == asset.key else stakes.name(statement.asset)
        values = {"owner": stakes.name(statement.owner), "party": party, "kind": statement.kind or "owner"}
        sentence = text("{owner} is named as an owner of {party} ({kind}).", **values)
        if not statement.share.is_unknown:
            share = (
                f"{statement.share.low:g}"
                if statement.share.is_exact
                else f"{statement.share.low:g}–{statement.share.high:g}"
            )
            sentence = text(
                "{owner} is named as an owner of {party} ({kind}, {share} %).", share=share, **values
            )
        if statement.asset != asset.key:
            sentence = text(
                "{says} It is above {asset} in the chain of owners.", says=sentence, asset=asset.name
            )
        if statement.period.start is not None:
            sentence = text(
                "{says} Stated from {since} on.", says=sentence, since=_as_stated(statement.period.start)
            )
        elif statement.stated_on is not None:
            sentence = text("{says} Stated on {since}.", says=sentence, since=statement.stated_on)
        if statement.period.end is not None:
            ended = (
                text("{says} Not repeated after {until}.")
                if statement.kind == NAMED_IN_LIST
                else text("{says} Until {until}.")
            )
            sentence = ended.filled(says=sentence, until=_as_stated(statement.period.end))
        yield Fact(Topic.OWNER, sentence, (statement.citation,), parties=frozenset({asset.key}))
