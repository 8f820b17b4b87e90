"""Owners of parties, from maker cards and the loaded registers and lists; and whether an owner is listed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from overzicht.dates import Holds, all_hold, any_holds
from overzicht.devices.knowledge import load_knowledge
from overzicht.entities.ownership import NAMED_IN_LIST, OwnershipStatement
from overzicht.evidence import Answer, Text, text
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.evidence.text import Value
from overzicht.names.normal import name_key
from overzicht.parties.makers import known_parties
from overzicht.parties.ownership import as_stated, stake_text
from overzicht.reports.vocabulary import RELATIONS
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.days import Span
from overzicht.subjects.answers.reading.framing import is_ended
from overzicht.subjects.answers.reading.names import PARTS, Subject
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, no_name, unknown
from overzicht.subjects.answers.resolving.brands import made_by
from overzicht.subjects.answers.resolving.ownership_chains import (
    SUBSIDIARY,
    Path,
    end_of,
    is_over,
    owners_above,
    paths_above,
    stakes_in,
)
from overzicht.subjects.answers.resolving.target import entry_facts, every_list, on_target
from overzicht.subjects.overview.ownership import OwnershipData

_FORMER = re.compile(r"\b(?:former|previous|voormalig|vroeger|vorige|eerder)e?\b", re.IGNORECASE)
OWNERS_SHOWN = 4  # in a first line
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


_ASKED_OWNER = re.compile(
    r"\b(?:owns?|owned|owners?|shareholders?|eigena(?:ar|ren|res)|aandeelhouders?|van wie (?:is|was))\b",
    re.IGNORECASE,
)
_ASKED_MAKER = re.compile(
    r"\b(?:ma[dk]e\w*|maakt\w*|gemaakt|produ\w+|manufactur\w*|fabri\w+)\b", re.IGNORECASE
)
_PART = rf"(?:{PARTS}|unit|arm|business|office|\w*tak|vestiging)"
_OF_PART = re.compile(
    rf"\w['’]s? (?:[\w-]+ ){{0,4}}?{_PART}\b|\b(?:the|de|het) (?:[\w-]+ ){{0,4}}?{_PART} (?:of|van) ",
    re.IGNORECASE,
)  # `Dahua's Dutch subsidiary`, `de Nederlandse tak van Dahua`


def asks_owner(words: str) -> bool:
    """Return whether a question asks for an owner and not for a maker."""
    return _ASKED_OWNER.search(words) is not None and _ASKED_MAKER.search(words) is None


def is_of_part(query: Query) -> bool:
    """Return whether a query is about a part of its one party that it does not name."""
    return len(query.subjects) == 1 and _OF_PART.search(query.words) is not None


def owner_of(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the owners of the first party of a query; with two parties whether one owns the other."""
    if not query.subjects:
        return no_name()
    if len(query.subjects) > 1 and (answer := _between(query, reading, resolving)) is not None:
        return answer
    asset, *others = _asset_first(query)
    stakes, day = stakes_in(asset, resolving), min(resolving.day_of(query), resolving.as_of)
    chain = sorted(
        owners_above(asset.key, stakes, resolving.as_of), key=lambda s: _order(s, asset, query, day)
    )
    direct = [statement for statement in chain if statement.asset == asset.key]
    if not direct:
        made = made_by(query, reading, resolving) if load_knowledge().brands.find(asset.name) else None
        if made is not None and _BEHIND.search(query.words):
            return made  # who is behind a brand may be its owner or the maker of its devices
        answer = _none_now(asset, (), stakes, day)
        return answer if made is None else replace(answer, facts=made.facts)
    facts = tuple(_facts(asset, chain, stakes, day))
    if others and direct[0].holds_on(day) is Holds.YES:
        return QueryAnswer(_other_owner(stakes.name(direct[0].owner), asset), facts)
    return QueryAnswer(_owner_line(asset, direct, stakes, day, is_today=day == resolving.as_of), facts)


