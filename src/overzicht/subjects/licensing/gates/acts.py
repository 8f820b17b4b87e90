"""Acts that bind a decision on an export: dated cards, and the goods and places that they name.

**What the law says.** Regulations, decisions and declarations of the Union, each with article and address.

**What we check.** The cards in force on a date (`acts.yaml`), and our reading of the goods that each kind of
act names (`goods.yaml`), by code or by the words of the description.

**What we cannot see.** Unread annexes; a card marks them as open points.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Literal, Protocol

from pydantic import Field

from overzicht.dates import Holds, any_holds
from overzicht.evidence import Citation
from overzicht.evidence.packaged import ById, LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.source import Document
from overzicht.subjects.control_list.path import ControlPath, covered_by, regime_of
from overzicht.subjects.licensing.gates.model import Certainty
from overzicht.subjects.licensing.model import Item, Parameter
from overzicht.subjects.licensing.numbers import commodity_digits

PACKAGE = "overzicht.subjects.licensing.gates"
EVERYWHERE = "*"
ARMS_CODES = ("93", "8710", "890610")  # of the tariff: arms, armoured vehicles, warships
REGIMES = {"MTCR": "Missile Technology Control Regime", "NSG": "Nuclear Suppliers Group"}
Kind = Literal[
    "arms",
    "internal_repression",
    "surveillance",
    "dual_use",
    "advanced_technology",
    "goods",
    "torture_goods",
    "contract_clause",
    "due_diligence",
    "named_end_users",
    "freeze",
    "services",
    "surveillance_services",
    "none",
]
Effect = Literal["prohibited", "prior_authorisation", "duty", "restraint", "none"]


class Card(StrictModel):
    """A provision of an act for a destination and period; the fields are explained in `acts.yaml`."""

    id: str
    destination: str
    regions: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    act: str
    article: str = ""
    kind: Kind
    effect: Effect
    start: date
    until: date | None = None
    annex: str = ""
    certainty: Certainty = Field(strict=False)
    condition: Literal["", "military", "non_state", "legal_person"] = ""
    codes: tuple[str, ...] = ()
    commodity_codes: tuple[str, ...] = ()
    transit: bool = False
    programmes: tuple[str, ...] = ()
    lifted_by: tuple[str, ...] = ()
    related: str = ""
    services: tuple[str, ...] = ()
    open_points: tuple[Literal["goods", "annex", "article"], ...] = ()
    reading: str = ""

    def in_force_on(self, day: date) -> bool:
        """Return whether the card holds on `day`."""
        return self.start <= day and (self.until is None or day < self.until)

    def is_for(self, country: str) -> bool:
        """Return whether the card is for a destination."""
        return self.destination == country or (self.destination == EVERYWHERE and country not in self.not_for)

    @property
    def is_certain(self) -> bool:
        """Whether the article was read, and no part of it is open."""
        return self.certainty is Certainty.READ and not self.open_points

    def is_lifted_by(self, article: str) -> bool:
        """Return whether a paragraph provides for an exception to this card: `4(1)` for `4`."""
        bare = re.sub(r"^(art(icle|ikel)?\.?)?\s*", "", article.strip(), flags=re.IGNORECASE)
        return any(bare == own or bare.startswith(f"{own}(") for own in self.lifted_by)


class _Acts(StrictModel):
    id: str
    acts: dict[str, Document]
    cards: ById[Card]


class Goods(LocalizedText):
    """A group of goods or services that acts name, by code and by the words of a description.

    `doubtful` are words with other meanings too: they lead to a question.
    """

    codes: tuple[str, ...]
    words: tuple[str, ...]
    doubtful: tuple[str, ...] = ()

    def described_by(self, description: str) -> Holds:
        """Return whether a description names the group; unknown if only a doubtful word does."""
        if mentions(description, self.words):
            return Holds.YES
        return Holds.UNKNOWN if self.doubtful and mentions(description, self.doubtful) else Holds.NO


class Region(StrictModel):
    """A place with an embargo of its own, with the names of its towns."""

    country: str
    names: tuple[str, ...] = Field(min_length=1)


class _Goods(StrictModel):
    id: str
    groups: dict[str, Goods]
    kinds: dict[str, tuple[str, ...]]
    services: dict[str, Goods]
    state_words: tuple[str, ...]
    regions: dict[str, Region]
    outside: dict[str, tuple[str, ...]]


@cache
def acts() -> _Acts:
    """Return the packaged acts and cards; PackagedFactError if not valid."""
    return packaged_facts(_Acts, PACKAGE, "acts.yaml")


@cache
def goods() -> _Goods:
    """Return the packaged groups of goods and places; PackagedFactError if not valid."""
    return packaged_facts(_Goods, PACKAGE, "goods.yaml")


def cards_in_force(day: date) -> tuple[Card, ...]:
    """Return the cards in force on `day`, by id."""
    return tuple(card for card in acts().cards.values() if card.in_force_on(day))


def has_card(country: str, day: date) -> bool:
    """Return whether a card names this destination on `day`."""
    return any(card.destination == country for card in cards_in_force(day))


def cite(card: Card) -> Citation:
    """Return the citation of a card: the act, the article, and the address."""
    return cite_place(card, card.article)


def cite_place(card: Card, article: str) -> Citation:
    """Return the citation of the act of a card at an article or paragraph."""
    place = f"Article {article}" if article[:1].isdigit() else article
    return acts().acts[card.act].cite("law: acts", place)


def act_numbers() -> frozenset[str]:
    """Return the numbers of the acts that a derogation can name."""
    return frozenset(card.act for card in acts().cards.values() if card.lifted_by)


def touches(card: Card, item: Item) -> Holds:
    """Return whether a card names an item, or the goods that a service line describes.

    Unknown if the classification or the annex leaves it open.
    """
    if card.kind == "dual_use":
        if item.code is None:
            dual_use = Holds.NO if item.not_listed else Holds.UNKNOWN
        else:
            regimes = {REGIMES[code] for code in card.codes}
            dual_use = Holds.YES if not regimes or regime_of(ControlPath(item.code)) in regimes else Holds.NO
        return dual_use
    if groups := goods().kinds.get(card.kind):
        return any_holds([in_group(item, goods().groups[name]) for name in groups])
    if card.kind == "arms":
        code = commodity_digits(item.commodity_code)
        if code.startswith(ARMS_CODES):
            return Holds.YES
        return Holds.UNKNOWN if code and any(arms.startswith(code) for arms in ARMS_CODES) else Holds.NO
    if card.regions:
        return Holds.YES
    code_by_commodity = commodity_digits(item.commodity_code)
    if any(
        code_by_commodity.startswith(own) or (code_by_commodity and own.startswith(code_by_commodity))
        for own in card.commodity_codes
    ):
        by_code = Holds.YES if len(code_by_commodity) >= 6 else Holds.UNKNOWN
    else:
        by_code = Holds.NO if code_by_commodity else Holds.UNKNOWN
    is_annex_open = card.kind in {"advanced_technology", "goods"} and not item.code
    return Holds.UNKNOWN if is_annex_open and by_code is Holds.NO else by_code


class DescribedItem(Protocol):
    """An item of a case or a denial, as far as its group of goods needs it."""

    @property
    def description(self) -> str:
        """Its description."""
        ...

    @property
    def code(self) -> str | None:
        """Its provision of Annex I, or None."""
        ...

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its technical characteristics."""
        ...


def families_of(item: DescribedItem) -> frozenset[str]:
    """Return the kinds of act that certainly name an item; items of one kind are one family of products."""
    return frozenset(
        kind
        for kind, names in goods().kinds.items()
        if any(in_group(item, goods().groups[name]) is Holds.YES for name in names)
    )


def in_group(item: DescribedItem, group: Goods) -> Holds:
    """Return whether a group contains an item, by its code, else by the words of its description."""
    named = group.described_by(f"{item.description} {' '.join(p.name for p in item.parameters)}")
    if item.code is None:
        return named
    by_code = covered_by(item.code, group.codes)
    return Holds.YES if by_code is Holds.UNKNOWN and named is Holds.YES else by_code


def mentions(words: str, patterns: Iterable[str]) -> bool:
    """Return whether a text has one of the patterns as whole words; `*` stands for the rest of a word."""
    return _pattern(tuple(patterns)).search(words.replace("-", " ").replace("_", " ")) is not None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = (re.escape(word.replace("-", " ")).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
