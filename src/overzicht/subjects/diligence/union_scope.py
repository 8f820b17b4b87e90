"""Parties that an act of the Union binds: its territory, its market, its institutions, its large companies.

**What the law says.** The AI Act applies to systems that are placed on the market or used in the Union, or
whose output is used there (Article 2(1)), except exclusively military systems (Article 2(3)). Data protection
law applies to controllers established in the Union and to the monitoring of people there (Article 3). The
Charter binds the Union, and member states when they implement Union law (Article 51(1)). The sanctions regime
binds everyone in the Union, its nationals and companies, and business done there. The bans on products
concern the market of the Union and exports from it.

**What we check.** The territory of the actor and of the place, the regime of privacy law, and described
facts. A country matters only through its territory, which is then cited.

**What we cannot see.** Business outside the places that the description names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds, all_hold, any_holds
from overzicht.evidence import Confidence, Reason, Text, text
from overzicht.law.countries import cite_union, country_text, is_in_union
from overzicht.law.instruments import Instrument, instrument
from overzicht.subjects.diligence.conditions import fact_reasons
from overzicht.subjects.diligence.facts import FactName
from overzicht.subjects.diligence.regimes import Regime, choose_regime, other_regime, regime_reasons
from overzicht.subjects.diligence.uses import Act, ActorKind, Use


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


def in_market_scope(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the AI Act covers a use: by place or output, and not for military purposes only."""
    military = use.stated(FactName.EXCLUSIVELY_MILITARY)
    military_reasons = tuple(fact_reasons(use, FactName.EXCLUSIVELY_MILITARY, day)) if military else ()
    if use.holds(FactName.EXCLUSIVELY_MILITARY) is Holds.YES:
        exclusion = text(
            "{law} does not apply to exclusively military systems (Article 2(3))", law=card.called
        )
        rule = Reason(exclusion, Confidence.HIGH, card.cite(("regulation",), "Article 2(3)"))
        return Binding(Holds.NO, exclusion, (rule, *military_reasons), is_outside=True)
    placed, reasons = _territory(use, day, own=False)
    holds = any_holds([placed, use.holds(FactName.OUTPUT_USED_IN_UNION)])
    if military and use.holds(FactName.EXCLUSIVELY_MILITARY) is Holds.UNKNOWN and holds is Holds.YES:
        holds = Holds.UNKNOWN
    if placed is not Holds.YES:
        reasons = (*reasons, *fact_reasons(use, FactName.OUTPUT_USED_IN_UNION, day))
    if holds is Holds.NO:
        reasons = (*reasons, _gap(use, card, day))
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


