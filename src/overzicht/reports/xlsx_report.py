"""The overview as an Excel workbook: a sheet per table, texts as texts, equal bytes for equal reports."""

import io
from datetime import UTC, date, datetime, time

from overzicht.errors import MissingExtraError
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.overview_report import OverviewReport
from overzicht.reports.tables import OverviewTables

MAX_CELL = 32_767  # characters; Excel refuses a file with more
CUT_MARK = " […]"
MIN_WIDTH, MAX_WIDTH = 10, 60  # characters
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render_xlsx(report: OverviewReport, lang: Language) -> bytes:
    """Return the workbook; raises MissingExtraError without the extra `office`.

    The dates in its properties are the day of the report, so that nothing depends on when it was made.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("a report in Excel's format", "office") from error
    words = words_for(lang)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    properties = {
        "title": words.text("Overview of surveillance equipment"),
        "comments": words.text("As of {day}, run {run}", day=report.as_of, run=report.run_id),
        "created": datetime.combine(report.as_of, time(), tzinfo=UTC).replace(tzinfo=None),
    }
    book.set_properties(properties)
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "cell": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }
    for table in OverviewTables(report, words).all():
        sheet = book.add_worksheet(table.title)
        for column, heading in enumerate(table.headings):
            sheet.write_string(0, column, heading, formats["head"])
            longest = max((len(str(row[column] or "")) for row in table.rows), default=0)
            width = min(max(longest, len(table.headings[column]), MIN_WIDTH), MAX_WIDTH)
            sheet.set_column(column, column, width)
        for number, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, date):  # Excel has no zones
                    sheet.write_datetime(number, column, datetime.combine(cell, time()), formats["day"])
                elif isinstance(cell, str):
                    fitting = cell if len(cell) <= MAX_CELL else cell[: MAX_CELL - len(CUT_MARK)] + CUT_MARK
                    sheet.write_string(number, column, fitting, formats["cell"])
                else:
                    sheet.write_number(number, column, cell, formats["cell"])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return stream.getvalue()
