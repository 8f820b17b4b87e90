"""The context of a request: the service, the principal, and what the principal may see and change."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from fastapi import Request, Response, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.composition import API_PREFIX
from overzicht.errors import UnknownNameError
from overzicht.kit.ask import Ask, Value
from overzicht.reports.i18n import Words
from overzicht.store.accounts import Principal, Role
from overzicht.store.database import Store
from overzicht.store.jobs import Job
from overzicht.store.register.organisations import get_organisation, ids_below
from overzicht.web.asof import as_of
from overzicht.web.clock import now, today
from overzicht.web.confirmation import Missing, missing_confirmation
from overzicht.web.logins import check_encrypted, check_own_password
from overzicht.web.page import render, view_of, words_of
from overzicht.web.problems import (
    NotAllowedError,
    NotLoggedInError,
    Problem,
    ProblemError,
    not_found,
    problem_error,
)
from overzicht.web.response_cache import ResponseCache
from overzicht.web.service import Service
from overzicht.web.uploads import keep_uploads


@dataclass(frozen=True)
class RequestContext(Ask):
    """A request that was allowed, with the service and the principal. `chosen_day` is None for today."""

    request: Request
    response: Response
    service: Service
    principal: Principal
    chosen_day: date | None = None
    refusals = (UnknownNameError, ProblemError)

    def on(self, day: date) -> Self:
        """Return the same request for an answer about a day."""
        return replace(self, chosen_day=day)

    @property
    def day(self) -> date:
        """The date of the answer."""
        return self.chosen_day or today()

    @property
    def today(self) -> date:
        """The date by the clock of the service."""
        return today()

    def now(self) -> datetime:
        """Return the time by the clock of the service."""
        return now()

    def missing(self, kind: str, name: str) -> Exception:
        """Return the problem that there is no such thing, or none that the principal may see."""
        return not_found(kind, name)

    def refused(self, role: Role, organisation: str) -> Exception:
        """Return the problem that the principal lacks a role, or has to log in first."""
        return NotLoggedInError() if self.principal.is_local else NotAllowedError(role.value, organisation)

    def confirm(self, password: str, secret: str | None = None) -> None:
        """Raise a problem if a person with a session did not give the password, or did not log in again.

        So a stolen session cannot make access that outlives it. Also raises one for a secret over plain http.
        """
        if secret is not None:
            check_encrypted(self.request)
        missing = missing_confirmation(self.request, self.principal)
        if missing is Missing.LOGIN:
            raise problem_error(
                403,
                "log-in-again",
                "Not allowed",
                "your last log-in at the provider is too long ago for this change",
                "log in again on the page /login/sso?fresh=yes, and repeat the change within 5 minutes",
            )
        name = self.principal.name
        if missing is Missing.PASSWORD and not check_own_password(self.request, name, password):
            raise problem_error(
                403,
                "wrong-password",
                "Not allowed",
                "your current password is wrong or missing",
                "give your own password in the field of that name",
            )

    @property
    def store(self) -> Store:
        """The store of the service."""
        return self.service.store

    @property
    def cache(self) -> ResponseCache:
        """The cache of answers that depend on the lists alone."""
        return self.service.cache

    def cached(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Return a value from the cache of the service, or compute it; nobody may change it."""
        return self.cache.get(key, compute)

    @property
    def words(self) -> Words:
        """The words of the language of the request."""
        return words_of(self.request)

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
        return self.chosen_day or as_of(self.request).day

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
