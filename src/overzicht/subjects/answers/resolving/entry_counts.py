"""Counts of entries of a list: by day of addition, act, programme, place, kind of party or subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rigour.territories import get_territory

from overzicht.entities import Listing, Record
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.phrases import joined
from overzicht.evidence.text import Value
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.sources.lists.registry import load_card
from overzicht.store.list_records import records_of_snapshot
from overzicht.store.snapshots import StoredSnapshot
from overzicht.subjects.answers.facts import Fact, Gap, Topic, telling_words
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.days import Span
from overzicht.subjects.answers.reading.lexicon import (
    ListTarget,
    countries_named,
    has_any,
    lexicon,
    lists_named,
    names_of,
    themes_in,
)
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, unknown
from overzicht.subjects.answers.resolving.target import coverage_of, every_list, is_measure
from overzicht.subjects.answers.value_names import place_text

NAMES_SHOWN = 12  # more names than these are counted only
_SEVERAL_KINDS = re.compile(
    r"\b(?:personen|persons|people|individuals|mensen|bedrijven|companies|firms|ondernemingen|schepen|vessels|"
    r"ships)(?:,| en| and| of| or| &) "
    r"(?!(?:staan|zijn|are|were|werden|wie|who|welke|which|hoeveel|how|wat|what|since)\b)\w+",
    re.IGNORECASE,
)  # `persons and groups` are all
_ACT = re.compile(r"\b(\d{2,3} ?F\.? ?R\.? ?\d{3,6}|\d{4}/\d{2,4}|\d{2,4}/\d{4}|3\d{4}[RD]\d{4})\b")


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Filter for entries; an empty field does not restrict the count."""

    added: Span | None = None
    acts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    regimes: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    schema: str = ""
    themes: frozenset[str] = frozenset()

    def passes(self, record: Record, listing: Listing) -> bool:
        """Return whether an entry counts."""
        programme, act = listing.programme.casefold(), _squashed(listing.act)
        return (
            (self.added is None or _is_added(self.added, listing))
            and (not self.acts or any(_squashed(named) in act for named in self.acts))
            and (not self.programmes or any(named.casefold() in programme for named in self.programmes))
            and (not self.regimes or any(_is_under(regime, listing) for regime in self.regimes))
            and (not self.themes or bool(self.themes & themes_in(telling_words(record, listing))))
            and (not self.places or any(_is_of_place(place, record, listing) for place in self.places))
            and (not self.schema or _is_of(record.schema, self.schema))
        )


def _is_added(span: Span, listing: Listing) -> bool:
    start = listing.period.start
    return start is not None and span.first <= start.day <= span.last


def _is_of_place(place: str, record: Record, listing: Listing) -> bool:
    """Return whether a party has a country by its record, or is listed under the regime on it (`EU-GTM`)."""
    if place.casefold() in _places(record):
        return True
    territory = get_territory(place)
    return territory is not None and (
        territory.name.casefold() in listing.programme.casefold()
        or (territory.alpha3 or place).upper() in _codes(listing)
    )


def _is_under(regime: str, listing: Listing) -> bool:
    """Return whether the programme of a listing has the code of a regime, or its name in words."""
    return regime in _codes(listing) or has_any(lexicon().regimes[regime], listing.programme)


def _codes(listing: Listing) -> frozenset[str]:
    """Return the codes in the programme of a listing: `EU-GTM` has EU and GTM."""
    return frozenset(re.split(r"[^A-Z0-9]+", listing.programme.upper()))


def _is_of(schema: str, expected: str) -> bool:
    if expected == "Person":
        return schema in PERSON_SCHEMATA
    if expected == "Vessel":
        return schema in {"Vessel", "Airplane"} and schema == expected
    return schema not in PERSON_SCHEMATA and schema not in {"Vessel", "Airplane"}


def _squashed(act: str) -> str:
    """Return an act in one form: `85 FR 34505`, `85 F.R. 34505`; `32020R1998` is `2020/1998`."""
    plain = re.sub(r"[ .]", "", act).casefold()
    plain = re.sub(r"3(\d{4})[rd]0*(\d{1,4})", r"\1/\2", plain)
    return re.sub(r"(?<!\d)(\d{1,4})/(19\d\d|200\d|201[0-4])(?!\d)", r"\2/\1", plain)  # until 2014


def _places(record: Record) -> frozenset[str]:
    props = ("country", "jurisdiction", "mainCountry", "flag")
    return frozenset(value.casefold() for prop in props for value in record.values(prop))


@dataclass(frozen=True, slots=True)
class Counted:
    """The entries of a list that count, and the version they are in."""

    stored: StoredSnapshot
    records: tuple[Record, ...]
    is_whole: bool


