"""Details of an entry that a list states: other names, numbers, addresses, licence policy, reference."""

import re
from collections.abc import Iterator

from overzicht.evidence import text
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.lexicon import Detail, has_any, lexicon
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, no_name
from overzicht.subjects.answers.resolving.listed import listed_on
from overzicht.subjects.answers.resolving.target import answers_of, gaps_of
from overzicht.subjects.lists.listings import FoundListing

VALUES_SHOWN = 6  # values in a sentence
LONGEST = 160  # characters of a note
REFERENCE, REASON, NOTES = "reference", "reason", "notes"  # these are not properties of a record


def entry_detail(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return what the entries of the first party state about a detail, else whether it is listed at all."""
    if not query.subjects:
        return no_name()
    detail = next(item for item in lexicon().details if has_any(item.names, query.words))
    answers = [result for result in answers_of(query, resolving) if result.entries]
    if not answers:
        return listed_on(query, reading, resolving)
    facts: list[Fact] = []
    values: dict[str, None] = {}
    for result in answers:
        for entry in result.current or result.entries:
            stated = list(dict.fromkeys(_values(detail, entry, result.subject.name)))[:VALUES_SHOWN]
            if result.subject == answers[0].subject:
                values.update(dict.fromkeys(stated))
            if stated:
                sentence = text(
                    "“{list}” states as the {detail} of {party}: {values}.",
                    list=entry.card.heading,
                    detail=detail.text,
                    party=result.subject.name,
                    values="; ".join(stated),
                )
                parties = frozenset({result.subject.key})
                facts.append(Fact(Topic.LISTING, sentence, (entry.citation,), parties=parties))
    party, gaps = answers[0].subject.name, tuple(gaps_of(answers, resolving))
    if not values:
        sentence = text(
            "Unknown: the entries of {party} do not state the {detail}.", party=party, detail=detail.text
        )
        return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), tuple(facts), gaps)
    shown = "; ".join(list(values)[:2])
    sentence = text("{value}: the {detail} of {party}.", value=shown, detail=detail.text, party=party)
    return QueryAnswer(FirstLine(FirstKind.VALUE, sentence, "; ".join(values)), tuple(facts), gaps)


def _values(detail: Detail, entry: FoundListing, party: str) -> Iterator[str]:
    """Yield the values of a detail in an entry; of a note only the part that is about it."""
    record = entry.state.record
    for prop in detail.props:
        if prop == REFERENCE:
            yield from (
                part.removeprefix(f"{entry.card.id}-") for part in (entry.state.listing.id, record.id)
            )
        elif prop == REASON:
            if entry.state.listing.reason:
                yield entry.state.listing.reason[:LONGEST]
        elif prop == NOTES:
            notes = (
                part for note in record.values(NOTES) for part in re.split(r"[;\n]|(?<=[a-z)])\. ", note)
            )
            yield from (part.strip()[:LONGEST] for part in notes if has_any(detail.notes, part))
        else:
            yield from (value for value in record.values(prop) if value != party)