def in_jurisdiction(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the sanctions regime binds the actor: by its own country or the place of the act."""
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
    return Binding(holds, statement, (Reason(basis, sure_of(holds), cited),), ("territory",))


def _territory(use: Use, day: date, *, own: bool) -> tuple[Holds, tuple[Reason, ...]]:
    """Return whether the place, or with `own` the actor, is in the Union, with the reasons."""
    placed, reason = _in_union(_IN_UNION, use.place, day)
    if not own or use.actor.country == use.place:
        return placed, (reason,)
    established, seat = _in_union(_ESTABLISHED, use.actor.country, day)
    return any_holds([placed, established]), (reason, seat)


def _in_union(sentences: Mapping[Holds, Text], country: str, day: date) -> tuple[Holds, Reason]:
    """Return whether a country is in the Union, and the reason in the sentence for the answer."""
    holds = is_in_union(country, day)
    statement = sentences[holds].filled(country=country_text(country))
    return holds, Reason(statement, sure_of(holds), cite_union(country))


_ESTABLISHED = {
    Holds.YES: text("{country}, where the actor is established, is in the Union"),
    Holds.NO: text("{country}, where the actor is established, is outside the Union"),
    Holds.UNKNOWN: text("it is unknown whether {country}, where the actor is established, is in the Union"),
}
_ELSEWHERE = text("{law} does not apply: neither the actor nor the people concerned are in {place}")
_NO_CARD = text("no card here")
_THROUGH = {
    Holds.YES: text("{law} binds through the law of {country}, which applies: {act}"),
    Holds.NO: text("{law} binds through the law of {country}, which does not apply: {act}"),
    Holds.UNKNOWN: text("{law} binds through the law of {country}; it is unknown whether it applies: {act}"),
}
_NATIONAL = text("{law} applies in {country} only")
_PROCESSING = frozenset({Act.USE, Act.BUY, Act.DEVELOP})


def under_data_protection(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether general data protection law binds the actor: the regime, then the territory."""
    return _under(use, card, day, Regime.GENERAL)


def under_police_law(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the law for police and prosecution binds the actor: the regime, then the territory."""
    return _under(use, card, day, Regime.POLICE)


def _under(use: Use, card: Instrument, day: date, regime: Regime) -> Binding:
    choice = choose_regime(use)
    placed, reasons = _scope(use, card, day)
    is_controller = Holds.NO if use.holds(FactName.CONTROLLER) is Holds.NO else Holds.YES
    holds = all_hold([placed, choice.is_of(regime), is_controller])
    statement = _elsewhere(card) if placed is Holds.NO else other_regime(use, card)
    if is_controller is Holds.NO:
        statement = text("{law} binds whoever processes data; the actor does not", law=card.called)
        reasons = (*reasons, *fact_reasons(use, FactName.CONTROLLER, day))
    return Binding(holds, statement, (*regime_reasons(use, card, day), *reasons), ("territory",))


def within_territory(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the actor or the place is where the act applies; its rules name the parties.

    The act of a state binds no public body of another state, wherever it acts.
    """
    placed, reasons = _scope(use, card, day)
    own = use.actor.country
    if use.actor.kind.is_public and card.territory not in {None, own}:
        statement = text(
            "{law} binds no public body of {country}", law=card.called, country=country_text(own)
        )
        return Binding(Holds.NO, statement, reasons, ("territory",))
    if card.through is not None and placed is not Holds.NO:
        # whether a directive binds through the law of a state concerned; unknown without a card of it. A
        # late state can be held to a directive itself, so its public bodies are not certainly free.
        through = card.through
        states = [state for state in _countries(use) if is_in_union(state, day) is not Holds.NO]
        answers = {
            state: instrument(through[state]).on(day).applies if state in through else Holds.UNKNOWN
            for state in states
        }
        through_states_reasons = [
            Reason(
                _THROUGH[holds].filled(
                    law=card.called,
                    country=country_text(state),
                    act=instrument(through[state]).called if state in through else _NO_CARD,
                ),
                sure_of(holds),
                instrument(through[state]).cite_phase(day) if state in through else card.cite_phase(day),
            )
            for state, holds in answers.items()
        ]
        holds = any_holds(answers.values())
        if holds is Holds.NO and use.actor.kind.is_public:
            holds = Holds.UNKNOWN
        statement = text("{law} binds through the law of a state, which did not apply", law=card.called)
        return Binding(holds, statement, (*reasons, *through_states_reasons), ("territory",), is_actor=False)
    return Binding(placed, _elsewhere(card), reasons, ("territory",))


def _elsewhere(card: Instrument) -> Text:
    place = text("the Union") if card.territory is None else country_text(card.territory)
    return _ELSEWHERE.filled(law=card.called, place=place)


def _scope(use: Use, card: Instrument, day: date) -> tuple[Holds, tuple[Reason, ...]]:
    """Return whether the actor or the place is where the act applies, with the reasons."""
    if card.territory is not None:
        is_there = card.territory in _countries(use)
        statement = _NATIONAL.filled(law=card.called, country=country_text(card.territory))
        cited = card.cite(card.on(day).sources, f"territory: {card.territory}")
        reason = Reason(statement, Confidence.HIGH, cited)
        return Holds.YES if is_there else Holds.NO, (reason,)
    placed, reasons = _territory(use, day, own=use.act in _PROCESSING)
    others = [country for country in _countries(use) if card.is_also_in(country, day)]
    if not others:
        return placed, reasons
    also_reasons: list[Reason] = []
    for country in others:
        statement = text("{country} applies {law} too, since {day}").filled(
            country=country_text(country), law=card.called, day=card.also_in[country]
        )
        also_reasons.append(Reason(statement, Confidence.HIGH, card.cite(("also-in",), country)))
    return Holds.YES, (*reasons, *also_reasons)


def _countries(use: Use) -> tuple[str, ...]:
    """Return the place, and that of the actor if it processes data itself; an exporter does not."""
    return tuple(dict.fromkeys((use.place, *([use.actor.country] if use.act in _PROCESSING else []))))


def under_charter(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the Charter binds: a state of the Union that implements Union law, or the Union itself.

    Duties of communication providers are within Union law, also for national security (Court of Justice,
    C-623/17 and C-511/18).
    """
    placed, reasons = _territory(use, day, own=use.actor.kind.is_public)
    choice = choose_regime(use)
    within = any_holds(
        [
            use.holds(FactName.IMPLEMENTS_UNION_LAW),
            use.holds(FactName.COMMUNICATIONS_DATA),
            choice.is_of(Regime.GENERAL),
            choice.is_of(Regime.POLICE),
        ]
    )
    if within is Holds.NO and use.stated(FactName.IMPLEMENTS_UNION_LAW) == ():
        within = Holds.UNKNOWN
    stated = tuple(fact_reasons(use, FactName.IMPLEMENTS_UNION_LAW, day))
    is_actor = use.actor.kind.is_public or use.actor.kind is ActorKind.ORGANISATION
    return Binding(
        all_hold([placed, within]),
        text("{law} binds the Union, and its states when they implement Union law", law=card.called),
        (*regime_reasons(use, card, day), *stated, *reasons),
        ("territory",),
        is_actor=is_actor,
    )


def in_trade_scope(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether a ban on products binds: on the market of the Union, or exported from it."""
    placed, reasons = _territory(use, day, own=use.act in {Act.EXPORT, Act.SUPPLY})
    is_trade = use.act in {Act.SUPPLY, Act.EXPORT}
    statement = text("{law} covers only products that are supplied in the Union or exported", law=card.called)
    if not is_trade:
        rule = Reason(statement, Confidence.HIGH, card.cite_phase(day))
        return Binding(Holds.NO, statement, (rule,))
    return Binding(placed, statement, reasons, ("territory",))


def is_large_company(use: Use, card: Instrument, day: date) -> Binding:
    """Return whether the actor is a company above the thresholds of the date; unknown if its size is."""
    statement = text("{law} binds only companies above its thresholds", law=card.called)
    rule = Reason(statement, Confidence.HIGH, card.cite_phase(day))
    if use.actor.kind is not ActorKind.ENTERPRISE:
        return Binding(Holds.NO, statement, (rule,))
    own, seat = _in_union(_ESTABLISHED, use.actor.country, day)
    size = card.size_on(day)
    size_reasons = (Reason(card.binds_on(day), Confidence.HIGH, card.cite(size.sources, "Article 2")),)
    reasons = (rule, *size_reasons, *fact_reasons(use, FactName.CSDDD_SCOPE, day))
    holds = use.holds(FactName.CSDDD_SCOPE)
    if holds is Holds.UNKNOWN and own is Holds.YES:
        employees = _above(use.actor.employees, size.employees)
        holds = all_hold([employees, _above(use.actor.turnover, size.turnover)])
    elif holds is Holds.UNKNOWN and own is Holds.NO:
        holds = _above(use.actor.union_turnover, size.union_turnover)
    return Binding(holds, statement, (*reasons, seat), ("territory",))


def _above(value: int | None, threshold: int | None) -> Holds:
    if threshold is None:
        return Holds.NO
    if value is None:
        return Holds.UNKNOWN
    return Holds.YES if value > threshold else Holds.NO


def sure_of(holds: Holds) -> Confidence:
    """Return the confidence of an answer that a source settles; none if it is unknown."""
    return Confidence.NONE if holds is Holds.UNKNOWN else Confidence.HIGH
