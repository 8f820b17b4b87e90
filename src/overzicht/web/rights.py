"""Whether somebody may see or change what an organisation has; asked by routes that know whose it is."""

from datetime import date

from overzicht.errors import UnknownNameError
from overzicht.store.accounts import Role
from overzicht.store.register.organisations import get_organisation, ids_below
from overzicht.store.register.subjects import organisation_of
from overzicht.web.clock import today
from overzicht.web.problems import NotAllowedError, NotLoggedInError, Problem, ProblemError, not_found
from overzicht.web.service import Service
from overzicht.workflows.accounts import Principal


def allowed(who: Principal) -> tuple[str, ...] | None:
    """Return the organisations that somebody may read, with all below each; None for every one."""
    return None if who.organisations is None else tuple(sorted(who.organisations))


def allowed_ids(here: Service, who: Principal, day: date) -> tuple[str, ...] | None:
    """Return the ids of all organisations of a day that somebody may read; None for every one."""
    held = allowed(who)
    if held is None:
        return None
    with here.store.reading() as connection:
        return ids_below(connection, held, day)


def sees(here: Service, who: Principal, organisation: str) -> bool:
    """Return whether somebody may read what an organisation has; the empty one stands for all together."""
    if not organisation:
        return who.organisations is None
    return who.may(Role.READER, organisation, here.above(organisation))


def check_seen(here: Service, who: Principal, organisation: str | None, what: str, name: str) -> None:
    """Raise the problem that a thing does not exist, for who may not read what its organisation has."""
    if organisation is None or not sees(here, who, organisation):
        raise not_found(what, name)


def check_changes(here: Service, who: Principal, organisation: str, role: Role = Role.EDITOR) -> None:
    """Raise NotAllowedError for who does not hold the role for an organisation (empty: for all of them)."""
    if not who.may(role, organisation, here.above(organisation)):
        raise NotLoggedInError if who.is_local else NotAllowedError(role.value, organisation)


def may_change(here: Service, who: Principal, organisation: str) -> bool:
    """Return whether somebody may edit what an organisation has."""
    return who.may(Role.EDITOR, organisation, here.above(organisation))


def check_subject(here: Service, who: Principal, subject: str, *, changes: bool = False) -> str:
    """Return the organisation of a device, plan or finding; empty for what all share.

    Raises a problem where somebody may not see it, or (with `changes`) may not change it.
    """
    with here.store.reading() as connection:
        organisation = organisation_of(connection, subject) or ""
    check_seen(here, who, organisation, "subject", subject)
    if changes:
        check_changes(here, who, organisation)
    return organisation


def own_organisation(here: Service, who: Principal, name: str, day: date) -> str:
    """Return the id of an organisation that was named, empty for none named; a problem for one not seen."""
    if not name:
        return ""
    found = _id_of(here, name, day)
    later = _id_of(here, name, today()) if found is None else None
    if later is not None and sees(here, who, later):
        raise _too_early(later, day)
    check_seen(here, who, found, "organisation", name)
    return found or ""


def _id_of(here: Service, name: str, day: date) -> str | None:
    try:
        with here.store.reading() as connection:
            return get_organisation(connection, name, day).id
    except UnknownNameError:  # its message names organisations that somebody may not know of
        return None


def _too_early(organisation: str, day: date) -> ProblemError:
    problem = Problem(
        type="too-early",
        title="Not known that day",
        status=404,
        detail=f"the register does not know {organisation!r} on {day} yet, only later",
        fix="give a later day, or add organisations from the day on which their first inventory was made",
    )
    return ProblemError(problem)
