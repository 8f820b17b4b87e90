"""Answers to parliamentary questions: the sets, and a draft for one of them."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from overzicht.reports.answers.page import render_answer
from overzicht.reports.answers.vocabulary import KINDS, MARKS
from overzicht.reports.answers.word_document import render_docx
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.vocabulary import word
from overzicht.views.serialiser import json_text
from overzicht.web.api.answers import draft_of
from overzicht.web.auth import PageOverallReader
from overzicht.web.fields import Key
from overzicht.web.problems import not_found
from overzicht.workflows.answers.sets import known_sets

router = APIRouter(prefix="/answers")

TYPES = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@router.get("", response_class=HTMLResponse)
def answers(context: PageOverallReader) -> HTMLResponse:
    """Show the sets that can be answered on the date."""
    with context.store.reading() as connection:
        return context.render("answers.html", sets=known_sets(connection, context.day))


@router.get("/{number}", response_class=HTMLResponse)
def answer(context: PageOverallReader, number: Key) -> HTMLResponse:
    """Show the draft for one set on the date."""
    report, say = draft_of(context, number, context.day), context.words.say
    return context.render(
        "answer.html",
        report=report,
        index=NumberedCitations(report.citations),
        formats=tuple(TYPES),
        mark=lambda origin: say(MARKS[origin]) if origin in MARKS else "",
        question_kind=lambda kind: say(word(KINDS, kind)),
    )


@router.get("/{number}/download/{form}")
def download(context: PageOverallReader, number: Key, form: Key) -> Response:
    """Return the draft as a file: html, docx or json, in the language of the pages."""
    if form not in TYPES:
        raise not_found("form of an answer", form)
    report, words = draft_of(context, number, context.day), context.words
    match form:
        case "json":
            content = f"{json_text(report, words.say)}\n".encode()
        case "html":
            content = render_answer(report, words.lang).encode()
        case _:
            content = render_docx(report, words.lang)
    name = f"{report.number}-{report.as_of}-{words.lang.value}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=TYPES[form], headers=headers)
