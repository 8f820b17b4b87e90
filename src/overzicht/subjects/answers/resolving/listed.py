"""Listings of the parties that a question names: state, start date, reason and end date."""

from collections.abc import Callable, Sequence

from overzicht.evidence import text
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, no_name
from overzicht.subjects.answers.resolving.effects import (
    current_effects,
    effect_facts,
    freeze_line,
    is_freeze_of_party,
)
from overzicht.subjects.answers.resolving.entry_counts import by_theme, how_many_listed
from overzicht.subjects.answers.resolving.listing_lines import (
    listed_line,
    since_line,
    until_line,
    why_line,
)
from overzicht.subjects.answers.resolving.target import (
    OnTarget,
    absence_facts,
    answers_of,
    entry_facts,
    gaps_of,
)

LONGEST_REASON = 400  # characters of the reason of a listing


def listed_on(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether the parties of a query are on its lists."""
    if reading.themes and not query.is_named and query.lists and query.span is not None:
        return how_many_listed(query, reading, resolving)
    if reading.themes and not query.is_named:
        return by_theme(reading, resolving, query.lists)
    if not query.subjects:
        return no_name()
    answers = answers_of(query, resolving)
    facts = (*entry_facts(answers), *absence_facts(answers, resolving))
    if reading.themes and query.lists:
        about = by_theme(reading, resolving, query.lists).facts
        facts = (*facts[:1], *about, *facts[1:])
    line = listed_line(query, answers)
    if is_freeze_of_party(query) and line.kind is FirstKind.YES:
        line = freeze_line(query, answers) or line
        facts += tuple(effect_facts(current_effects(answers)))
    return QueryAnswer(line, facts, tuple(gaps_of(answers, resolving)))


def listed_since(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the first day of the listings of the parties of a query."""
    return _of_entries(query, reading, resolving, since_line)


def listed_why(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the acts and the reasons of the listings of the parties of a query."""
    answer = _of_entries(query, reading, resolving, why_line)
    reason_facts: list[Fact] = []
    for result in answers_of(query, resolving):
        for entry in result.current or result.entries:
            listing = entry.state.listing
            if listing.reason:
                words = " ".join(listing.reason.split())
                if len(words) > LONGEST_REASON:
                    words = f"{words[:LONGEST_REASON].rsplit(' ', 1)[0]} …"
                sentence = text(
                    "“{list}” states as the reason for {party} ({act}): “{reason}”",
                    list=entry.card.heading,
                    party=result.subject.name,
                    act=listing.act or listing.programme or listing.measure,
                    reason=words,
                )
                reason_facts.append(
                    Fact(Topic.LISTING, sentence, (entry.citation,), parties=frozenset({result.subject.key}))
                )
    reasons = tuple(reason_facts)
    return QueryAnswer(answer.first, (*reasons, *answer.facts), answer.gaps)


def _of_entries(
    query: Query, reading: Reading, resolving: Resolving, line: Callable[[Sequence[OnTarget]], FirstLine]
) -> QueryAnswer:
    """Return the line on the parties with an entry; without one, whether they are listed at all."""
    listed = [result for result in answers_of(query, resolving) if result.entries]
    if not listed:
        return listed_on(query, reading, resolving)
    best = [result for result in listed if result.current] or listed
    best = [result for result in best if result.subject.key == best[0].subject.key]
    return QueryAnswer(line(best), tuple(entry_facts(best)), tuple(gaps_of(best, resolving)))


def delisted(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether and when parties were removed from a list, or the end date of their listing."""
    if resolving.day_of(query) > resolving.as_of:
        return listed_on(query, reading, resolving)
    answers = answers_of(query, resolving)
    result = next((result for result in answers if result.entries), None)
    line = until_line(result, query) if result is not None else None
    if line is None:
        return listed_on(query, reading, resolving)
    return QueryAnswer(line, tuple(entry_facts(answers)), tuple(gaps_of(answers, resolving)))
