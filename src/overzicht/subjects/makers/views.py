"""Manufacturers: names, owners, brands, and their listings on a date."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator

from overzicht.devices.card import MakerCard
from overzicht.evidence import Citation, Text
from overzicht.evidence.claim import Claim
from overzicht.reports.overview_report import CheckRow, ListingRow, OwnershipEdge
from overzicht.views.view import View, also, at

ListingOfMaker = Annotated[
    ListingRow, also(party="party_id", name_on_list="entry_name", binds_dutch_body="binds_reader")
]


@dataclass(frozen=True, slots=True)
class MakerLine:
    """A manufacturer by the id of its card; `is_listed` is null if that is not known on the date.

    `lists_checked` of the `lists` that existed on the date tell about it.
    """

    id: str
    name: str
    country: str
    is_listed: bool | None
    owner_is_listed: bool | None
    lists_checked: int
    lists: int

    @classmethod
    def of(cls, card: MakerCard, own: Claim, owners: Claim) -> "MakerLine":
        """Return the short form of a manufacturer, with the claims about it and about its owners."""
        return cls(card.id, card.trade_name, card.country, own.holds, owners.holds, own.covered, own.lists)


@dataclass(frozen=True, slots=True)
class CitedName:
    """A name or a registration number of a manufacturer, with its source."""

    value: str
    kind: str
    citation: Citation


class BrandView(View):
    """A source's statement that the manufacturer makes a brand, or may make it (`is_sure` false)."""

    brand: str = at("statement.brand")
    relation: str = at("statement.relation")
    scope: str = at("statement.scope")
    since: str = at("statement.since")
    until: str = at("statement.until")
    stated: str = at("statement.stated")
    confidence: str = at("statement.confidence")
    is_sure: bool
    citation: Citation


def cited_names(card: MakerCard) -> tuple[CitedName, ...]:
    """Return the names of a manufacturer with their sources."""
    return tuple(CitedName(n.name, n.kind, cited(card, n.source, f"name {n.name}")) for n in card.names)


def cited_identifiers(card: MakerCard) -> tuple[CitedName, ...]:
    """Return the registration numbers of a manufacturer with their sources."""
    return tuple(
        CitedName(i.value, i.kind, cited(card, i.source, f"{i.kind} {i.value}")) for i in card.identifiers
    )


def cited(card: MakerCard, source: str, place: str) -> Citation:
    """Return the citation of a source of a card."""
    return card.sources[source].cite(f"maker-card:{card.id}", place)


class MakerView(View):
    """Everything about a manufacturer on the date."""

    id: str = at("card.id")
    name: str = at("card.trade_name")
    country: str = at("card.country")
    as_of: date
    checked: date = at("card.checked")
    names: Annotated[tuple[CitedName, ...], BeforeValidator(cited_names)] = at("card")
    identifiers: Annotated[tuple[CitedName, ...], BeforeValidator(cited_identifiers)] = at("card")
    brands: tuple[BrandView, ...]
    owners: tuple[Annotated[OwnershipEdge, also(owner="owner_id", asset="asset_id")], ...] = at("ownership")
    uncertain_stakes: tuple[Text, ...]
    listings: tuple[ListingOfMaker, ...]
    answers: tuple[Annotated[CheckRow, also(party="party_id")], ...] = at("checks")
