"""Makers: names, owners, brands, and what lists say of them on a day."""

from datetime import date

from pydantic import BaseModel

from overzicht.devices.card import MakerCard
from overzicht.evidence import Answer, Confidence
from overzicht.reports.i18n import Words
from overzicht.reports.model import ListingRow, OwnershipEdge
from overzicht.web.api.models.shared import CitationModel, LegalDateModel, ReasonModel
from overzicht.workflows.makers import MakerFacts, Relabelled


class MakerBrief(BaseModel):
    """A maker by its card's id; null for listed means that no list could tell for the day."""

    id: str
    name: str
    country: str
    is_listed: bool | None
    owner_is_listed: bool | None

    @classmethod
    def of(cls, card: MakerCard, listed: tuple[bool, bool] | None) -> "MakerBrief":
        """Return the short form of a maker."""
        own, owner = listed if listed is not None else (None, None)
        return cls(
            id=card.id, name=card.trade_name, country=card.country, is_listed=own, owner_is_listed=owner
        )


class NameModel(BaseModel):
    """A name or a registration number of a maker, with where it is stated."""

    value: str
    kind: str
    citation: CitationModel


class ListingModel(BaseModel):
    """An entry on a list: of the maker itself, or of an owner of it (`relation`)."""

    party: str
    party_name: str
    relation: str
    list_id: str
    name_on_list: str
    measure: str
    since: LegalDateModel | None
    until: LegalDateModel | None
    is_current: bool
    binds_dutch_body: bool
    effect: str
    act: str
    act_address: str
    confidence: Confidence
    reasons: list[ReasonModel]
    citation: CitationModel

    @classmethod
    def of(cls, row: ListingRow, words: Words) -> "ListingModel":
        """Return the form of a row in a language."""
        return cls(
            party=row.party_id, party_name=row.party_name, relation=row.relation, list_id=row.list_id,
            name_on_list=row.entry_name, measure=row.measure, since=LegalDateModel.of(row.since),
            until=LegalDateModel.of(row.until), is_current=row.is_current,
            binds_dutch_body=row.binds_reader, effect=words.either(row.effect, row.effect_nl), act=row.act,
            act_address=row.act_address, confidence=row.confidence,
            reasons=[ReasonModel.of(reason, words) for reason in row.reasons],
            citation=CitationModel.of(row.citation),
        )  # fmt: skip


class StakeModel(BaseModel):
    """Who holds what share of whom; both percentages null means that the share is unknown."""

    owner: str
    owner_name: str
    asset: str
    asset_name: str
    min_percent: float | None
    max_percent: float | None
    relation: str
    since: str
    until: str
    owner_is_listed: bool
    citation: CitationModel

    @classmethod
    def of(cls, edge: OwnershipEdge) -> "StakeModel":
        """Return the form of a stake."""
        return cls(
            owner=edge.owner_id, owner_name=edge.owner_name, asset=edge.asset_id,
            asset_name=edge.asset_name, min_percent=edge.min_percent, max_percent=edge.max_percent,
            relation=edge.relation, since=edge.since, until=edge.until,
            owner_is_listed=edge.owner_is_listed, citation=CitationModel.of(edge.citation),
        )  # fmt: skip


class BrandModel(BaseModel):
    """A source's statement that a brand is made by the maker, or may be (`is_sure` false)."""

    brand: str
    relation: str
    scope: str
    since: str
    until: str
    stated: str
    confidence: str
    is_sure: bool
    citation: CitationModel

    @classmethod
    def of(cls, found: Relabelled) -> "BrandModel":
        """Return the form of a statement."""
        said = found.statement
        return cls(
            brand=said.brand, relation=said.relation, scope=said.scope, since=said.since,
            until=said.until, stated=said.stated, confidence=said.confidence, is_sure=found.is_sure,
            citation=CitationModel.of(found.citation),
        )  # fmt: skip


class CheckModel(BaseModel):
    """What one list answers about one party."""

    party: str
    list_id: str
    answer: Answer
    note: str


class MakerModel(BaseModel):
    """All that is held of a maker on a day."""

    id: str
    name: str
    country: str
    as_of: date
    checked: date
    names: list[NameModel]
    identifiers: list[NameModel]
    brands: list[BrandModel]
    owners: list[StakeModel]
    uncertain_stakes: list[str]
    listings: list[ListingModel]
    answers: list[CheckModel]

    @classmethod
    def of(cls, facts: MakerFacts, words: Words) -> "MakerModel":
        """Return the form of a maker's facts in a language."""
        card = facts.card
        return cls(
            id=card.id, name=card.trade_name, country=card.country, as_of=facts.as_of,
            checked=card.checked, names=_names(card), identifiers=_identifiers(card),
            brands=[BrandModel.of(each) for each in facts.brands],
            owners=[StakeModel.of(edge) for edge in facts.ownership],
            uncertain_stakes=[words.say(each) for each in facts.uncertain_stakes],
            listings=[ListingModel.of(row, words) for row in facts.listings],
            answers=[
                CheckModel(
                    party=row.party_id, list_id=row.list_id, answer=row.answer, note=words.say(row.note)
                )
                for row in facts.checks
            ],
        )  # fmt: skip


def _names(card: MakerCard) -> list[NameModel]:
    return [
        NameModel(value=n.name, kind=n.kind, citation=_cite(card, n.source, f"name {n.name}"))
        for n in card.names
    ]


def _identifiers(card: MakerCard) -> list[NameModel]:
    return [
        NameModel(value=n.value, kind=n.kind, citation=_cite(card, n.source, f"{n.kind} {n.value}"))
        for n in card.identifiers
    ]


def _cite(card: MakerCard, source: str, place: str) -> CitationModel:
    return CitationModel.of(card.sources[source].cite(f"maker-card:{card.id}", place))
