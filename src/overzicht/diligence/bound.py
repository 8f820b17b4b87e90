"""Who is bound by an instrument where a use is concerned, by the test that its card names.

**What the law says.** A treaty binds the states that are party to it; the Charter the members; the OECD
Guidelines are recommendations of the adhering governments to enterprises that work in or from their
countries; the AI Act reaches what is placed, used, or whose output is used in the Union (Article 2(1)), and
nothing that is exclusively military (Article 2(3)); the sanctions regime binds everybody in the Union, its
nationals and companies, and business done there.

**What we check.** The standing on the day of the state where the system is used and, where a public body
acts, of its own state. A country plays no part but by such a standing or territory, which is then cited.

**What we cannot see.** Reservations of states, duties of a state for its companies abroad, and where business
is done beside the places that the description names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
    """Whether somebody concerned is bound, and why; `country_rules` are the tests that looked at a country.

    `says` is a sentence for where nobody is. `is_actor` tells whether who acts is bound itself, and not
    only the state that has to see to it. `is_outside` means that the use lies outside what it covers.
    """

    holds: Holds
    says: Text
    reasons: tuple[Reason, ...] = ()
    country_rules: tuple[str, ...] = ()
    is_actor: bool = True
    is_outside: bool = False


def bound(use: Use, card: Instrument, day: date) -> Binding:
    """Return who is bound by an instrument that applies on `day`."""
    return _TESTS[card.scope](use, card, day)


def _everybody(use: Use, card: Instrument, day: date) -> Binding:
    """Return for guidance whether it addresses who acts: where its rules name kinds, others are not."""
    kinds = {rule.who for rule in card.rules.values()}
    if None in kinds or use.actor.kind in ADDRESSED or card.scope == "pending":
        is_actor = None not in kinds or use.actor.kind.is_public
        return Binding(Holds.YES, card.binds.text, is_actor=is_actor)
    said = text("{law}: states and enterprises are addressed, and who acts here is neither", law=card.called)
    return Binding(Holds.NO, said, (Reason(said, Confidence.HIGH, card.cite_phase(day)),))


def concerned(use: Use) -> tuple[str, ...]:
    """Return the states concerned: where it is used, and whose public body acts."""
    own = (use.actor.country,) if use.actor.kind.is_public else ()
    return tuple(dict.fromkeys((use.place, *own)))


def _parties(use: Use, card: Instrument, day: date) -> Binding:
    return _states(use, card, day, "party")


def _members(use: Use, card: Instrument, day: date) -> Binding:
    return _states(use, card, day, "member")


def _states(use: Use, card: Instrument, day: date, kind: Literal["party", "member"]) -> Binding:
    states = concerned(use)
    answers = {state: card.standings[kind].on(state, day) for state in states}
    reasons = tuple(reason for state in states for reason in _standing(card, kind, state, day))
    holds = any_holds(answers.values())
    is_public = use.actor.kind.is_public
    is_actor = is_public and answers.get(use.actor.country) is Holds.YES
    if holds is Holds.YES and not is_public:
        state = next(state for state in states if answers[state] is Holds.YES)
        says = text(
            "{law} binds {country}, which has to see to it; it does not bind who acts here",
            law=card.called,
            country=country_text(state),
        )
        reasons = (*reasons, Reason(says, Confidence.HIGH, card.cite_standing(kind, state)))
    says = text("{law}: no state that is concerned here is bound", law=card.called)
    return Binding(holds, says, reasons, (kind,), is_actor)


_SINCE = {
    "party": text("{country} is a party to {law} since {day}"),
    "member": text("{country} is a member under {law} since {day}"),
}
_NOT_YET = text("{country} was not bound by {law} yet: only from {day} on")
_NOT_BOUND = text("{country} is not bound by {law}")
_NOT_RECORDED = text("whether {country} is bound by {law} is not on record here")
_ONLY_SIGNED = text(
    "{country} signed {law} on {day} and has not ratified it; a signature alone does not bind to its articles"
)


def _standing(card: Instrument, kind: Literal["party", "member"], state: str, day: date) -> Iterator[Reason]:
    """Yield what the standing of a state is, with its day, and that one that only signed is not bound."""
    standings, names = card.standings[kind], {"country": country_text(state), "law": card.called}
    holds, since = standings.on(state, day), standings.since.get(state)
    unverified = card.unverified_standing(kind, state)
    strength = Confidence.HIGH if unverified is None else Confidence.MEDIUM
    if holds is Holds.UNKNOWN:
        says, strength = _NOT_RECORDED.filled(**names), Confidence.NONE
    elif since is not None and (holds is Holds.YES or day < since):
        says = (_SINCE[kind] if holds is Holds.YES else _NOT_YET).filled(**names, day=since)
    else:
        says, strength = _NOT_BOUND.filled(**names), Confidence.HIGH
    if unverified is not None:
        says = text("{says} ({caution})", says=says, caution=unverified)
    yield Reason(says, strength, card.cite_standing(kind, state))
    signed = card.standings.get("signatory")
    if holds is Holds.NO and signed is not None and signed.on(state, day) is Holds.YES:
        says = _ONLY_SIGNED.filled(**names, day=signed.since[state])
        yield Reason(says, Confidence.HIGH, card.cite_standing("signatory", state))


def _adherents(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether an enterprise's own government, or that of where it works, adhered to the guidelines."""
    own, place = use.actor.country, use.place
    countries = tuple(dict.fromkeys((own, place)))
    reasons = tuple(reason for country in countries for reason in _adherence(card, country, day))
    if use.actor.kind is not ActorKind.ENTERPRISE:
        said = text("{law}: only enterprises are addressed, and who acts here is none", law=card.called)
        return Binding(
            Holds.NO, said, (Reason(said, Confidence.HIGH, card.cite_phase(day)), *reasons), ("adherent",)
        )
    holds = any_holds([card.standings["adherent"].on(country, day) for country in countries])
    says = text("{law}: no government of the countries concerned has adhered to them", law=card.called)
    return Binding(holds, says, reasons, ("adherent",))


