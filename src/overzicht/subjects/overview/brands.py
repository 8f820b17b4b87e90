"""Brands without a maker card, as parties that lists may name."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from overzicht.devices import Identification, Sighting, Trace
from overzicht.devices.card import MakerCard, Name
from overzicht.devices.identify import maker_of_brand
from overzicht.evidence import Citation, Confidence, Reason, text
from overzicht.evidence.source import Source
from overzicht.names.normal import name_key
from overzicht.parties.ownership import parties_of
from overzicht.subjects.overview.listings import Screened, screen_parties
from overzicht.subjects.screening.lookup import PartyLookup

LONGEST_SLUG = 60  # characters; a longer name has a hash, so that the id fits the columns of the store
_PREFIX = "brand-"
_INVENTORY = "inventory"  # the source of a name that is only in the inventory


def brand_cards(brands: Iterable[str], as_of: date) -> dict[str, MakerCard]:
    """Return a card with only the brand's name for each brand without a maker card, by id.

    Of spellings with the same id, the first counts.
    """
    by_id: dict[str, str] = {}
    for brand in brands:
        by_id.setdefault(brand_id(brand), brand)
    cards: dict[str, MakerCard] = {}
    for own_id, brand in sorted(by_id.items()):
        cards[own_id] = MakerCard.model_construct(
            id=own_id,
            checked=as_of,
            country="",
            schema_="Organization",
            names=(Name.model_construct(name=brand, kind="trade", lang="", source=_INVENTORY),),
            sources={_INVENTORY: Source.model_construct(title=brand, address="", read=as_of)},
        )
    return cards


class Branded:
    """Identifications with a brand of these cards as the maker of its devices."""

    def __init__(self, cards: Mapping[str, MakerCard]) -> None:
        self._cards = cards
        self._ids: dict[str, str] = {}
        self._shared: dict[tuple[int, str], tuple[Identification, Identification]] = {}  # by identity

    def of(self, sighting: Sighting, identification: Identification) -> Identification:
        """Return the identification of a device; devices with equal traces share one answer."""
        for brand in lone_brands(sighting, identification) if self._cards else ():
            if brand not in self._ids:
                self._ids[brand] = brand_id(brand)
            if card := self._cards.get(self._ids[brand]):
                key = (id(identification), card.id)
                if key not in self._shared:
                    sentence = text(
                        "no maker card exists for the brand {brand}; an official list has a party with "
                        "this name",
                        brand=card.trade_name,
                    )
                    branded = replace(
                        identification,
                        maker_id=card.id,
                        confidence=Confidence.MEDIUM,
                        reasons=(*identification.reasons, Reason(sentence, Confidence.MEDIUM)),
                    )
                    self._shared[key] = identification, branded
                return self._shared[key][1]
        return identification


def named_by_lists(cards: Mapping[str, MakerCard], screened: Screened) -> dict[str, MakerCard]:
    """Return the brands that a list names, now or earlier.

    An entry that may be the brand is a lead for a person: it makes no maker of it.
    """
    named = {row.party_id for row in screened.listings}
    return {brand_id: card for brand_id, card in cards.items() if brand_id in named}


def maker_by_name(brand: str, lookup: PartyLookup, as_of: date, bought: date | None = None) -> Identification:
    """Return who makes what is sold under a name, as an overview says it of a device with only this brand."""
    identification = maker_of_brand(brand, as_of, bought)
    cards = brand_cards((brand,), as_of)
    sighting = Sighting(brand, Citation("", ""), {Trace.BRAND: (brand,)})
    if not lone_brands(sighting, identification):
        return identification
    screened = screen_parties(parties_of(cards, cards, as_of), lookup, as_of)
    return Branded(named_by_lists(cards, screened)).of(sighting, identification)


def lone_brands(sighting: Sighting, identification: Identification) -> tuple[str, ...]:
    """Return the brands of a device whose maker no trace shows; none of another device."""
    return () if identification.maker_id or identification.undecided else brands_shown(sighting)


def brands_shown(sighting: Sighting) -> tuple[str, ...]:
    """Return the brands that a device shows."""
    return tuple(
        brand for brand in sighting.values(Trace.BRAND) if len(brand.strip()) > 1 and name_key(brand)
    )


def brand_id(brand: str) -> str:
    """Return the id of a brand without a maker card as a party."""
    return party_id(_PREFIX, brand)


def party_id(prefix: str, name: str) -> str:
    """Return the id of a party that an inventory names; names that differ in the legal form share it."""
    key = name_key(name)
    slug = re.sub(r"[^a-z0-9]+", "-", key).strip("-")
    is_whole = slug.replace("-", " ") == key and len(slug) <= LONGEST_SLUG
    return prefix + (slug if is_whole else hashlib.sha256(key.encode()).hexdigest()[:12])
