"""A described system or conduct: what, by whom, where, against which groups, and by which source.

A use is weighed *as described*. Whether the description is true is a separate question: each fact carries the
claims for and against it, with side and source, and the party that confirmed it, if any.
"""

import datetime
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text, in_both, text
from overzicht.evidence.limited import Count, Few, Line, Lines, Named, Title
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.law.instruments import instruments
from overzicht.subjects.diligence.facts import (
    ABOUT_GROUP,
    TOGETHER,
    FactName,
    Ground,
    implied_by,
    opposite_of,
)


def _yes_or_no(value: Any) -> Any:
    """Return yes and no for true and false, as JSON and some YAML readers give them."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


Answered = Annotated[Literal["yes", "no", "unknown"], BeforeValidator(_yes_or_no)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Act(WordedEnum):
    """Act of the actor with the system."""

    USE = "use", text("uses it")
    BUY = "buy", text("buys it")
    SUPPLY = "supply", text("supplies it")  # sell or put into service at the place
    EXPORT = "export", text("exports it")
    DEVELOP = "develop", text("develops it")


class ActorKind(WordedEnum):
    """Kind of actor."""

    STATE = "state", text("a state")
    PUBLIC_BODY = "public body", text("a public body")
    POLICE = "police", text("a police or prosecution authority")
    INTELLIGENCE = "intelligence service", text("an intelligence service")
    ENTERPRISE = "enterprise", text("an enterprise")
    ORGANISATION = "international organisation", text("an international organisation")
    PERSON = "person", text("a person")

    @property
    def is_public(self) -> bool:
        """Whether its conduct is an act of its state."""
        return self in {ActorKind.STATE, ActorKind.PUBLIC_BODY, ActorKind.POLICE, ActorKind.INTELLIGENCE}


class Side(WordedEnum):
    """Side of the party that makes a claim."""

    PRESS = "press", text("press")
    RESEARCH = "research", text("research")
    COMPANY = "company", text("the company")
    GOVERNMENT = "government", text("a government")
    INTERNATIONAL_BODY = "international body", text("an international body")
    CIVIL_SOCIETY = "civil society", text("civil society")
    AFFECTED = "affected people", text("people affected")
    SUPPLIER = "supplier", text("a supplier")
    OWN = "own finding", text("own finding")


class UseDocument(StrictModel):
    """A document that states something."""

    title: Title
    address: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=2_000)] = ""
    date: datetime.date | None = None  # the day of the document, where it has one

    def cite(self, use: str, place: str, *, official: bool = False) -> Citation:
        """Return the citation of this document for a statement about a use."""
        return Citation(
            source=f"use: {use}",
            title=self.title,
            place=place,
            address=self.address,
            published=self.date,
            official=official,
        )


class Claim(StrictModel):
    """A party's statement on a fact; `answer` is `no` if the party denies it."""

    by: Named
    side: Side
    answer: Annotated[Literal["yes", "no"], BeforeValidator(_yes_or_no), Field(alias="says")] = "yes"
    on: date | None = None
    source: UseDocument


class Confirmation(StrictModel):
    """Confirmation of a fact from the confirming party's own information, with its date."""

    by: Named
    on: date
    source: UseDocument


class ReadText(StrictModel):
    """Confirmation by a person who read the text of a rule; `rule` is card and rule (`wpg:special-data`).

    A rule from memory has effect only with it, from the date `on`.
    """

    rule: Annotated[str, Field(pattern=r"^[a-z0-9-]+:[a-z0-9-]+$", max_length=200)]
    by: Named
    on: date
    source: UseDocument

    @model_validator(mode="after")
    def _rule_is_known(self) -> "ReadText":
        card, _, rule = self.rule.partition(":")
        known = instruments().get(card)
        if known is None:
            raise ValueError(f"unknown instrument {card!r}; `overzicht law list` shows them")
        if rule not in known.rules:
            raise ValueError(f"{card} has no rule {rule!r}; its rules: {', '.join(known.rules)}")
        return self


class DescribedFact(StrictModel):
    """One fact of the description with its claims; `ground` and `group` if it is about a group.

    `group_nl` is the Dutch name of the group, if it differs.
    """

    fact: FactName
    value: Answered
    ground: Ground | None = None
    group: Line = ""
    group_nl: Line = ""
    claims: Few[Claim] = ()
    confirmed: Confirmation | None = None
    note: Lines = ""

    @model_validator(mode="after")
    def _group_has_ground(self) -> "DescribedFact":
        about_group = self.fact in ABOUT_GROUP
        if about_group and self.value == "yes" and self.ground is None:
            raise ValueError(f"{self.fact} needs a ground, such as `ground: ethnic origin`")
        if not about_group and (self.ground is not None or self.group):
            raise ValueError(f"{self.fact} is not about a group; leave out ground and group")
        return self


