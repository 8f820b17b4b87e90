"""A problem as a page: what it means, and a link to continue."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from overzicht.evidence import Text, text
from overzicht.web.page import render, words_of
from overzicht.web.problems import Problem

MEANINGS: Mapping[int, tuple[Text, Text]] = {  # title and explanation by status
    400: (
        text("Something is not valid"),
        text("A value that was entered is not valid. Correct it and try again."),
    ),
    401: (text("Log in first"), text("You need an account to see this page.")),
    403: (
        text("You do not have access"),
        text("Your account may not do this. Ask an administrator of this service."),
    ),
    404: (text("Not found"), text("Nothing with this name or address exists.")),
    413: (text("Too large"), text("The file is larger than this service accepts.")),
    429: (
        text("Too many requests"),
        text("There were too many requests in a short time. Wait a minute and try again."),
    ),
    500: (text("Something went wrong"), text("This is an error in the service. Nothing was changed.")),
    502: (text("Could not be fetched"), text("Another server did not answer correctly.")),
}
OTHER_MISTAKE = text("This is not possible"), text("The service could not understand this request.")


def problem_page(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    """Return the page of a problem, or a redirect to the login page."""
    if problem.status == HTTPStatus.UNAUTHORIZED and request.method == "GET":
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': target})}", HTTPStatus.SEE_OTHER)
    title, sentence = MEANINGS.get(problem.status, MEANINGS[500] if problem.status >= 500 else OTHER_MISTAKE)
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
