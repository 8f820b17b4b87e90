"""Entries of a party on the lists that a question names, on a date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import DateBasis
from overzicht.entities import Band, Listing
from overzicht.entities.history import Coverage, coverage
from overzicht.evidence import Answer, Citation, Text, text
from overzicht.evidence.phrases import joined
from overzicht.evidence.text import Value
from overzicht.names.normal import name_key
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.answers.facts import Fact, Gap, Topic
from overzicht.subjects.answers.reading.lexicon import ListTarget, lexicon
from overzicht.subjects.answers.reading.names import Subject, known_id
from overzicht.subjects.answers.reading.query import Query
from overzicht.subjects.answers.resolving.base import Resolving
from overzicht.subjects.lists.listings import FoundListing

_SEVERAL = re.compile(r"\b(?:both|each|either|neither|beiden?|allebei|elk|geen van)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OnTarget:
    """The answer of the lists of a target about a party on a date.

    `entries` are the party's own, `possible` similar ones; `covering` are the lists that cover the date.
    """

    subject: Subject
    target: ListTarget
    day: date
    answer: Answer
    entries: tuple[FoundListing, ...]
    possible: tuple[FoundListing, ...]
    covering: tuple[str, ...]
    others: int  # lists of the target that do not cover the date

    @property
    def current(self) -> tuple[FoundListing, ...]:
        """The party's own entries in force on the date."""
        return tuple(entry for entry in self.entries if entry.state.answer is Answer.FOUND)

    @property
    def unclear(self) -> tuple[FoundListing, ...]:
        """The party's own entries that may have been in force on the date: no version shows it."""
        return tuple(entry for entry in self.entries if entry.state.answer is Answer.NOT_CHECKED)

    @property
    def since(self) -> date | None:
        """The first day of the entries in force, else of all entries; None without an entry."""
        entries = self.current or self.entries
        return min((entry.state.since.day for entry in entries), default=None)

    @property
    def until(self) -> date | None:
        """The last end of the entries; None if one has no end, or without an entry."""
        ends = [entry.state.until for entry in self.current or self.entries]
        known = [end.day for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None


def every_list() -> ListTarget:
    """Return all lists as one target."""
    return next(target for target in lexicon().lists if target.id == "any")


def has_measure(target: ListTarget, listing: FoundListing) -> bool:
    """Return whether an entry is on a list as a question names it."""
    if not target.measures:
        return True
    state = listing.state
    part = state.version.snapshot.part
    return listing.card.id in target.measures and is_measure(target, listing.card.id, state.listing, part)


def is_measure(target: ListTarget, list_id: str, listing: Listing, part: str) -> bool:
    """Return whether the measure, a programme or the part of an entry begins as the target names them."""
    measures = target.measures.get(list_id, ())
    words = [listing.measure, part, *(programme.strip() for programme in listing.programme.split(";"))]
    named = tuple(measure.casefold() for measure in measures)
    return not named or any(word.casefold().startswith(named) for word in words)


def on_target(subject: Subject, target: ListTarget, day: date, resolving: Resolving) -> OnTarget:
    """Return the answer of a target about a party on a date; one after that of the draft is not checked."""
    if target.is_unread:
        return OnTarget(subject, target, day, Answer.NOT_CHECKED, (), (), (), 1)
    entries, possible = _entries(subject, target, day, resolving)
    loaded = resolving.lookup.loaded_lists
    lists = [name for name in target.measures or loaded.lists_on(day) if load_card(name).existed_on(day)]
    covering = tuple(name for name in lists if coverage_of(target, name, day, resolving).covers_date)
    # the entries without copies, of a list that covers the date, which that list no longer has. A copy
    # from a list that covers the date as well stays, and so does one whose names the copied list has.
    kept = []
    for entry in entries:
        copied = entry.effect.repeats
        if entry.card.id not in covering and copied in covering:
            named = replace(subject, aliases=(*subject.aliases, *entry.state.record.names))
            result = resolving.listings_of(named, entry.as_of)
            if not any(listing.card.id == copied for listing in (*result.listings, *result.possible)):
                continue
        kept.append(entry)
    entries = tuple(kept)
    answer = Answer.NOT_CHECKED if day > resolving.as_of else _answer(entries, possible, covering)
    return OnTarget(subject, target, day, answer, entries, possible, covering, len(lists) - len(covering))


def _entries(
    subject: Subject, target: ListTarget, day: date, resolving: Resolving
) -> tuple[tuple[FoundListing, ...], tuple[FoundListing, ...]]:
    """Return the entries of a party on the lists of a target, and those with a similar name."""
    result = resolving.listings_of(subject, min(day, resolving.as_of))
    own, possible = (
        _unique(listing for listing in listings if has_measure(target, listing))
        for listings in (result.listings, result.possible)
    )
    return own, possible


def coverage_of(target: ListTarget, list_id: str, day: date, resolving: Resolving) -> Coverage:
    """Return whether a list covers a date for a target, by the part with all of its measures if set."""
    loaded, part = resolving.lookup.loaded_lists, target.parts.get(list_id, "")
    if not part:
        return loaded.coverage(list_id, day)
    return coverage(loaded.versions(list_id, part), day, stale_after_days=load_card(list_id).stale_after_days)


def _unique(listings: Iterator[FoundListing]) -> tuple[FoundListing, ...]:
    return tuple({(li.card.id, li.state.record.id, li.state.listing.id): li for li in listings}.values())


def _answer(
    entries: Sequence[FoundListing], possible: Sequence[FoundListing], covering: Sequence[str]
) -> Answer:
    answers = {entry.state.answer for entry in entries if entry.match.band is Band.MATCH}
    if Answer.FOUND in answers:
        return Answer.FOUND
    if Answer.NOT_CHECKED in answers:
        return Answer.NOT_CHECKED
    if Answer.NOT_FOUND in answers:
        return Answer.NOT_FOUND
    if possible:
        return Answer.POSSIBLE
    return Answer.NOT_FOUND if covering else Answer.NOT_CHECKED


def answers_of(query: Query, resolving: Resolving) -> list[OnTarget]:
    """Return the answers for every party and list of a query."""
    day = resolving.day_of(query)
    targets = query.lists or (every_list(),)
    # the parties that `and` joins in a name, if no list has the whole name and some has each part
    subjects: list[Subject] = []
    for subject in query.subjects:
        parties: tuple[Subject, ...]
        if not subject.parts or resolving.listings_of(subject, resolving.as_of).listings:
            parties = (subject,)
        else:
            parts = tuple(Subject(name, known_id(name)) for name in subject.parts)
            is_several = _SEVERAL.search(query.words) is not None
            if is_several or all(resolving.listings_of(part, resolving.as_of).listings for part in parts):
                parties = parts
            else:
                parties = (subject,)
        subjects.extend(parties)
    resolving.ask([subject.query for subject in subjects], min(day, resolving.as_of))
    # an answer without the similar entries that are those of another party in the question. A party of
    # the same clause that the query leaves unanswered keeps its entries.
    answers: list[OnTarget] = []
    for each_subject in subjects:
        for target in targets:
            result = on_target(each_subject, target, day, resolving)
            answered = {subject.name for subject in query.subjects}
            known = [name for name in query.others if name in answered or name not in query.words]
            others = {name_key(name) for name in known if name_key(name) != name_key(result.subject.name)}
            possible = tuple(
                entry
                for entry in result.possible
                if others.isdisjoint(map(name_key, entry.state.record.names))
            )
            if result.answer is not Answer.POSSIBLE or len(possible) == len(result.possible):
                answers.append(result)
                continue
            answers.append(
                replace(result, possible=possible, answer=_answer(result.entries, possible, result.covering))
            )
    if query.is_named:
        return answers
    listed = [result for result in answers if result.answer in {Answer.FOUND, Answer.POSSIBLE}]
    return listed or answers  # of the parties that the question mentions before, those that the lists know


def entry_facts(answers: Sequence[OnTarget]) -> Iterator[Fact]:
    """Yield the entries of the parties, and the lists that do not name them."""
    for result in answers:
        entries = result.current or result.entries
        for entry in entries:
            yield Fact(
                Topic.LISTING,
                entry_text(result.subject.name, entry, result.day),
                (entry.citation,),
                parties=frozenset({result.subject.key}),
                entry_of=(entry.card.id, measure_of(entry)),
            )
        if result.answer is Answer.POSSIBLE:
            for entry in result.possible:
                sentence = text(
                    "The list “{list}” has the entry “{entry}”: the name is like {party}. "
                    "Check whether it is this party.",
                    list=entry.card.heading,
                    entry=entry.state.record.caption,
                    party=result.subject.name,
                )
                yield Fact(
                    Topic.LISTING, sentence, (entry.citation,), parties=frozenset({result.subject.key})
                )


def measure_of(entry: FoundListing) -> str:
    """Return the measure of an entry, or the part of the list that it is in."""
    return entry.state.listing.measure or entry.state.version.snapshot.part


def entry_text(party: str, entry: FoundListing, day: date) -> Text:
    """Return the sentence on an entry of a party: list, measure, start, end and act."""
    state = entry.state
    values: dict[str, Value] = {
        "maker": party,
        "list": entry.card.heading,
        "since": state.since.day,
        "measure": measure_of(entry),
    }
    is_bound = state.since.basis is DateBasis.NOT_LATER_THAN
    if state.until is not None and state.until.day <= day:
        sentence = text(
            "{maker} was listed on “{list}” ({measure}) from {since} until {until}.",
            until=state.until.day,
            **values,
        )
    elif state.since.day > day and not is_bound:
        sentence = text("{maker} is listed on “{list}” ({measure}) only from {since} on.", **values)
    elif state.since.day > day:
        sentence = text(
            "{maker} is listed on “{list}” ({measure}) from {since} at the latest. No loaded version shows "
            "whether it was listed on {day}.",
            day=day,
            **values,
        )
    elif is_bound:
        sentence = text(
            "{maker} is listed on “{list}” ({measure}), since {since} at the latest. The list states "
            "no start.",
            **values,
        )
    else:
        sentence = text(
            "{maker} is listed on “{list}” ({measure}), since {since}.",
            **values,
        )
    if state.until is not None and state.since.day <= day < state.until.day and state.version.day <= day:
        # a later version knew the end, not this day
        sentence = text("{says} The listing ends on {until}.", says=sentence, until=state.until.day)
    if name_key(state.record.caption) != name_key(party):
        sentence = text("{says} Entry: “{entry}”.", says=sentence, entry=state.record.caption)
    if state.listing.act:
        sentence = text("{says} Act: {act}.", says=sentence, act=state.listing.act)
    if state.version.is_starter:
        return text(
            "{says} (A fact that ships with the product; the list itself is not loaded.)", says=sentence
        )
    return sentence


def absence_facts(answers: Sequence[OnTarget], resolving: Resolving) -> Iterator[Fact]:
    """Yield for each list that covers the date and does not name a party the version that shows it."""
    for result in answers:
        if result.answer is not Answer.NOT_FOUND or result.entries:
            continue
        for list_id in result.covering:
            nearest = coverage_of(result.target, list_id, result.day, resolving).nearest
            if nearest is None:
                continue
            card = load_card(list_id)
            sentence = text(
                "The list “{list}” in the version of {version} does not name {party}.",
                list=card.heading,
                version=nearest.day,
                party=result.subject.name,
            )
            cited = Citation.of(nearest.snapshot, "", title=card.title)
            yield Fact(Topic.LISTING, sentence, (cited,), parties=frozenset({result.subject.key}))


def gaps_of(answers: Sequence[OnTarget], resolving: Resolving) -> Iterator[Gap]:
    """Yield which lists could not be checked, and what a person must check."""
    for result in answers:
        sentence: Text | None
        party, day = result.subject.name, result.day
        if result.answer is Answer.POSSIBLE:
            lists = joined({entry.card.id: entry.card.heading for entry in result.possible}.values())
            sentence = text(
                "{party} is possibly listed on {day}: entries of {lists} have this name or a similar one. "
                "Check whether they are this party.",
                party=party,
                day=day,
                lists=lists,
            )
        elif result.target.is_general:
            sentence = _general_gap(result)
        elif result.answer is not Answer.NOT_CHECKED:
            sentence = None
        elif day > resolving.as_of:
            sentence = text("Not checked: {day} is after the date of this draft.", day=day)
        elif result.target.is_unread:
            sentence = text("{list} was not checked: no reader takes this list.", list=result.target.text)
        else:
            note = coverage_of(result.target, next(iter(result.target.measures)), day, resolving).note
            sentence = text(
                "{list} was not checked for {day}: {note}.", list=result.target.text, day=day, note=note
            )
        if sentence is not None:
            yield Gap(Topic.LISTING, sentence, frozenset({result.subject.key}))


def _general_gap(result: OnTarget) -> Text | None:
    """Return how many of several lists do not cover the date; None if all do and one names the party."""
    if result.answer is not Answer.FOUND:
        telling = set(result.covering) - {entry.card.id for entry in result.unclear}
        silent = result.others + len(result.covering) - len(telling)
        return text(
            "{party} was found on none of the {telling} lists that cover {day}; not checked: {silent} lists "
            "without a loaded version that covers this date (`overzicht lists update`).",
            party=result.subject.name,
            day=result.day,
            telling=len(telling),
            silent=silent,
        )
    if not result.others:
        return None
    return text(
        "{others} lists were not checked for {day}: no loaded version covers this date (`overzicht lists "
        "update`).",
        others=result.others,
        day=result.day,
    )
