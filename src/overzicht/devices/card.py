"""Maker cards and relabelling statements: the schema of the YAML files in this package.

Each fact names a source by key. Each source has an address and the date on which it was read.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from overzicht.devices.sighting import DeviceKind
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.source import Source

CardId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Percent = Annotated[float, Field(ge=0, le=100)]
Level = Literal["high", "medium", "low"]
CHECKED = {"is_checked": True}  # context of reading a rule again whose examples match
STATED = r"^(\d{4}(-\d{2}(-\d{2})?)?|\d{4}/\d{4})?$"


class Name(StrictModel):
    """A name of the maker: legal (registered), trade (own use), former, short, or as-listed."""

    name: str = Field(min_length=2)
    kind: Literal["legal", "trade", "former", "short", "as-listed"]
    lang: Literal["", "eng", "zho", "kor", "jpn", "deu", "nld", "swe", "fra", "ita", "heb", "rus"] = ""
    source: str


class Identifier(StrictModel):
    """A registration: `leiCode`, `uscCode` (unified social credit code) or `registrationNumber`."""

    kind: Literal["leiCode", "uscCode", "registrationNumber", "isin", "permid"]
    value: str = Field(min_length=4)
    source: str


class Owner(StrictModel):
    """A stake in the maker.

    Shares are percentages: give both ends of a range, or neither if the share is unknown. `since` and `until`
    are ISO days, months or years, or two of these with a slash. `is_announced` is True if the source
    announces a future stake and no source confirms it.
    """

    id: CardId
    name: str
    schema_: Literal["Company", "LegalEntity", "PublicBody", "Person", "Organization"] = Field(
        default="LegalEntity", alias="schema"
    )
    min_percent: Percent | None = None
    max_percent: Percent | None = None
    relation: Literal["shareholder", "controlling shareholder", "parent", "ultimate parent"] = "shareholder"
    since: str = ""
    until: str = ""
    is_announced: bool = False
    note: str = ""
    source: str
    names: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    owners: tuple["Owner", ...] = ()

    @model_validator(mode="after")
    def _has_both_ends(self) -> "Owner":
        if (self.min_percent is None) != (self.max_percent is None):
            raise ValueError(
                "give min_percent and max_percent together, or neither when the share is unknown"
            )
        return self


class ProductLine(StrictModel):
    """A product line or own brand that is the maker's own (`DINION` of Bosch, `HiLook` of Hikvision)."""

    name: str = Field(min_length=2)
    kind: DeviceKind = DeviceKind.CAMERA
    is_brand: bool = False
    source: str


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"the pattern {pattern!r} does not compile: {error}") from error


class ModelRule(StrictModel):
    """A family of model numbers: a regular expression matched from the start of the model, ignoring case.

    `strength` is how far the number alone proves the maker. A `needs_brand` rule counts only with another
    trace of the same maker. `label` is the brand of these numbers if it is not the maker's own. `not_for` are
    brands that use such numbers for devices of other makers.
    """

    pattern: str
    kind: DeviceKind
    line: str = ""
    label: str = ""
    strength: Level = "high"
    needs_brand: bool = False
    not_for: tuple[str, ...] = ()
    examples: tuple[str, ...] = Field(min_length=1)
    source: str

    @model_validator(mode="after")
    def _examples_match(self, info: ValidationInfo) -> "ModelRule":
        if info.context == CHECKED:
            return self
        rule = _compiled(self.pattern)
        for example in self.examples:
            if rule.match(example) is None:
                raise ValueError(f"the pattern {self.pattern!r} does not match its own example {example!r}")
        return self


class Fingerprint(StrictModel):
    """A network response of the maker's devices, as a regular expression searched in the trace."""

    trace: Literal[
        "banner",
        "http title",
        "favicon murmur3",
        "favicon md5",
        "onvif scope",
        "certificate",
        "product",
        "protocol",
        "serial",
        "firmware",
        "description",
    ]
    pattern: str
    kind: DeviceKind = DeviceKind.UNKNOWN
    strength: Level = "medium"
    note: str = ""
    source: str

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str, info: ValidationInfo) -> str:
        if info.context != CHECKED:
            _compiled(value)
        return value


class MacRegistrant(StrictModel):
    """The exact name of the maker as registrant of MAC blocks at the IEEE.

    `makes_devices` is False for a brand owner whose blocks prove no maker.
    """

    name: str
    makes_devices: bool = True
    mostly_other: bool = False  # most blocks of this registrant are for other goods than ours (phones, …)
    source: str


