"""Parties concerned by a use that an instrument binds, by the test that its card names.

**What the law says.** A treaty binds its state parties. The Charter binds its members. The OECD Guidelines
are recommendations of the adhering governments to enterprises that work in or from their countries. Acts of
the Union have their own tests (`union_scope`).

**What we check.** The standing, on the date, of the state where the system is used and, if a public body
acts, of its own state. A country matters only through such a standing or territory, which is then cited.

**What we cannot see.** Reservations of states, duties of a state for its companies abroad, and business
outside the places that the description names.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Literal

from overzicht.dates import Holds, any_holds
from overzicht.evidence import Confidence, Reason, text
from overzicht.law.countries import country_text
from overzicht.law.instruments import Instrument
from overzicht.law.standings import StandingKind
from overzicht.subjects.diligence.union_scope import (
    Binding,
    in_jurisdiction,
    in_market_scope,
    in_trade_scope,
    is_large_company,
    sure_of,
    under_charter,
    under_data_protection,
    under_police_law,
    within_territory,
)
from overzicht.subjects.diligence.uses import ActorKind, Use

ADHERENCE: tuple[StandingKind, ...] = ("member", "adherent")
ADDRESSED = frozenset(
    {ActorKind.STATE, ActorKind.PUBLIC_BODY, ActorKind.POLICE, ActorKind.INTELLIGENCE, ActorKind.ENTERPRISE}
)


def bound(use: Use, card: Instrument, day: date) -> Binding:
    """Return which party is bound by an instrument that applies on `day`."""
    return _TESTS[card.scope](use, card, day)


def _everybody(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether guidance addresses the actor, by the kinds of actor that its rules name."""
    kinds = {rule.actor_kind for rule in card.rules.values()}
    if None in kinds or use.actor.kind in ADDRESSED or card.scope == "pending":
        is_actor = None not in kinds or use.actor.kind.is_public
        return Binding(Holds.YES, card.binds.text, is_actor=is_actor)
    statement = text("{law} addresses states and enterprises; the actor is neither", law=card.called)
    return Binding(Holds.NO, statement, (Reason(statement, Confidence.HIGH, card.cite_phase(day)),))


def concerned(use: Use) -> tuple[str, ...]:
    """Return the states concerned: the state of use, and the state of a public body that acts."""
    own = (use.actor.country,) if use.actor.kind.is_public else ()
    return tuple(dict.fromkeys((use.place, *own)))


def _states(use: Use, card: Instrument, day: date, kind: Literal["party", "member"]) -> Binding:
    states = concerned(use)
    answers = {state: card.standings[kind].on(state, day) for state in states}
    reasons = tuple(reason for state in states for reason in _standing(card, kind, state, day))
    holds = any_holds(answers.values())
    is_public = use.actor.kind.is_public
    is_actor = is_public and answers.get(use.actor.country) is Holds.YES
    if holds is Holds.YES and not is_public:
        state = next(state for state in states if answers[state] is Holds.YES)
        statement = text(
            "{law} binds {country}, which must enforce it; it does not bind the actor",
            law=card.called,
            country=country_text(state),
        )
        reasons = (*reasons, Reason(statement, Confidence.HIGH, card.cite_standing(kind, state)))
    statement = text("{law} does not bind any state concerned", law=card.called)
    return Binding(holds, statement, reasons, (kind,), is_actor)


_SINCE = {
    "party": text("{country} is a party to {law} since {day}"),
    "member": text("{country} is a member under {law} since {day}"),
}
_NOT_YET = text("{country} was not yet bound by {law}; it is bound from {day}")
_NOT_BOUND = text("{country} is not bound by {law}")
_NOT_RECORDED = text("no source here states whether {country} is bound by {law}")
_NOT_BOUND_ON = text("{country} was not bound by {law} on {day}; no source here shows a later date")
_SIGNED_AND_ABSENT = text(
    "{country} signed {law} on {day}; a source of {last} states that it has not ratified it; a signature "
    "alone does not bind to its articles"
)
_ONLY_SIGNED = text(
    "{country} signed {law} on {day} and has not ratified it; a signature alone does not bind to its articles"
)


