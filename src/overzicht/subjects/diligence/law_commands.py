"""`overzicht law`: instruments of law on a date, and described uses assessed under them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import click

from overzicht.cli.commands import command, group
from overzicht.cli.loading import load_command, with_added
from overzicht.cli.options import PATH, Request, standard
from overzicht.composition import CommandTable
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, UnknownNameError
from overzicht.law.consolidated import changes_between
from overzicht.reports.i18n import Words
from overzicht.subjects.diligence import law_acts as acts
from overzicht.subjects.diligence import law_files as files
from overzicht.subjects.diligence.act_lines import act_lines, change_lines
from overzicht.subjects.diligence.law_views import (
    ActView,
    WeighingsView,
)
from overzicht.subjects.diligence.law_weighing import differences, weigh_uses
from overzicht.subjects.diligence.weighing import UNSETTLED, Weighing
from overzicht.subjects.diligence.weighing_lines import (
    difference_lines,
    weighing_lines,
)

HERE, OPERATIONS = "subjects.diligence.law_commands", "subjects.diligence.law_operations"
COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "list": (OPERATIONS, "List the instruments, and whether each applied on a date."),
    "show": (
        OPERATIONS,
        "Show an instrument: its dates, whom it binds, each rule in three parts, and its parties.",
    ),
    "weigh": (HERE, "Assess the uses described in FILE under every instrument in force on a date."),
    "annexes": (
        HERE,
        (
            "Show the annexes of a consolidated act of the Union as cards: "
            "FILE is HTML, Formex or text of EUR-Lex."
        ),
    ),
    "template": (OPERATIONS, "Print a file of uses to fill in, with every fact that the rules use."),
}


@group(sections={"Commands": with_added("law", COMMANDS)}, load=load_command)
def law() -> None:
    """Show law and guidance on a date: whom each instrument binds, and its rules for a described use.

    Exit code 1: the result of an instrument is unknown, because a fact or the judgement of a person is
    missing. Exit code 10: a file was refused, and the message names every wrong record.
    """


@command()
@click.argument("file", required=False, type=PATH)
@click.option(
    "--use",
    "only",
    multiple=True,
    metavar="ID",
    help="Only this use of the file. May be given more than once.",
)
@click.option("--compare", is_flag=True, help="Show the differences between each use and the next, by rule.")
@click.option("--no-lists", is_flag=True, help="Do not screen the parties against the lists of the store.")
@standard("as-of", "lang", "json", out=(".html", ".json"))
def weigh(
    request: Request, file: Path | None, only: tuple[str, ...], *, compare: bool, no_lists: bool
) -> int:
    """Assess the uses described in FILE under every instrument in force on a date.

    Without FILE, the command assesses the description that ships with the product: questions 3 to 5 of
    2020Z25656, with variants. Exit code 1: the result of an instrument is unknown, and the output names the
    missing fact.
    """
    from overzicht.subjects.diligence.weighing_page import render_weighings  # noqa: PLC0415 - templates load slowly

    uses = files.example_uses() if file is None else files.read_uses(file)
    known = tuple(use.id for use in uses)
    for name in set(only) - set(known):
        raise UnknownNameError("use", name, known)
    chosen = tuple(use for use in uses if not only or use.id in only)
    weighings = weigh_uses(chosen, request.as_of, None if no_lists else request.store)
    words, compared = request.words, differences(weighings) if compare else ()
    request.deliver(
        {
            ".html": lambda: render_weighings(weighings, differences(weighings), request.language),
            ".json": lambda: f"{request.json_text(WeighingsView(tuple(weighings), tuple(compared)))}\n",
        },
        lambda: [*_lines(weighings, words), *difference_lines(compared, words)],
    )
    is_open = any(result.outcome in UNSETTLED for weighing in weighings for result in weighing.instruments)
    return EXIT_INCOMPLETE if is_open else EXIT_OK


@command()
@click.argument("act_files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option("--annex", default="", help="Only this annex, with its entries, for example VII.")
@click.option("--code", default="", help="Only entries that name this code, for example 8525 50.")
@standard("lang", "json")
def annexes(request: Request, act_files: tuple[Path, ...], annex: str, code: str) -> None:
    """Show the annexes of a consolidated act of the Union as cards: FILE is HTML, Formex or text of EUR-Lex.

    With two files of the same act it shows the entries that the newer version added, removed or reworded.
    """
    versions = acts.read_versions(act_files)
    if annex:
        versions = tuple(acts.only_annex(version, annex) for version in versions)
    if code:
        versions = tuple(acts.naming(version, code) for version in versions)
    changes = tuple(change for old, new in pairwise(versions) for change in changes_between(old, new))
    with_entries = bool(annex or code) and len(versions) == 1

    def lines() -> Iterator[str]:
        for version in versions:
            yield from act_lines(version, request.words, with_entries=with_entries)
        if len(versions) > 1:
            yield from change_lines(changes, request.words)

    request.show(lambda: ActView(versions, changes), lines)


def _lines(weighings: Sequence[Weighing], words: Words) -> Iterator[str]:
    for number, weighing in enumerate(weighings):
        yield from () if number == 0 else ("", "=" * 20, "")
        yield from weighing_lines(weighing, words)
