"""`overzicht licence`, the office: terms, attachments, conditions, shipments, notices, and what is due."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from overzicht.cli.language import spoken, translate
from overzicht.cli.licensing.licence import case_argument, licence, show_case
from overzicht.cli.options import PATH, DayType, Request, ValueChoice, due_option, reason_option, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import text
from overzicht.exportcontrol.licensing.objections import ObjectionOutcome, ObjectionStep
from overzicht.exportcontrol.licensing.statistics import SMALLEST_CELL, YearStatistics
from overzicht.reports.csv_report import csv_lines
from overzicht.workflows.licensing import records, watching, yearly
from overzicht.workflows.licensing.files import MAX_DOCUMENT_BYTES
from overzicht.workflows.licensing.objections import ObjectionRecord, record_objection
from overzicht.workflows.licensing.office import AttachmentKind, ConditionState
from overzicht.workflows.licensing.records import ConditionRecord, ShipmentRecord
from overzicht.workflows.typed_files import read_limited


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


@licence.command()
@case_argument
@click.argument("file", type=PATH)
@click.option(
    "--kind",
    type=ValueChoice(AttachmentKind),
    default="other",
    show_default=True,
    help="Kind of the document.",
)
@click.option("--note", default="", help="Note.")
@standard("as-of", "by", "lang", "json")
def attach(request: Request, case_id: str, file: Path, kind: AttachmentKind, note: str) -> int:
    """Store a document of a case, such as an end-use certificate, under its hash.

    `register verify` checks that the file is still the same.
    """
    content = (file.name, read_limited(file, MAX_DOCUMENT_BYTES))
    return show_case(request, records.attach(request.store, case_id, kind, content, note, request.act))


@licence.command()
@case_argument
@click.option("--until", type=DayType(), help="Date by which the applicant completes the application.")
@click.option(
    "--reason", default="", help="Missing data that the applicant must send (required with --until)."
)
@click.option("--received", is_flag=True, help="The applicant completed the application on the date.")
@standard("as-of", "by", "lang", "json")
def supplement(request: Request, case_id: str, until: date | None, reason: str, *, received: bool) -> int:
    """Record that the applicant was asked to complete an application, or did so. The term is suspended."""
    if (until is None) != received:
        raise click.UsageError(translate("give --until with the last date, or --received"))
    if until is None:
        return show_case(request, records.receive_supplement(request.store, case_id, request.act))
    return show_case(request, records.request_supplement(request.store, case_id, until, reason, request.act))


@licence.command()
@case_argument
@click.argument("until", type=DayType())
@reason_option
@standard("as-of", "by", "lang", "json")
def extend(request: Request, case_id: str, until: date, reason: str) -> int:
    """Record the longer term UNTIL that was named to the applicant before the term ended (Awb 4:14)."""
    return show_case(request, records.extend_term(request.store, case_id, until, reason, request.act))


@licence.command()
@case_argument
@click.argument("step", type=ValueChoice(ObjectionStep))
@click.option("--party", default="", help="The objector (required for `received`).")
@click.option("--reason", default="", help="Grounds, ground for no hearing, or reasons of the decision.")
@click.option("--until", type=DayType(), help="Last day, for `repair` and `adjourned`.")
@click.option("--outcome", type=ValueChoice(ObjectionOutcome), help="Outcome, for `decided`.")
@click.option("--agreed", is_flag=True, help="Those concerned agree to the adjournment (Awb 7:10(4)).")
@click.option("--number", type=int, default=0, help="Number, if several are open.")
@standard("as-of", "by", "lang", "json", record=ObjectionRecord)
def objection(request: Request, case_id: str, record: ObjectionRecord) -> int:
    """Record STEP of an objection against a decision: its receipt, hearing, term or outcome (Awb 7:2–7:12).

    The term is six weeks after the term for objections, or twelve with an advisory committee. The officer who
    took the decision cannot decide on the objection (exit code 10).
    """
    return show_case(request, record_objection(request.store, case_id, record, request.act))


@licence.command()
@case_argument
@click.argument("number", type=int)
@click.argument("state", type=ValueChoice(ConditionState))
@click.option("--source", default="", help="Source (required, except for `open`).")
@due_option
@standard("as-of", "by", "lang", "json", record=ConditionRecord)
def condition(request: Request, case_id: str, record: ConditionRecord) -> int:
    """Record whether condition NUMBER of a licence is met. A breached or overdue one stops shipments."""
    return show_case(request, records.record_condition(request.store, case_id, record, request.act))


@licence.command()
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
        view = records.reverse_shipment(
            request.store, case_id, reversal.reverse, reversal.reason, request.act
        )
        return show_case(request, view)
    if given["unit"] is None:
        raise click.UsageError(translate("give LINE AMOUNT UNIT, for example: 1 5 pieces; or --reverse"))
    record = ShipmentRecord(given["line"], given["amount"], given["unit"], given["document"])
    return show_case(request, records.write_off(request.store, case_id, record, request.act))


@licence.command()
@case_argument
@click.argument("about")
@click.argument("recipient")
@click.option("--proof", required=True, help="Reference of the message that was sent (required).")
@standard("as-of", "by", "lang", "json")
def notice(request: Request, case_id: str, about: str, recipient: str, proof: str) -> int:
    """Record a notice to RECIPIENT, sent on the date, ABOUT a derogation (its number) or `decision`."""
    return show_case(
        request, records.record_notice(request.store, case_id, (about, recipient, proof), request.act)
    )


@licence.command()
@standard("as-of", "by", "lang", "json")
def watch(request: Request) -> int:
    """Ask the gates of all open cases and licences again, list what is due, and open a task for each.

    It reports overdue decisions, changed lists, gates that shut after a grant, conditions, and licences and
    derogations that end within 30 days. Exit code 1: something is due.
    """
    alerts = watching.watch_cases(request.store, request.act)
    request.show(
        lambda: {"alerts": alerts},
        lambda: [spoken(alert.sentence) for alert in alerts],
        empty=translate("nothing is due"),
    )
    return EXIT_INCOMPLETE if alerts else EXIT_OK


@licence.command()
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
    tables = yearly.statistics_of(request.store, year, request.as_of, smallest_cell)
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