def _standing(card: Instrument, kind: Literal["party", "member"], state: str, day: date) -> Iterator[Reason]:
    standings, names = card.standings[kind], {"country": country_text(state), "law": card.called}
    holds, since = standings.on(state, day), standings.since.get(state)
    unverified = card.unverified_standing(kind, state)
    strength = Confidence.HIGH if unverified is None else Confidence.MEDIUM
    last = standings.absent_on.get(state)
    if holds is Holds.UNKNOWN and last is not None:
        statement, strength = _NOT_BOUND_ON.filled(**names, day=last), Confidence.NONE
    elif holds is Holds.UNKNOWN:
        statement, strength = _NOT_RECORDED.filled(**names), Confidence.NONE
    elif since is not None and (holds is Holds.YES or day < since):
        statement = (_SINCE[kind] if holds is Holds.YES else _NOT_YET).filled(**names, day=since)
    else:
        statement, strength = _NOT_BOUND.filled(**names), Confidence.HIGH
    if unverified is not None:
        statement = text("{says} ({caution})", says=statement, caution=unverified)
    yield Reason(statement, strength, card.cite_standing(kind, state))
    # that a state only signed, if it did and is not known to be a party
    signed = card.standings.get("signatory")
    if signed is None or signed.on(state, day) is not Holds.YES:
        return
    country, law, signed_on = country_text(state), card.called, signed.since[state]
    cited = card.cite_standing("signatory", state)
    if holds is Holds.NO:
        statement = _ONLY_SIGNED.filled(country=country, law=law, day=signed_on)
        yield Reason(statement, Confidence.HIGH, cited)
    elif holds is Holds.UNKNOWN and last is not None:
        statement = _SIGNED_AND_ABSENT.filled(country=country, law=law, day=signed_on, last=last)
        yield Reason(statement, Confidence.MEDIUM, cited)


def _adherents(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the enterprise's own government, or that of the place of use, adhered."""
    own, place = use.actor.country, use.place
    countries = tuple(dict.fromkeys((own, place)))
    standings = []
    for country in countries:
        for kind in ADHERENCE:
            holds = card.standings[kind].on(country, day)
            statement = _STANDINGS_OF[kind][holds].filled(country=country_text(country), law=card.called)
            standings.append(Reason(statement, sure_of(holds), card.cite_standing(kind, country)))
    reasons = tuple(standings)
    if use.actor.kind is not ActorKind.ENTERPRISE:
        exclusion = text("{law} addresses only enterprises; the actor is not one", law=card.called)
        return Binding(
            Holds.NO,
            exclusion,
            (Reason(exclusion, Confidence.HIGH, card.cite_phase(day)), *reasons),
            ("adherent",),
        )
    holds = any_holds([card.standings["adherent"].on(country, day) for country in countries])
    statement = text("no government of the countries concerned has adhered to {law}", law=card.called)
    return Binding(holds, statement, reasons, ("adherent",))


_STANDINGS_OF = {
    "member": {
        Holds.YES: text("{country} is a member of the OECD"),
        Holds.NO: text("{country} is not a member of the OECD"),
        Holds.UNKNOWN: text("no source here states whether {country} is a member of the OECD"),
    },
    "adherent": {
        Holds.YES: text(
            "its government has adhered to {law} and expects enterprises in or from {country} to follow them"
        ),
        Holds.NO: text(
            "its government has not adhered to {law}, so it does not expect enterprises in or from {country} "
            "to follow them"
        ),
        Holds.UNKNOWN: text("no source here states whether {country} has adhered to {law}"),
    },
}


_TESTS: Mapping[str, Callable[[Use, Instrument, date], Binding]] = {
    "everybody": _everybody,
    "pending": _everybody,
    "states": partial(_states, kind="party"),
    "members": partial(_states, kind="member"),
    "enterprises": _adherents,
    "union": in_market_scope,
    "sanctions": in_jurisdiction,
    "data protection": under_data_protection,
    "police": under_police_law,
    "charter": under_charter,
    "trade": in_trade_scope,
    "large companies": is_large_company,
    "territory": within_territory,
}
