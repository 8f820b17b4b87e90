"""`overzicht law`: instruments of law on a day, and described uses weighed under them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overzicht.cli.options import as_of_option, json_option, json_text, lang_option, opened_store, words_in
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.views.law import InstrumentLineView

if TYPE_CHECKING:
    from overzicht.diligence.uses import Use
    from overzicht.diligence.weighing import Weighing
    from overzicht.reports.i18n import Words

FORMS = (".html", ".json")


@click.group()
def law() -> None:
    """Law and guidance on a date: whom each instrument binds, and what it says of a described use.

    Exit codes: 0 done, 1 weighed but of some instrument it cannot be told, 2 wrong use, 10 the file of uses
    was refused (every wrong record is named), 11 no such instrument or use, 13 store.
    """


@law.command("list")
@as_of_option
@lang_option
@json_option
def list_(as_of: date, lang: str, as_json: bool) -> int:
    """List the instruments with whether each applied on a day.

    Example: overzicht law list --as-of 2021-04-13
    """
    from overzicht.reports.law.lines import card_line  # noqa: PLC0415 - the cards are read when they are asked for
    from overzicht.workflows.law.showing import list_instruments  # noqa: PLC0415

    words = words_in(lang)
    lines = list_instruments(as_of)
    if as_json:
        click.echo(json_text([InstrumentLineView.of(one) for one in lines], words.say))
        return EXIT_OK
    click.echo("\n".join(card_line(one.card, one.applies, one.says, words) for one in lines))
    return EXIT_OK


@law.command()
@click.argument("name")
@as_of_option
@lang_option
@json_option
def show(name: str, as_of: date, lang: str, as_json: bool) -> int:
    """Show an instrument: since when, whom it binds, each rule in three parts, and who stands where.

    Example: overzicht law show icerd --as-of 2021-04-13
    """
    from overzicht.reports.law.lines import instrument_lines  # noqa: PLC0415
    from overzicht.views.law import InstrumentView  # noqa: PLC0415
    from overzicht.workflows.law.showing import show_instrument  # noqa: PLC0415

    view, words = show_instrument(name, as_of), words_in(lang)
    if as_json:
        click.echo(json_text(InstrumentView.of(view), words.say))
    else:
        click.echo("\n".join(instrument_lines(view, words)))
    return EXIT_OK


@law.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@as_of_option
@click.option(
    "--use", "only", multiple=True, metavar="ID", help="Weigh only this use of the file; repeatable."
)
@click.option(
    "--compare", is_flag=True, help="Say what differs between each use and the next, and by which rule."
)
@click.option("--no-lists", is_flag=True, help="Do not ask the lists of the store about the parties.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write a page (.html) or data (.json).")
@lang_option
@json_option
def weigh(  # noqa: PLR0913, PLR0917 - one parameter per option
    file: Path | None,
    as_of: date,
    only: tuple[str, ...],
    compare: bool,
    no_lists: bool,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> int:
    """Weigh the uses described in FILE under every instrument as it stood on a day.

    Without FILE: the packaged description behind questions 3 to 5 of 2020Z25656, with variants.
    Exit code 1: of some instrument it cannot be told, and the output says which fact is missing.

    Example: overzicht law weigh uses.yaml --as-of 2021-04-13 --lang nl
    """
    from overzicht.views.law import WeighingsView  # noqa: PLC0415
    from overzicht.workflows.law.weighing import differences  # noqa: PLC0415

    if out is not None and out.suffix not in FORMS:
        raise click.UsageError(f"--out takes a name that ends in {' or '.join(FORMS)}, not {out.name}")
    weighings = _weighed(_uses(file, only), as_of, with_lists=not no_lists)
    found = differences(weighings) if compare else ()
    words = words_in(lang)
    data = json_text(WeighingsView(tuple(weighings), tuple(found)), words.say)
    if out is not None:
        _write(out, data, weighings, lang)
    if as_json:
        click.echo(data)
    else:
        click.echo("\n".join(_lines(weighings, compare, words)))
    is_open = any(each.outcome.value == "unknown" for one in weighings for each in one.instruments)
    return EXIT_INCOMPLETE if is_open else EXIT_OK


@law.command()
def template() -> None:
    """Print a file of uses to fill in, with every fact that the rules ask for.

    Example: overzicht law template > uses.yaml
    """
    from overzicht.workflows.law.files import template as made  # noqa: PLC0415

    click.echo(made(), nl=False)


def _uses(file: Path | None, only: tuple[str, ...]) -> "tuple[Use, ...]":
    from overzicht.errors import UnknownNameError  # noqa: PLC0415
    from overzicht.workflows.law.files import example_uses, read_uses  # noqa: PLC0415

    uses = example_uses() if file is None else read_uses(file)
    known = tuple(use.id for use in uses)
    for name in only:
        if name not in known:
            raise UnknownNameError("use", name, known)
    return tuple(use for use in uses if not only or use.id in only)


def _weighed(uses: "tuple[Use, ...]", as_of: date, *, with_lists: bool) -> "tuple[Weighing, ...]":
    from overzicht.workflows.law.weighing import weigh_uses  # noqa: PLC0415

    if not with_lists:
        return weigh_uses(uses, as_of)
    with opened_store() as (store, _):
        return weigh_uses(uses, as_of, store)


def _lines(weighings: "tuple[Weighing, ...]", compare: bool, words: "Words") -> list[str]:
    from overzicht.reports.law.lines import difference_lines, weighing_lines  # noqa: PLC0415
    from overzicht.workflows.law.weighing import differences  # noqa: PLC0415

    lines: list[str] = []
    for number, weighing in enumerate(weighings):
        lines += [] if number == 0 else ["", "=" * 20, ""]
        lines += weighing_lines(weighing, words)
    return lines + list(difference_lines(differences(weighings) if compare else (), words))


def _write(out: Path, data: str, weighings: "tuple[Weighing, ...]", lang: str) -> None:
    from overzicht.reports.i18n import Language  # noqa: PLC0415
    from overzicht.reports.law.page import render_weighings  # noqa: PLC0415
    from overzicht.workflows.law.weighing import differences  # noqa: PLC0415

    if out.suffix == ".json":
        out.write_text(data + "\n", encoding="utf-8")
    else:
        out.write_text(render_weighings(weighings, differences(weighings), Language(lang)), encoding="utf-8")
