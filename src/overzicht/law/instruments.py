"""Instruments of law and guidance as dated cards: parties bound, dates, and requirements for a use.

A card is a file of `law/data/instruments`. It states the content in our own words: `phases` the dates of
application, `standings` the dates on which a country was a party, member or adherent, `rules` the
requirements, as conditions on described facts. Points without a source are named in `unverified`, never
left out. Old phases and standings remain, so that a question about a past date gets the law of that date.
"""

import datetime
from collections.abc import Iterable
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from overzicht.dates import Holds
from overzicht.errors import PackagedFactError, UnknownNameError
from overzicht.evidence import Citation, Text, in_both, text
from overzicht.evidence.packaged import (
    ById,
    LocalizedText,
    StrictModel,
    packaged_facts,
    packaged_names,
    packaged_text,
)
from overzicht.evidence.source import Document
from overzicht.law.export_rules import unverified_text
from overzicht.law.standings import Country, StandingKind, Standings, packaged_standings
from overzicht.law.timeline import check_order, value_on
from overzicht.safeyaml import read_packaged_yaml

PLACES = {  # one, several
    "article": (text("Article {number}"), text("Articles {number}")),
    "principle": (text("Principle {number}"), text("Principles {number}")),
    "paragraph": (text("Paragraph {number}"), text("Paragraphs {number}")),
    "section": (text("Section {number}"), text("Sections {number}")),
    "control": (text("Control {number}"), text("Controls {number}")),
    "chapter": (text("Chapter {number}"), text("Chapters {number}")),
}
FOLDER = "data/instruments"
ORDER = "order.yaml"
Confidence = Literal["read", "secondary", "memory"]
Scope = Literal[
    "states",
    "everybody",
    "enterprises",
    "union",
    "members",
    "sanctions",
    "pending",
    "data protection",
    "police",
    "charter",
    "trade",
    "large companies",
    "territory",
]


class Phase(LocalizedText):
    """Whether the instrument applied from `since` until the next phase, with the reason in words."""

    since: datetime.date | None
    applies: Holds
    sources: tuple[str, ...] = Field(min_length=1)
    unverified: tuple[str, ...] = ()


class Condition(StrictModel):
    """Facts that must all hold, and facts that must not; without any, it always holds.

    Of `any`, one must hold. A `presumed` fact holds unless it is described not to. `grounds` limits the facts
    about groups; on `open_grounds` the text can be read either way.
    """

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    open_grounds: tuple[str, ...] = ()


