"""Law: every instrument on a date, one of them in full, and legal assessments of described uses."""

from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from starlette.responses import HTMLResponse

from overzicht.subjects.diligence.law_files import LARGEST, example_uses, uses_of
from overzicht.subjects.diligence.law_showing import list_instruments, show_instrument
from overzicht.subjects.diligence.law_weighing import differences, weigh_uses
from overzicht.subjects.diligence.weighing_lines import STANDINGS
from overzicht.subjects.diligence.weighing_page import law_words
from overzicht.web.auth import PageReader
from overzicht.web.fields import Key
from overzicht.web.problems import not_found
from overzicht.web.uploads import harmless

router = APIRouter(prefix="/law")


@router.get("", response_class=HTMLResponse)
def law(context: PageReader) -> HTMLResponse:
    """Show every instrument, to whom it applies and whether it applied on the date."""
    return context.render(
        "law.html", lines=list_instruments(context.day), law=law_words(context.words), uses=example_uses()
    )


@router.get("/weigh", response_class=HTMLResponse)
def form(context: PageReader) -> HTMLResponse:
    """Show the form to assess a file of uses."""
    return context.render("law_weigh.html", uses=example_uses())


@router.post("/weigh", response_class=HTMLResponse)
def weigh(
    context: PageReader, file: Annotated[UploadFile, File(description="a file of uses, YAML or JSON")]
) -> HTMLResponse:
    """Assess the uses of a file. Nothing is saved."""
    name = harmless(file.filename or "") or "file"
    weighings = weigh_uses(uses_of(file.file.read(LARGEST + 1), name), context.day, context.store)
    return context.render(
        "law_weighed.html",
        weighings=weighings,
        differences=differences(weighings),
        name=name,
        law=law_words(context.words),
    )


@router.get("/uses/{use_id}", response_class=HTMLResponse)
def packaged(context: PageReader, use_id: Key) -> HTMLResponse:
    """Show the assessment of a packaged use on the date, and its differences from the next use."""
    uses = example_uses()
    position = next((number for number, use in enumerate(uses) if use.id == use_id), None)
    if position is None:
        raise not_found("use", use_id)
    weighings = weigh_uses(uses[position : position + 2], context.day, context.store)
    return context.render(
        "law_weighed.html",
        weighings=weighings[:1],
        differences=differences(weighings),
        name=context.words.say(uses[position].titled),
        law=law_words(context.words),
    )


@router.get("/{instrument}", response_class=HTMLResponse)
def show(context: PageReader, instrument: Key) -> HTMLResponse:
    """Show one instrument: its dates, to whom it applies, its rules, and the position of countries."""
    view = show_instrument(instrument, context.day)
    words = law_words(context.words)
    return context.render("law_instrument.html", shown=view, card=view.card, law=words, standings=STANDINGS)