def _owner_line(
    asset: Subject, direct: Sequence[OwnershipStatement], stakes: OwnershipData, day: date, *, is_today: bool
) -> FirstLine:
    """Return the owners as of a date; without one, who may own it, or that the owners are former."""
    certain = {s.owner: s for s in direct if s.holds_on(day) is Holds.YES}
    if certain:
        stated = _several(list(certain.values()), stakes, day)
        sentence = (
            text("{says}.", says=stated) if is_today else text("On {day}: {says}.", day=day, says=stated)
        )
        return FirstLine(FirstKind.VALUE, sentence, "; ".join(map(stakes.name, certain)))
    possible = {s.owner: s for s in direct if s.holds_on(day) is Holds.UNKNOWN}
    if possible:
        stated = _several(list(possible.values()), stakes, day)
        return FirstLine(FirstKind.POSSIBLE, text("Possibly: {says}.", says=stated))
    if any(is_over(s, day) for s in direct):
        return _former(asset, direct, stakes, day)
    sentence = text("Unknown: no source names an owner of {party} on {day}; the facts have others.")
    return FirstLine(FirstKind.UNKNOWN, sentence.filled(party=asset.name, day=day))


def _former(
    asset: Subject, direct: Sequence[OwnershipStatement], stakes: OwnershipData, day: date
) -> FirstLine:
    over = {s.owner: s for s in direct if is_over(s, day)}
    sentence = text("Unknown: the sources name only former owners of {party}: {says}.", party=asset.name)
    stated = _several(list(over.values()), stakes, day)
    return FirstLine(FirstKind.UNKNOWN, sentence.filled(says=stated))


def _several(statements: Sequence[OwnershipStatement], stakes: OwnershipData, day: date) -> Text:
    """Return the first statements in words as of a date, and how many more there are."""
    stated = [stake_text(statement, day, stakes.name) for statement in statements[:OWNERS_SHOWN]]
    shown, others = joined(stated, SEMICOLONS), len(statements) - OWNERS_SHOWN
    return text("{says}; and {others} more", says=shown, others=others) if others > 0 else shown