class Duty(StrictModel):
    """Facts that the actor must show if the condition of a rule holds; the law puts the burden on the actor.

    Each fact of `all` must be shown, and one of `any`. A fact of `weighed` is a judgement, which only a
    person makes; it is not asked for if a fact of `instead` holds. Without any, the condition alone decides.
    """

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    weighed: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact of the duty."""
        return (*self.all, *self.any, *self.weighed)


class UseRule(LocalizedText):
    """One requirement of an instrument for a use: its text, and the `outcome` of a yes.

    `since` and `until` (exclusive) bound the dates on which the rule applied. Without dates: as long as the
    instrument. From `maybe_since` to `since`, or on without `since`, it is unknown whether it applied.
    `actor_kind` limits the rule to one kind of actor, `outside_union` to actors that are not established in
    the Union. `outcome` is that of a duty that is not met, if the rule has one. `confidence` states whether
    the text was read, only a secondary text, or neither; a rule from memory never decides. `unseen` states
    what this rule cannot show, in addition to the limits of the instrument.
    """

    id: str
    article: str
    outcome: Literal[
        "prohibited", "likely violation", "at odds with it", "duties apply", "conduct is expected"
    ]
    when: Condition
    duty: Duty = Duty()
    confidence: Confidence = "read"
    since: datetime.date | None = None
    maybe_since: datetime.date | None = None
    until: datetime.date | None = None
    actor_kind: Literal["public", "enterprise"] | None = Field(default=None, alias="who")
    outside_union: bool = False
    note: LocalizedText | None = None
    unseen: LocalizedText | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    unverified: tuple[str, ...] = ()

    def applies_on(self, day: datetime.date) -> Holds:
        """Return whether the rule applied on `day`; the phase of the instrument is a separate test."""
        if self.until is not None and day >= self.until:
            return Holds.NO
        if self.since is None and self.maybe_since is None:
            return Holds.YES
        if self.since is not None and day >= self.since:
            return Holds.YES
        return Holds.UNKNOWN if self.maybe_since is not None and day >= self.maybe_since else Holds.NO


class SizeThreshold(StrictModel):
    """Size above which a company is bound, from `since`: employees, and turnover in EUR a year.

    A company of the Union needs both more `employees` and more `turnover` worldwide; another company more
    `union_turnover` in the Union. None: no size was set yet.
    """

    since: datetime.date | None
    employees: int | None
    turnover: int | None
    union_turnover: int | None
    sources: tuple[str, ...] = Field(min_length=1)


class Instrument(StrictModel):
    """A card: title, parties bound, dates, requirements, and limits of an instrument.

    `short` is its name in a sentence, `short_nl` in Dutch if that differs. `counted_in` is the name of its
    parts. `scope` names the test for the parties bound (`diligence.bound`); `territory` limits national law
    to its state. `through` marks a directive, which binds through the law of each state: the card
    of that law, by state. `also_in` are states outside the Union that apply the act too, each from a date.
    """

    id: str
    title: LocalizedText
    short: str
    short_nl: str = ""
    counted_in: Literal["article", "principle", "paragraph", "section", "control", "chapter"] = "article"
    label: Literal["law", "guidance"]
    scope: Scope
    territory: Country | None = None
    through: dict[Country, str] | None = None
    also_in: dict[Country, datetime.date] = Field(default_factory=dict)
    binds: LocalizedText
    last_value_still_valid_on: datetime.date
    phases: tuple[Phase, ...] = Field(min_length=1)
    standings: dict[StandingKind, Standings] = Field(default_factory=dict)
    thresholds: tuple[SizeThreshold, ...] = ()
    rules: ById[UseRule] = Field(default_factory=dict)
    as_such: LocalizedText | None = None  # about face recognition that singles out no group
    as_such_sources: tuple[str, ...] = ()
    none: LocalizedText | None = None  # why the instrument has no rules about a use
    unseen: tuple[LocalizedText, ...] = Field(min_length=1)
    unverified: tuple[str, ...] = ()
    sources: dict[str, Document]

    def is_also_in(self, country: str, day: datetime.date) -> bool:
        """Return whether a state outside the Union applies the act on `day`."""
        return country in self.also_in and self.also_in[country] <= day

    @model_validator(mode="after")
    def _is_whole(self) -> "Instrument":
        check_order(self.phases)
        if self.thresholds:
            check_order(self.thresholds)
        stray = set(self._used_sources()) - set(self.sources)
        if stray:
            raise ValueError(f"unknown source {', '.join(sorted(stray))}")
        if not self.rules and self.none is None:
            raise ValueError("it has neither rules nor a reason for having none")
        return self

    def _used_sources(self) -> Iterable[str]:
        used = [phase.sources for phase in self.phases] + [rule.sources for rule in self.rules.values()]
        used += [size.sources for size in self.thresholds]
        for standings in self.standings.values():
            used += [standings.sources, *standings.also.values()]
        for keys in (*used, self.as_such_sources):
            yield from keys

    @property
    def called(self) -> Text:
        """Its name in a sentence."""
        return in_both(en=self.short, nl=self.short_nl or self.short)

    def on(self, day: datetime.date) -> Phase:
        """Return the phase of `day`."""
        return value_on(self.phases, day)

    def binds_on(self, day: datetime.date) -> Text:
        """Return whom it binds on `day`, with the sizes of companies if it has thresholds."""
        size = self.size_on(day) if self.thresholds else None
        if size is None or size.turnover is None:
            return self.binds.text
        return text(
            "{whom}: more than {employees} employees and EUR {turnover} turnover, or from outside the Union "
            "more than EUR {union} turnover in the Union",
            whom=self.binds.text,
            employees=size.employees or 0,
            turnover=size.turnover,
            union=size.union_turnover or 0,
        )

    def size_on(self, day: datetime.date) -> SizeThreshold:
        """Return the size above which a company is bound on `day`; a card of another scope has none."""
        return value_on(self.thresholds, day)

    def rules_on(self, day: datetime.date) -> tuple[UseRule, ...]:
        """Return the rules that applied, or may have applied, on `day`, in the order of the card."""
        return tuple(rule for rule in self.rules.values() if rule.applies_on(day) is not Holds.NO)

    def cite(self, keys: Iterable[str], place: str = "") -> tuple[Citation, ...]:
        """Return the citations of some sources for a place, such as `Article 5(1)(e)`."""
        return tuple(self.sources[key].cite(f"law: {self.id}", place or key) for key in keys)

    def place_of(self, article: str) -> Text:
        """Return the citation form of a part, such as `Article 1(1)`; an annex keeps its own name."""
        if article.startswith("Annex"):
            return text("Annex {number}", number=article.removeprefix("Annex").strip())
        is_several = "," in article or "–" in article
        return PLACES[self.counted_in][is_several].filled(number=article)

    def cite_rule(self, rule: UseRule) -> tuple[Citation, ...]:
        """Return the citations of a rule at its article."""
        return self.cite(rule.sources, str(self.place_of(rule.article)))

    def cite_phase(self, day: datetime.date) -> tuple[Citation, ...]:
        """Return the citations of its date of application."""
        return self.cite(self.on(day).sources, "date of application")

    def cite_standing(self, kind: StandingKind, country: str) -> tuple[Citation, ...]:
        """Return the citations for a country's standing."""
        standings = self.standings[kind]
        return self.cite((*standings.sources, *standings.also.get(country, ())), f"{kind}: {country}")

    def unverified_standing(self, kind: StandingKind, country: str) -> Text | None:
        """Return that the date of a standing has no source; None if it has one, or is not set."""
        standings = self.standings[kind]
        if country in standings.read or country not in {*standings.since, *standings.sure_from}:
            return None
        return unverified_text(("since when",))


