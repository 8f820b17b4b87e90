"""A described system or conduct: what, by whom, where, against which groups, and who says so.

A use is weighed *as described*. Whether the description is true is another matter: each fact carries the
claims for and against it, with side and source, and who confirmed it, if anybody did.
"""

import datetime
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text, in_both
from overzicht.evidence.packaged import StrictModel


def _said(value: Any) -> Any:
    """Return yes and no for true and false, as JSON and some YAML readers have them."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


Answered = Annotated[Literal["yes", "no", "unknown"], BeforeValidator(_said)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Act(StrEnum):
    """What the actor does with the system."""

    USE = "use"
    BUY = "buy"
    SUPPLY = "supply"  # sell or put into service at the place
    EXPORT = "export"
    DEVELOP = "develop"


class ActorKind(StrEnum):
    """What the actor is."""

    STATE = "state"
    PUBLIC_BODY = "public body"
    ENTERPRISE = "enterprise"
    ORGANISATION = "international organisation"
    PERSON = "person"

    @property
    def is_public(self) -> bool:
        """Whether what it does is an act of its state."""
        return self in {ActorKind.STATE, ActorKind.PUBLIC_BODY}


class Ground(StrEnum):
    """By what a group is singled out or an attribute is inferred."""

    RACE = "race"
    COLOUR = "colour"
    DESCENT = "descent"
    NATIONAL_ORIGIN = "national origin"
    ETHNIC_ORIGIN = "ethnic origin"
    RELIGION = "religion"
    BELIEF = "belief"
    POLITICAL_OPINION = "political opinion"
    TRADE_UNION = "trade union membership"
    SEX = "sex"
    SEX_LIFE = "sex life or orientation"
    LANGUAGE = "language"
    NATIONALITY = "nationality"
    AGE = "age"
    DISABILITY = "disability"
    SOCIAL_SITUATION = "social situation"


class FactName(StrEnum):
    """What can be described of a use; rules ask for these and for nothing else."""

    FACE_RECOGNITION = "face-recognition"
    REMOTE_IDENTIFICATION = "remote-identification"
    REAL_TIME = "real-time"
    PUBLIC_SPACE = "public-space"
    LAW_ENFORCEMENT = "law-enforcement"
    AUTHORISED_EXCEPTION = "authorised-exception"
    SINGLES_OUT_GROUP = "singles-out-group"
    INFERS_ATTRIBUTE = "infers-attribute"
    LABELS_LAWFUL_DATA = "labels-lawful-data"
    UNTARGETED_SCRAPING = "untargeted-scraping"
    INFERS_EMOTION = "infers-emotion"
    WORK_OR_EDUCATION = "work-or-education"
    MEDICAL_OR_SAFETY = "medical-or-safety"
    PREDICTS_CRIME = "predicts-crime"
    ONLY_PROFILING = "only-profiling"
    SOCIAL_SCORING = "social-scoring"
    UNJUSTIFIED_TREATMENT = "unjustified-treatment"
    MANIPULATES = "manipulates"
    EXPLOITS_VULNERABILITY = "exploits-vulnerability"
    SIGNIFICANT_HARM = "significant-harm"
    IMPAIRS_RIGHTS = "impairs-rights"
    WITHOUT_LEGAL_BASIS = "without-legal-basis"
    EXCLUSIVELY_MILITARY = "exclusively-military"
    OUTPUT_USED_IN_UNION = "output-used-in-union"


class Side(StrEnum):
    """On which side somebody stands who claims something."""

    PRESS = "press"
    RESEARCH = "research"
    COMPANY = "company"
    GOVERNMENT = "government"
    INTERNATIONAL_BODY = "international body"
    CIVIL_SOCIETY = "civil society"
    AFFECTED = "affected people"
    SUPPLIER = "supplier"
    OWN = "own finding"


class Document(StrictModel):
    """Where something can be read."""

    title: Annotated[str, Field(min_length=3)]
    address: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    date: datetime.date | None = None  # the day of the document, where it has one

    def cite(self, use: str, place: str, *, official: bool = False) -> Citation:
        """Return the citation of this document for something said of a use."""
        return Citation(
            source=f"use: {use}",
            title=self.title,
            place=place,
            address=self.address,
            published=self.date,
            official=official,
        )


class Claim(StrictModel):
    """Somebody's word on a fact; `says` is `no` where the fact is denied."""

    by: Annotated[str, Field(min_length=2)]
    side: Side
    says: Annotated[Literal["yes", "no"], BeforeValidator(_said)] = "yes"
    on: date | None = None
    source: Document


class Confirmation(StrictModel):
    """Who established a fact from information of their own, and when."""

    by: Annotated[str, Field(min_length=2)]
    on: date
    source: Document


