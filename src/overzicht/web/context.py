"""The context of a request: the service, the principal, and what the principal may see and change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request, Response, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.reports.i18n import Words
from overzicht.store.accounts import Role
from overzicht.store.database import Store
from overzicht.store.jobs import Job
from overzicht.store.register.organisations import get_organisation, ids_below
from overzicht.store.register.subjects import organisation_of
from overzicht.web.asof import as_of
from overzicht.web.clock import now, today
from overzicht.web.page import render, view_of, words_of
from overzicht.web.problems import NotAllowedError, NotLoggedInError, Problem, ProblemError, not_found
from overzicht.web.registry import API_PREFIX
from overzicht.web.response_cache import ResponseCache
from overzicht.web.service import Service, above
from overzicht.web.uploads import keep_uploads
from overzicht.workflows.accounts import Principal


@dataclass(frozen=True)
class RequestContext:
    """A request that was allowed, with the service and the principal.

    An organisation is an id; the empty one means what all organisations share.
    """

    request: Request
    response: Response
    service: Service
    principal: Principal

    @property
    def store(self) -> Store:
        """The store of the service."""
        return self.service.store

    @property
    def cache(self) -> ResponseCache:
        """The cache of answers that depend on the lists alone."""
        return self.service.cache

    @property
    def words(self) -> Words:
        """The words of the language of the request."""
        return words_of(self.request)

    @property
    def allowed(self) -> tuple[str, ...] | None:
        """The organisations that the principal may read, with all below each; None for all."""
        ids = self.principal.organisations
        return None if ids is None else tuple(sorted(ids))

    def allowed_ids(self, day: date) -> tuple[str, ...] | None:
        """Return the ids of all organisations that the principal may read, as of a date; None for all."""
        if self.allowed is None:
            return None
        with self.store.reading() as connection:
            return ids_below(connection, self.allowed, day)

    def actor(self, day: date | None = None) -> Actor:
        """Return the principal as the actor of a change; `day` is its legal date (default: today)."""
        return Actor(day or today(), self.principal.name, now())

    def start_job(self, kind: str, parameters: Mapping[str, Any], files: Sequence[UploadFile] = ()) -> Job:
        """Start a job for the principal, with the files of the request; its address is in `Location`.

        It is part of the share of the organisation in its parameters, else of that of the principal.
        """
        keep = (lambda folder: keep_uploads(files, folder)) if files else None
        places = self.principal.organisations
        share = str(parameters.get("organisation") or (min(places, default="") if places else ""))
        job = self.service.runner.start(
            kind, parameters, actor=self.principal.name, organisation=share, keep=keep
        )
        self.response.headers["Location"] = f"{API_PREFIX}/jobs/{job.id}"
        return job

    def may(self, role: Role, organisation: str = "") -> bool:
        """Return whether the principal has a role for an organisation."""
        return self.principal.may(role, organisation, above(self.store, organisation))

    def sees(self, organisation: str) -> bool:
        """Return whether the principal may read the data of an organisation."""
        return self.may(Role.READER, organisation) if organisation else self.allowed is None

    def may_change(self, organisation: str) -> bool:
        """Return whether the principal may edit the data of an organisation."""
        return self.may(Role.EDITOR, organisation)

    def check_seen(self, organisation: str | None, what: str, name: str) -> None:
        """Raise the problem that a thing does not exist, if the principal may not read its organisation."""
        if organisation is None or not self.sees(organisation):
            raise not_found(what, name)

    def check_changes(self, organisation: str) -> None:
        """Raise NotAllowedError if the principal may not edit the data of an organisation."""
        if not self.may_change(organisation):
            if self.principal.is_local:
                raise NotLoggedInError
            raise NotAllowedError(Role.EDITOR.value, organisation)

    def check_subject(self, subject: str, *, changes: bool = False) -> str:
        """Return the organisation of a device, plan or finding.

        Raises a problem if the principal may not see it, or (with `changes`) may not change it.
        """
        with self.store.reading() as connection:
            organisation = organisation_of(connection, subject) or ""
        self.check_seen(organisation, "subject", subject)
        if changes:
            self.check_changes(organisation)
        return organisation

    def own_organisation(self, name: str, day: date) -> str:
        """Return the id of a named organisation, empty for no name; a problem for one that is not visible."""
        if not name:
            return ""
        organisation = self._organisation_id(name, day)
        later = self._organisation_id(name, today()) if organisation is None else None
        if later is not None and self.sees(later):
            raise ProblemError(
                Problem(
                    type="too-early",
                    title="Not known that day",
                    status=404,
                    detail=f"{later!r} is not in the register yet on {day}",
                    fix="give a later date, or add organisations from the date of their first inventory",
                )
            )
        self.check_seen(organisation, "organisation", name)
        return organisation or ""

    def _organisation_id(self, name: str, day: date) -> str | None:
        try:
            with self.store.reading() as connection:
                within = None if self.allowed is None else ids_below(connection, self.allowed, day)
                return get_organisation(connection, name, day, within=within).id
        except UnknownNameError:  # its message names organisations that the principal may not see
            return None


class PageContext(RequestContext):
    """The context of a page, which has a date and is rendered from a template."""

    @property
    def day(self) -> date:
        """The date that the page is about."""
        return as_of(self.request).day

    @property
    def has_chosen_day(self) -> bool:
        """Whether the date of the page is not the current one."""
        return as_of(self.request).chosen

    def see_other(self, path: str) -> RedirectResponse:
        """Return a redirect to a page with the chosen date."""
        return RedirectResponse(view_of(self.request).link(path), 303)

    def render(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return the page of a template; `values` are the names that the template uses."""
        return render(self.request, template, status=status, **values)