def who_listed(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the names of the entries on the lists of a query, for a few, else their number."""
    return how_many_listed(query, reading, resolving, by_name=True)


def how_many_listed(
    query: Query, reading: Reading, resolving: Resolving, *, by_name: bool = False
) -> QueryAnswer:
    """Return the number of entries on the lists of a query."""
    if not query.lists and not reading.themes:
        return unknown(text("Unknown: the question names no list whose entries can be counted."))
    day = resolving.day_of(query)
    is_added = query.span is not None and _is_of_added(query.span, query.cues)
    targets = query.lists or (every_list(),)
    added = resolving.span_of(query) if is_added else None
    words = query.words
    _, bare = lists_named(words)
    named = tuple(subject.name for subject in query.subjects) if query.is_named else ()
    acts = tuple(_ACT.findall(words))
    schema = kind_of_party(bare)
    # a text without the names of parties: a place in a name says nothing about the subject
    for name in query.others:
        words = words.replace(name, " ")
    filters = EntryFilter(
        added=added,
        acts=acts,
        programmes=named,
        regimes=frozenset(names_of(lexicon().regimes, words)),
        themes=themes_in(words),
        places=() if acts else tuple(countries_named(bare)),  # an act says more than its country
        schema="" if schema == "Organization" and "parties" in words.casefold() else schema,
    )
    if reading.themes and query.span is None and not filters.acts:
        return by_theme(reading, resolving, targets)
    facts: list[Fact] = []
    total, is_covered, names = 0, False, []
    for target in targets:
        for counted in _counted(target, filters, resolving, resolving.as_of if is_added else day):
            source = counted.stored.snapshot.source
            is_covered = is_covered or coverage_of(target, source, day, resolving).covers_date
            total += len(counted.records)
            names += [record.caption for record in counted.records]
            facts.append(_fact(target, counted, filters, day))
    later = _later(targets, filters, resolving) if not total and not is_added else None
    if later is not None or not (total or is_covered):
        sentence = text(
            "Not checked: no loaded version of {list} covers {day}.", list=targets[0].text, day=day
        )
        return later or QueryAnswer(FirstLine(FirstKind.NOT_CHECKED, sentence))
    title, unsure = joined(target.text for target in targets), None
    if not total and filters.places and not _has_places(targets, resolving, day):
        unsure = text("Unknown: the entries of {list} state no country.", list=title)
    elif not total and filters.programmes:
        unsure = text(
            "Unknown: no entry of {list} has the programme “{programme}”. The question may name something "
            "else.",
            list=title,
            programme="; ".join(filters.programmes),
        )
    if unsure is not None:
        return QueryAnswer(FirstLine(FirstKind.UNKNOWN, unsure), tuple(facts))
    if by_name and total and total <= NAMES_SHOWN:
        return QueryAnswer(_named(title, sorted(names)), tuple(facts))
    sentence = (
        text(
            "{count} entries were added to {list} {when}.", count=total, list=title, when=_when(filters.added)
        )
        if filters.added
        else text("{count} entries of {list} fit the question on {day}.", count=total, list=title, day=day)
    )
    return QueryAnswer(FirstLine(FirstKind.NUMBER, sentence, str(total)), tuple(facts))


def _is_of_added(span: Span, cues: frozenset[str]) -> bool:
    """Return whether a count is about additions, and not about the whole list as of a date."""
    return "added" in cues or span.begun_by is not None or not (span.is_day or "state" in cues)


def _later(targets: Sequence[ListTarget], filters: EntryFilter, resolving: Resolving) -> QueryAnswer | None:
    """Return the number of entries that take effect later, as a version until now states; None if none do."""
    known = resolving.as_of
    counted = [
        item
        for target in targets
        for item in _counted(target, filters, resolving, date.max, known)
        if item.records and (item.stored.version.day <= known or not item.stored.version.is_dated)
    ]
    starts = [
        listing.period.start.day
        for item in counted
        for record in item.records
        for listing in record.listings
        if listing.period.start is not None
    ]
    if not starts or min(starts) <= resolving.as_of:
        return None
    count, title = sum(len(item.records) for item in counted), joined(target.text for target in targets)
    sentence = text(
        "{count} entries of {list} fit the question; they take effect on {day}.",
        count=count,
        list=title,
        day=min(starts),
    )
    if min(starts) != max(starts):
        sentence = text(
            "{count} entries of {list} fit the question; the first takes effect on {first}, the last on "
            "{last}.",
            count=count,
            list=title,
            first=min(starts),
            last=max(starts),
        )
    facts = tuple(_fact(targets[0], item, filters, resolving.as_of) for item in counted)
    return QueryAnswer(FirstLine(FirstKind.NUMBER, sentence, str(count)), facts)


def _has_places(targets: Sequence[ListTarget], resolving: Resolving, day: date) -> bool:
    """Return whether any entry of the lists states a country."""
    return any(
        _places(record)
        for target in targets
        for counted in _counted(target, EntryFilter(), resolving, day)
        for record in counted.records
    )


def _named(title: Value, names: Sequence[str]) -> FirstLine:
    """Return the first line that names entries: three of them in the sentence, all in its value."""
    first_names = "; ".join(names[:3]) + (" …" if len(names) > 3 else "")
    sentence = text("{count} entries of {list}: {who}.", count=len(names), list=title, who=first_names)
    return FirstLine(FirstKind.VALUE, sentence, "; ".join(names))


def _when(span: Span) -> Text:
    if span.is_day:
        return text("on {day}", day=span.first)
    if span.first == date.min:
        return text("until {last}", last=span.last)
    return text("from {first} to {last}", first=span.first, last=span.last)


def kind_of_party(words: str) -> str:
    """Return the one schema of FollowTheMoney that a question counts; empty for several kinds or none."""
    schemata = names_of(lexicon().schemata, words)
    return schemata[0] if len(schemata) == 1 and _SEVERAL_KINDS.search(words) is None else ""


def _counted(
    target: ListTarget, filters: EntryFilter, resolving: Resolving, day: date, known: date | None = None
) -> Iterator[Counted]:
    """Yield the entries in force as of a date, by the versions until `known` (None: until that date)."""
    known = known or day
    loaded = resolving.lookup.loaded_lists
    lists = list(target.measures or loaded.lists_on(day))
    lists.sort(key=lambda name: not coverage_of(target, name, day, resolving).covers_date)
    for list_id in lists:
        parts: dict[str, StoredSnapshot] = {}
        for stored in loaded.stored:  # by date within a part
            is_own = stored.snapshot.source == list_id and not stored.is_starter
            if is_own and (stored.version.day <= known or stored.snapshot.part not in parts):
                parts[stored.snapshot.part] = stored
        if only := target.parts.get(list_id):
            parts = {part: stored for part, stored in parts.items() if part == only}
        for stored in parts.values():
            kept = {
                record.id: record
                for record in records_of_snapshot(resolving.lookup.connection, stored.key)
                for listing in record.listings
                if is_measure(target, list_id, listing, stored.snapshot.part)
                and _is_in_force(listing, stored, day)
                and filters.passes(record, listing)
            }
            if kept or len(parts) == 1:
                yield Counted(stored, tuple(kept.values()), stored.version.day <= day)
        if parts:
            return  # the lists of one target have the same entries


def _is_in_force(listing: Listing, stored: StoredSnapshot, day: date) -> bool:
    period = listing.period
    if period.end is not None and period.end.day <= day:
        return False
    if period.start is not None:
        return period.start.day <= day
    return stored.version.day <= day or not stored.version.is_dated


def _fact(target: ListTarget, counted: Counted, filters: EntryFilter, day: date) -> Fact:
    card = load_card(counted.stored.snapshot.source)
    names = sorted(record.caption for record in counted.records)
    sentence = text(
        "The list “{list}”, in {version}, has {count} entries of {target} that fit the question.",
        list=card.heading,
        version=counted.stored.version.words,
        count=len(names),
        target=target.text,
    )
    if filters.places:
        sentence = text(
            "{says} Place: {place}.", says=sentence, place=joined(map(place_text, filters.places))
        )
    if filters.added is not None:
        sentence = text("{says} Added {when}.", says=sentence, when=_when(filters.added))
    if filters.acts:
        sentence = text("{says} Act: {act}.", says=sentence, act="; ".join(filters.acts))
    if names and len(names) <= NAMES_SHOWN:
        sentence = text("{says} These are: {who}.", says=sentence, who="; ".join(names))
    return Fact(Topic.LISTING, sentence, (Citation.of(counted.stored.snapshot, "", title=card.title),))


def by_theme(reading: Reading, resolving: Resolving, targets: tuple[ListTarget, ...]) -> QueryAnswer:
    """Return the counts of the entries that lists name with a subject, of the lists of the targets."""
    targets = targets or (every_list(),)
    lists = {list_id for target in targets for list_id in target.measures}

    def is_meant(item: Fact | Gap) -> bool:
        return bool(item.themes & reading.themes) and (not lists or item.list_id in lists)

    about, title, day = (
        resolving.facts.about([Topic.LISTED_FOR]),
        joined(t.text for t in targets),
        resolving.as_of,
    )
    facts, gaps = tuple(filter(is_meant, about.facts)), tuple(filter(is_meant, about.gaps))
    counts = [item.count for item in facts if item.count is not None]
    if not counts:
        sentence = text("Not checked: no loaded version of {list} covers {day}.", list=title, day=day)
        return QueryAnswer(FirstLine(FirstKind.NOT_CHECKED, sentence), facts, gaps)
    if lists:
        number = max(counts)
        sentence = text(
            "{count} entries of {list} are about this subject on {day}.", count=number, list=title, day=day
        )
    else:
        number = sum(count > 0 for count in counts)
        sentence = text(
            "{lists} official lists name parties with this subject on {day}.", lists=number, day=day
        )
    return QueryAnswer(FirstLine(FirstKind.NUMBER, sentence, str(number)), facts, gaps)
