"""`overzicht diligence report`: the yearly report as a page or as JSON."""

import click

from overzicht.cli.options import Request, opened_store, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK


@click.command()
@click.argument("file_id", metavar="FILE")
@click.option("--year", type=click.IntRange(1940, 2099), help="Calendar year. Default: the year of --as-of.")
@standard("as-of", "lang", "json", out=(".html", ".json"))
def report(request: Request, file_id: str, year: int | None) -> int:
    """Write the yearly report of FILE as a page or as JSON. Without --out the page is printed.

    The report of a year that has not ended by --as-of covers the days up to that date, and states this. Exit
    code 1: something waits for a judgement, or is overdue.

    Example: overzicht diligence report gemeente-voorbeeldstad --year 2026 --lang nl --out 2026.html
    """
    from overzicht.workflows.diligence import reporting  # noqa: PLC0415 - reports load slowly

    with opened_store() as store:
        yearly = reporting.make_report(store, file_id, year or request.as_of.year, request.as_of)
    waiting, overdue = len(yearly.view.unjudged), len(yearly.view.overdue)
    status = f"{yearly.year} up to {yearly.day}; {waiting} wait for a judgement, {overdue} are overdue"
    request.deliver(
        {
            ".html": lambda: reporting.report_html(yearly, request.lang),
            ".json": lambda: f"{request.json_text(yearly)}\n",
        },
        summary=lambda: [f"{', '.join(map(str, request.out))}: {status}"],
    )
    return EXIT_INCOMPLETE if waiting or overdue else EXIT_OK
