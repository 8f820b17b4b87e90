"""Screening of all parties of a case: at filing, and again when a list has changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from overzicht.dates import Holds
from overzicht.entities import PartyQuery
from overzicht.evidence import Answer, Citation, Text, text
from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.licensing.model import Application
from overzicht.exportcontrol.licensing.order import PartyAnswer
from overzicht.store import decisions
from overzicht.store.control import licences
from overzicht.store.control.licences import StoredCase
from overzicht.store.database import Store
from overzicht.store.snapshots import list_snapshots
from overzicht.workflows.ask import PartyListings, ask_lists

EVENT = "screening"


@dataclass(frozen=True, slots=True)
class PartyScreening:
    """What the lists answered about one party; `binding` is the answer of those that bind the authority."""

    party: str
    role: str
    binding: PartyAnswer
    others: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CaseScreening:
    """A screening of a case: on which day, with which versions of the lists, and per party."""

    day: date
    versions: tuple[str, ...]
    parties: tuple[PartyScreening, ...]


def list_versions(store: Store) -> tuple[str, ...]:
    """Return what names the loaded versions of all lists: `list/part/hash`, sorted."""
    with store.reading() as connection:
        stored = list_snapshots(connection)
    return tuple(sorted(f"{s.snapshot.source}/{s.snapshot.part}/{s.snapshot.sha256}" for s in stored))


def queries_of(case: Application) -> list[tuple[str, PartyQuery]]:
    """Return (role, query) for each party and each stated owner of one."""
    found: list[tuple[str, PartyQuery]] = []
    for number, party in enumerate(case.parties):
        names = (party.name, *party.other_names)
        pairs = tuple(sorted(party.identifiers.items()))
        born = party.birth_date.isoformat() if party.birth_date else ""
        query = PartyQuery(f"{number}", names, party.schema_, pairs, born)
        found.append((party.role.value, query))
        for index, owner in enumerate(party.owners):
            pairs = tuple(sorted(owner.identifiers.items()))
            query = PartyQuery(f"{number}.{index}", (owner.name, *owner.other_names), identifiers=pairs)
            found.append((f"owner of {party.name}", query))
    return found


def screen(store: Store, case: Application, day: date) -> CaseScreening:
    """Return what every list says of every party on `day`; nothing is kept."""
    asked = queries_of(case)
    answered = ask_lists(store, [query for _, query in asked], as_of=day)
    parties = tuple(
        _party(role, one, case.issuing_state, day) for (role, _), one in zip(asked, answered, strict=True)
    )
    return CaseScreening(day, list_versions(store), parties)


def _party(role: str, asked: PartyListings, state: str, day: date) -> PartyScreening:
    from overzicht.sources.lists.effects import effect_of  # noqa: PLC0415 - cards are read when lists are asked

    effects = {one.list_id: effect_of(one.list_id, "", "", "", day) for one in asked.answers}
    binding = [one for one in asked.answers if effects[one.list_id].binds_authority_of(state)]
    name = asked.query.names[0]
    hits = [one.list_id for one in binding if one.answer is Answer.FOUND]
    silent = [one.list_id for one in binding if one.answer is Answer.NOT_CHECKED]
    cited = _citations(asked, hits)
    if hits:
        says = text("{name} stands on {lists}", name=name, lists=", ".join(hits))
        answer = PartyAnswer(name, Holds.YES, says, cited)
    elif silent or not binding:
        says = text("{name}: not told by {lists}", name=name, lists=", ".join(silent) or "-")
        answer = PartyAnswer(name, Holds.UNKNOWN, says)
    else:
        says = text("{name}: on none of {lists}", name=name, lists=", ".join(one.list_id for one in binding))
        answer = PartyAnswer(name, Holds.NO, says)
    bound = {one.list_id for one in binding}
    others = tuple(
        text("{name} stands on {lists}, which does not bind here", name=name, lists=one.list_id)
        for one in asked.answers
        if one.list_id not in bound and one.answer is Answer.FOUND
    )
    return PartyScreening(name, role, answer, others)


def _citations(asked: PartyListings, lists: Sequence[str]) -> tuple[Citation, ...]:
    found = {
        one.citation.key: one.citation
        for one in asked.listings
        if one.card.id in lists and one.state.answer is Answer.FOUND
    }
    return tuple(found.values())


def screening_to_json(screening: CaseScreening) -> dict[str, Any]:
    """Return the JSON form that `screening_from_json` reads back."""
    return {
        "day": screening.day.isoformat(),
        "versions": list(screening.versions),
        "parties": [
            {
                "party": one.party,
                "role": one.role,
                "answer": one.binding.answer.value,
                "says": one.binding.sentence.to_json(),
                "citations": [citation.to_json() for citation in one.binding.citations],
                "others": [other.to_json() for other in one.others],
            }
            for one in screening.parties
        ],
    }


def screening_from_json(data: dict[str, Any]) -> CaseScreening:
    """Return the screening that `screening_to_json` wrote."""
    return CaseScreening(
        date.fromisoformat(data["day"]),
        tuple(data["versions"]),
        tuple(
            PartyScreening(
                one["party"],
                one["role"],
                PartyAnswer(
                    one["party"],
                    Holds(one["answer"]),
                    Text.from_json(one["says"]),
                    tuple(Citation.from_json(item) for item in one["citations"]),
                ),
                tuple(Text.from_json(item) for item in one["others"]),
            )
            for one in data["parties"]
        ),
    )


def last_screening(case: StoredCase) -> CaseScreening | None:
    """Return the newest screening of a case, or None."""
    events = case.of_kind(EVENT)
    return screening_from_json(events[-1].payload) if events else None


def screen_case(store: Store, case_id: str, actor: Actor) -> CaseScreening:
    """Screen a case, keep what was found, and open a task where a party newly stands on a binding list."""
    with store.reading() as connection:
        case = licences.get_case(connection, case_id)
    before = last_screening(case)
    found = screen(store, case.application, actor.day)
    known = {one.party for one in before.parties if one.binding.answer is Holds.YES} if before else set()
    new = sorted({p.party for p in found.parties if p.binding.answer is Holds.YES} - known)
    with store.writing(actor.name, actor.at) as tx:
        licences.add_event(tx, case_id, EVENT, actor.day, screening_to_json(found))
        for party in new:
            title = f"{party} stands on a binding list; other law comes first (case {case_id})"
            decisions.open_task(tx, f"licence:{case_id}", title)
    return found


def stale_cases(store: Store) -> list[str]:
    """Return the ids of open cases whose last screening used other versions of lists than those loaded."""
    now = list_versions(store)
    with store.reading() as connection:
        cases = licences.list_cases(connection)
    found = []
    for case in cases:
        last = last_screening(case)
        if case.is_open and (last is None or last.versions != now):
            found.append(case.application.id)
    return found
