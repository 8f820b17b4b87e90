"""Replacement plans: made of the devices that fit a filter, followed as these are replaced or removed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.register.progress import Progress, progress
from overzicht.register.terms import LifecycleState
from overzicht.store.database import Store, reading
from overzicht.store.register import plans as stored
from overzicht.store.register.devices import DeviceFilter, device_ids
from overzicht.store.register.organisations import RegisterError, get_organisation, ids_within
from overzicht.store.register.plans import StoredPlan


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to make: its title, the person who leads it, the date before which it is due, and the reason."""

    title: str
    owner: str = ""
    due: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan and its progress as of a date."""

    plan: StoredPlan
    progress: Progress


def new_plan(store: Store, new: NewPlan, filters: DeviceFilter, actor: Actor) -> PlanView:
    """Make a plan of the devices that fit; RegisterError if none does.

    For a filter on listed makers, `refresh_listings` must have run for the date.
    """
    with store.writing(actor.name, actor.at) as tx:
        owner = filters.organisation and get_organisation(tx.connection, filters.organisation, actor.day).id
        ids = device_ids(tx.connection, filters)
        if not ids:
            raise RegisterError(
                "no device fits this plan", fix="run `register devices` with the same filters"
            )
        values = {
            "organisation_id": owner or None,
            "title": new.title[:300],
            "owner": new.owner,
            "due": new.due.isoformat() if new.due else None,
            "opened_on": actor.day.isoformat(),
            "selection": selection_of(filters),
            "reason": new.reason,
        }
        return _plan(tx.connection, stored.add_plan(tx, values, ids), actor.day)


def selection_of(filters: DeviceFilter) -> dict[str, Any]:
    """Return a filter as JSON, without its empty fields."""
    values = {field.name: getattr(filters, field.name) for field in fields(filters)}
    values["as_of"] = filters.as_of.isoformat()
    values["life"] = [life.value for life in filters.life if isinstance(life, LifecycleState)]
    values["is_unchecked"] = filters.is_unchecked or None
    return {name: value for name, value in values.items() if value not in ("", None, ())}


@reading
def list_plans(
    connection: Connection, as_of: date, organisation: str = "", *, only_open: bool = True
) -> tuple[PlanView, ...]:
    """Return the plans of an organisation, or of all, with their progress as of a date."""
    ids = ids_within(connection, organisation, as_of)
    plans = stored.list_plans(connection, ids, as_of, only_open=only_open)
    return tuple(with_progress(connection, plan, as_of) for plan in plans)


def close_plan(store: Store, number: int, actor: Actor, outcome: str) -> PlanView:
    """Close a plan from the actor's date on with its outcome; it remains available."""
    with store.writing(actor.name, actor.at) as tx:
        stored.close_plan(tx, number, actor.day, outcome)
        return _plan(tx.connection, number, actor.day)


def _plan(connection: Connection, number: int, as_of: date) -> PlanView:
    """Return a plan and its progress as of a date; UnknownNameError for one that was made later."""
    return with_progress(connection, stored.get_plan(connection, number, as_of), as_of)


show_plan = reading(_plan)


def with_progress(connection: Connection, plan: StoredPlan, as_of: date) -> PlanView:
    """Return a stored plan with its progress as of a date."""
    total, done = stored.progress_of(connection, plan.id, as_of)
    return PlanView(plan, progress(total, done, started=plan.opened_on, due=plan.due, as_of=as_of))
