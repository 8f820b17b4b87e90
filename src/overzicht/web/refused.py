"""A form that was refused: its page again with what was typed, and the mistakes above the form.

One rule for every form: the page that sent it is fetched again as the same reader, and its form is filled in.
Passwords and files are not kept.
"""

from collections.abc import Iterator, MutableMapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from fastapi import Request
from lxml import html
from lxml.html import HtmlElement
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import Message

from overzicht.web.page import render
from overzicht.web.problems import Problem

STATUSES = frozenset({400, 403, 404, 409})
NOT_KEPT = frozenset({"password", "file", "hidden", "submit"})
CHOSEN = frozenset({"checkbox", "radio"})
LEFT_OUT = frozenset({b"content-type", b"content-length", b"if-none-match", b"accept-encoding"})
MAX_PAGE = 5_000_000  # bytes; a longer page is not filled in again


async def form_again(request: Request, problem: Problem) -> HTMLResponse | None:
    """Return the page of a refused form with its fields filled in; None if no page of ours has the form."""
    sent_from = urlsplit(request.headers.get("referer", ""))
    if request.method != "POST" or problem.status not in STATUSES or sent_from.netloc != request.url.netloc:
        return None
    try:
        given = await request.form()
    except (HTTPException, RuntimeError):  # no form that can be read
        return None
    content = await _page_at(request, sent_from.path, sent_from.query)
    if not content or len(content) > MAX_PAGE:
        return None
    page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    if (form := _form_for(page, sent_from.path, request.url.path, given)) is None:
        return None
    _fill(form, given)
    _explain(request, form, problem)
    return HTMLResponse(html.tostring(page, doctype="<!doctype html>", encoding="unicode"), problem.status)


async def _page_at(request: Request, path: str, query: str) -> bytes:
    """Return a page of this service as the same reader sees it; empty if it is not a page."""
    headers = [(name, value) for name, value in request.scope["headers"] if name not in LEFT_OUT]
    scope: MutableMapping[str, Any] = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": headers,
        "query_string": query.encode(),
        **{key: request.scope.get(key) for key in ("asgi", "http_version", "scheme", "server", "client")},
    }  # fmt: skip
    answer: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message)

    await request.app(scope, receive, send)
    kinds = dict(answer[0].get("headers", ()))
    is_page = answer[0]["status"] == 200 and kinds.get(b"content-type", b"").startswith(b"text/html")
    return b"".join(message.get("body", b"") for message in answer[1:]) if is_page else b""


def _form_for(page: HtmlElement, place: str, path: str, given: FormData) -> HtmlElement | None:
    """Return the form of a page that sends to a path; of several, the one with the hidden values given."""
    forms = [
        form
        for form in _elements(page, "form")
        if form.get("method", "").lower() == "post"
        and urlsplit(urljoin(place, form.get("action") or place)).path == path
    ]
    alike = (form for form in forms if _has_hidden(form, given))
    return next(alike, None)


def _has_hidden(form: HtmlElement, given: FormData) -> bool:
    hidden = [field for field in _elements(form, "input") if field.get("type") == "hidden"]
    return all(field.get("value", "") in given.getlist(field.get("name", "")) for field in hidden)


def _fill(form: HtmlElement, given: FormData) -> None:
    values = {name: [value for value in given.getlist(name) if isinstance(value, str)] for name in given}
    for field in _elements(form, "input", "select", "textarea"):
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


def _mark(element: HtmlElement, name: str, is_on: bool) -> None:
    element.attrib.pop(name, None)
    if is_on:
        element.set(name, name)


def _explain(request: Request, form: HtmlElement, problem: Problem) -> None:
    """Put the mistakes above the form, mark its wrong fields, and open the parts that contain it."""
    fields = {field.get("name", ""): field for field in _elements(form, "input", "select", "textarea")}
    labels = {label.get("for", ""): " ".join(label.text_content().split()) for label in _labels(form)}
    named = []
    for fault in problem.faults:
        place = fault.place.removeprefix("body.")
        if (field := fields.get(place)) is not None:
            field.set("aria-invalid", "true")
            place = labels.get(field.get("id", ""), place)
        named.append((place, fault.reason))
    has_file = any(field.get("type") == "file" for field in fields.values())
    answer = render(request, "refused.html", problem=problem, faults=named, has_file=has_file)
    form.addprevious(html.fragment_fromstring(bytes(answer.body).decode()))
    for around in form.iterancestors("details"):
        around.set("open", "open")


def _labels(form: HtmlElement) -> Iterator[HtmlElement]:
    return (label for label in _elements(form, "label") if label.get("for"))


def _elements(top: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    return top.iter(*tags)
