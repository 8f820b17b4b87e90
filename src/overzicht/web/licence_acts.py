"""Licence cases for pages and interface: what somebody may see of one, and acts in their name."""

from datetime import date

from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.licensing.states import Status
from overzicht.store.accounts import Role
from overzicht.store.control import licences
from overzicht.store.control.licences import StoredCase
from overzicht.web.clock import now
from overzicht.web.service import Service
from overzicht.workflows.accounts import Principal
from overzicht.workflows.licensing.cases import CaseView, view_case
from overzicht.workflows.licensing.eyes import without_confidence
from overzicht.workflows.licensing.register import note_matches


def act_of(who: Principal, day: date) -> Actor:
    """Return an act of somebody that counts for a day, made now."""
    return Actor(day, who.name, now())


def is_officer(who: Principal) -> bool:
    """Return whether somebody may see what other states confided."""
    return who.may(Role.OFFICER)


def shown(here: Service, who: Principal, view: CaseView) -> CaseView:
    """Return what somebody may see of a case; that an officer saw denials is written down."""
    if not is_officer(who):
        return without_confidence(view)
    note_matches(here.store, view, act_of(who, view.day))
    return view


def case_for(here: Service, who: Principal, case_id: str, day: date) -> CaseView:
    """Return a case as of a day, as far as somebody may see it; UnknownNameError where there is none."""
    return shown(here, who, view_case(here.store, case_id, day))


def cases_on(here: Service, who: Principal, day: date) -> list[tuple[StoredCase, Status]]:
    """Return the cases that were there on a day, with the status that somebody may see, by id."""
    with here.store.reading() as connection:
        there = licences.cases_on(connection, day)
    return [(case, status_for(who, case.status)) for case in there]


def status_for(who: Principal, status: Status) -> Status:
    """Return the status as somebody may see it: that another state is consulted is confidential."""
    hidden = status is Status.CONSULTING and not is_officer(who)
    return Status.COMPLETE if hidden else status
