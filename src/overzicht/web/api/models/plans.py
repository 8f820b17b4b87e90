"""Replacement plans and how far they are."""

from datetime import date

from pydantic import BaseModel, Field

from overzicht.reports.i18n import Words
from overzicht.store.register.plans import StoredPlan
from overzicht.web.api.models.shared import Key, Line
from overzicht.workflows.register.plans import PlanView


class PlanBrief(BaseModel):
    """A plan without its progress; `closed` is null and `closed_at` empty while it runs."""

    number: int
    organisation: str = Field(description="empty: of all organisations")
    title: str
    owner: str
    due: date | None
    opened: date
    reason: str
    closed: date | None = Field(description="the first day on which it no longer runs")
    closed_at: str
    outcome: str

    @classmethod
    def of(cls, plan: StoredPlan) -> "PlanBrief":
        """Return the short form of a plan."""
        return cls(
            number=plan.id, organisation=plan.organisation_id, title=plan.title, owner=plan.owner,
            due=plan.due, opened=plan.opened_on, reason=plan.reason, closed=plan.closed_on,
            closed_at=plan.closed_at, outcome=plan.outcome,
        )  # fmt: skip


class PlanModel(PlanBrief):
    """A plan and where it stands on a day; without a `forecast`, `sentence` says why."""

    as_of: date
    total: int
    done: int
    forecast: date | None
    on_time: bool | None
    sentence: str

    @classmethod
    def of_view(cls, view: PlanView, words: Words) -> "PlanModel":
        """Return the form of a plan in a language."""
        stands = view.progress
        return cls(
            **PlanBrief.of(view.plan).model_dump(), as_of=stands.as_of, total=stands.total, done=stands.done,
            forecast=stands.forecast, on_time=stands.on_time, sentence=words.say(stands.says),
        )  # fmt: skip


class PlanAsked(BaseModel):
    """A plan to make of the devices that fit now: those of the organisation that the other values choose."""

    title: Key
    organisation: Line = Field(default="", description="empty: all, which takes a grant for all")
    owner: Line = ""
    due: date | None = None
    reason: Line = ""
    site: Line = ""
    maker: Line = ""
    kind: Line = ""
    model: Line = ""
    listed: bool | None = None
    relabelled: bool | None = None


class Closing(BaseModel):
    """What came of it."""

    outcome: Key
