"""Listings on the day: of makers, and of everybody whom a list names with a subject matter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.evidence import Answer, Text, text
from overzicht.evidence.phrases import joined
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.parties.known import known_parties
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import load_card
from overzicht.store.database import Store
from overzicht.store.record_words import records_with_words
from overzicht.store.records import versions_of_record
from overzicht.workflows.answers.acts import acts_on, is_minimum
from overzicht.workflows.answers.facts import Fact, Gap, MakerListing, Topic, Wanted, telling_words
from overzicht.workflows.answers.places import party_name
from overzicht.workflows.answers.recognise import words_of_theme
from overzicht.workflows.ask import ask_lists
from overzicht.workflows.listings import FoundListing, LoadedLists

_TELLING = frozenset({Answer.FOUND, Answer.NOT_FOUND})
NAMES_SHOWN = 8  # more names than these are counted, not listed


def listings_of_makers(store: Store, makers: Iterable[str], as_of: date) -> list[MakerListing]:
    """Return the listings in force on the day of parties themselves, by party, list and record."""
    queries = list(_queries(frozenset(makers)))
    found = [
        MakerListing(answered.query.id, listing)
        for answered in ask_lists(store, queries, as_of=as_of)
        for listing in answered.listings
        if listing.state.answer is Answer.FOUND
    ]
    return sorted(found, key=lambda one: (one.maker, one.found.card.id, one.found.state.listing.id))


def _queries(parties: frozenset[str]) -> Iterator[PartyQuery]:
    """Yield what to ask of each party: all names on its card, or the one name of a party without a card."""
    known = known_parties()
    for party in sorted(parties):
        yield known[party].query if party in known else PartyQuery(id=party, names=(party,))


def maker_listings(wanted: Wanted) -> Iterator[Fact | Gap]:
    """Yield each listing of a maker, and of whom no list names a gap."""
    held = [one for one in wanted.held if one.maker in wanted.everybody]
    for one in held:
        parties, words = frozenset({one.maker}), one.words
        themes = frozenset(theme for theme in wanted.themes if _names(words, theme))
        yield Fact(Topic.LISTING, listing_text(one), (one.found.citation,), parties=parties, themes=themes)
    absent = sorted(wanted.parties - {one.maker for one in held})
    if not absent:
        return
    queries = list(_queries(frozenset(absent)))
    for answered in ask_lists(wanted.own.store, queries, as_of=wanted.as_of):
        party = answered.query.id
        answers = [answer.answer for answer in answered.answers]
        telling = sum(answer in _TELLING for answer in answers)
        silent = len(answers) - telling
        if answered.possible:
            titles = dict.fromkeys(listing.card.id for listing in answered.possible)
            said = text(
                "{party} is possibly listed on {day}: entries of {lists} have this name or a similar one. "
                "Check whether they are this party.",
                party=party_name(party),
                day=wanted.as_of,
                lists=joined(list_title(load_card(list_id)) for list_id in titles),
            )
            yield Gap(Topic.LISTING, said, frozenset({party}))
            continue
        said = text(
            "{party} was found on none of the {telling} lists that can tell for {day}; not checked: {silent} "
            "lists, of which no version is loaded that can (`overzicht lists update`).",
            party=party_name(party), day=wanted.as_of, telling=telling, silent=silent,
        )  # fmt: skip
        yield Gap(Topic.LISTING, said, frozenset({party}))


def listing_text(one: MakerListing) -> Text:
    """Return on which list a maker stands since when, and why where the list says so in our words."""
    state = one.found.state
    said = text(
        "{maker} stands on the list “{list}” ({measure}) since {since}.",
        maker=party_name(one.maker), list=list_title(one.found.card),
        measure=state.listing.measure, since=state.since.day,
    )  # fmt: skip
    if state.version.is_starter:
        return text("{says} (A fact that ships with the product; the list itself is not loaded.)", says=said)
    return said


@dataclass(frozen=True, slots=True)
class _OnList:
    card: ListCard
    held: tuple[FoundListing, ...]  # in force on the day
    later: tuple[FoundListing, ...]  # not in force on it
    unsure: tuple[FoundListing, ...]  # of whom the versions at hand cannot tell

    @property
    def is_any(self) -> bool:
        return bool(self.held or self.later or self.unsure)


def theme_listings(wanted: Wanted) -> Iterator[Fact | Gap]:
    """Yield per list how many persons and entities it names with a theme on the day, who, and since when."""
    for theme in sorted(wanted.themes):
        with wanted.own.store.reading() as connection:
            loaded_lists = LoadedLists(connection)
            themed = _themed(connection, loaded_lists, theme)
            lists = [
                one for one in loaded_lists.lists_on(wanted.as_of) if load_card(one).publisher_is_official
            ]
            found = {one: _on_list(loaded_lists, one, themed.get(one, ()), wanted.as_of) for one in lists}
            tells = {one: loaded_lists.coverage(one, wanted.as_of) for one in lists}
        for list_id, one in found.items():
            if one.is_any:
                is_exact = tells[list_id].covers_date and not is_minimum(theme, list_id, wanted.as_of)
                yield _theme_fact(one, theme, wanted.as_of, is_exact=is_exact)
            if not tells[list_id].covers_date:
                yield _not_told(one, tells[list_id].note, theme, wanted.as_of)


def _on_list(loaded_lists: LoadedLists, list_id: str, records: Sequence[str], as_of: date) -> _OnList:
    """Return where records of a list stand on the day; of several listings of one, one in force counts."""
    by_record: dict[str, FoundListing] = {}
    for record in records:
        match = PartyMatch(query_id=record, record_id=record, list_id=list_id, score=1.0, matched_on=record)
        for each in loaded_lists.listings(match, as_of):
            known = by_record.get(record)
            is_in_force = each.state.answer is Answer.FOUND
            if known is None or is_in_force > (known.state.answer is Answer.FOUND):
                by_record[record] = each
    states = list(by_record.values())
    return _OnList(
        load_card(list_id),
        tuple(each for each in states if each.state.answer is Answer.FOUND),
        tuple(each for each in states if each.state.answer is Answer.NOT_FOUND),
        tuple(each for each in states if each.state.answer is Answer.NOT_CHECKED),
    )


def _themed(connection: Connection, loaded_lists: LoadedLists, theme: str) -> dict[str, list[str]]:
    """Return by list the records that any version at hand names with a theme; starter facts are versions too.

    A list's own file often leaves out the reason; the act states it (`acts.yml`).
    """
    acts = acts_on(theme)
    search_words = [*words_of_theme(theme), *(word for act in acts for word in act.search_words)]
    keys = [s.key for s in loaded_lists.stored if load_card(s.snapshot.source).publisher_is_official]
    found: dict[str, list[str]] = {}
    for source, record_id in records_with_words(connection, keys, search_words):
        versions = [record for _, record, _ in versions_of_record(connection, record_id)]
        listed = [(record, listing) for record in versions for listing in record.listings]
        if any(
            _names(telling_words(record, listing), theme) or any(act.covers(record, listing) for act in acts)
            for record, listing in listed
        ):
            found.setdefault(source, []).append(record_id)
    return found


def _names(words: str, theme: str) -> bool:
    return any(part in words for part in words_of_theme(theme))


def _theme_fact(one: _OnList, theme: str, day: date, *, is_exact: bool) -> Fact:
    told = one.held or one.later or one.unsure
    cited = tuple({each.citation.key: each.citation for each in told}.values())
    if one.held:
        persons = sum(each.state.record.schema in PERSON_SCHEMATA for each in one.held)
        values = {
            "list": list_title(one.card),
            "day": day,
            "persons": persons,
            "entities": len(one.held) - persons,
            "who": _who(one.held),
            "since": _since(one.held),
        }
        if is_exact:
            said = text(
                "On {day} the list “{list}” names with this subject {persons} persons and {entities} bodies "
                "or companies, {since}{who}.",
                **values,
            )
        else:
            said = text(
                "On {day} the list “{list}” names with this subject at least {persons} persons and "
                "{entities} bodies or companies, {since}{who}.",
                **values,
            )
    elif one.later:
        said = text(
            "On {day} the list “{list}” has none of the {count} persons, bodies and companies that it names "
            "with this subject on other days.",
            list=list_title(one.card), day=day, count=len(one.later),
        )  # fmt: skip
    else:
        said = text(
            "Whether the list “{list}” already had on {day} the {count} persons, bodies and companies that "
            "it names with this subject cannot be told from the versions at hand.",
            list=list_title(one.card), day=day, count=len(one.unsure),
        )  # fmt: skip
    return Fact(Topic.LISTED_FOR, said, cited, themes=frozenset({theme}))


def _not_told(one: _OnList, note: Text, theme: str, day: date) -> Gap:
    said = text(
        "The list “{list}” was not checked as a whole for {day}: {note}.",
        list=list_title(one.card),
        day=day,
        note=note,
    )
    return Gap(Topic.LISTED_FOR, said, themes=frozenset({theme}))


def _who(held: Sequence[FoundListing]) -> str:
    if len(held) > NAMES_SHOWN:
        return ""
    return f": {'; '.join(sorted(each.state.record.caption for each in held))}"


def _since(held: Sequence[FoundListing]) -> Text:
    days = sorted({each.state.since.day for each in held})
    if len(days) == 1:
        return text("since {day}", day=days[0])
    return text("the first since {first}, the newest since {last}", first=days[0], last=days[-1])


def list_title(card: ListCard) -> Text:
    """Return the title of a list in both languages."""
    return card.heading
