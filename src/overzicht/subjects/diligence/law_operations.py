"""Law and guidance on a date, and legal assessments of described uses."""

from typing import Annotated

from pydantic import Field

from overzicht.errors import InputFileError
from overzicht.evidence.limited import Key
from overzicht.kit.ask import READER, Ask
from overzicht.kit.operation import Command, Paging, Param, Part, Route, operation
from overzicht.subjects.diligence.law_files import example_uses, wrong_codes
from overzicht.subjects.diligence.law_files import template as file_to_fill_in
from overzicht.subjects.diligence.law_model import ShownInstrument
from overzicht.subjects.diligence.law_showing import list_instruments, show_instrument
from overzicht.subjects.diligence.law_views import InstrumentLineView, InstrumentView, WeighingsView
from overzicht.subjects.diligence.law_weighing import differences, weigh_uses
from overzicht.subjects.diligence.uses import Use
from overzicht.subjects.diligence.weighing_lines import card_line, instrument_lines

TAG = "law"
READ = ("as-of", "lang", "json")
Name = Annotated[Key, Param(option="NAME")]
Uses = Annotated[tuple[Use, ...], Field(max_length=200)]


@operation(
    Command(
        "law list",
        lambda cards, words: (card_line(row.card, row.applies, row.sentence, words) for row in cards),
        options=READ,
    ),
    Route("GET /instruments", READER, summary="Instruments of law and guidance"),
    view=InstrumentLineView,
)
def instruments(ask: Ask, paging: Paging) -> Part[ShownInstrument]:
    """List the instruments, and whether each applied on a date."""
    return paging.part(list_instruments(ask.day))


@operation(
    Command("law show", instrument_lines, options=READ),
    Route("GET /instruments/{instrument_id}", READER, summary="One instrument"),
    view=InstrumentView,
)
def instrument(ask: Ask, instrument_id: Name) -> ShownInstrument:
    """Show an instrument: its dates, whom it binds, each rule in three parts, and its parties."""
    return show_instrument(instrument_id, ask.day)


@operation(Route("POST /weighings", READER, summary="Assess described uses", has_names=True), is_dated=True)
def weighings(ask: Ask, *, uses: Uses = ()) -> WeighingsView:
    """Return the legal assessment of each use on the date. Without uses, the packaged ones are assessed."""
    for use in uses:
        for message in wrong_codes(use):
            fix = "use two letters of ISO 3166, for example NL"
            raise InputFileError("the request", message, record=f"use {use.id}", fix=fix)
    results = weigh_uses(uses or example_uses(), ask.day, ask.store)
    return WeighingsView(tuple(results), tuple(differences(results)))


@operation(Command("law template", lambda lines, _say: lines.splitlines(), options=()))
def template(_ask: Ask) -> str:
    """Print a file of uses to fill in, with every fact that the rules use."""
    return file_to_fill_in()
