"""Answering with a page: the template, its language and day, the menu, and the choices kept in cookies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_datetime
from fastapi import Request
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse

from overzicht import __version__
from overzicht.reports.html.document import page_environment
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.vocabulary import tellers
from overzicht.web import asof, language, register_words, work
from overzicht.web.asof import AsOf, as_of
from overzicht.web.auth import identify
from overzicht.web.language import language_of
from overzicht.web.registry import menu

THEMES = ("auto", "light", "dark")
THEME, THEME_COOKIE = "theme", "overzicht-theme"
KEPT_SECONDS = 365 * 24 * 3600
SETTINGS = (language.PARAMETER, THEME)
JOB_WORDS = {"job_kind": work.KINDS, "job_state": work.STATES, "job_outcome": work.OUTCOMES}
REGISTER_WORDS = {
    "life_word": register_words.LIVES,
    "import_outcome": register_words.OUTCOMES,
    "status_word": register_words.STATUSES,
    "verdict_word": register_words.VERDICTS,
    "event_word": register_words.EVENTS,
    "field_word": register_words.FIELDS,
    "matched_word": register_words.MATCHED_BY,
}


@dataclass(frozen=True, slots=True)
class View:
    """What every template knows of the request it answers."""

    path: str
    query: QueryParams
    day: AsOf
    language: Language
    theme: str

    def link(self, path: str, **values: Any) -> str:
        """Return the address of a page of ours with these values in its query, and the chosen day."""
        kept = {asof.PARAMETER: self.day.day.isoformat()} if self.day.chosen else {}
        query = {name: str(value) for name, value in {**values, **kept}.items() if value not in (None, "")}
        return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}" if query else path

    def is_below(self, path: str) -> bool:
        """Return whether this page is the one of that path, or below it."""
        return self.path == path or (path != "/" and self.path.startswith(f"{path}/"))

    def here(self, **changed: Any) -> str:
        """Return the address of this page with some values of its query changed; None takes one out.

        `as_of` stands for the day, whose name in the address has a hyphen.
        """
        if "as_of" in changed:
            changed[asof.PARAMETER] = changed.pop("as_of")
        query = {name: value for name, value in self.query.items() if name not in SETTINGS} | changed
        shown = {name: str(value) for name, value in query.items() if value is not None}
        return f"{self.path}?{urlencode(shown)}" if shown else self.path


def words_of(request: Request) -> Words:
    """Return the words of the language of a request."""
    return words_for(language_of(request))


def view_of(request: Request) -> View:
    """Return what every template knows of a request."""
    given = request.query_params.get(THEME) or request.cookies.get(THEME_COOKIE)
    theme = given if given in THEMES else "auto"
    return View(request.url.path, request.query_params, as_of(request), language_of(request), str(theme))


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page; `context` are the names that the template uses beside those of every page."""
    view = view_of(request)
    environment = page_environment(view.language, "overzicht.web", _spoken)
    content = environment.get_template(template).render(
        view=view, version=__version__, menu=menu(identify(request)), principal=identify(request), **context
    )
    page = HTMLResponse(content, status, headers={"Vary": "Accept-Language, Cookie"})
    _keep_choices(request, page, view)
    return page


def _spoken(words: Words) -> Mapping[str, Any]:
    """Return what only the templates of these pages say."""
    return {
        "country": lambda code: words.locale.territories.get(code.upper(), code.upper()),
        "moment": lambda at: format_datetime(
            datetime.fromisoformat(at), "d MMM y HH:mm", locale=words.locale
        ),
        **tellers(words, JOB_WORDS),
        **tellers(words, REGISTER_WORDS),
    }


def _keep_choices(request: Request, page: HTMLResponse, view: View) -> None:
    """Keep what the address chooses, so that it holds on the next page too."""
    chosen: Mapping[str, tuple[str, str]] = {
        language.PARAMETER: (language.COOKIE, view.language.value),
        THEME: (THEME_COOKIE, view.theme),
        asof.PARAMETER: (asof.COOKIE, view.day.day.isoformat() if view.day.chosen else ""),
    }
    for parameter, (cookie, value) in chosen.items():
        if parameter in request.query_params:
            page.set_cookie(
                cookie,
                value,
                max_age=KEPT_SECONDS if value else 0,
                httponly=True,
                samesite="lax",
                secure=request.url.scheme == "https",
            )
