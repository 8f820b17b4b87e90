"""Rendering a page: the template, its language and date, the menu, and the choices stored in cookies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse

from overzicht import __version__
from overzicht.composition import has_subject
from overzicht.devices.device_marks import WORDS as MARK_WORDS
from overzicht.evidence.worded_enum import words_of as words_of_kind
from overzicht.reports.html.document import page_environment
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.vocabulary import tellers
from overzicht.sources.lists.registry import list_ids, load_card
from overzicht.store.audit import AuditKind
from overzicht.store.factors import FactorKind
from overzicht.store.usage import hidden_subjects
from overzicht.web import account_words, asof, language, register_words, work
from overzicht.web.asof import AsOf, as_of
from overzicht.web.form_views import form_of
from overzicht.web.identity import identify
from overzicht.web.language import language_of
from overzicht.web.registry import entries_beside_the_menu, menu
from overzicht.workflows import rights
from overzicht.workflows.retention import Retained

THEMES = ("auto", "light", "dark")
THEME, THEME_COOKIE = "theme", "overzicht-theme"
COOKIE_SECONDS = 365 * 24 * 3600
SETTINGS = (language.PARAMETER, THEME)
CHOICES: Mapping[str, str] = {  # the reader's choices that an address may contain, each with its cookie
    language.PARAMETER: language.COOKIE,
    THEME: THEME_COOKIE,
    asof.PARAMETER: asof.COOKIE,
}
WORDS = {
    "job_kind": work.KINDS,
    "job_state": work.STATES,
    "job_outcome": work.OUTCOMES,
    "life_word": register_words.LIVES,
    "import_outcome": register_words.OUTCOMES,
    "status_word": register_words.STATUSES,
    "verdict_word": register_words.VERDICTS,
    "event_word": register_words.EVENTS,
    "field_word": register_words.FIELDS,
    "matched_word": MARK_WORDS,
    "role_word": account_words.ROLES,
    "account_kind": rights.ACCOUNT_KINDS,
    "factor_word": words_of_kind(FactorKind),
    "audit_word": words_of_kind(AuditKind),
    "retained_word": words_of_kind(Retained),
}


@dataclass(frozen=True, slots=True)
class View:
    """The values of a request that every template uses."""

    path: str
    query: QueryParams
    day: AsOf
    language: Language
    theme: str

    def link(self, path: str, **values: Any) -> str:
        """Return the address of a page with these values in its query, and the chosen date."""
        chosen = {asof.PARAMETER: self.day.day.isoformat()} if self.day.chosen else {}
        query = {name: str(value) for name, value in {**values, **chosen}.items() if value not in (None, "")}
        return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}" if query else path

    def is_below(self, path: str) -> bool:
        """Return whether this page has that path, or is below it."""
        return self.path == path or (path != "/" and self.path.startswith(f"{path}/"))

    def with_query(self, **values: Any) -> str:
        """Return the address of this page with other values in its query; None removes one.

        `as_of` is the date, whose name in the address has a hyphen.
        """
        if "as_of" in values:
            values[asof.PARAMETER] = values.pop("as_of")
        query = {name: value for name, value in self.query.items() if name not in SETTINGS} | values
        shown = {name: str(value) for name, value in query.items() if value is not None}
        return f"{self.path}?{urlencode(shown)}" if shown else self.path


def words_of(request: Request) -> Words:
    """Return the words of the language of a request."""
    return words_for(language_of(request))


def view_of(request: Request) -> View:
    """Return the values of a request that every template uses."""
    value = request.query_params.get(THEME) or request.cookies.get(THEME_COOKIE)
    theme = value if value in THEMES else "auto"
    return View(request.url.path, request.query_params, as_of(request), language_of(request), str(theme))


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page; `values` are the names that only this template uses."""
    view = view_of(request)
    environment = page_environment(view.language, "overzicht.web", _page_words)
    principal, hidden = identify(request), hidden_subjects(request.app.state.service.settings)
    content = environment.get_template(template).render(
        view=view,
        version=__version__,
        menu=menu(principal, hidden),
        beside_menu=entries_beside_the_menu(principal, hidden),
        principal=principal,
        **values,
    )
    page = HTMLResponse(content, status, headers={"Vary": "Accept-Language, Cookie"})
    # store the choices in the address, so that the next page uses them too
    chosen: Mapping[str, str] = {
        language.PARAMETER: view.language.value,
        THEME: view.theme,
        asof.PARAMETER: view.day.day.isoformat() if view.day.chosen else "",
    }
    for parameter, value in chosen.items():
        if parameter in request.query_params:
            page.set_cookie(
                CHOICES[parameter],
                value,
                max_age=COOKIE_SECONDS if value else 0,
                httponly=True,
                samesite="lax",
                secure=request.url.scheme == "https",
            )
    return page


def _page_words(words: Words) -> Mapping[str, Any]:
    """Return the functions that only the templates of these pages use."""
    return {
        "country": words.country,
        "has_subject": has_subject,
        "moment": lambda at: words.moment(datetime.fromisoformat(at)),
        "form_of": partial(form_of, words),
        "reworded": words.reworded,
        **tellers(words, WORDS),
    }


def list_titles(words: Words) -> dict[str, str]:
    """Return the titles of the lists by id."""
    return {list_id: words.say(load_card(list_id).heading) for list_id in list_ids()}