class NotTheSame(StrictModel):
    """Somebody else with a name like the maker's: the exact name as listed, and why it is another party."""

    name: str
    why: str = Field(min_length=10)
    identifiers: tuple[Identifier, ...] = ()
    source: str


class Reply(StrictModel):
    """The maker's own side, in our words, with its date and source."""

    summary: str = Field(min_length=20)
    date: str = ""
    source: str


class MakerCard(StrictModel):
    """All packaged facts on one maker; every fact names its source."""

    id: CardId
    checked: date  # the last day on which somebody checked the whole card
    country: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    schema_: Literal["Company", "Organization"] = Field(default="Company", alias="schema")
    names: tuple[Name, ...] = Field(min_length=1)
    identifiers: tuple[Identifier, ...] = ()
    owners: tuple[Owner, ...] = ()
    lines: tuple[ProductLine, ...] = ()
    models: tuple[ModelRule, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    mac_registrants: tuple[MacRegistrant, ...] = ()
    not_the_same_as: tuple[NotTheSame, ...] = ()
    reply: Reply | None = None
    makes_devices: bool = True  # False for software houses and brand owners that only relabel
    sources: dict[str, Source]

    @property
    def all_names(self) -> tuple[str, ...]:
        """The names of the maker, and the like names of others."""
        return (*(name.name for name in self.names), *(other.name for other in self.not_the_same_as))

    @property
    def line_names(self) -> tuple[str, ...]:
        """The names of the product lines."""
        return tuple(line.name for line in self.lines)

    @property
    def trade_name(self) -> str:
        """The name a reader knows it by: the first trade name, else the first name."""
        return next((n.name for n in self.names if n.kind == "trade"), self.names[0].name)


class MakerCards(StrictModel):
    """The packaged cards by id; their names in ASCII, where they are not, and without company form."""

    cards: dict[CardId, MakerCard]
    ascii: dict[str, str]
    short: dict[str, str]


def _years(value: object) -> object:
    return str(value) if isinstance(value, int | date) else value


class RelabellingStatement(StrictModel):
    """A statement of one source on the maker of a brand.

    `maker` is the id of a maker card. If the source leaves it open, `maker` is empty and `undecided` lists
    the candidates. `models` are regular expressions for its model numbers; `scope` only describes it.
    `since` and `until` are ISO days, months or years of manufacture. `stated` is the date of the statement:
    an ISO day, month or year, or two years with a slash. `address_missing` marks a document that could not be
    opened again; such a statement has low confidence.
    """

    id: CardId
    brand: str = Field(min_length=2)
    brand_spellings: tuple[str, ...] = ()
    maker: str = ""
    undecided: tuple[CardId, ...] = ()
    relation: Literal[
        "oem_relabel",
        "sub_brand",
        "subsidiary",
        "former_subsidiary",
        "shared_firmware",
        "shared_platform",
        "acquired_brand",
        "joint_or_subsidiary",
        "claim_withdrawn",
    ]
    scope: str = ""
    models: tuple[str, ...] = ()
    kind: DeviceKind = DeviceKind.UNKNOWN
    since: Annotated[str, BeforeValidator(_years)] = ""
    until: Annotated[str, BeforeValidator(_years)] = ""
    stated: Annotated[str, BeforeValidator(_years), Field(pattern=STATED)] = ""
    confidence: Level
    address_missing: bool = False
    note: str = ""
    source: str

    @model_validator(mode="after")
    def _counts_low_without_an_address(self) -> "RelabellingStatement":
        if self.address_missing and self.confidence != "low":
            raise ValueError("a statement whose document cannot be opened counts low")
        return self

    @property
    def is_hint(self) -> bool:
        """Whether the statement is too weak to prove a maker (shared firmware or platform)."""
        return self.relation in {"shared_firmware", "shared_platform", "claim_withdrawn"}


class RelabellingFile(StrictModel):
    """A file of relabelling statements with its sources."""

    checked: date
    statements: tuple[RelabellingStatement, ...]
    sources: dict[str, Source]

    @property
    def brand_names(self) -> tuple[str, ...]:
        """The brands it is about, in each spelling."""
        return tuple(name for fact in self.statements for name in (fact.brand, *fact.brand_spellings))
