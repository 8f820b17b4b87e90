"""`overzicht register publish` and `merge`: sharing a register, and one overview of several."""

from datetime import date
from pathlib import Path

import click

from overzicht.cli.options import (
    as_of_option,
    by_option,
    json_option,
    json_text,
    lang_option,
    now,
    opened_store,
)
from overzicht.cli.overview import OutFile, write_whole
from overzicht.evidence.actor import Actor
from overzicht.register.merging import Level, merge
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.registers.as_json import merged_json
from overzicht.reports.registers.lines import merged_lines
from overzicht.workflows.register.publishing import publish as make_published
from overzicht.workflows.register.publishing import read_published

MERGED_SUFFIXES = (".html", ".json")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, help="Whose register, with all below it: an id or a name.")
@click.option(
    "--level",
    type=click.Choice([each.value for each in Level]),
    default="counts",
    show_default=True,
    help="How much is shared: counts, models too, or every device without its addresses.",
)
@as_of_option
@by_option
def publish(file: Path, organisation: str, level: str, as_of: date, actor: str) -> None:
    """Write an organisation's register to FILE (JSON) for others, as far as it likes to share.

    MAC and network addresses and serial numbers are never in it.
    """
    with opened_store() as (store, _):
        data = make_published(store, organisation, Level(level), Actor(as_of, actor, now()))
    write_whole(file, f"{json_text(data)}\n".encode())
    click.echo(f"{file}: {data['counts']['total']} devices of {data['organisation']['name']}, level {level}")


@click.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", "out_files", type=OutFile(MERGED_SUFFIXES), multiple=True,
    help="Write the overview to FILE.html or FILE.json; may be given more than once.",
)  # fmt: skip
@lang_option
@json_option
def merge_(files: tuple[Path, ...], out_files: tuple[Path, ...], lang: str, as_json: bool) -> None:
    """Combine published registers into one overview, without counting anything twice.

    Example: overzicht register merge town.json water.json --lang nl --out together.html --out together.json
    """
    from overzicht.reports.registers.page import render_merged  # noqa: PLC0415 - pictures load slowly

    merged = merge([read_published(path) for path in files])
    told = f"{json_text(merged_json(merged))}\n"
    for out in out_files:
        is_page = out.suffix.lower() == ".html"
        write_whole(out, (render_merged(merged, Language(lang)) if is_page else told).encode())
        click.echo(str(out), err=True)
    click.echo(told.rstrip() if as_json else "\n".join(merged_lines(merged, words_for(lang))))