class StatedListing(StrictModel):
    """A listing of a party on the list of the human rights regime, as its source states."""

    since: date
    until: date | None = None
    source: UseDocument

    def holds_on(self, day: date) -> bool:
        """Return whether the listing was in force on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


class StatedOwner(StrictModel):
    """A share of a counterparty held by an owner; `percent` is None if the share is unknown.

    `owners` are its own owners at any level. If an owner has none, its ownership is unknown, unless it
    `cannot_be_owned`, such as a natural person, a state or a public body.
    """

    name: Named
    percent: Annotated[float, Field(ge=0, le=100)] | None = None
    since: date | None = None
    until: date | None = None
    listed: StatedListing | None = None
    cannot_be_owned: bool = False
    owners: Few["StatedOwner"] = ()
    source: UseDocument

    @model_validator(mode="after")
    def _is_owned_or_not(self) -> "StatedOwner":
        if self.cannot_be_owned and self.owners:
            raise ValueError(f"{self.name} has owners, but is marked as a party that cannot be owned")
        return self

    @property
    def all_above(self) -> tuple["StatedOwner", ...]:
        """The owner and every owner above it, nearest first."""
        return (self, *(above for owner in self.owners for above in owner.all_above))


class StatedControl(StrictModel):
    """A sign that a listed party controls a counterparty without owning it; a person decides on it."""

    sign: Title
    by: Named
    source: UseDocument


class Counterparty(StrictModel):
    """A party that receives goods or money, with its stated listing, owners and control.

    The owners of a party that `cannot_be_owned` (a person, a state or a public body) are not asked for.
    """

    name: Named
    listed: StatedListing | None = None
    cannot_be_owned: bool = False
    owners: Few[StatedOwner] = ()
    control: Few[StatedControl] = ()

    @property
    def all_owners(self) -> tuple[StatedOwner, ...]:
        """Every owner at any level."""
        return tuple(above for owner in self.owners for above in owner.all_above)


class UseActor(StrictModel):
    """The party that acts; for a company also its employees and its turnover in EUR in the last year."""

    name: Named
    kind: ActorKind
    country: Country
    employees: Count | None = None
    turnover: Count | None = None
    union_turnover: Count | None = None


class Use(StrictModel):
    """A described system or conduct; `place` is the country of use, `since` its start date if stated.

    `covert` states whether the people concerned are kept from knowing. `texts` are rules whose text a person
    read.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
    title: Title
    title_nl: Line = ""
    description: Lines = ""
    description_nl: Lines = ""
    act: Act
    actor: UseActor
    place: Country
    covert: Answered = "unknown"
    since: date | None = None
    facts: Few[DescribedFact] = ()
    counterparties: Few[Counterparty] = ()
    texts: Few[ReadText] = ()

    @model_validator(mode="after")
    def _facts_stand_once(self) -> "Use":
        keys = [(fact.fact, fact.ground, fact.group) for fact in self.facts]
        twice = sorted({f"{name}" for name, ground, group in keys if keys.count((name, ground, group)) > 1})
        if twice:
            raise ValueError(f"stated twice: {', '.join(twice)}; put the claims of both sides under one fact")
        return self

    @property
    def titled(self) -> Text:
        """The title in both languages; one title stands for both."""
        return in_both(en=self.title, nl=self.title_nl or self.title)

    @property
    def described(self) -> Text:
        """The description in both languages; it may be empty."""
        return in_both(en=self.description, nl=self.description_nl or self.description)

    def text_read(self, rule: str, day: datetime.date) -> ReadText | None:
        """Return the confirmation of the text of a rule, given on `day` or before; None without one."""
        known = [entry for entry in self.texts if entry.rule == rule and entry.on <= day]
        return known[-1] if known else None

    def stated(self, name: FactName | str) -> tuple[DescribedFact, ...]:
        """Return the facts described under a name; more than one only for several groups."""
        return tuple(fact for fact in self.facts if fact.fact == name)

    def basis(self, name: FactName | str) -> tuple[DescribedFact, ...]:
        """Return the facts that answer a name: those described under it, else those that imply its answer.

        Facts that imply another hold by definition, such as recognising faces and identifying by biometrics.
        Empty if the description says nothing.
        """
        if stated := self.stated(name):
            return stated
        opposite = tuple(fact for other in opposite_of(name) for fact in self.stated(other))
        implying = (fact for other in implied_by(name) for fact in self.stated(other))
        return opposite or tuple(fact for fact in implying if fact.value == "yes") or self._together(name)

    def _together(self, name: FactName | str) -> tuple[DescribedFact, ...]:
        """Return the facts that only together make a fact of a public body true; empty if one lacks."""
        for whole, parts in TOGETHER.items():
            facts = tuple(fact for part in parts for fact in self.stated(part) if fact.value == "yes")
            if (
                self.actor.kind.is_public
                and (name == whole or whole in implied_by(name))
                and len(facts) == len(parts)
            ):
                return facts
        return ()

    def holds(self, name: FactName | str, grounds: tuple[str, ...] = ()) -> Holds:
        """Return whether a fact is described to hold, on one of `grounds` if given; unknown by default."""
        facts = self.basis(name)
        reverse = {"yes": "no", "no": "yes", "unknown": "unknown"}
        is_opposite = bool(facts) and facts[0].fact in opposite_of(name)
        fitting = [f for f in facts if f.value != "yes" or not grounds or f.ground in grounds]
        answers = {reverse[fact.value] if is_opposite else fact.value for fact in fitting}
        if "yes" in answers:
            return Holds.YES
        if "unknown" in answers or not facts:
            return Holds.UNKNOWN
        return Holds.NO
