"""A problem as a page: what it means to a person, and where to go from there."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from overzicht.evidence import Text, text
from overzicht.web.page import render, words_of
from overzicht.web.problems import Problem

TOLD: Mapping[int, tuple[Text, Text]] = {  # to people: what it is called, and what it means
    400: (text("This cannot be done"), text("What was asked cannot be understood.")),
    401: (text("Log in first"), text("This is only for people who have logged in.")),
    403: (text("This is not for you"), text("Your account may not do this. An admin of this service can.")),
    404: (text("Not found"), text("There is nothing of that name here; it may never have been.")),
    413: (text("Too large"), text("The file is larger than this service takes.")),
    422: (text("This does not fit"), text("Something that was filled in cannot be right.")),
    429: (text("Too often"), text("This was asked too often in a short time. Wait a little.")),
    500: (text("Something went wrong"), text("This is a fault of the service; nothing was changed.")),
    502: (text("Could not be fetched"), text("Another server did not answer as it should.")),
}


def problem_page(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    """Return the page that tells a problem; who is not logged in is led to where one logs in."""
    if problem.status == HTTPStatus.UNAUTHORIZED and request.method == "GET":
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': target})}", HTTPStatus.SEE_OTHER)
    title, sentence = TOLD.get(problem.status, TOLD[500 if problem.status >= 500 else 400])
    say = words_of(request).say
    page = render(
        request,
        "error.html",
        status=problem.status,
        problem=problem,
        problem_title=say(title),
        problem_sentence=say(sentence),
    )
    page.headers.update(headers)
    return page
