"""The legal instruments as of a date: which apply, their rules, and the position of each country."""

from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.law.countries import country_text
from overzicht.law.instruments import UseRule, instrument, instruments
from overzicht.subjects.diligence.conditions import listed_facts, listed_grounds
from overzicht.subjects.diligence.law_model import ShownInstrument, ShownRule, ShownStanding
from overzicht.subjects.diligence.rules import rule_caution

_PARTIES = text(
    "whether a named party is listed on the date, whether listed parties own it by the threshold in force, "
    "and whether there is a sign that one of them controls it"
)


def list_instruments(as_of: date) -> tuple[ShownInstrument, ...]:
    """Return every instrument, in the order of assessment."""
    return tuple(show_instrument(name, as_of) for name in instruments())


def show_instrument(name: str, as_of: date) -> ShownInstrument:
    """Return one instrument with its rules and standings; UnknownNameError lists the known names."""
    card = instrument(name)
    phase = card.on(as_of)
    rules: list[ShownRule] = []
    for rule in card.rules.values():
        applies = rule.applies_on(as_of) if card.on(as_of).applies is Holds.YES else card.on(as_of).applies
        unseen = [rule.unseen.text] if rule.unseen is not None else []
        rules.append(
            ShownRule(
                rule=rule,
                place=card.place_of(rule.article),
                applies=applies,
                sentence=rule.text,
                checks=_PARTIES if card.scope == "sanctions" else _checks(rule),
                unseen=(*unseen, *(part.text for part in card.unseen)),
                caution=rule_caution(rule),
                citations=card.cite_rule(rule),
            )
        )
    return ShownInstrument(
        card=card,
        as_of=as_of,
        applies=phase.applies,
        sentence=phase.text,
        binds=card.binds_on(as_of),
        rules=tuple(rules),
        standings=tuple(
            ShownStanding(
                kind=kind,
                country=country_text(code),
                code=code,
                holds=standings.on(code, as_of),
                since=standings.since.get(code),
                caution=card.unverified_standing(kind, code),
            )
            for kind, standings in card.standings.items()
            for code in standings.countries
        ),
        citations=tuple(where.cite(f"law: {card.id}", "") for where in card.sources.values()),
    )


def _checks(rule: UseRule) -> Text:
    """Return a sentence on the facts of a description that decide."""
    when = rule.when
    sentence = (
        text("the kind of actor") if rule.actor_kind is not None else text("the persons that it applies to")
    )
    if when.all or when.any:
        facts = listed_facts((*when.all, *when.any))
        sentence = text("whether it is described that {facts}", facts=facts)
    if when.grounds:
        sentence = text("{says}; on the grounds {facts}", says=sentence, facts=listed_grounds(when.grounds))
    if when.open_grounds:
        grounds = listed_grounds(when.open_grounds)
        sentence = text("{says}; on {facts} the text is open", says=sentence, facts=grounds)
    if when.presumed:
        sentence = text(
            "{says}; unless described otherwise it counts that {facts}",
            says=sentence,
            facts=listed_facts(when.presumed),
        )
    if when.unless:
        sentence = text("{says}; not if {facts}", says=sentence, facts=listed_facts(when.unless))
    # the checks with what the actor must show, and what a person judges
    duty = rule.duty
    if duty.all:
        facts = listed_facts(duty.all)
        sentence = text("{says}; the actor must show that {facts}", says=sentence, facts=facts)
    if duty.any:
        facts = listed_facts(duty.any)
        sentence = text("{says}; the actor must show one of these: {facts}", says=sentence, facts=facts)
    if duty.weighed:
        facts = listed_facts(duty.weighed)
        sentence = text("{says}; a person judges whether {facts}", says=sentence, facts=facts)
    return sentence
