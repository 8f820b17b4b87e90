"""List cards: what a list is, who publishes it, where, what it does in law, and how much to expect of it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from overzicht.evidence.source import Source


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Range(_Fact):
    """How many there should be, both ends included; outside it the file is refused unless forced."""

    min: int = Field(ge=0)
    max: int = Field(ge=1)


class Address(_Fact):
    """Where the publisher offers a file. `layout` is the reader's name for what comes from there.

    `token_setting` names the setting whose value replaces `{token}` in the address. Where a publisher offers
    a part in two layouts, `is_fetched` is false for the one that is only cited, when a file of it is given.
    """

    url: Annotated[str, Field(pattern=r"^https://\S+$")]
    layout: str
    part: str = ""
    filename: str
    companions: tuple[str, ...] = ()  # further addresses that belong to the same snapshot
    token_setting: str = ""
    max_bytes: int = 200_000_000
    is_fetched: bool = True


class Expectation(_Fact):
    """What one part holds: records by FollowTheMoney schema, and in all.

    Where one part took the place of another, `since` (inclusive) and `until` (exclusive) are the days for
    which the list cannot tell without this part; from `until` on it tells nothing any more.
    """

    part: str = ""  # the part this is for; `*` for every part without an expectation of its own
    records: Range
    schemata: dict[str, Range] = {}
    since: date | None = None
    until: date | None = None

    def is_needed_on(self, day: date) -> bool:
        """Return whether the list cannot tell for the day without this part."""
        return (self.since is None or day >= self.since) and not self.is_replaced_on(day)

    def is_replaced_on(self, day: date) -> bool:
        """Return whether another part stands in the place of this one on the day."""
        return self.until is not None and day >= self.until


class Effect(_Fact):
    """What the list does in law, and whom it binds, as one sentence each in our own words.

    `binds` are the words that `law.binding` compares with who is asking: `eu` binds everybody in the Union,
    `nl` in the Netherlands, `un-members` states (through their own law), `us-persons`, `us-federal-buyers`,
    `us-exports` (items subject to American export rules), `uk`, `ca` and `au` whoever is in that country and
    its own people elsewhere. `kind` tells what it does.
    """

    kind: Literal["asset freeze", "export licence", "procurement ban", "authorisation ban", "investment ban",
                  "naming", "register", "mixed"]  # fmt: skip
    binds: tuple[
        Literal["eu", "nl", "un-members", "us-persons", "us-federal-buyers", "us-exports", "us-market", "uk",
                "ca", "au", "nobody"], ...
    ]  # fmt: skip
    summary: str = Field(min_length=20)
    summary_nl: str = Field(min_length=20)
    source: str


class ListCard(_Fact):
    """The card of a list."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: str
    title_nl: str
    publisher: str
    publisher_is_official: bool
    is_listing: bool  # False for registers such as GLEIF, whose entries are no accusation
    licence: str
    addresses: tuple[Address, ...] = ()
    by_hand: str = ""  # how a person gets it, where no file can be fetched
    stale_after_days: int = Field(ge=1)  # a version older than this cannot tell for a later day
    effect: Effect
    effects_by_part: dict[str, Effect] = {}
    expect: tuple[Expectation, ...] = Field(min_length=1)
    whole_has_parts: int = Field(default=0, ge=0)  # parts of the whole list, where the card cannot name them
    oddities: tuple[str, ...] = ()  # what is strange in the official file, in words
    checked: date
    sources: dict[str, Source]
