"""Law and guidance on a date, and legal assessments of described uses."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence.limited import Key
from overzicht.kit.ask import READER, Ask
from overzicht.kit.operation import Command, Paging, Param, Part, Route, operation
from overzicht.law.consolidated import changes_between
from overzicht.reports.i18n import Words
from overzicht.subjects.diligence import law_acts as acts
from overzicht.subjects.diligence.act_lines import act_lines, change_lines
from overzicht.subjects.diligence.law_files import example_uses, read_uses, wrong_codes
from overzicht.subjects.diligence.law_files import template as file_to_fill_in
from overzicht.subjects.diligence.law_model import ShownInstrument
from overzicht.subjects.diligence.law_showing import list_instruments, show_instrument
from overzicht.subjects.diligence.law_views import ActView, InstrumentLineView, InstrumentView, WeighingsView
from overzicht.subjects.diligence.law_weighing import differences, weigh_uses
from overzicht.subjects.diligence.use_assessment import UNSETTLED
from overzicht.subjects.diligence.uses import Use
from overzicht.subjects.diligence.weighing_lines import (
    card_line,
    difference_lines,
    instrument_lines,
    weighing_lines,
)

TAG = "law"
READ = ("as-of", "lang", "json")
Name = Annotated[Key, Param(option="NAME")]
Uses = Annotated[tuple[Use, ...], Field(max_length=200)]
Only = Annotated[
    tuple[str, ...],
    Param("Only this use of the file. May be given more than once.", option="--use", metavar="ID"),
]
Compare = Annotated[bool, Param("Show the differences between each use and the next, by rule.")]
WithoutLists = Annotated[bool, Param("Do not screen the parties against the lists of the store.")]
ActFiles = Annotated[tuple[Path, ...], Param(option="FILE...")]
Annex = Annotated[str, Param("Only this annex, with its entries, for example VII.")]
Code = Annotated[str, Param("Only entries that name this code, for example 8525 50.")]


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


def _weighed_page(view: WeighingsView, words: Words) -> str:
    from overzicht.subjects.diligence.weighing_page import render_weighings  # noqa: PLC0415 - templates load slowly

    return render_weighings(view.weighings, differences(view.weighings), words.lang)


def _weighed_lines(view: WeighingsView, words: Words) -> Iterator[str]:
    for number, weighing in enumerate(view.weighings):
        yield from () if number == 0 else ("", "=" * 20, "")
        yield from weighing_lines(weighing, words)
    yield from difference_lines(view.differences, words)


@operation(
    Command(
        "law weigh",
        _weighed_lines,
        is_incomplete=lambda view: any(
            result.outcome in UNSETTLED for weighing in view.weighings for result in weighing.instruments
        ),
        options=READ,
        files={".html": _weighed_page},
    ),
    is_dated=True,
)
def weigh(
    ask: Ask,
    file: Path | None = None,
    *,
    only: Only = (),
    compare: Compare = False,
    no_lists: WithoutLists = False,
) -> WeighingsView:
    """Assess the uses described in FILE under every instrument in force on a date.

    Without FILE, the command assesses the description that ships with the product: questions 3 to 5 of
    2020Z25656, with variants. Exit code 1: the result of an instrument is unknown, and the output names the
    missing fact.
    """
    uses = example_uses() if file is None else read_uses(file)
    known = tuple(use.id for use in uses)
    for name in set(only) - set(known):
        raise UnknownNameError("use", name, known)
    chosen = tuple(use for use in uses if not only or use.id in only)
    results = weigh_uses(chosen, ask.day, None if no_lists else ask.store)
    return WeighingsView(results, tuple(differences(results)) if compare else ())


def _annex_lines(view: ActView, words: Words) -> Iterator[str]:
    for version in view.acts:
        yield from act_lines(version, words, with_entries=view.with_entries)
    if len(view.acts) > 1:
        yield from change_lines(view.changes, words)


@operation(Command("law annexes", _annex_lines, options=("lang", "json")))
def annexes(_ask: Ask, act_files: ActFiles, *, annex: Annex = "", code: Code = "") -> ActView:
    """Show the annexes of a consolidated act of the Union as cards: FILE is HTML, Formex or text of EUR-Lex.

    With two files of the same act it shows the entries that the newer version added, removed or reworded.
    """
    versions = acts.read_versions(act_files)
    if annex:
        versions = tuple(acts.only_annex(version, annex) for version in versions)
    if code:
        versions = tuple(acts.naming(version, code) for version in versions)
    changes = tuple(change for old, new in pairwise(versions) for change in changes_between(old, new))
    return ActView(versions, changes, with_entries=bool(annex or code) and len(versions) == 1)


@operation(Command("law template", lambda lines, _say: lines.splitlines(), options=()))
def template(_ask: Ask) -> str:
    """Print a file of uses to fill in, with every fact that the rules use."""
    return file_to_fill_in()
