"""Devices: one line, all that bears on one, and counts."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from overzicht.evidence import Confidence
from overzicht.register.model import Life
from overzicht.reports.i18n import Words
from overzicht.store.register.devices import Counts, DeviceLine
from overzicht.store.register.imports import SeenIn
from overzicht.store.register.states import DeviceState
from overzicht.web.api.models.plans import PlanBrief
from overzicht.web.api.models.runs import JudgementModel
from overzicht.web.api.models.shared import CitationModel, FindingModel, Line
from overzicht.web.api.models.tasks import TaskModel
from overzicht.workflows.register.devices import DeviceView


class DeviceModel(BaseModel):
    """A device on a day; null for listed means that no list could tell about its maker."""

    id: str
    organisation: str
    organisation_name: str
    site: str
    site_name: str
    place: str
    label: str
    address: str
    brand: str
    model: str
    mac: str
    serial: str
    kind: str
    maker: str = Field(description="a maker's id; empty: unknown or undecided")
    maker_name: str
    undecided: list[str] = Field(description="the makers between which the evidence does not choose")
    confidence: Confidence
    is_relabelled: bool
    is_listed: bool | None
    owner_is_listed: bool | None
    life: Life
    not_seen_since: date | None
    replaced_by: str
    quantity: int
    bought: date | None
    supplier: str
    since: date

    @classmethod
    def of(cls, line: DeviceLine) -> "DeviceModel":
        """Return the form of a device."""
        return cls(
            id=line.id, organisation=line.organisation_id, organisation_name=line.organisation,
            site=line.site_id, site_name=line.site, place=line.place, label=line.label, address=line.address,
            brand=line.brand, model=line.model, mac=line.mac, serial=line.serial, kind=line.kind,
            maker=line.maker_id, maker_name=line.maker, undecided=list(line.undecided),
            confidence=line.confidence, is_relabelled=line.is_relabelled, is_listed=line.listed,
            owner_is_listed=line.owner_listed, life=line.life, not_seen_since=line.not_seen_since,
            replaced_by=line.replaced_by, quantity=line.quantity, bought=line.bought, supplier=line.supplier,
            since=line.since,
        )  # fmt: skip


class StateModel(BaseModel):
    """What was known of a device from a day on; `until` is null while it holds."""

    since: date
    until: date | None
    life: Life
    reason: str
    by: str

    @classmethod
    def of(cls, state: DeviceState) -> "StateModel":
        """Return the form of a state."""
        return cls(since=state.since, until=state.until, life=state.life, reason=state.reason, by=state.actor)


class SeenModel(BaseModel):
    """Where an inventory shows the device, or misses it (`supports` false)."""

    import_number: int
    day: date
    supports: bool
    citation: CitationModel
    by: str

    @classmethod
    def of(cls, seen: SeenIn) -> "SeenModel":
        """Return the form of a sighting."""
        return cls(
            import_number=seen.import_id, day=seen.day, supports=seen.supports,
            citation=CitationModel.of(seen.citation), by=seen.by,
        )  # fmt: skip


class DeviceDetail(DeviceModel):
    """A device with its chain of reasons: who made it, what lists say of the maker, its history."""

    finding: FindingModel
    listings: list[FindingModel]
    history: list[StateModel]
    sightings: list[SeenModel]
    judgements: list[JudgementModel]
    tasks: list[TaskModel]
    plans: list[PlanBrief]
    predecessors: list[str]

    @classmethod
    def of_view(cls, view: DeviceView, words: Words) -> "DeviceDetail":
        """Return the form of all that bears on a device, in a language."""
        return cls(
            **DeviceModel.of(view.line).model_dump(),
            finding=FindingModel.of(view.finding, words),
            listings=[FindingModel.of(each, words) for each in view.listings],
            history=[StateModel.of(each) for each in view.history],
            sightings=[SeenModel.of(each) for each in view.sightings],
            judgements=[JudgementModel.of(each) for each in view.judgements],
            tasks=[TaskModel.of(each) for each in view.tasks],
            plans=[PlanBrief.of(each) for each in view.plans],
            predecessors=list(view.predecessors),
        )


class LifeChange(BaseModel):
    """Another life of a device from a day on; `replaced_by` is needed with `replaced`, and only then."""

    life: Life
    reason: Line = ""
    replaced_by: Line = ""
    day: date | None = Field(default=None, description="default: today")


class CountsModel(BaseModel):
    """Devices of a day that are in use or not seen, quantities added; `by_life` counts every life."""

    as_of: date
    total: int
    listed: int
    listed_relabelled: int
    owner_listed: int
    relabelled: int
    unknown: int
    undecided: int
    not_checked: int
    other_equipment: int = Field(description="not surveillance equipment, in no other count")
    later: int = Field(description="bought after the day, in no other count")
    by_maker: dict[str, int] = Field(description="by a maker's id; empty: unknown or undecided")
    by_kind: dict[str, int]
    by_life: dict[str, int]
    by_site: dict[str, int] = Field(description="by a site's id; empty: place unknown")
    by_organisation: dict[str, int]

    @classmethod
    def of(cls, found: Counts) -> "CountsModel":
        """Return the form of counts."""
        return cls(
            as_of=found.as_of, total=found.total, listed=found.listed,
            listed_relabelled=found.listed_relabelled, owner_listed=found.owner_listed,
            relabelled=found.relabelled, unknown=found.unknown, undecided=found.undecided,
            not_checked=found.not_checked, other_equipment=found.other_equipment, later=found.later,
            by_maker=dict(found.by_maker), by_kind=dict(found.by_kind),
            by_life=dict(found.by_life), by_site=dict(found.by_site),
            by_organisation=dict(found.by_organisation),
        )  # fmt: skip


ExportForm = Annotated[Literal["csv", "json", "xlsx"], Field(description="the kind of file")]