class DescribedFact(StrictModel):
    """One fact of the description with who says so; `ground` and `group` where it is about a group.

    `group_nl` is what the group is called in Dutch, where that differs.
    """

    fact: FactName
    value: Answered
    ground: Ground | None = None
    group: str = ""
    group_nl: str = ""
    claims: tuple[Claim, ...] = ()
    confirmed: Confirmation | None = None
    note: str = ""

    @model_validator(mode="after")
    def _group_has_ground(self) -> "DescribedFact":
        about_group = self.fact in {FactName.SINGLES_OUT_GROUP, FactName.INFERS_ATTRIBUTE}
        if about_group and self.value == "yes" and self.ground is None:
            raise ValueError(f"{self.fact} needs a ground, such as `ground: ethnic origin`")
        if not about_group and (self.ground is not None or self.group):
            raise ValueError(f"{self.fact} is not about a group; leave out ground and group")
        return self


class StatedListing(StrictModel):
    """That a party stands on the list of the human rights regime, as its source states."""

    since: date
    until: date | None = None
    source: Document

    def holds_on(self, day: date) -> bool:
        """Return whether the listing was in force on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


class StatedOwner(StrictModel):
    """That somebody holds a share of a counterparty; `percent` None where the share is not known.

    `owners` are its own owners, of any degree. Of an owner without any it is not known who owns it, unless it
    `cannot_be_owned`, as a natural person, a state or a public body.
    """

    name: Annotated[str, Field(min_length=2)]
    percent: Annotated[float, Field(ge=0, le=100)] | None = None
    since: date | None = None
    until: date | None = None
    listed: StatedListing | None = None
    cannot_be_owned: bool = False
    owners: tuple["StatedOwner", ...] = ()
    source: Document

    @model_validator(mode="after")
    def _is_owned_or_not(self) -> "StatedOwner":
        if self.cannot_be_owned and self.owners:
            raise ValueError(f"{self.name} has owners, and is said to be somebody whom nobody can own")
        return self

    @property
    def all_above(self) -> tuple["StatedOwner", ...]:
        """Itself and every owner above it, nearest first."""
        return (self, *(above for owner in self.owners for above in owner.all_above))


class StatedControl(StrictModel):
    """A sign that a listed party controls a counterparty without owning it; a person decides on it."""

    sign: Annotated[str, Field(min_length=3)]
    by: Annotated[str, Field(min_length=2)]
    source: Document


class Counterparty(StrictModel):
    """A party to whom goods or money go, with what is stated of its listing, owners and control.

    Nobody is asked for the owners of one that `cannot_be_owned`, as a person, a state or a public body.
    """

    name: Annotated[str, Field(min_length=2)]
    listed: StatedListing | None = None
    cannot_be_owned: bool = False
    owners: tuple[StatedOwner, ...] = ()
    control: tuple[StatedControl, ...] = ()

    @property
    def all_owners(self) -> tuple[StatedOwner, ...]:
        """Every owner of any degree."""
        return tuple(above for owner in self.owners for above in owner.all_above)


class Actor(StrictModel):
    """Who does it."""

    name: Annotated[str, Field(min_length=2)]
    kind: ActorKind
    country: Country


class Use(StrictModel):
    """A described system or conduct; `place` is where it is used, `since` from when, as far as is said.

    `covert` says whether the people concerned are kept from knowing.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
    title: Annotated[str, Field(min_length=3)]
    title_nl: str = ""
    description: str = ""
    description_nl: str = ""
    act: Act
    actor: Actor
    place: Country
    covert: Answered = "unknown"
    since: date | None = None
    facts: tuple[DescribedFact, ...] = ()
    counterparties: tuple[Counterparty, ...] = ()

    @model_validator(mode="after")
    def _facts_stand_once(self) -> "Use":
        told = [(fact.fact, fact.ground, fact.group) for fact in self.facts]
        twice = sorted({f"{name}" for name, ground, group in told if told.count((name, ground, group)) > 1})
        if twice:
            raise ValueError(f"stated twice: {', '.join(twice)}; put the claims of both sides under one fact")
        return self

    @property
    def titled(self) -> Text:
        """The title for either language; the one that is given where there is no other."""
        return in_both(en=self.title, nl=self.title_nl or self.title)

    @property
    def described(self) -> Text:
        """The description for either language; it may be empty."""
        return in_both(en=self.description, nl=self.description_nl or self.description)

    def stated(self, name: FactName | str) -> tuple[DescribedFact, ...]:
        """Return what is described under a name; more than one only for several groups."""
        return tuple(fact for fact in self.facts if fact.fact == name)

    def holds(self, name: FactName | str, grounds: tuple[str, ...] = ()) -> Holds:
        """Return whether a fact is described to hold, on one of `grounds` if given; silence is unknown."""
        told = self.stated(name)
        fitting = [f for f in told if f.value != "yes" or not grounds or f.ground in grounds]
        answers = {fact.value for fact in fitting}
        if "yes" in answers:
            return Holds.YES
        if "unknown" in answers or not told:
            return Holds.UNKNOWN
        return Holds.NO
