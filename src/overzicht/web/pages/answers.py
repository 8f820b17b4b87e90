"""Answers to parliamentary questions: the sets, and one drafted from what is loaded."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from overzicht.reports.answers.page import render_answer
from overzicht.reports.answers.vocabulary import KINDS, MARKS
from overzicht.reports.answers.word_document import render_docx
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.vocabulary import word
from overzicht.views.serialiser import json_text
from overzicht.web.answers import drafted
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnPage
from overzicht.web.auth import OverallReader
from overzicht.web.page import render, words_of
from overzicht.web.problems import not_found
from overzicht.web.service import Here
from overzicht.workflows.answers.sets import known_sets

router = APIRouter(prefix="/answers")

TYPES = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("", response_class=HTMLResponse)
def answers(request: Request, here: Here, _who: OverallReader, day: OnPage) -> HTMLResponse:
    """Show the sets that can be answered on the day."""
    with here.store.reading() as connection:
        found = known_sets(connection, day.day)
    return render(request, "answers.html", sets=found)


@router.get("/{number}", response_class=HTMLResponse)
def answer(request: Request, here: Here, _who: OverallReader, day: OnPage, number: Key) -> HTMLResponse:
    """Show the draft of one set on the day."""
    report, words = drafted(here, number, day.day), words_of(request)
    return render(
        request,
        "answer.html",
        report=report,
        index=NumberedCitations(report.citations),
        formats=tuple(TYPES),
        mark=lambda origin: words.say(MARKS[origin]) if origin in MARKS else "",
        question_kind=lambda kind: words.say(word(KINDS, kind)),
    )


@router.get("/{number}/download/{form}")
def download(
    request: Request, here: Here, _who: OverallReader, day: OnPage, number: Key, form: Key
) -> Response:
    """Return the draft as a file: html, docx or json, in the language of the pages."""
    if form not in TYPES:
        raise not_found("form of an answer", form)
    report, lang = drafted(here, number, day.day), words_of(request).lang
    match form:
        case "json":
            content = f"{json_text(report, words_of(request).say)}\n".encode()
        case "html":
            content = render_answer(report, lang).encode()
        case _:
            content = render_docx(report, lang)
    name = f"{report.number}-{report.as_of}-{lang.value}.{form}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=TYPES[form], headers=disposition)