@cache
def instruments() -> dict[str, Instrument]:
    """Return the packaged cards by id, in the order of `order.yaml`; PackagedFactError if not valid."""
    order = read_packaged_yaml(packaged_text("overzicht.law", f"{FOLDER}/{ORDER}"))
    paths = {name: f"{FOLDER}/{name}.yaml" for name in order}
    if sorted([*paths.values(), f"{FOLDER}/{ORDER}"]) != list(packaged_names("overzicht.law", FOLDER)):
        raise PackagedFactError(f"instruments/{ORDER}", "it must name every card once")
    cards = {name: packaged_facts(Instrument, "overzicht.law", path) for name, path in paths.items()}
    return {name: _with_states(card) for name, card in cards.items()}


def _with_states(card: Instrument) -> Instrument:
    """Return a card with the states of the packaged table; PackagedFactError if a source is unknown."""
    keys = {document.address: key for key, document in card.sources.items()}
    standings = dict(card.standings)
    for kind, stated in packaged_standings(card.id, keys).items():
        standings[kind] = stated.joined(standings.get(kind))
    return card.model_copy(update={"standings": standings})


def instrument(name: str) -> Instrument:
    """Return one packaged card; UnknownNameError lists the known ones."""
    cards = instruments()
    if name not in cards:
        raise UnknownNameError("instrument", name, tuple(cards))
    return cards[name]
