"""Answers to parliamentary questions: the sets, and a draft for one of them."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, Response

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.open_document import MEDIA_TYPE
from overzicht.reports.vocabulary import word
from overzicht.store.accounts import Role
from overzicht.subjects.answers import answers_operations as operations
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.open_document import render_odt
from overzicht.subjects.answers.page import render_answer
from overzicht.subjects.answers.papers import keep_paper
from overzicht.subjects.answers.review import ReviewState
from overzicht.subjects.answers.routes import Given
from overzicht.subjects.answers.sets import known_sets
from overzicht.subjects.answers.vocabulary import KINDS, MARKS
from overzicht.subjects.answers.word_document import render_docx
from overzicht.subjects.questions.reviews import Decision
from overzicht.views.serialiser import json_text
from overzicht.web.auth import PageOverallReader
from overzicht.web.context import PageContext
from overzicht.web.fields import Key, Line
from overzicht.web.forms import see_other
from overzicht.web.operations import add_forms_of
from overzicht.web.problems import NotAllowedError, not_found
from overzicht.web.uploads import attachment

router = APIRouter()
add_forms_of(router, "subjects.answers.answers_operations")
CHOICES = {Decision.ACCEPT: text("accept"), Decision.EDIT: text("edit"), Decision.STRIKE: text("strike")}
TONES = {
    ReviewState.OPEN: "plain",
    ReviewState.ACCEPTED: "safe",
    ReviewState.EDITED: "safe",
    ReviewState.STRUCK: "neutral",
    ReviewState.CHANGED: "warning",
}

TYPES = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": MEDIA_TYPE,
}


@router.get("/answers", response_class=HTMLResponse)
def answers(context: PageOverallReader) -> HTMLResponse:
    """Show the sets that can be answered on the date, and the form for a paper."""
    return _list(context)


@router.post("/answers", response_class=HTMLResponse)
def answer_paper(
    context: PageOverallReader,
    given: Given,
    form: Annotated[Line, Form()] = "",
    *,
    save: Annotated[bool, Form()] = False,
) -> Response:
    """Show the draft for a file or a pasted text, or return it as a file; with `save` the paper is saved."""
    try:
        paper = given.paper()
        if save:
            if not context.may(Role.EDITOR):
                raise NotAllowedError(Role.EDITOR.value)
            day = f"?as-of={context.day}" if context.has_chosen_day else ""
            return see_other(f"/answers/{keep_paper(context.store, paper, context.actor())}{day}")
        report = answer_set(context.store, "", AnswerChoices(paper=paper), context.day)
    except OverzichtError as error:
        return _list(context, error)
    if form in TYPES:
        return _file(context, report, form)
    return _page(context, report, pasted="" if given.has_file else given.text)


@router.get("/answers/{number}", response_class=HTMLResponse)
def answer(context: PageOverallReader, number: Key) -> HTMLResponse:
    """Show the draft for one set on the date."""
    return _page(context, operations.answer(context, number), formats=tuple(TYPES))


@router.get("/answers/{number}/download/{form}")
def download(
    context: PageOverallReader, number: Key, form: Key, *, reviewed: Annotated[bool, Query()] = False
) -> Response:
    """Return the draft, or its reviewed text, as a file: html, docx, odt or json, in the page's language."""
    if form not in TYPES:
        raise not_found("form of an answer", form)
    return _file(context, operations.answer(context, number, reviewed=reviewed), form)


@router.get("/answers/{number}/review", response_class=HTMLResponse)
def review(context: PageOverallReader, number: Key) -> HTMLResponse:
    """Show each sentence of a draft with its review, and the form for a decision."""
    say = context.words.say
    shown = operations.review(context, number)
    return context.render(
        "answer_review.html",
        review=shown,
        groups=[(n, list(group)) for n, group in groupby(shown.sentences, key=lambda s: s.question)],
        decisions=[(decision.value, say(CHOICES[decision])) for decision in Decision],
        tones=TONES,
        formats=tuple(TYPES),
        may_edit=context.may(Role.EDITOR),
    )


def _list(context: PageContext, fault: OverzichtError | None = None) -> HTMLResponse:
    with context.store.reading() as connection:
        sets = known_sets(connection, context.day)
    return context.render(
        "answers.html",
        status=400 if fault else 200,
        sets=sets,
        fault=fault,
        formats=[("", context.words.say(text("page"))), *((form, form.upper()) for form in TYPES)],
        may_save=context.may(Role.EDITOR),
    )


def _page(
    context: PageContext, report: AnswerReport, *, formats: tuple[str, ...] = (), pasted: str = ""
) -> HTMLResponse:
    say = context.words.say
    return context.render(
        "answer.html",
        report=report,
        index=NumberedCitations(report.citations),
        formats=formats,
        pasted=pasted,
        download_formats=tuple(TYPES),
        mark=lambda origin: say(MARKS[origin]) if origin in MARKS else "",
        question_kind=lambda kind: say(word(KINDS, kind)),
    )


def _file(context: PageContext, report: AnswerReport, form: str) -> Response:
    words = context.words
    match form:
        case "json":
            content = f"{json_text(report, words.say)}\n".encode()
        case "html":
            content = render_answer(report, words.lang).encode()
        case "odt":
            content = render_odt(report, words.lang)
        case _:
            content = render_docx(report, words.lang)
    name = f"{report.number}-{report.as_of}-{words.lang.value}.{form}"
    return Response(content, media_type=TYPES[form], headers=attachment(name))
