"""A form that was refused: its page again with what was typed, and the mistakes above the form.

One rule for every form: the page that sent it is fetched again as the same reader, and its form is filled in.
Passwords and files are not kept.
"""

from collections.abc import Iterator, MutableMapping
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from fastapi import Request
from lxml import html
from lxml.html import HtmlElement
from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import Message

from overzicht.web.page import CHOICES, render
from overzicht.web.problems import Problem

STATUSES = frozenset({400, 403, 404, 409})
NOT_KEPT = frozenset({"password", "file", "hidden", "submit"})
CHOSEN = frozenset({"checkbox", "radio"})
LEFT_OUT = frozenset({b"content-type", b"content-length", b"if-none-match", b"accept-encoding"})
Given = FormData | QueryParams
MAX_PAGE = 5_000_000  # bytes; a longer page is not filled in again


async def form_again(request: Request, problem: Problem) -> HTMLResponse | None:
    """Return the page of a refused form with its fields filled in; None if no page of ours has the form."""
    if problem.status not in STATUSES or (sent := await _sent(request)) is None:
        return None
    place, query, given = sent
    content = await _page_at(request, place, query)
    if not content or len(content) > MAX_PAGE:
        return None
    page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    if (form := _form_for(page, place, request, given)) is None:
        return None
    values = {name: [value for value in given.getlist(name) if isinstance(value, str)] for name in given}
    for field in _fields(form):
        name, kind = field.get("name", ""), field.get("type", "text")
        if not name or kind in NOT_KEPT:
            continue
        if kind in CHOSEN:
            _mark(field, "checked", field.get("value", "on") in values.get(name, ()))
        elif field.tag == "select":
            chosen = values.get(name, [])
            for option in _elements(field, "option"):
                _mark(option, "selected", option.get("value", (option.text or "").strip()) in chosen)
        elif values.get(name):
            value = values[name].pop(0)  # of fields with the same name, each has its own
            if field.tag == "textarea":
                field.text = f"\n{value}"  # a reader of HTML leaves out the first line end
            else:
                field.set("value", value)
    # put the mistakes above the form, mark its wrong fields, and open the parts that contain it
    fields = {field.get("name", ""): field for field in _fields(form)}
    named_labels = (label for label in _elements(form, "label") if label.get("for"))
    labels = {label.get("for", ""): " ".join(label.text_content().split()) for label in named_labels}
    named = []
    for fault in problem.faults:
        name = fault.place.removeprefix("body.").removeprefix("query.")
        if (wrong := fields.get(name)) is not None:
            wrong.set("aria-invalid", "true")
            name = labels.get(wrong.get("id", ""), name)
        named.append((name, fault.reason))
    answer = render(
        request,
        "refused.html",
        problem=problem,
        faults=named,
        has_file=any(field.get("type") == "file" for field in fields.values()),
        is_reading=request.method == "GET",
    )
    form.addprevious(html.fragment_fromstring(bytes(answer.body).decode()))
    for around in form.iterancestors("details"):
        around.set("open", "open")
    return HTMLResponse(html.tostring(page, doctype="<!doctype html>", encoding="unicode"), problem.status)


async def _sent(request: Request) -> tuple[str, str, Given] | None:
    """Return the path and query of the page that sent a form, and what was given; None if no page did.

    A form that reads is on the page that it asks for, with the reader's choices alone in its query.
    """
    if request.method == "GET":
        given = request.query_params
        chosen = urlencode([(name, given[name]) for name in CHOICES if name in given])
        return (request.url.path, chosen, given) if given.keys() - CHOICES.keys() else None
    sent_from = urlsplit(request.headers.get("referer", ""))
    if request.method != "POST" or sent_from.netloc != request.url.netloc:
        return None
    try:
        return sent_from.path, sent_from.query, await request.form()
    except (HTTPException, RuntimeError):  # no form that can be read
        return None


async def _page_at(request: Request, path: str, query: str) -> bytes:
    """Return a page of this service as the same reader sees it; empty if it is not a page."""
    headers = [(name, value) for name, value in request.scope["headers"] if name not in LEFT_OUT]
    scope: MutableMapping[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "headers": headers,
        "query_string": query.encode(),
        **{key: request.scope.get(key) for key in ("asgi", "http_version", "scheme", "server", "client")},
    }
    answer: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message)

    await request.app(scope, receive, send)
    kinds = dict(answer[0].get("headers", ()))
    is_page = answer[0]["status"] == 200 and kinds.get(b"content-type", b"").startswith(b"text/html")
    return b"".join(message.get("body", b"") for message in answer[1:]) if is_page else b""


def _form_for(page: HtmlElement, place: str, request: Request, given: Given) -> HtmlElement | None:
    """Return the form of a page that sent a request; of several, the one with the hidden values given."""
    forms = [
        form
        for form in _elements(page, "form")
        if form.get("method", "get").upper() == request.method
        and urlsplit(urljoin(place, form.get("action") or place)).path == request.url.path
    ]
    if request.method == "GET":  # a link has other names in its query
        names = given.keys() - CHOICES.keys()
        forms = [form for form in forms if names <= {field.get("name") for field in _fields(form)}]
    for form in forms:
        hidden = [
            (field.get("name", ""), field)
            for field in _elements(form, "input")
            if field.get("type") == "hidden"
        ]
        if all(
            field.get("value", "") in given.getlist(name) for name, field in hidden if name not in CHOICES
        ):
            return form
    return None


def _mark(element: HtmlElement, name: str, is_on: bool) -> None:
    element.attrib.pop(name, None)
    if is_on:
        element.set(name, name)


def _fields(form: HtmlElement) -> Iterator[HtmlElement]:
    return _elements(form, "input", "select", "textarea")


def _elements(top: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    return top.iter(*tags)
