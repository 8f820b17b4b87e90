"""`overzicht diligence report`: the yearly report as a page or as JSON."""

from datetime import date
from pathlib import Path

import click

from overzicht.cli.options import as_of_option, json_option, json_text, opened_store, words_in
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK

FORMATS = (".html", ".json")


@click.command()
@click.argument("file_id", metavar="FILE")
@click.option(
    "--year", type=click.IntRange(1940, 2099), help="The calendar year; by default that of --as-of."
)
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="The language of the page.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write: .html or .json.")
@as_of_option
@json_option
def report(file_id: str, *, year: int | None, lang: str, out: Path | None, as_of: date, as_json: bool) -> int:
    """Write the yearly report of FILE: a page in Dutch or English, or JSON; without --out it is printed.

    A year that is not over on --as-of is told up to that day, and says so. Exit code 1 when something waits
    for a judgement or is past its day.

    Example: overzicht diligence report gemeente-voorbeeldstad --year 2026 --lang nl --out 2026.html
    """
    from overzicht.workflows.diligence import reporting  # noqa: PLC0415 - reports load slowly

    if out is not None and out.suffix not in FORMATS:
        raise click.UsageError(f"{out.name} should end in .html or .json")
    with opened_store() as (store, _):
        found = reporting.make_report(store, file_id, year or as_of.year, as_of)
    is_json = as_json or (out is not None and out.suffix == ".json")
    content = json_text(found, words_in(lang).say) + "\n" if is_json else reporting.report_html(found, lang)
    if out is None:
        click.echo(content, nl=False)
    else:
        out.write_text(content, encoding="utf-8")
        waiting, overdue = len(found.view.unjudged), len(found.view.overdue)
        click.echo(
            f"{out}: {found.year} up to {found.day}; {waiting} wait for a judgement, {overdue} past their day"
        )
    return EXIT_INCOMPLETE if found.view.unjudged or found.view.overdue else EXIT_OK
