"""The regime of privacy law for a use: which act applies, asked first and for each use, never for a device.

**What the law says.** The General Data Protection Regulation does not cover competent authorities that
process data to prevent, detect or prosecute offences (Article 2(2)(d)); Directive (EU) 2016/680 does. Neither
covers national security, and the Regulation leaves out purely personal or household activities (Article
2(2)(a) and (c)). A camera that also films the street is not a household matter (Court of Justice, C-212/13).

**What we check.** The kind of the actor and the described purpose. A public body that describes no purpose
of law enforcement or public order counts as acting under the Regulation; a police authority counts as acting
under the Directive.

**What we cannot see.** Whether a body is a competent authority for this task by the law of its state.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds, any_holds
from overzicht.evidence import Confidence, Reason, Text, text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.law.instruments import Instrument
from overzicht.subjects.diligence.conditions import fact_reasons
from overzicht.subjects.diligence.facts import FactName
from overzicht.subjects.diligence.uses import ActorKind, Use

PURPOSES = (FactName.LAW_ENFORCEMENT, FactName.PUBLIC_ORDER)


class Regime(WordedEnum):
    """Regime of privacy law that a use falls under."""

    GENERAL = "general", text("general data protection law")
    POLICE = "police", text("data protection law for police and prosecution")
    NATIONAL_SECURITY = "national security", text("national security, outside Union law")
    HOUSEHOLD = "household", text("a purely personal or household activity")
    OUTSIDE = "outside", text("no data about identifiable people")
    UNKNOWN = "unknown", text("could not be determined")


@dataclass(frozen=True, slots=True)
class RegimeChoice:
    """The regime of a use and the described facts that decide it; `missing` would decide it if unknown."""

    regime: Regime
    decided_by: tuple[FactName, ...] = ()

    def is_of(self, regime: Regime) -> Holds:
        """Return whether the use falls under a regime."""
        if self.regime is Regime.UNKNOWN:
            return Holds.UNKNOWN
        return Holds.YES if self.regime is regime else Holds.NO


def choose_regime(use: Use) -> RegimeChoice:
    """Return the regime of privacy law for a use; unknown if a fact that decides is not described."""
    personal = use.holds(FactName.PERSONAL_DATA)
    if personal is Holds.NO:
        return RegimeChoice(Regime.OUTSIDE, (FactName.PERSONAL_DATA,))
    is_security = use.holds(FactName.EXCLUSIVELY_MILITARY)
    if use.actor.kind is ActorKind.INTELLIGENCE or is_security is Holds.YES:
        return RegimeChoice(Regime.NATIONAL_SECURITY, (FactName.EXCLUSIVELY_MILITARY,))
    if personal is Holds.UNKNOWN:
        return RegimeChoice(Regime.UNKNOWN, (FactName.PERSONAL_DATA,))
    if use.actor.kind.is_public:
        purpose = any_holds([use.holds(name) for name in PURPOSES])
        is_described = any(use.basis(name) for name in PURPOSES)
        if purpose is Holds.YES or (not is_described and use.actor.kind is ActorKind.POLICE):
            return RegimeChoice(Regime.POLICE, PURPOSES)
        is_unknown = any(fact.value == "unknown" for name in PURPOSES for fact in use.basis(name))
        return RegimeChoice(Regime.UNKNOWN if is_unknown else Regime.GENERAL, PURPOSES)
    if use.actor.kind is not ActorKind.PERSON:
        choice_of_private_party = RegimeChoice(Regime.GENERAL)
    else:
        deciding = (FactName.HOUSEHOLD, FactName.PUBLIC_SPACE)
        if use.holds(FactName.PUBLIC_SPACE) is Holds.YES or use.holds(FactName.HOUSEHOLD) is Holds.NO:
            choice_of_private_party = RegimeChoice(Regime.GENERAL, deciding)
        else:
            is_household = use.holds(FactName.HOUSEHOLD) is Holds.YES
            choice_of_private_party = RegimeChoice(
                Regime.HOUSEHOLD if is_household else Regime.UNKNOWN, deciding
            )
    return choice_of_private_party


_REGIME = text("the regime of this use is: {regime}")


def regime_reasons(use: Use, card: Instrument, day: date) -> tuple[Reason, ...]:
    """Return the regime of a use with the described facts that decide it, cited at the scope of the act."""
    choice = choose_regime(use)
    strength = Confidence.NONE if choice.regime is Regime.UNKNOWN else Confidence.HIGH
    statement = _REGIME.filled(regime=choice.regime.words)
    head = Reason(statement, strength, card.cite(card.on(day).sources, "scope"))
    facts = [name for name in choice.decided_by if use.basis(name) or choice.regime is Regime.UNKNOWN]
    return (head, *(reason for name in facts for reason in fact_reasons(use, name, day)))


def other_regime(use: Use, card: Instrument) -> Text:
    """Return that an act does not cover a use, because of its regime."""
    regime = choose_regime(use).regime.words
    return text("{law} does not cover this use; its regime is: {regime}", law=card.called, regime=regime)
