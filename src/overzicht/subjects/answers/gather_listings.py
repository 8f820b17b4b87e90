"""Listings on the date: of makers, and of all parties that a list names with a subject matter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.evidence import Answer, Text, text, unique
from overzicht.evidence.text import Value
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.parties.makers import known_parties
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import load_card
from overzicht.store.database import Store
from overzicht.store.list_records import records_with_words, versions_of_records
from overzicht.subjects.answers.acts import acts_on, is_minimum
from overzicht.subjects.answers.facts import (
    Fact,
    Gap,
    MakerListing,
    SetContext,
    Topic,
    telling_words,
)
from overzicht.subjects.answers.reading.lexicon import words_of_theme
from overzicht.subjects.answers.value_names import party_name
from overzicht.subjects.lists.listings import FoundListing, LoadedLists
from overzicht.subjects.screening.lookup import ask_lists

NAMES_SHOWN = 8  # more names than these are counted, not listed


def listings_of_makers(store: Store, makers: Iterable[str], as_of: date) -> list[MakerListing]:
    """Return the parties' own listings in force on the date, by party, list and record."""
    # the query of each party: all names on its card, or the one name of a party without a card
    queries: list[PartyQuery] = []
    parties = frozenset(makers)
    known = known_parties()
    for party in sorted(parties):
        queries.append(known[party].query if party in known else PartyQuery(id=party, names=(party,)))
    listings = [
        MakerListing(answered.query.id, listing)
        for answered in ask_lists(store, queries, as_of=as_of)
        for listing in answered.listings
        if listing.state.answer is Answer.FOUND
    ]
    return sorted(
        listings, key=lambda item: (item.maker, item.listing.card.id, item.listing.state.listing.id)
    )


