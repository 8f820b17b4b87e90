"""Screening of all parties of a case: at submission, and again after a list changed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.entities import PartyQuery
from overzicht.evidence import Answer, Citation, Text, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.citation import unique
from overzicht.store import decisions
from overzicht.store.alerts import UseKind
from overzicht.store.database import Store, reading
from overzicht.store.register.subjects import CASES
from overzicht.store.rows import StoredRecordError
from overzicht.store.snapshots import list_snapshots
from overzicht.subjects.alerts.party_uses import Use, Uses
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.gates.model import PartyAnswer, screened_parties
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.lists.listings import FoundListing
from overzicht.subjects.screening.lookup import PartyListings, ask_lists

EVENT = "screening"


@dataclass(frozen=True, slots=True)
class PartyScreening:
    """The screening of one party; `binding` is the answer of the lists that bind the authority."""

    party: str
    role: str
    binding: PartyAnswer
    others: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CaseScreening:
    """A screening of a case: date, versions of the lists, and the answers per party."""

    day: date
    versions: tuple[str, ...]
    parties: tuple[PartyScreening, ...]


def versions_in(connection: Connection) -> tuple[str, ...]:
    """Return the names of the loaded versions of all lists: `list/part/hash`, sorted."""
    loaded = (stored.snapshot for stored in list_snapshots(connection))
    return tuple(sorted(f"{snapshot.source}/{snapshot.part}/{snapshot.sha256}" for snapshot in loaded))


list_versions = reading(versions_in)


def queries_of(case: Application) -> list[tuple[str, PartyQuery]]:
    """Return (role, query) for each party and each stated owner of one."""
    queries: list[tuple[str, PartyQuery]] = []
    for screened in screened_parties(case):
        number, _, owner = screened.key.partition(".")
        party = case.parties[int(number)]
        named = party.owners[int(owner)] if owner else party
        names, pairs = (named.name, *named.other_names), tuple(sorted(named.identifiers.items()))
        query = PartyQuery(screened.key, names, identifiers=pairs)
        if not owner:
            born = party.birth_date.isoformat() if party.birth_date else ""
            query = PartyQuery(screened.key, names, party.schema_, pairs, born)
        queries.append((screened.role, query))
    return queries


def screen(store: Store, case: Application, day: date) -> CaseScreening:
    """Return the answers of every list about every party on `day`; nothing is stored."""
    queries, versions = queries_of(case), list_versions(store)  # a list that is loaded later was not asked
    results = ask_lists(store, [query for _, query in queries], as_of=day)
    parties = tuple(
        _party(role, result, case.issuing_state, day)
        for (role, _), result in zip(queries, results, strict=True)
    )
    return CaseScreening(day, versions, parties)


def _party(role: str, result: PartyListings, state: str, day: date) -> PartyScreening:
    from overzicht.sources.lists.effects import effect_of  # noqa: PLC0415 - cards are read only for screening

    name = result.query.names[0]
    binding, others = {}, []
    effects = {
        listing.card.id: listing.effect for listing in result.listings if listing.state.answer is Answer.FOUND
    }
    for check in result.answers:
        effect = effects.get(check.list_id) or effect_of(check.list_id, "", "", "", day)
        if effect.binds_authority_of(state):
            binding[check.list_id] = check.answer
        elif check.answer is Answer.FOUND:
            others.append(
                text("{name} is listed on {lists}, which does not bind here", name=name, lists=check.list_id)
            )
        elif check.answer is Answer.POSSIBLE:
            others.append(
                text(
                    "{name} is possibly listed on {lists}, which does not bind here",
                    name=name,
                    lists=check.list_id,
                )
            )
    if Answer.FOUND in binding.values():  # the answer names those alone
        others += [
            text("{name} is possibly listed on {lists}, which also binds here", name=name, lists=list_id)
            for list_id, answer in binding.items()
            if answer is Answer.POSSIBLE
        ]
    # whether the lists that bind the authority name a party
    hits, possible, silent = (
        [list_id for list_id, answer in binding.items() if answer in kinds]
        for kinds in ({Answer.FOUND}, {Answer.POSSIBLE}, {Answer.NOT_CHECKED, Answer.COULD_NOT_READ})
    )
    if hits:
        own = [
            listing
            for listing in result.listings
            if listing.card.id in hits and listing.state.answer is Answer.FOUND
        ]
        sentence = text("{name} is listed on {lists}", name=name, lists=", ".join(hits))
        answer = PartyAnswer(
            name,
            Holds.YES,
            sentence,
            unique(listing.citation for listing in own),
            tuple(sorted({listing.effect.kind for listing in own})),
            tuple(sorted({programme for listing in own for programme in _programmes(listing)})),
        )
    elif possible:
        similar = [listing for listing in result.possible if listing.card.id in possible]
        sentence = text(
            "{name} is possibly listed on {lists}: {entries}",
            name=name,
            lists=", ".join(possible),
            entries="; ".join(dict.fromkeys(listing.state.record.caption for listing in similar)) or "?",
        )
        answer = PartyAnswer(name, Holds.UNKNOWN, sentence, unique(entry.citation for entry in similar))
    elif silent or not binding:
        sentence = text(
            "{name}: not checked; no loaded version of {lists} covers this date",
            name=name,
            lists=", ".join(silent) or "-",
        )
        answer = PartyAnswer(name, Holds.UNKNOWN, sentence)
    else:
        sentence = text("{name} is not listed on {lists}", name=name, lists=", ".join(binding))
        answer = PartyAnswer(name, Holds.NO, sentence)
    return PartyScreening(name, role, answer, tuple(others))


def _programmes(listing: FoundListing) -> list[str]:
    return [name for part in listing.state.listing.programme.split(";") if (name := part.strip())]


def screening_to_json(screening: CaseScreening) -> dict[str, Any]:
    """Return the JSON form that `screening_from_json` reads back."""
    return {
        "day": screening.day.isoformat(),
        "versions": list(screening.versions),
        "parties": [
            {
                "party": party.party,
                "role": party.role,
                "answer": party.binding.answer.value,
                "says": party.binding.sentence.to_json(),
                "citations": [citation.to_json() for citation in party.binding.citations],
                "effects": list(party.binding.effects),
                "programmes": list(party.binding.programmes),
                "others": [other.to_json() for other in party.others],
            }
            for party in screening.parties
        ],
    }


def screening_from_json(data: dict[str, Any]) -> CaseScreening:
    """Return the screening that `screening_to_json` wrote."""
    return CaseScreening(
        date.fromisoformat(data["day"]),
        tuple(data["versions"]),
        tuple(
            PartyScreening(
                party["party"],
                party["role"],
                PartyAnswer(
                    party["party"],
                    Holds(party["answer"]),
                    Text.from_json(party["says"]),
                    tuple(Citation.from_json(item) for item in party["citations"]),
                    tuple(party.get("effects", ())),
                    tuple(party.get("programmes", ())),
                ),
                tuple(Text.from_json(item) for item in party["others"]),
            )
            for party in data["parties"]
        ),
    )


def last_screening(case: StoredCase) -> CaseScreening | None:
    """Return the newest screening of a case, or None."""
    events = case.of_kind(EVENT)
    return screening_from_json(events[-1].payload) if events else None


def is_stale(case: StoredCase, versions: tuple[str, ...]) -> bool:
    """Return whether the last screening of a case used other versions of the lists."""
    last = last_screening(case)
    return last is None or last.versions != versions


def screen_case(store: Store, case_id: str, actor: Actor) -> CaseScreening:
    """Screen a case, store the result, and open a task for each party that is newly on a binding list.

    CaseChangedError if another person replaced the application meanwhile.
    """
    with store.reading() as connection:
        application = licences.get_case(connection, case_id).application
    after = screen(store, application, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        case = licences.get_case(tx.connection, case_id)
        if case.application != application:
            raise licences.CaseChangedError(case_id)
        known, now = (
            {party.party for party in screening.parties if party.binding.answer is Holds.YES}
            if screening
            else set[str]()
            for screening in (last_screening(case), after)
        )
        licences.add_event(tx, case_id, EVENT, actor.day, screening_to_json(after))
        for party in sorted(now - known):
            title = f"{party} is listed on a binding list; other law comes first (case {case_id})"
            decisions.open_task(tx, CASES + case_id, title)
    return after


def stale_cases(store: Store) -> tuple[list[str], list[StoredRecordError]]:
    """Return the ids of open cases whose last screening used other versions of lists than those loaded.

    The second list has the cases that cannot be read.
    """
    problems: list[StoredRecordError] = []
    with store.reading() as connection:
        versions = versions_in(connection)
        cases = licences.list_cases(connection, problems)
    stale = [case.application.id for case in cases if case.is_open and is_stale(case, versions)]
    return stale, problems


def watched_parties(connection: Connection, day: date, problems: list[StoredRecordError] | None) -> Uses:
    """Yield the parties of the open cases on a date; `problems` as in `case_records.list_cases`."""
    for case in licences.cases_on(connection, day, problems):
        if case.is_open:
            name = case.application.id
            for role, query in queries_of(case.application):
                about = text("licence case {case}, {role}", case=name, role=role)
                yield query, Use(UseKind.CASE, f"{name} {query.id}", f"{CASES}{name}", about)
