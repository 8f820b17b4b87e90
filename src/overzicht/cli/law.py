"""`overzicht law`: instruments of law on a date, and described uses weighed under them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overzicht.cli.options import Request, opened_store, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, UnknownNameError

if TYPE_CHECKING:
    from overzicht.diligence.uses import Use
    from overzicht.diligence.weighing import Weighing
    from overzicht.reports.i18n import Words


@click.group()
def law() -> None:
    """Show law and guidance on a date: whom each instrument binds, and its rules for a described use.

    Exit code 1: the result of an instrument is unknown, because a fact is missing. Exit code 10: the file of
    uses was refused, and the message names every wrong record.
    """


@law.command("list")
@standard("as-of", "lang", "json")
def list_(request: Request) -> None:
    """List the instruments, and whether each applied on a date.

    Example: overzicht law list --as-of 2021-04-13
    """
    from overzicht.reports.law.lines import card_line  # noqa: PLC0415 - the cards are slow to read
    from overzicht.views.law import InstrumentLineView  # noqa: PLC0415
    from overzicht.workflows.law.showing import list_instruments  # noqa: PLC0415

    words = request.words
    instruments = list_instruments(request.as_of)
    request.show(
        lambda: [InstrumentLineView.of(each) for each in instruments],
        lambda: (card_line(each.card, each.applies, each.says, words) for each in instruments),
    )


@law.command()
@click.argument("name")
@standard("as-of", "lang", "json")
def show(request: Request, name: str) -> None:
    """Show an instrument: its dates, whom it binds, each rule in three parts, and its parties.

    Example: overzicht law show icerd --as-of 2021-04-13
    """
    from overzicht.reports.law.lines import instrument_lines  # noqa: PLC0415
    from overzicht.views.law import InstrumentView  # noqa: PLC0415
    from overzicht.workflows.law.showing import show_instrument  # noqa: PLC0415

    view = show_instrument(name, request.as_of)
    request.show(lambda: InstrumentView.of(view), lambda: instrument_lines(view, request.words))


@law.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
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
    """Weigh the uses described in FILE under every instrument in force on a date.

    Without FILE, the command weighs the description that ships with the product: questions 3 to 5 of
    2020Z25656, with variants. Exit code 1: the result of an instrument is unknown, and the output names the
    missing fact.

    Example: overzicht law weigh uses.yaml --as-of 2021-04-13 --lang nl
    """
    from overzicht.reports.law.lines import difference_lines  # noqa: PLC0415
    from overzicht.reports.law.page import render_weighings  # noqa: PLC0415
    from overzicht.views.law import WeighingsView  # noqa: PLC0415
    from overzicht.workflows.law.weighing import differences, weigh_uses  # noqa: PLC0415

    uses = _uses(file, only)
    if no_lists:
        weighings = weigh_uses(uses, request.as_of)
    else:
        with opened_store() as store:
            weighings = weigh_uses(uses, request.as_of, store)
    words, compared = request.words, differences(weighings) if compare else ()
    request.deliver(
        {
            ".html": lambda: render_weighings(weighings, differences(weighings), request.language),
            ".json": lambda: f"{request.json_text(WeighingsView(tuple(weighings), tuple(compared)))}\n",
        },
        lambda: [*_lines(weighings, words), *difference_lines(compared, words)],
    )
    is_open = any(each.outcome.value == "unknown" for weighing in weighings for each in weighing.instruments)
    return EXIT_INCOMPLETE if is_open else EXIT_OK


@law.command()
def template() -> None:
    """Print a file of uses to fill in, with every fact that the rules use.

    Example: overzicht law template > uses.yaml
    """
    from overzicht.workflows.law.files import template as empty_uses  # noqa: PLC0415

    click.echo(empty_uses(), nl=False)


def _uses(file: Path | None, only: tuple[str, ...]) -> "tuple[Use, ...]":
    from overzicht.workflows.law.files import example_uses, read_uses  # noqa: PLC0415

    uses = example_uses() if file is None else read_uses(file)
    known = tuple(use.id for use in uses)
    for name in only:
        if name not in known:
            raise UnknownNameError("use", name, known)
    return tuple(use for use in uses if not only or use.id in only)


def _lines(weighings: "Sequence[Weighing]", words: "Words") -> Iterator[str]:
    from overzicht.reports.law.lines import weighing_lines  # noqa: PLC0415

    for number, weighing in enumerate(weighings):
        yield from () if number == 0 else ("", "=" * 20, "")
        yield from weighing_lines(weighing, words)
