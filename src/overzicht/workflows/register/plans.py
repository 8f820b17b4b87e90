"""Replacement plans: made of the devices that fit a filter, followed as these are replaced or removed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.register.model import LifecycleState
from overzicht.register.progress import Progress, progress
from overzicht.store.database import Store
from overzicht.store.register import plans as kept
from overzicht.store.register.devices import DeviceFilter, device_ids
from overzicht.store.register.organisations import RegisterError, get_organisation, ids_below
from overzicht.store.register.plans import StoredPlan


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to make: what it is called, who leads it, before which day, and why."""

    title: str
    owner: str = ""
    due: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan and where it stands on a day."""

    plan: StoredPlan
    progress: Progress


def new_plan(store: Store, new: NewPlan, wanted: DeviceFilter, actor: Actor) -> PlanView:
    """Make a plan of the devices that fit; RegisterError where none does.

    For makers on a list, `refresh_listings` must have been asked for the day.
    """
    with store.writing(actor.name, actor.at) as tx:
        owner = ""
        if wanted.organisation:
            owner = get_organisation(tx.connection, wanted.organisation, actor.day).id
        ids = device_ids(tx.connection, wanted)
        if not ids:
            raise RegisterError(
                "no device fits this plan", fix="ask `register devices` with the same choices"
            )
        values = {
            "organisation_id": owner or None,
            "title": new.title[:300],
            "owner": new.owner,
            "due": new.due.isoformat() if new.due else None,
            "opened_on": actor.day.isoformat(),
            "selection": selection_of(wanted),
            "reason": new.reason,
        }
        return _view(tx.connection, kept.add_plan(tx, values, ids), actor.day)


def selection_of(wanted: DeviceFilter) -> dict[str, Any]:
    """Return a filter as JSON, without what it leaves open."""
    values = {field.name: getattr(wanted, field.name) for field in fields(wanted)}
    values["as_of"] = wanted.as_of.isoformat()
    values["life"] = [each.value for each in wanted.life if isinstance(each, LifecycleState)]
    return {name: value for name, value in values.items() if value not in ("", None, ())}


def list_plans(
    store: Store, as_of: date, organisation: str = "", *, only_open: bool = True
) -> tuple[PlanView, ...]:
    """Return the plans of a day with their progress then; of an organisation with all below it, or all."""
    with store.reading() as connection:
        ids = None
        if organisation:
            ids = ids_below(connection, [get_organisation(connection, organisation, as_of).id], as_of)
        found = kept.list_plans(connection, ids, as_of, only_open=only_open)
        return tuple(_standing(connection, plan, as_of) for plan in found)


def show_plan(store: Store, number: int, as_of: date) -> PlanView:
    """Return a plan and where it stands on a day; UnknownNameError for one that was made later."""
    with store.reading() as connection:
        return _view(connection, number, as_of)


def close_plan(store: Store, number: int, actor: Actor, outcome: str) -> PlanView:
    """Close a plan from the day of the act on with its outcome; it stays to be read."""
    with store.writing(actor.name, actor.at) as tx:
        kept.close_plan(tx, number, actor.day, outcome)
        return _view(tx.connection, number, actor.day)


def _view(connection: Connection, number: int, as_of: date) -> PlanView:
    return _standing(connection, kept.get_plan(connection, number, as_of), as_of)


def _standing(connection: Connection, plan: StoredPlan, as_of: date) -> PlanView:
    total, done = kept.progress_of(connection, plan.id, as_of)
    return PlanView(plan, progress(total, done, started=plan.opened_on, due=plan.due, as_of=as_of))
