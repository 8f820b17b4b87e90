"""`overzicht licence`, the office: terms, attachments, conditions, shipments, notices, and what is due."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.cli.language import spoken, translate
from overzicht.cli.options import Request, standard
from overzicht.evidence import text
from overzicht.reports.csv_report import csv_lines
from overzicht.subjects.licensing import office
from overzicht.subjects.licensing.case_commands import case_argument, show_case
from overzicht.subjects.licensing.statistics import SMALLEST_CELL, YearStatistics


class AmountType(click.ParamType[Decimal]):
    """A quantity above zero, with a point for decimals."""

    name = "AMOUNT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Return the quantity, or end with a usage error."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount <= 0:
            message = translate("{value} is not a quantity above zero. Use, for example, 5 or 2.5")
            self.fail(message.format(value=repr(value)), param, ctx)
        return amount


@dataclass(frozen=True, slots=True)
class Reversal:
    """A shipment to reverse: its number and the reason."""

    reverse: int | None
    reason: str


@command()
@case_argument
@click.argument("line", type=int, required=False)
@click.argument("amount", type=AmountType(), required=False)
@click.argument("unit", required=False)
@click.option("--document", default="", help="Number of the customs or transport document.")
@click.option("--reverse", type=int, help="Number of a shipment to reverse.")
@click.option("--reason", default="", help="Reason (required with --reverse).")
@standard("as-of", "by", "lang", "json", reversal=Reversal)
def ship(request: Request, case_id: str, reversal: Reversal, **given: Any) -> int:
    """Write off a shipment: AMOUNT in UNIT of a LINE, on its date. Or reverse one.

    The gates are asked again on that date. A shut gate, the end of the licence, a breached condition, or a
    quantity above what is left refuses it (exit code 10).
    """
    if reversal.reverse is not None:
        view = office.reverse(request.ask, case_id, reversal.reverse, reason=reversal.reason)
        return show_case(request, view)
    if given["unit"] is None:
        raise click.UsageError(translate("give LINE AMOUNT UNIT, for example: 1 5 pieces; or --reverse"))
    return show_case(request, office.ship(request.ask, case_id, **given))


@command()
@click.argument("year", type=click.IntRange(1995, 2999))
@click.option(
    "--smallest-cell",
    type=click.IntRange(1),
    default=SMALLEST_CELL,
    show_default=True,
    help="Smallest number of cases that is shown; 1 shows all.",
)
@standard("as-of", "lang", "json", out=(".csv",))
def statistics(request: Request, year: int, smallest_cell: int) -> None:
    """Show the statistics of YEAR for the yearly report (Article 26(2)); small cells are hidden."""
    tables = office.statistics(request.ask, year, smallest_cell=smallest_cell)
    request.deliver(
        {".csv": lambda: csv_lines(_rows(tables)), ".json": lambda: request.json_text(tables)},
        lambda: _statistics_lines(tables),
    )


def _rows(statistics: YearStatistics) -> list[tuple[str, ...]]:
    """Return a row per cell and per currency; a hidden figure is empty."""
    rows: list[tuple[str, ...]] = [("table", "cell", "cases", "currency", "value")]
    for table in statistics.tables:
        for cell in table.cells:
            count = "" if cell.count is None else str(cell.count)
            values = cell.values or (("", None),)
            rows += [
                (table.id, cell.name, count, currency, "" if value is None else str(value))
                for currency, value in values
            ]
        rows.append((table.id, "total", "" if table.total is None else str(table.total), "", ""))
    return rows


def _statistics_lines(statistics: YearStatistics) -> list[str]:
    lines = []
    for table in statistics.tables:
        total = "…" if table.total is None else str(table.total)
        lines.append(spoken(text("{title}: {count}", title=table.title, count=total)))
        for cell in table.cells:
            values = "".join(f"  {currency} {value}" for currency, value in cell.values if value is not None)
            lines.append(f"  {cell.name}: {'…' if cell.count is None else cell.count}{values}")
    if any("…" in line for line in lines):
        hidden = text("… is hidden: fewer than {count} cases, or a cell next to such a cell")
        lines.append(spoken(hidden.filled(count=statistics.smallest_cell)))
    return lines
