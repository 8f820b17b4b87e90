"""Parties concerned by a use that an instrument binds, by the test that its card names.

**What the law says.** A treaty binds its state parties. The Charter binds its members. The OECD Guidelines
are recommendations of the adhering governments to enterprises that work in or from their countries. The AI
Act applies to systems that are placed on the market or used in the Union, or whose output is used there
(Article 2(1)), except exclusively military systems (Article 2(3)). The sanctions regime binds everyone in the
Union, its nationals and companies, and business done there.

**What we check.** The standing, on the date, of the state where the system is used and, if a public body
acts, of its own state. A country matters only through such a standing or territory, which is then cited.

**What we cannot see.** Reservations of states, duties of a state for its companies abroad, and business
outside the places that the description names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from overzicht.dates import Holds, any_holds
from overzicht.diligence.conditions import fact_reasons
from overzicht.diligence.uses import Act, ActorKind, FactName, Use
from overzicht.evidence import Confidence, Reason, Text, text
from overzicht.law.countries import cite_union, country_text, is_in_union
from overzicht.law.instruments import Instrument, StandingKind

ADHERENCE: tuple[StandingKind, ...] = ("member", "adherent")
ADDRESSED = frozenset({ActorKind.STATE, ActorKind.PUBLIC_BODY, ActorKind.ENTERPRISE})


@dataclass(frozen=True, slots=True)
class Binding:
    """Whether a party concerned is bound, and why.

    `statement` is shown if no party is bound. `country_rules` are the tests that looked at a country.
    `is_actor` is False if only the state is bound, which has to supervise the actor. `is_outside`: the use is
    outside the scope of the instrument.
    """

    holds: Holds
    statement: Text
    reasons: tuple[Reason, ...] = ()
    country_rules: tuple[str, ...] = ()
    is_actor: bool = True
    is_outside: bool = False


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
_ONLY_SIGNED = text(
    "{country} signed {law} on {day} and has not ratified it; a signature alone does not bind to its articles"
)


def _standing(card: Instrument, kind: Literal["party", "member"], state: str, day: date) -> Iterator[Reason]:
    standings, names = card.standings[kind], {"country": country_text(state), "law": card.called}
    holds, since = standings.on(state, day), standings.since.get(state)
    unverified = card.unverified_standing(kind, state)
    strength = Confidence.HIGH if unverified is None else Confidence.MEDIUM
    if holds is Holds.UNKNOWN:
        statement, strength = _NOT_RECORDED.filled(**names), Confidence.NONE
    elif since is not None and (holds is Holds.YES or day < since):
        statement = (_SINCE[kind] if holds is Holds.YES else _NOT_YET).filled(**names, day=since)
    else:
        statement, strength = _NOT_BOUND.filled(**names), Confidence.HIGH
    if unverified is not None:
        statement = text("{says} ({caution})", says=statement, caution=unverified)
    yield Reason(statement, strength, card.cite_standing(kind, state))
    signed = card.standings.get("signatory")
    if holds is Holds.NO and signed is not None and signed.on(state, day) is Holds.YES:
        statement = _ONLY_SIGNED.filled(**names, day=signed.since[state])
        yield Reason(statement, Confidence.HIGH, card.cite_standing("signatory", state))


def _adherents(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the enterprise's own government, or that of the place of use, adhered."""
    own, place = use.actor.country, use.place
    countries = tuple(dict.fromkeys((own, place)))
    reasons = tuple(reason for country in countries for reason in _adherence(card, country, day))
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


def _adherence(card: Instrument, state: str, day: date) -> Iterator[Reason]:
    for kind in ADHERENCE:
        holds = card.standings[kind].on(state, day)
        statement = _STANDINGS_OF[kind][holds].filled(country=country_text(state), law=card.called)
        yield Reason(statement, _sure(holds), card.cite_standing(kind, state))


def _sure(holds: Holds) -> Confidence:
    return Confidence.NONE if holds is Holds.UNKNOWN else Confidence.HIGH


