"""Law: every instrument on a day, one of them whole, and uses weighed: packaged ones and files of uses."""

from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from starlette.responses import HTMLResponse

from overzicht.reports.law.lines import STANDINGS
from overzicht.reports.law.page import law_words
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.page import render, words_of
from overzicht.web.problems import not_found
from overzicht.web.service import Here
from overzicht.web.uploads import harmless
from overzicht.workflows.law.files import LARGEST, example_uses, uses_of
from overzicht.workflows.law.showing import list_instruments, show_instrument
from overzicht.workflows.law.weighing import differences, weigh_use, weigh_uses

router = APIRouter()


@router.get("/law", response_class=HTMLResponse)
def law(request: Request, _who: Reader, day: OnPage) -> HTMLResponse:
    """Show every instrument with whom it binds and whether it applied on the day."""
    return render(
        request,
        "law.html",
        lines=list_instruments(day.day),
        law=law_words(words_of(request)),
        uses=example_uses(),
    )


@router.get("/law/weigh", response_class=HTMLResponse)
def ask(request: Request, _who: Reader, _day: OnPage) -> HTMLResponse:
    """Show how to weigh a file of uses."""
    return render(request, "law_weigh.html", uses=example_uses())


@router.post("/law/weigh", response_class=HTMLResponse)
def weigh(
    request: Request,
    here: Here,
    _who: Reader,
    day: OnPage,
    file: Annotated[UploadFile, File(description="a file of uses, YAML or JSON")],
) -> HTMLResponse:
    """Weigh the uses of a file; nothing is kept."""
    name = harmless(file.filename or "") or "file"
    uses = uses_of(file.file.read(LARGEST + 1), name)
    found = weigh_uses(uses, day.day, here.store)
    return render(
        request,
        "law_weighed.html",
        weighings=found,
        differences=differences(found),
        name=name,
        law=law_words(words_of(request)),
    )


@router.get("/law/uses/{use_id}", response_class=HTMLResponse)
def packaged(request: Request, here: Here, _who: Reader, day: OnPage, use_id: Key) -> HTMLResponse:
    """Show one of the packaged uses weighed on the day, and what sets it apart from the next."""
    uses = {use.id: use for use in example_uses()}
    if use_id not in uses:
        raise not_found("use", use_id)
    names = list(uses)
    position = names.index(use_id)
    pair = [uses[name] for name in names[position : position + 2]]
    found = [weigh_use(use, day.day, here.store) for use in pair]
    return render(
        request,
        "law_weighed.html",
        weighings=found[:1],
        differences=differences(found),
        name=words_of(request).say(uses[use_id].titled),
        law=law_words(words_of(request)),
    )


@router.get("/law/{instrument}", response_class=HTMLResponse)
def one(request: Request, _who: Reader, day: OnPage, instrument: Key) -> HTMLResponse:
    """Show one instrument: since when, whom it binds, its rules in three parts, who stands where."""
    view = show_instrument(instrument, day.day)
    return render(
        request,
        "law_instrument.html",
        shown=view,
        card=view.card,
        law=law_words(words_of(request)),
        standings=STANDINGS,
    )
