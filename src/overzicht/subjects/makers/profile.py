"""The data about one maker or other party as of a date: card, brands of its devices, listings and owners."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from overzicht.devices.card import MakerCard, RelabellingStatement
from overzicht.devices.identify import maker_of_brand
from overzicht.devices.knowledge import load_maker_cards, load_relabelling
from overzicht.devices.vocabulary import squashed
from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Confidence, Text, text
from overzicht.evidence.claim import UNCHECKED, Claim, any_party
from overzicht.evidence.limited import Key, Line
from overzicht.kit.ask import READER, Ask
from overzicht.kit.operation import Paging, Part, Route, operation
from overzicht.parties.makers import party_called
from overzicht.parties.ownership import parties_of
from overzicht.reports.overview_report import CheckRow, ListingRow, OwnershipEdge, RegimeRow, claims_of
from overzicht.store.database import Store
from overzicht.subjects.makers.views import MakerLine, MakerView
from overzicht.subjects.overview.listings import screen_parties
from overzicht.subjects.overview.ownership import regime_rows, uncertain_stakes
from overzicht.subjects.register.listings import screen_party
from overzicht.subjects.screening.lookup import party_lookup


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A source's statement about a brand of this maker; `is_sure` is False if other makers are possible."""

    statement: RelabellingStatement
    is_sure: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class MakerFacts:
    """A maker or another party as of a date; relation `owner` marks the rows of its owners.

    `card` is None for a party without one; `makers` are the makers that it owns, wholly or in part.
    """

    id: str
    name: str
    card: MakerCard | None
    as_of: date
    makers: tuple[MakerCard, ...]
    brands: tuple[Relabelled, ...]
    listings: tuple[ListingRow, ...]
    leads: tuple[ListingRow, ...]
    checks: tuple[CheckRow, ...]
    ownership: tuple[OwnershipEdge, ...]
    regimes: tuple[RegimeRow, ...]
    uncertain_stakes: tuple[Text, ...]

    @property
    def listed_parties(self) -> frozenset[str]:
        """The maker and owners that have a listing in force on the date."""
        return frozenset(row.party_id for row in self.listings if row.is_current)

    @property
    def claims(self) -> tuple[Claim, Claim]:
        """The answer of the lists together about the party, and about its owners."""
        claims = claims_of(self.checks)
        own = claims.pop(self.id, UNCHECKED)
        return own, any_party(claims.values(), own)


def find_maker(maker_id: str) -> MakerCard:
    """Return the card of a maker; UnknownNameError if there is none."""
    cards = load_maker_cards()
    if maker_id not in cards:
        raise UnknownNameError("maker", maker_id)
    return cards[maker_id]


def makers_called(part: str = "") -> list[MakerCard]:
    """Return the makers by name: all, or those with this part in a name, line or brand."""
    sought = squashed(part)
    brands: dict[str, list[str]] = defaultdict(list)
    for file in load_relabelling().values() if sought else ():
        for statement in file.statements:
            brands[statement.maker] += [statement.brand, *statement.brand_spellings]
    cards = [
        card
        for card in load_maker_cards().values()
        if not sought
        or any(
            sought in squashed(name)
            for name in (
                card.id,
                *(name.name for name in card.names),
                *(line.name for line in card.lines),
                *brands.get(card.id, ()),
            )
        )
    ]
    return sorted(cards, key=lambda card: (card.trade_name.casefold(), card.id))


@operation(Route("GET /makers", READER, summary="All known manufacturers"))
def makers(
    ask: Ask,
    paging: Paging,
    *,
    q: Annotated[Line, Field(description="part of a name, or of a brand that it makes")] = "",
) -> Part[MakerLine]:
    """Return the manufacturers by name, with whether they or their owners are listed on the date."""
    listed, page = listed_makers(ask), paging.part(makers_called(q))
    return Part(tuple(MakerLine.of(card, *listed[card.id]) for card in page.rows), page.total)


@operation(Route("GET /makers/{maker_id}", READER, summary="One manufacturer"), view=MakerView)
def show(ask: Ask, maker_id: Key) -> MakerFacts:
    """Return everything that is stored about a manufacturer on the date."""
    find_maker(maker_id)
    return ask.cached(("party", maker_id, ask.day), lambda: show_party(ask.store, maker_id, as_of=ask.day))


def show_party(store: Store, name: str, *, as_of: date) -> MakerFacts:
    """Return the data about a party as of a date; `name` is an id, or any name or brand.

    A name that no card has is a party with only that name: its listings are those of the name.
    """
    cards = load_maker_cards()
    known = party_called(name)
    party_id, names = (known.id, (known.name, *known.query.names)) if known else (name, (name,))
    with party_lookup(store) as lookup:
        screening = screen_party(lookup, party_id, tuple(dict.fromkeys(names)), as_of)
    screened, stakes = screening.screened, screening.stakes
    brands: list[Relabelled] = []
    for file_name, file in sorted(load_relabelling().items()):
        for statement in file.statements:
            is_named = statement.maker == party_id
            if is_named or party_id in statement.undecided:
                cited = file.sources[statement.source].cite(f"relabelling:{file_name}", statement.id)
                brands.append(Relabelled(statement, is_named and not statement.is_hint, cited))
    return MakerFacts(
        id=party_id,
        name=cards[party_id].trade_name if party_id in cards else names[0],
        card=cards.get(party_id),
        as_of=as_of,
        makers=tuple(cards[key] for key in (known.maker_ids if known else ()) if key != party_id),
        brands=tuple(sorted(brands, key=lambda row: (row.statement.brand.casefold(), row.statement.id))),
        listings=screened.listings,
        leads=screened.leads,
        checks=screened.checks,
        ownership=screening.ownership,
        regimes=tuple(regime_rows({party_id} & cards.keys(), cards, stakes, screened, as_of)),
        uncertain_stakes=uncertain_stakes(stakes, as_of),
    )


def listed_makers(ask: Ask) -> dict[str, tuple[Claim, Claim]]:
    """Return for every maker what the lists say about it and about its owners, on the date."""

    def screen() -> dict[str, tuple[Claim, Claim]]:
        cards = load_maker_cards()
        with party_lookup(ask.store) as lookup:
            screened = screen_parties(parties_of(cards, cards, ask.day), lookup, ask.day)
        return {
            key: (screened.claim(key), screened.of_owners(card, cards, ask.day))
            for key, card in cards.items()
        }

    return ask.cached(("listed", ask.day), screen)


def makers_of_brand(brand: str, day: date) -> tuple[Text, dict[str, str]]:
    """Return how sources name the makers of a brand, and these by id, without the owner of the name."""
    claim, cards = maker_of_brand(brand, day), load_maker_cards()
    makers = (claim.maker_id,) if claim.maker_id else claim.undecided
    sentence = text("Sources name these manufacturers for devices of this brand:")
    if claim.confidence is Confidence.LOW or not makers:
        sentence = text("These manufacturers are only a lead for devices of this brand:")
    leads = makers or tuple(candidate.maker_id for candidate in claim.candidates)
    names = {maker: cards[maker].trade_name for maker in leads}
    return sentence, {maker: name for maker, name in names.items() if name != claim.brand}
