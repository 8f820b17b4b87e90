"""List cards: what a list is, who publishes it, where, what it does in law, and how much to expect of it."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from overzicht.evidence import Text
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.phrases import in_both
from overzicht.evidence.source import Source


class Range(StrictModel):
    """Expected number, both ends included; a file outside it is refused unless forced."""

    min: int = Field(ge=0)
    max: int = Field(ge=1)


class Address(StrictModel):
    """An address of the publisher. `layout` is the reader's name for its file.

    `token_setting` names the setting that replaces `{token}`. If a part has two layouts, `is_fetched` is
    false for the one that is only cited.
    """

    url: Annotated[str, Field(pattern=r"^https://\S+$")]
    layout: str
    part: str = ""
    filename: str
    companions: tuple[str, ...] = ()  # further addresses that belong to the same snapshot
    token_setting: str = ""
    max_bytes: int = 200_000_000
    is_fetched: bool = True


class Expectation(StrictModel):
    """Expected contents of one part: records in total and by FollowTheMoney schema.

    If one part replaced another, the list needs this part to cover dates from `since` (inclusive) until
    `until` (exclusive). From `until` on, this part covers no date. `sizes` are known numbers of records by
    date: a version near them with more than a tenth less is cut.
    """

    part: str = ""  # the part this is for; `*` for every part without an expectation of its own
    records: Range
    schemata: dict[str, Range] = Field(default_factory=dict)
    sizes: dict[date, int] = Field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def is_needed_on(self, day: date) -> bool:
        """Return whether the list does not cover the date without this part."""
        return (self.since is None or day >= self.since) and not self.is_replaced_on(day)

    def is_replaced_on(self, day: date) -> bool:
        """Return whether another part has replaced this one on the date."""
        return self.until is not None and day >= self.until


EffectKind = Literal[
    "asset freeze",
    "export licence",
    "procurement ban",
    "authorisation ban",
    "investment ban",
    "finance ban",
    "dealing ban",
    "import ban",
    "travel ban",
    "naming",
    "remediation duty",
    "register",
    "mixed",
]
Bound = Literal[
    "eu",
    "nl",
    "un-members",
    "us-persons",
    "us-federal-buyers",
    "us-federal-agencies",
    "us-exports",
    "us-market",
    "uk",
    "ca",
    "au",
    "others",
    "nobody",
]


class EffectRule(StrictModel):
    """Legal effect of a listing in a period, and whom it binds, in one sentence of our own.

    `of` names the parts, measures and programmes of the rule; empty means the whole list. The rule applies
    from `since` (inclusive) until `until` (exclusive). `applies` is the first day on which the measure binds,
    or None if it binds from the listing date. `source` is the act; `certainty` is whether we read the act, a
    description of it, or know it from memory. `repeats` is the list that these entries copy, if any.
    In `binds`, `eu` is everybody in the Union, `nl` in the Netherlands, `un-members` states (through their
    own law), `us-exports` items subject to American export rules; `uk`, `ca` and `au` are everybody in that
    country and its own people elsewhere; `others` are those whom the summary names.
    """

    of: tuple[str, ...] = ()
    kind: EffectKind
    binds: tuple[Bound, ...] = Field(min_length=1)
    since: date | None = None
    until: date | None = None
    applies: date | None = None
    certainty: Literal["read", "secondary", "memory"] = "read"
    summary: str = Field(min_length=20)
    summary_nl: str = Field(min_length=20)
    source: str
    repeats: str = ""

    def is_for(self, names: Collection[str], day: date) -> bool:
        """Return whether this rule covers one of `names` (part, measure or programme) on the date."""
        is_right = (self.since is None or day >= self.since) and (self.until is None or day < self.until)
        return is_right and (not self.of or not frozenset(self.of).isdisjoint(names))

    @property
    def text(self) -> Text:
        """The summary as a sentence for either language."""
        return in_both(en=self.summary, nl=self.summary_nl)


class ListCard(StrictModel):
    """The card of a list."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: str
    title_nl: str
    publisher: str
    publisher_is_official: bool
    is_listing: (
        bool  # False for registers and for lists of vulnerabilities, whose entries say nothing of a party
    )
    licence: str
    addresses: tuple[Address, ...] = ()
    by_hand: str = ""  # how to obtain the file, if it cannot be fetched
    stale_after_days: int = Field(ge=1)  # an older version does not cover a later date
    effects: tuple[EffectRule, ...] = Field(min_length=1)  # the first rule that matches an entry applies
    began: date | None = None  # first day on which the list existed
    ended: date | None = None  # first day on which the list no longer existed
    expect: tuple[Expectation, ...] = Field(min_length=1)
    whole_has_parts: int = Field(default=0, ge=0)  # number of parts, if the card cannot name them
    oddities: tuple[str, ...] = ()  # known oddities of the official file
    checked: date
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _has_an_effect_for_every_entry(self) -> "ListCard":
        last = self.effects[-1]
        if last.of or last.since or last.until:
            raise ValueError("the last of `effects` is for every entry and day: without of, since and until")
        return self

    @property
    def heading(self) -> Text:
        """Title of the list in either language."""
        return in_both(en=self.title, nl=self.title_nl)

    def existed_on(self, day: date) -> bool:
        """Return whether the list existed on a date, according to the card."""
        return (self.began is None or day >= self.began) and (self.ended is None or day < self.ended)

    @property
    def effect(self) -> EffectRule:
        """The effect of entries that no earlier rule covers."""
        return self.effects[-1]