def _union(use: Use, card: Instrument, day: date) -> Binding:
    military = use.stated(FactName.EXCLUSIVELY_MILITARY)
    military_reasons = tuple(fact_reasons(use, FactName.EXCLUSIVELY_MILITARY, day)) if military else ()
    if use.holds(FactName.EXCLUSIVELY_MILITARY) is Holds.YES:
        exclusion = text(
            "{law} does not apply to exclusively military systems (Article 2(3))", law=card.called
        )
        rule = Reason(exclusion, Confidence.HIGH, card.cite(("regulation",), "Article 2(3)"))
        return Binding(Holds.NO, exclusion, (rule, *military_reasons), is_outside=True)
    placed, output = is_in_union(use.place, day), use.holds(FactName.OUTPUT_USED_IN_UNION)
    holds = any_holds([placed, output])
    if military and use.holds(FactName.EXCLUSIVELY_MILITARY) is Holds.UNKNOWN and holds is Holds.YES:
        holds = Holds.UNKNOWN
    reasons = [
        Reason(
            _IN_UNION[placed].filled(country=country_text(use.place)), _sure(placed), cite_union(use.place)
        )
    ]
    if placed is not Holds.YES:
        reasons += fact_reasons(use, FactName.OUTPUT_USED_IN_UNION, day)
    if holds is Holds.NO:
        reasons.append(_gap(use, card, day))
    statement = text("neither the system nor its output is used in the Union (Article 2(1))")
    return Binding(
        holds, statement, (*reasons, *military_reasons), ("territory",), is_outside=holds is Holds.NO
    )


_IN_UNION = {
    Holds.YES: text("{country}, where it is used, is in the Union"),
    Holds.NO: text("{country}, where it is used, is outside the Union"),
    Holds.UNKNOWN: text("it is unknown whether {country} counts as part of the Union"),
}


def _gap(use: Use, card: Instrument, day: date) -> Reason:
    cited = card.cite(("regulation",), "Article 2(1)")
    is_leaving = use.act in {Act.EXPORT, Act.SUPPLY, Act.DEVELOP}
    if is_leaving and is_in_union(use.actor.country, day) is Holds.YES:
        statement = text(
            "the Act applies to what is placed on the market or used in the Union; in our reading a system "
            "sold only for use in a third country is outside it, even if it is exported from the Union; "
            "export control applies to that"
        )
        return Reason(statement, Confidence.MEDIUM, cited)
    statement = text(
        "the Act applies to what is placed on the market or used in the Union, or whose output is used there"
    )
    return Reason(statement, Confidence.HIGH, cited)


def _jurisdiction(use: Use, card: Instrument, day: date) -> Binding:
    own, place = is_in_union(use.actor.country, day), is_in_union(use.place, day)
    cited = (*card.cite(("regulation",), "jurisdiction"), *cite_union(use.actor.country))
    holds = any_holds([own, place])
    statement = text("{law}: neither the actor nor the place of the act is in the Union", law=card.called)
    match holds:
        case Holds.YES if own is Holds.YES:
            basis = text("the actor is from the Union: {country}", country=country_text(use.actor.country))
        case Holds.YES:
            basis = text("the act takes place in the Union: {country}", country=country_text(use.place))
        case Holds.NO:
            basis = text(
                "the actor ({country}) and the place of the act ({place}) are outside the Union",
                country=country_text(use.actor.country),
                place=country_text(use.place),
            )
        case Holds.UNKNOWN:
            basis = text("it is unknown whether the actor, or the place of the act, is in the Union")
    return Binding(holds, statement, (Reason(basis, _sure(holds), cited),), ("territory",))


_TESTS: Mapping[str, Callable[[Use, Instrument, date], Binding]] = {
    "everybody": _everybody,
    "pending": _everybody,
    "states": partial(_states, kind="party"),
    "members": partial(_states, kind="member"),
    "enterprises": _adherents,
    "union": _union,
    "sanctions": _jurisdiction,
}
