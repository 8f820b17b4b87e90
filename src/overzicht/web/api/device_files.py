"""Devices as a file: CSV for spreadsheets, JSON for programs, a workbook for Excel."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from starlette.responses import Response, StreamingResponse

from overzicht.errors import MissingExtraError
from overzicht.evidence import Text, text
from overzicht.reports.csv_report import BYTE_ORDER_MARK, DELIMITERS, guarded
from overzicht.reports.i18n import Words
from overzicht.reports.vocabulary import CONFIDENCES, KINDS, on_a_list, word
from overzicht.store.register.devices import DeviceFilter, DeviceLine, all_devices
from overzicht.views.serialiser import adapter
from overzicht.web.context import RequestContext
from overzicht.web.register_words import LIVES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | date | None
Column = tuple[Text, Callable[[DeviceLine, Words], Cell]]

COLUMNS: Sequence[Column] = (
    (text("device"), lambda line, _: line.id),
    (text("label"), lambda line, _: line.label),
    (text("organisation"), lambda line, _: line.organisation),
    (text("site"), lambda line, _: line.site),
    (text("place"), lambda line, _: line.place),
    (text("brand"), lambda line, _: line.brand),
    (text("model"), lambda line, _: line.model),
    (text("manufacturer"), lambda line, _: line.maker or " / ".join(line.undecided)),
    (text("certainty"), lambda line, words: words.say(word(CONFIDENCES, line.confidence))),
    (
        text("sold under another brand"),
        lambda line, words: words.say(text("yes") if line.is_relabelled else text("no")),
    ),
    (text("on a list"), lambda line, words: words.say(on_a_list(bool(line.listed), line.listed is not None))),
    (text("kind"), lambda line, words: words.say(word(KINDS, line.kind))),
    (text("state"), lambda line, words: words.say(word(LIVES, line.life))),
    (text("quantity"), lambda line, _: line.quantity),
    (text("bought"), lambda line, _: line.bought),
    (text("supplier"), lambda line, _: line.supplier),
    (text("MAC address"), lambda line, _: line.mac),
    (text("serial number"), lambda line, _: line.serial),
    (text("network address"), lambda line, _: line.address),
    (text("since"), lambda line, _: line.since),
)


def export(context: RequestContext, devices: DeviceFilter, form: str) -> Response:
    """Return all devices that match as a file; MissingExtraError if a workbook needs the extra."""
    words = context.words
    with context.store.reading() as connection:
        lines = all_devices(connection, devices)
    name = f"overzicht-{devices.as_of.isoformat()}.{form}"
    headers: Mapping[str, str] = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        return StreamingResponse(_csv(lines, words), media_type="text/csv; charset=utf-8", headers=headers)
    if form == "json":
        return StreamingResponse(_json(lines, devices), media_type="application/json", headers=headers)
    return Response(_xlsx(lines, words), media_type=XLSX, headers=headers)


def _csv(lines: Sequence[DeviceLine], words: Words) -> Iterator[str]:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=DELIMITERS[words.lang])
    writer.writerow([words.say(heading) for heading, _ in COLUMNS])
    yield BYTE_ORDER_MARK + stream.getvalue()
    for line in lines:
        stream.seek(0)
        stream.truncate()
        writer.writerow([_plain(value(line, words)) for _, value in COLUMNS])
        yield stream.getvalue()


def _plain(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else cell


def _json(lines: Sequence[DeviceLine], devices: DeviceFilter) -> Iterator[str]:
    yield f'{{"as_of": {json.dumps(devices.as_of.isoformat())}, "devices": ['
    for number, line in enumerate(lines):
        yield (",\n" if number else "\n") + adapter(DeviceLine).dump_json(line, by_alias=True).decode()
    yield "\n]}\n"


def _xlsx(lines: Sequence[DeviceLine], words: Words) -> bytes:
    try:
        import xlsxwriter  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtraError("a file in Excel's format", "office") from error
    stream = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(words.say(text("Devices")))
    sheet.set_column(0, len(COLUMNS) - 1, 18)
    for column, (heading, _) in enumerate(COLUMNS):
        sheet.write_string(0, column, words.say(heading), bold)
    for row, line in enumerate(lines, start=1):
        for column, (_, value) in enumerate(COLUMNS):
            cell = value(line, words)
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif cell not in (None, ""):
                sheet.write(row, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(lines), 1), len(COLUMNS) - 1)
    book.close()
    return stream.getvalue()
