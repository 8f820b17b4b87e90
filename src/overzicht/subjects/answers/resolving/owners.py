"""Owners of parties, from maker cards and the loaded registers and lists; and whether an owner is listed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from overzicht.dates import Holds, all_hold, any_holds
from overzicht.devices.knowledge import load_knowledge
from overzicht.entities.ownership import OwnershipStatement
from overzicht.evidence import Answer, text
from overzicht.evidence.text import Value
from overzicht.names.normal import name_key
from overzicht.parties.makers import known_parties
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.days import Span
from overzicht.subjects.answers.reading.framing import is_ended
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, no_name, unknown
from overzicht.subjects.answers.resolving.brands import made_by
from overzicht.subjects.answers.resolving.ownership_chains import (
    SUBSIDIARY,
    Path,
    as_stated,
    end_of,
    is_over,
    owners_above,
    paths_above,
    stakes_in,
)
from overzicht.subjects.answers.resolving.target import OnTarget, entry_facts, every_list, on_target
from overzicht.subjects.overview.ownership import OwnershipData

KINDS = {
    "parent": text("parent"),
    "ultimate parent": text("ultimate parent"),
    "controlling shareholder": text("controlling shareholder"),
    "shareholder": text("shareholder"),
    "subsidiary": text("parent of a subsidiary"),
}  # of owners on cards and by brands
_FORMER = re.compile(r"\b(?:former|previous|voormalig|vroeger|vorige|eerder)e?\b", re.IGNORECASE)
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
    stakes, day = stakes_in(asset, resolving), min(resolving.day_of(query), resolving.as_of)
    chain = sorted(
        owners_above(asset.key, stakes, resolving.as_of), key=lambda s: _order(s, asset, query, day)
    )
    direct = [statement for statement in chain if statement.asset == asset.key]
    made = None
    if not direct and load_knowledge().brands.find(asset.name) is not None:
        made = made_by(query, reading, resolving)
        if not others or _BEHIND.search(query.words):
            return made
    if not direct:
        answer = _none_now(asset, (), stakes)
        return answer if made is None else replace(answer, facts=made.facts)
    facts = tuple(_facts(asset, chain, stakes))
    if others:
        return QueryAnswer(_other_owner(stakes.name(direct[0].owner), asset), facts)
    return QueryAnswer(_owner_line(asset, direct, stakes, day, is_today=day == resolving.as_of), facts)


def _owner_line(
    asset: Subject, direct: Sequence[OwnershipStatement], stakes: OwnershipData, day: date, *, is_today: bool
) -> FirstLine:
    """Return the line with the owners on a date, by the statements in order of their weight."""
    best, state = direct[0], direct[0].holds_on(day)
    names = dict.fromkeys(
        stakes.name(s.owner) for s in direct if _rank(s) == _rank(best) and s.holds_on(day) is state
    )
    owner = "; ".join(list(names)[:3])
    values: dict[str, Value] = {"owner": owner, "party": asset.name, "day": day}
    if is_over(best, day):
        sentence = text(
            "{owner}: a source names it as the owner of {party} until {until}, and none a later one.",
            until=end_of(best),
            **values,
        )
    elif is_today:
        sentence = text("{owner}: a source names it as the owner of {party}.", **values)
    elif state is Holds.YES:
        sentence = text("{owner}: by a source the owner of {party} on {day}.", **values)
    else:
        line = text("Unknown: no source names an owner of {party} on {day}; the facts have others.", **values)
        return FirstLine(FirstKind.UNKNOWN, line)
    return FirstLine(FirstKind.VALUE, sentence, owner)


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
        facts = tuple(_facts(asset, list(dict.fromkeys(s for path in paths for s in path)), stakes))
        if is_clear and asset is not parties[0]:
            return QueryAnswer(_other_owner(others[0].name, asset), facts)
        span = resolving.span_of(query).until(resolving.as_of)
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
    """Return whether an owner of the parties of a query is listed."""
    if not query.subjects:
        return no_name()
    asset, day = query.subjects[0], resolving.day_of(query)
    stakes = stakes_in(asset, resolving)
    paths = [
        path
        for path in paths_above(asset.key, stakes, day)
        if not any(is_over(s, day) and s.kind != NAMED_IN_LIST for s in path)
    ]
    chain = list(dict.fromkeys(statement for path in paths for statement in path))
    if not chain:
        return _none_now(asset, list(owners_above(asset.key, stakes, day)), stakes)
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
        return QueryAnswer(FirstLine(FirstKind.POSSIBLE, sentence), (*facts, *entry_facts([possible])))
    if any(result.answer is Answer.NOT_CHECKED for result in answers):
        sentence = text(
            "Not checked: no loaded list covers {day} for the owners of {party}.", day=day, party=asset.name
        )
        return QueryAnswer(FirstLine(FirstKind.NOT_CHECKED, sentence), facts)
    sentence = text(
        "No: no owner of {party} that the sources name is listed on {day}.", party=asset.name, day=day
    )
    return QueryAnswer(FirstLine(FirstKind.NO, sentence), facts)


def _none_now(asset: Subject, former: Sequence[OwnershipStatement], stakes: OwnershipData) -> QueryAnswer:
    """Return the answer about a party without an owner on a date, by the sources."""
    if former:
        sentence = text("Unknown: the sources name only former owners of {party}.", party=asset.name)
        return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), tuple(_facts(asset, former, stakes)))
    sentence = text(
        "Unknown: no loaded source names an owner of {party}. A company register would tell.",
        party=asset.name,
    )
    return unknown(sentence, Topic.OWNER)


def _owner_listed(asset: Subject, result: OnTarget) -> FirstLine:
    title = result.current[0].card.heading if result.target.is_general else result.target.text
    sentence = text(
        "Yes: {owner}, an owner of {party}, is listed on {list}.",
        owner=result.subject.name,
        party=asset.name,
        list=title,
    )
    return FirstLine(FirstKind.YES, sentence)


def _statement_of(
    owner: Subject, chain: Sequence[OwnershipStatement], stakes: OwnershipData
) -> OwnershipStatement:
    """Return the nearest statement on an owner."""
    return next(s for s in chain if s.owner == owner.key or stakes.name(s.owner) == owner.name)


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


def _facts(asset: Subject, statements: Sequence[OwnershipStatement], stakes: OwnershipData) -> Iterator[Fact]:
    for statement in statements:
        if statement.citation is None:
            continue
        party = asset.name if statement.asset == asset.key else stakes.name(statement.asset)
        values: dict[str, Value] = {
            "owner": stakes.name(statement.owner),
            "party": party,
            "kind": KINDS.get(statement.kind, statement.kind or "owner"),
        }
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
                "{says} Stated from {since} on.", says=sentence, since=as_stated(statement.period.start)
            )
        elif statement.stated_on is not None and statement.kind == SUBSIDIARY:
            sentence = text("{says} Stated in {year}.", says=sentence, year=str(statement.stated_on.year))
        elif statement.stated_on is not None:
            sentence = text("{says} Stated on {since}.", says=sentence, since=statement.stated_on)
        if statement.period.end is not None:
            ended = (
                text("{says} Not repeated after {until}.")
                if statement.kind == NAMED_IN_LIST
                else text("{says} Until {until}.")
            )
            sentence = ended.filled(says=sentence, until=as_stated(statement.period.end))
        yield Fact(Topic.OWNER, sentence, (statement.citation,), parties=frozenset({asset.key}))