_STANDINGS_OF = {
    "member": {
        Holds.YES: text("{country} is a member of the OECD"),
        Holds.NO: text("{country} is not a member of the OECD"),
        Holds.UNKNOWN: text("whether {country} is a member of the OECD is not on record here"),
    },
    "adherent": {
        Holds.YES: text(
            "its government has adhered to {law}: what they ask is expected of enterprises in or from "
            "{country}"
        ),
        Holds.NO: text(
            "its government has not adhered to {law}, so it does not expect enterprises in or from {country} "
            "to follow them"
        ),
        Holds.UNKNOWN: text("whether {country} has adhered to {law} is not on record here"),
    },
}


def _adherence(card: Instrument, state: str, day: date) -> Iterator[Reason]:
    """Yield the two standings apart: member of the organisation, and adherent to the guidelines."""
    for kind in ADHERENCE:
        holds = card.standings[kind].on(state, day)
        says = _STANDINGS_OF[kind][holds].filled(country=country_text(state), law=card.called)
        yield Reason(says, _sure(holds), card.cite_standing(kind, state))


def _sure(holds: Holds) -> Confidence:
    return Confidence.NONE if holds is Holds.UNKNOWN else Confidence.HIGH


def _union(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the system or its output is used in the Union; what is exclusively military is not."""
    military = use.stated(FactName.EXCLUSIVELY_MILITARY)
    military_reasons = tuple(fact_reasons(use, FactName.EXCLUSIVELY_MILITARY, day)) if military else ()
    if use.holds(FactName.EXCLUSIVELY_MILITARY) is Holds.YES:
        said = text("{law} leaves out what is exclusively military (Article 2(3))", law=card.called)
        rule = Reason(said, Confidence.HIGH, card.cite(("regulation",), "Article 2(3)"))
        return Binding(Holds.NO, said, (rule, *military_reasons), is_outside=True)
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
    says = text("neither the system nor its output is used in the Union (Article 2(1))")
    return Binding(holds, says, (*reasons, *military_reasons), ("territory",), is_outside=holds is Holds.NO)


_IN_UNION = {
    Holds.YES: text("{country}, where it is used, lies in the Union"),
    Holds.NO: text("{country}, where it is used, lies outside the Union"),
    Holds.UNKNOWN: text("whether {country} counts as the Union is not settled here"),
}


def _gap(use: Use, card: Instrument, day: date) -> Reason:
    """Return why a system for use elsewhere is not reached, even where it leaves from the Union."""
    cited = card.cite(("regulation",), "Article 2(1)")
    is_leaving = use.act in {Act.EXPORT, Act.SUPPLY, Act.DEVELOP}
    if is_leaving and is_in_union(use.actor.country, day) is Holds.YES:
        said = text(
            "the Act looks at what is placed on the market or used in the Union; a system that is only "
            "sold for use in a third country is outside it as we read it, though it leaves from the "
            "Union: that is left to export control"
        )
        return Reason(said, Confidence.MEDIUM, cited)
    said = text(
        "the Act looks at what is placed on the market or used in the Union, or whose output is used there"
    )
    return Reason(said, Confidence.HIGH, cited)


def _jurisdiction(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether who acts is of the Union, or it is done there."""
    own, place = is_in_union(use.actor.country, day), is_in_union(use.place, day)
    cited = (*card.cite(("regulation",), "jurisdiction"), *cite_union(use.actor.country))
    holds = any_holds([own, place])
    says = text("{law}: neither who acts nor where it is done is of the Union", law=card.called)
    match holds:
        case Holds.YES if own is Holds.YES:
            said = text("who acts is of the Union: {country}", country=country_text(use.actor.country))
        case Holds.YES:
            said = text("it is done in the Union: {country}", country=country_text(use.place))
        case Holds.NO:
            said = text(
                "who acts ({country}) and where it is done ({place}) are outside the Union",
                country=country_text(use.actor.country),
                place=country_text(use.place),
            )
        case Holds.UNKNOWN:
            said = text("whether who acts, or where it is done, is of the Union is not settled here")
    return Binding(holds, says, (Reason(said, _sure(holds), cited),), ("territory",))


_TESTS: Mapping[str, Callable[[Use, Instrument, date], Binding]] = {
    "everybody": _everybody,
    "pending": _everybody,
    "states": _parties,
    "members": _members,
    "enterprises": _adherents,
    "union": _union,
    "sanctions": _jurisdiction,
}
