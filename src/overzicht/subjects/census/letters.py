"""Requests: the letter to each body with what is known of it, its code, and a return to fill in."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.subjects.census import claim_records as stored_claims
from overzicht.subjects.census import return_records as stored_returns
from overzicht.subjects.census import roll_records as stored_rolls
from overzicht.subjects.census import round_records as stored
from overzicht.subjects.census.answers import Basis, Depth, Scope, Unit
from overzicht.subjects.census.claims import Claim
from overzicht.subjects.census.claims_workflow import (
    claims_by_body,
    device_claims,
    maker_name,
    register_claims,
)
from overzicht.subjects.census.links import make_link
from overzicht.subjects.census.naming import NameIndex
from overzicht.subjects.census.papers import MENTIONED, paper_claims
from overzicht.subjects.census.requests import (
    NO_CLAIMS,
    RequestEvent,
    RequestEventKind,
    RequestState,
    clock_of,
)
from overzicht.subjects.census.returns import FORM, VERSION
from overzicht.subjects.census.rolls import name_index
from overzicht.subjects.census.round_records import CensusError, StoredRound
from overzicht.subjects.census.rounds_workflow import (
    code_hash,
    new_code,
    reminder_due,
    show_round,
    working_days,
)

ClaimSource = Callable[[Store, NameIndex, date], Iterable[Claim]]


@dataclass(frozen=True, slots=True)
class RequestLetter:
    """The letter to a body. `claims` are what others state, to confirm or deny; `code` is secret.

    `successors` are the names of the bodies that answer for one that ended.
    """

    round: str
    title: str
    body: str
    name: str
    reference_date: date
    due: date
    legal_basis: str
    code: str
    claims: tuple[Text, ...]
    template: Mapping[str, Any]
    link: str = ""  # to answer in the browser; secret
    successors: tuple[str, ...] = ()
    day: date = date.min  # of the letter

    @property
    def sentences(self) -> tuple[Text, ...]:
        """The letter in sentences."""
        was_due = text("The answer was due on {due}. Answer as soon as you can.", due=self.due)
        when = was_due if self.due < self.day else text("Answer by {due}.", due=self.due)
        opening = (
            addressed(self.title, self.name, self.successors),
            what_is_asked(self.reference_date),
            when,
            text("A number, a range, or “none” with its basis is enough."),
        )
        basis = (text("Legal basis: {basis}.", basis=self.legal_basis),) if self.legal_basis else ()
        known = (
            (text("Others state the following about you. Is it right?"), *self.claims) if self.claims else ()
        )
        code = text("Code for your first signed answer: {code}", code=self.code)
        link = (text("Answer in the browser: {link}", link=self.link),) if self.link else ()
        return (*opening, *basis, *known, *link, code)


def addressed(title: str, name: str, successors: Sequence[str]) -> Text:
    """Return the first line of a letter; one to a body that ended goes to its successors."""
    if not successors:
        return text("{title}: request to {name}", title=title, name=name)
    return text(
        "{title}: request to {successors}, which answers for {name}",
        title=title,
        name=name,
        successors=", ".join(successors),
    )


def what_is_asked(day: date) -> Text:
    """Return the question of a round about its reference date."""
    return text("Which cameras and other surveillance equipment did you have on {day}?", day=day)


def send_requests(
    store: Store, round_id: str, bodies: Sequence[str], actor: Actor, *, address: str = ""
) -> Iterator[RequestLetter]:
    """Make a letter for each body, or for each without one, and record that it was sent today.

    With the public address of the service, each letter has a link to answer in the browser.
    """
    known = _claims(store, actor.day, (register_claims, device_claims, paper_claims))
    with store.writing(actor.name, actor.at) as tx:
        own = stored.get_round(tx.connection, round_id)
        if actor.day < own.reference_date:
            raise CensusError(
                f"the reference date {own.reference_date} is in the future",
                fix="send the requests on it or later",
            )
        events = stored.read_events(tx.connection, own.id, actor.day)
        lines = {line.body_id: line for line in stored.read_requests(tx.connection, own.id)}
        unknown = sorted(set(bodies) - lines.keys())
        if unknown:
            raise CensusError(
                f"not on the frozen roll of round {own.id}: {', '.join(unknown[:5])}",
                fix="run `overzicht census show --bodies` for the ids",
            )
        claims = claims_by_body(tx.connection, own, known)
        chosen = bodies or [body for body in lines if body not in events]
        roll = stored_rolls.read_lineage(tx.connection, own.roll_id, chosen)
        letters = []
        for body in chosen:
            past = events.get(body, ())
            before = stored_returns.newest_return(tx.connection, own.id, body) if past else None
            # the letter to a body; `before` are the events until now and its newest return
            line = lines[body]
            letter_claims = claims.get(body, ())
            day = actor.day
            code = new_code()
            sent = (*past, RequestEvent(RequestEventKind.SENT, day))
            due = clock_of(sent, own.settings.periods, working_days(own.settings.calendar)).due or day
            example = {"scope": Scope.ALL, "depth": Depth.NONE, "basis": Basis.INVENTORY}
            template = {
                "form": FORM,
                "version": VERSION,
                "round": own.id,
                "body": line.body_id,
                "number": before.number + 1 if before else 1,
                "previous": before.sha256 if before else "",
                "reference_date": own.reference_date.isoformat(),
                "role": "",
                "level": "counts",
                "code": code,
                "answers": [example],
            }
            sentences = tuple(claim_sentence(claim) for claim in letter_claims)
            letter = RequestLetter(
                own.id,
                own.title,
                line.body_id,
                line.name,
                own.reference_date,
                due,
                own.settings.legal_basis,
                code,
                sentences,
                template,
                day=day,
            )
            # the names of the bodies that answer on a date for one that ended; empty for one that exists
            successors = tuple(
                roll.by_id[other].name for other in roll.answering(body, actor.day) if other != body
            )
            letter = replace(letter, successors=successors)
            if address:
                link = f"{address.rstrip('/')}{make_link(store, own.id, body, letter.code)}"
                letter = replace(letter, link=link)
            stored.set_code(tx, own.id, body, code_hash(letter.code))
            ids = ",".join(str(claim.id) for claim in claims.get(body, ()) if claim.id) or NO_CLAIMS
            stored.add_event(tx, own.id, body, RequestEvent(RequestEventKind.SENT, actor.day, ids))
            letters.append(letter)
        tx.log("send census requests", own.id, letters=len(letters))
    yield from letters


def claims_about(store: Store, own: StoredRound, body: str, day: date) -> tuple[Text, ...]:
    """Return what others stated about a body of a round until a date, in sentences.

    Papers are left out: reading all of them takes long, and the letter has what they mention.
    """
    known = _claims(store, day, (register_claims, device_claims))
    with store.reading() as connection:
        claims = claims_by_body(connection, own, known)
    return tuple(map(claim_sentence, claims.get(body, ())))


def _claims(store: Store, day: date, sources: Sequence[ClaimSource]) -> list[Claim]:
    with store.reading() as connection:
        stored = stored_claims.read_claims(connection, day)
        index = name_index(connection)
    if not index.bodies:
        return stored
    return [*stored, *(claim for source in sources for claim in source(store, index, day))]


def claim_sentence(claim: Claim) -> Text:
    """Return a claim in a sentence, with its owner, scope, unit and date."""
    if claim.answer == MENTIONED:
        names = ", ".join(map(maker_name, claim.makers))
        return text("paper {paper} names you and {makers} in one sentence", paper=claim.source, makers=names)
    number = text("“{number}”, unit {unit}", number=claim.as_stated, unit=Unit(claim.unit).words)
    makers = text(" of {makers}", makers=", ".join(map(maker_name, claim.makers)))
    scope = ", ".join(filter(None, (claim.kind, claim.status)))
    return text(
        "on {day}, {owner} stated “{answer}”{makers}{number}{scope} ({source})",
        day=claim.day,
        owner=claim.stated_by or "?",
        answer=claim.answer,
        source=claim.source,
        makers=makers if claim.makers else "",
        number=text(": {count}", count=number) if claim.as_stated else "",
        scope=text(", about “{scope}”", scope=scope) if scope else "",
    )


@dataclass(frozen=True, slots=True)
class ReminderDraft:
    """A reminder that a person should send: the body, and whether it is the first or the second.

    Its number is 0 if the receipt of the letter is not confirmed, so that another address is to be tried.
    """

    body: str
    name: str
    number: int
    due: date
    sentence: Text


def reminders(store: Store, round_id: str, day: date) -> tuple[ReminderDraft, ...]:
    """Return the drafts of the reminders that are due on a date; a person sends them."""
    view = show_round(store, round_id, day)
    with store.reading() as connection:
        own = stored.get_round(connection, round_id)
        events = stored.read_events(connection, own.id, day)
    working_day = working_days(own.settings.calendar)
    drafts = []
    for request in view.requests:
        own_events = events.get(request.body, ())
        clock = clock_of(own_events, own.settings.periods, working_day)
        if request.state is RequestState.UNCONFIRMED and clock.due is not None:
            unconfirmed = text(
                "{name}: the receipt was not confirmed by {day}. Try another address.",
                name=request.name,
                day=clock.confirm or "",
            )
            drafts.append(ReminderDraft(request.body, request.name, 0, clock.due, unconfirmed))
        number = reminder_due(own_events, clock, request.state, day)
        if number and clock.due is not None:
            sentence = text(
                "{name}: reminder {number}. The answer about {reference} was due on {due}.",
                name=request.name,
                number=number,
                reference=own.reference_date,
                due=clock.due,
            )
            drafts.append(ReminderDraft(request.body, request.name, number, clock.due, sentence))
    return tuple(drafts)
