"""The instruments themselves on a day: which applied, what each asks, and which country stood where."""

from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds
from overzicht.diligence.conditions import listed_facts, listed_grounds
from overzicht.evidence import Text, text
from overzicht.law.countries import country_text
from overzicht.law.export_rules import unverified_text
from overzicht.law.instruments import Instrument, UseRule, instrument, instruments
from overzicht.reports.law.model import ShownInstrument, ShownRule, ShownStanding

_PARTIES = text(
    "whether a party named stands on the list on the day, whether listed parties own it by the threshold of "
    "the day, and whether there is a sign that one controls it"
)


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument with whether it applied on a day, and why."""

    card: Instrument
    applies: Holds
    says: Text


RuleLine = ShownRule
StandingLine = ShownStanding
InstrumentView = ShownInstrument


def list_instruments(as_of: date) -> tuple[InstrumentLine, ...]:
    """Return every instrument, in the order in which they are weighed."""
    return tuple(
        InstrumentLine(card, card.on(as_of).applies, card.on(as_of).text) for card in instruments().values()
    )


def show_instrument(name: str, as_of: date) -> InstrumentView:
    """Return one instrument with its rules and standings; UnknownNameError lists what there is."""
    card = instrument(name)
    phase = card.on(as_of)
    return InstrumentView(
        card=card,
        as_of=as_of,
        applies=phase.applies,
        says=phase.text,
        rules=tuple(_rule(card, rule, as_of) for rule in card.rules.values()),
        standings=_standings(card, as_of),
        citations=tuple(where.cite(f"law: {card.id}", "") for where in card.sources.values()),
    )


def _rule(card: Instrument, rule: UseRule, as_of: date) -> RuleLine:
    applies = rule.applies_on(as_of) if card.on(as_of).applies is Holds.YES else card.on(as_of).applies
    unseen = [rule.unseen.text] if rule.unseen is not None else []
    return RuleLine(
        rule=rule,
        place=card.place_of(rule.article),
        applies=applies,
        says=rule.text,
        checks=_PARTIES if card.scope == "sanctions" else _checks(rule),
        unseen=(*unseen, *(each.text for each in card.unseen)),
        caution=unverified_text(rule.unverified),
        citations=card.cite_rule(rule),
    )


def _checks(rule: UseRule) -> Text:
    """Return in a sentence which facts of a description decide."""
    when = rule.when
    said = text("who acts, by its kind") if rule.actor_kind is not None else text("whom it reaches")
    if when.all:
        said = text("whether it is described that {facts}", facts=listed_facts(when.all))
    if when.grounds:
        said = text("{says}; on the grounds {grounds}", says=said, grounds=listed_grounds(when.grounds))
    if when.open_grounds:
        said = text(
            "{says}; on {grounds} the text is open", says=said, grounds=listed_grounds(when.open_grounds)
        )
    if when.presumed:
        said = text(
            "{says}; unless described otherwise it counts that {facts}",
            says=said,
            facts=listed_facts(when.presumed),
        )
    if when.unless:
        said = text("{says}; not where {facts}", says=said, facts=listed_facts(when.unless))
    return said


def _standings(card: Instrument, as_of: date) -> tuple[StandingLine, ...]:
    found = []
    for kind, standings in card.standings.items():
        for code in sorted({*standings.since, *standings.never}):
            found.append(
                StandingLine(
                    kind=kind,
                    country=country_text(code),
                    code=code,
                    holds=standings.on(code, as_of),
                    since=standings.since.get(code),
                    caution=card.unverified_standing(kind, code),
                )
            )
    return tuple(found)