def maker_listings(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield each listing of a maker."""
    listings = [item for item in context.listings if item.maker in context.everybody]
    for item in listings:
        parties, words = frozenset({item.maker}), item.words
        themes = frozenset(theme for theme in context.themes if _names(words, theme))
        yield Fact(
            Topic.LISTING, listing_text(item), (item.listing.citation,), parties=parties, themes=themes
        )


def listing_text(listing: MakerListing) -> Text:
    """Return the sentence on a listing of a maker: list, measure and start date."""
    state = listing.listing.state
    sentence = text(
        "{maker} is listed on “{list}” ({measure}), since {since}.",
        maker=party_name(listing.maker),
        list=listing.listing.card.heading,
        measure=state.listing.measure,
        since=state.since.day,
    )
    if state.version.is_starter:
        return text(
            "{says} (A fact that ships with the product; the list itself is not loaded.)", says=sentence
        )
    return sentence


@dataclass(frozen=True, slots=True)
class _OnList:
    card: ListCard
    current: tuple[FoundListing, ...]  # in force on the date
    later: tuple[FoundListing, ...]  # not in force on the date
    unsure: tuple[FoundListing, ...]  # the loaded versions do not cover the date

    @property
    def is_any(self) -> bool:
        return bool(self.current or self.later or self.unsure)


def theme_listings(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield per list the persons and entities that it names with a theme on the date, with start dates."""
    for theme in sorted(context.themes):
        with context.own.store.reading() as connection:
            loaded_lists = LoadedLists(connection)
            # by list the records that any loaded version names with a theme; starter facts are also
            # versions. A list's own file often leaves out the reason; the act states it (`acts.yml`).
            acts = acts_on(theme)
            search_words = [*words_of_theme(theme), *(word for act in acts for word in act.search_words)]
            keys = [s.key for s in loaded_lists.stored if load_card(s.snapshot.source).publisher_is_official]
            themed: dict[str, list[str]] = {}
            places = records_with_words(connection, keys, search_words)
            versions = versions_of_records(connection, [record_id for _, record_id in places])
            for source, record_id in places:
                listed = [
                    (record, listing) for _, record, _ in versions[record_id] for listing in record.listings
                ]
                if any(
                    _names(telling_words(record, listing), theme)
                    or any(act.covers(record, listing) for act in acts)
                    for record, listing in listed
                ):
                    themed.setdefault(source, []).append(record_id)
            results = [
                (
                    _on_list(loaded_lists, list_id, themed.get(list_id, ()), context.as_of),
                    loaded_lists.coverage(list_id, context.as_of),
                )
                for list_id in loaded_lists.lists_on(context.as_of)
                if load_card(list_id).publisher_is_official
            ]
        for on_list, coverage in results:
            if on_list.is_any:
                is_exact = coverage.covers_date and not is_minimum(theme, on_list.card.id, context.as_of)
                yield _theme_fact(on_list, theme, context.as_of, is_exact=is_exact)
            if not coverage.covers_date:
                sentence = text(
                    "The list “{list}” was not checked as a whole for {day}: {note}.",
                    list=on_list.card.heading,
                    day=context.as_of,
                    note=coverage.note,
                )
                yield Gap(Topic.LISTED_FOR, sentence, themes=frozenset({theme}), list_id=on_list.card.id)


def _on_list(loaded_lists: LoadedLists, list_id: str, records: Sequence[str], as_of: date) -> _OnList:
    """Return the listings of records of a list on the date; for a record, a listing in force counts first."""
    by_record: dict[str, FoundListing] = {}
    loaded_lists.preload(records)
    for record in records:
        match = PartyMatch(query_id=record, record_id=record, list_id=list_id, score=1.0, matched_on=record)
        for listing in loaded_lists.listings(match, as_of):
            known = by_record.get(record)
            is_in_force = listing.state.answer is Answer.FOUND
            if known is None or is_in_force > (known.state.answer is Answer.FOUND):
                by_record[record] = listing
    states = list(by_record.values())
    return _OnList(
        load_card(list_id),
        tuple(state for state in states if state.state.answer is Answer.FOUND),
        tuple(state for state in states if state.state.answer is Answer.NOT_FOUND),
        tuple(state for state in states if state.state.answer is Answer.NOT_CHECKED),
    )


def _names(words: str, theme: str) -> bool:
    return any(part in words for part in words_of_theme(theme))


def _theme_fact(on_list: _OnList, theme: str, day: date, *, is_exact: bool) -> Fact:
    listings = on_list.current or on_list.later or on_list.unsure
    cited = unique(listing.citation for listing in listings)
    if on_list.current:
        persons = sum(listing.state.record.schema in PERSON_SCHEMATA for listing in on_list.current)
        listings = on_list.current
        if len(listings) > NAMES_SHOWN:
            names = ""
        else:
            names = f": {'; '.join(sorted(listing.state.record.caption for listing in listings))}"
        days = sorted({listing.state.since.day for listing in on_list.current})
        if len(days) == 1:
            since = text("since {day}", day=days[0])
        else:
            since = text("the first since {first}, the newest since {last}", first=days[0], last=days[-1])
        values: dict[str, Value] = {
            "list": on_list.card.heading,
            "day": day,
            "persons": persons,
            "entities": len(on_list.current) - persons,
            "who": names,
            "since": since,
        }
        sentence = text(
            "On {day} the list “{list}” names with this subject {persons} persons and {entities} bodies or "
            "companies, {since}{who}."
        )
        if not is_exact:
            sentence = text(
                "On {day} the list “{list}” names with this subject at least {persons} persons and "
                "{entities} bodies or companies, {since}{who}."
            )
        sentence = sentence.filled(**values)
    elif on_list.later:
        sentence = text(
            "On {day} the list “{list}” has none of the {count} persons, bodies and companies that it names "
            "with this subject on other days.",
            list=on_list.card.heading,
            day=day,
            count=len(on_list.later),
        )
    else:
        sentence = text(
            "The list “{list}” names {count} persons, bodies and companies with this subject. The loaded "
            "versions do not show whether it already named them on {day}.",
            list=on_list.card.heading,
            day=day,
            count=len(on_list.unsure),
        )
    count = None if on_list.unsure and not on_list.current and not on_list.later else len(on_list.current)
    return Fact(
        Topic.LISTED_FOR, sentence, cited, themes=frozenset({theme}), list_id=on_list.card.id, count=count
    )