def _between(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer | None:
    """Return whether one party owns another, or is behind it as its maker; None if no source says so."""
    parties = _asset_first(query)
    patterns = (_OWNED, _OWNING, _OWNER_OF)
    is_clear = any(pattern.search(query.words) for pattern in patterns)  # who would be the owner
    for asset, *others in (parties, parties[::-1]):
        stakes = stakes_in(asset, resolving)
        paths = [
            path
            for path in paths_above(asset.key, stakes, resolving.as_of)
            if any(_is_same(stakes.name(path[-1].owner), path[-1].owner, other) for other in others)
        ]
        if not paths:
            continue
        span = resolving.span_of(query).until(resolving.as_of)
        facts = tuple(
            _facts(asset, list(dict.fromkeys(s for path in paths for s in path)), stakes, span.last)
        )
        if is_clear and asset is not parties[0]:
            return QueryAnswer(_other_owner(others[0].name, asset), facts)
        names = (others[0].name, asset.name)
        line = _owning_line(names, paths, span, is_today=span.last == resolving.as_of)
        return QueryAnswer(_of_end(line, names, query.words), facts)
    if _BEHIND.search(query.words) is None:
        return None
    made = made_by(query, reading, resolving)
    is_made = made.first is not None and made.first.kind in {FirstKind.YES, FirstKind.POSSIBLE}
    return made if is_made else None  # `Is it Dahua that sits behind Loryta?`


def _owning_line(names: tuple[str, str], paths: Sequence[Path], span: Span, *, is_today: bool) -> FirstLine:
    """Return whether an owner owned a party in a period, by the chains of stakes between them."""
    values: dict[str, Value] = {"owner": names[0], "party": names[1], "day": span.last}
    ends = {s.period.end.day for path in paths for s in path if s.period.end is not None}
    starts = {s.period.start.day for path in paths for s in path if s.period.start is not None}
    first = span.last if span.first == date.min else span.first
    days = {first, span.last, *(d for e in ends for d in (e, e - timedelta(40))), *starts}
    states = [
        any_holds([all_hold([s.holds_on(day) for s in path]) for path in paths])
        for day in sorted(day for day in days if first <= day <= span.last)
    ]
    if Holds.YES in states:
        if is_today and states[-1] is Holds.YES:
            sentence = text("Yes: {owner} owns {party}, directly or indirectly.", **values)
        elif set(states) == {Holds.YES}:
            sentence = text("Yes: {owner} owned {party} on {day}, directly or indirectly.", **values)
        else:
            sentence = text("Yes: {owner} owned {party} for a part of that time.", **values)
        return FirstLine(FirstKind.YES, sentence)
    if Holds.UNKNOWN in states:
        sentence = text(
            "Unknown: no source says that {owner} owns {party} on {day}; see the facts.", **values
        )
        return FirstLine(FirstKind.UNKNOWN, sentence)
    over = next((s for path in paths for s in path if is_over(s, first)), None)
    if over is None:
        sentence = text(
            "No: the sources name {owner} as an owner of {party} only from a later day.", **values
        )
        return FirstLine(FirstKind.NO, sentence)
    sentence = text(
        "No: a source names {owner} as an owner of {party} until {until}, and no later.", **values
    )
    return FirstLine(FirstKind.NO, sentence.filled(until=end_of(over)), str(end_of(over)))


def _of_end(line: FirstLine, names: tuple[str, str], words: str) -> FirstLine:
    """Return the line for a question whether it is no longer so: an end is a yes, an owner a no."""
    values: dict[str, Value] = {"owner": names[0], "party": names[1]}
    if not (is_ended(words) or _FORMER.search(words)):
        return line
    if line.kind is FirstKind.YES:
        return FirstLine(FirstKind.NO, text("No: {owner} still owns {party}.", **values))
    if line.kind is not FirstKind.NO or not line.value:
        return line
    sentence = text(
        "Yes: a source names {owner} as an owner of {party} until {until}, and no later.", **values
    )
    return FirstLine(FirstKind.YES, sentence.filled(until=line.value), line.value)


def _other_owner(owner: str, asset: Subject) -> FirstLine:
    sentence = text("No: the sources name {owner} as the owner of {party}.", owner=owner, party=asset.name)
    return FirstLine(FirstKind.NO, sentence)


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
    """Return whether an owner of the parties of a query is listed; one that may own them is a *possibly*."""
    if not query.subjects:
        return no_name()
    asset, day = query.subjects[0], min(resolving.day_of(query), resolving.as_of)
    stakes = stakes_in(asset, resolving)
    paths = [
        (path, all_hold([s.holds_on(day) for s in path])) for path in paths_above(asset.key, stakes, day)
    ]
    chain = list(dict.fromkeys(s for path, holds in paths if holds is not Holds.NO for s in path))
    if not chain:
        return _none_now(asset, list(owners_above(asset.key, stakes, day)), stakes, day)
    certain = {path[-1].owner for path, holds in paths if holds is Holds.YES}
    known = known_parties()
    owners = {
        s.owner: Subject(stakes.name(s.owner), s.owner if s.owner in known else "", (), "LegalEntity")
        for s in chain
    }
    targets = query.lists or (every_list(),)
    resolving.ask([owner.query for owner in owners.values()], day)
    target_day, facts = resolving.day_of(query), tuple(_facts(asset, chain, stakes, day))
    results = [
        (key in certain, key, on_target(owner, target, target_day, resolving))
        for key, owner in owners.items()
        for target in targets
    ]
    values: dict[str, Value] = {"party": asset.name, "day": target_day}
    named = [(is_sure, key, result) for is_sure, key, result in results if result.answer is Answer.FOUND]
    if listed := [(key, result) for is_sure, key, result in named if is_sure]:
        owning = dict.fromkeys(next(s for s in chain if s.owner == key) for key, _ in listed)
        entries = entry_facts([result for _, result in listed])
        first = listed[0][1]
        title = first.current[0].card.heading if first.target.is_general else first.target.text
        sentence = text("Yes: {owner}, an owner of {party}, is listed on {list}.", list=title, **values)
        line = FirstLine(FirstKind.YES, sentence.filled(owner=first.subject.name))
        return QueryAnswer(line, (*_facts(asset, list(owning), stakes, day), *entries, *facts))
    if possible := (*named, *(row for row in results if row[2].answer is Answer.POSSIBLE)):
        is_sure, _, result = possible[0]
        sentence = text("Possibly: {owner}, which may own {party}, is or may be listed on {list}.", **values)
        if is_sure:
            sentence = text("Possibly: {owner}, an owner of {party}, is possibly listed on {list}.", **values)
        title = (result.current or result.possible)[0].card.heading
        line = FirstLine(FirstKind.POSSIBLE, sentence.filled(owner=result.subject.name, list=title))
        return QueryAnswer(line, (*facts, *entry_facts([result])))
    if any(result.answer is Answer.NOT_CHECKED for _, _, result in results):
        sentence = text("Not checked: no loaded list covers {day} for the owners of {party}.", **values)
        return QueryAnswer(FirstLine(FirstKind.NOT_CHECKED, sentence), facts)
    sentence = text("No: no owner of {party} that the sources name is listed on {day}.", **values)
    return QueryAnswer(FirstLine(FirstKind.NO, sentence), facts)


def _none_now(
    asset: Subject, former: Sequence[OwnershipStatement], stakes: OwnershipData, day: date
) -> QueryAnswer:
    """Return the answer about a party without an owner on a date, by the sources."""
    direct = [s for s in former if s.asset == asset.key and is_over(s, day)]
    if direct:
        return QueryAnswer(_former(asset, direct, stakes, day), tuple(_facts(asset, direct, stakes, day)))
    sentence = text(
        "Unknown: no loaded source names an owner of {party}. A company register would tell.",
        party=asset.name,
    )
    return unknown(sentence, Topic.OWNER)


def _rank(statement: OwnershipStatement) -> int:
    kind = statement.kind.casefold()
    return next(
        (rank for rank, word in enumerate(("parent|subsidiary", "controlling")) if re.search(word, kind)), 2
    )


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


def _facts(
    asset: Subject, statements: Sequence[OwnershipStatement], stakes: OwnershipData, day: date
) -> Iterator[Fact]:
    certain = stakes.certain_pairs(day)
    for statement in statements:
        is_told = stakes.pair(statement) in certain and statement.holds_on(day) is Holds.UNKNOWN
        if statement.citation is None or is_told:
            continue
        kind = RELATIONS.get(statement.kind, statement.kind or "owner")
        sentence = text("{says} ({kind}).", says=stake_text(statement, day, stakes.name), kind=kind)
        if statement.asset != asset.key:
            sentence = text(
                "{says} It is above {asset} in the chain of owners.", says=sentence, asset=asset.name
            )
        if statement.period.start is not None and statement.holds_on(day) is not Holds.NO:
            sentence = text(
                "{says} Stated from {since} on.", says=sentence, since=as_stated(statement.period.start)
            )
        elif statement.stated_on is not None and statement.kind == SUBSIDIARY:
            sentence = text("{says} Stated in {year}.", says=sentence, year=str(statement.stated_on.year))
        elif statement.stated_on is not None:
            sentence = text("{says} Stated on {since}.", says=sentence, since=statement.stated_on)
        if statement.period.end is not None and statement.holds_on(day) is not Holds.NO:
            ended = (
                text("{says} Not repeated after {until}.")
                if statement.kind == NAMED_IN_LIST
                else text("{says} Until {until}.")
            )
            sentence = ended.filled(says=sentence, until=as_stated(statement.period.end))
        yield Fact(Topic.OWNER, sentence, (statement.citation,), parties=frozenset({asset.key}))
