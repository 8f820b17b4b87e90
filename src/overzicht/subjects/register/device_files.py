"""Devices as a file: lists (CSV, JSON, a workbook), and the overview in the formats of other programs."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from starlette.responses import Response, StreamingResponse

from overzicht.errors import MissingExtraError
from overzicht.evidence import Answer, Text, text
from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.evidence.answers import LISTING_ANSWERS
from overzicht.register.merging import Level
from overzicht.reports.csv_report import DELIMITERS, csv_lines
from overzicht.reports.i18n import Words
from overzicht.reports.interface import FORMATS, Content, Format, check_level, render
from overzicht.reports.vocabulary import CONFIDENCES, GRADES, KINDS, word
from overzicht.store.register.devices import DeviceFilter, DeviceLine
from overzicht.subjects.register.devices import all_devices
from overzicht.subjects.register.overview import make_register_overview
from overzicht.views.serialiser import adapter
from overzicht.web.clock import now
from overzicht.web.context import RequestContext
from overzicht.web.register_words import LIVES
from overzicht.web.uploads import attachment

Cell = str | int | date | None
Column = tuple[Text, Callable[[DeviceLine, Words], Cell]]
_LISTED = {True: Answer.FOUND, False: Answer.NOT_FOUND, None: Answer.NOT_CHECKED}


def _vulnerabilities(line: DeviceLine, words: Words) -> str:
    if line.vulnerabilities is None:
        return words.say(text("not checked"))
    return " | ".join(f"{item.cve}: {words.say(word(GRADES, item.grade))}" for item in line.vulnerabilities)


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
    (text("on a list"), lambda line, words: words.say(LISTING_ANSWERS[_LISTED[line.listed]])),
    (text("kind"), lambda line, words: words.say(word(KINDS, line.kind))),
    (text("state"), lambda line, words: words.say(word(LIVES, line.life))),
    (text("quantity"), lambda line, _: line.quantity),
    (text("bought"), lambda line, _: line.bought),
    (text("supplier"), lambda line, _: line.supplier),
    (text("MAC address"), lambda line, _: line.mac),
    (text("serial number"), lambda line, _: line.serial),
    (text("network address"), lambda line, _: line.address),
    (text("since"), lambda line, _: line.since),
    (text("known exploited vulnerabilities"), _vulnerabilities),
)


class ExportForm(StrEnum):
    """The formats of a file of devices: three lists, the report of two pages, and exports of the overview."""

    CSV = Format.CSV
    JSON = Format.JSON
    XLSX = Format.XLSX
    PDF = Format.PDF
    DOCX = Format.DOCX
    ODT = Format.ODT
    FTM = Format.FTM
    CYCLONEDX = Format.CYCLONEDX
    GEOJSON = Format.GEOJSON
    NETBOX = Format.NETBOX
    NETBOX_SET = Format.NETBOX_SET
    TOPDESK = Format.TOPDESK
    BODS = Format.BODS


LISTS = (ExportForm.CSV, ExportForm.JSON, ExportForm.XLSX)
MEDIA_TYPES = tuple(dict.fromkeys(FORMATS[Format(form)].media_type.partition(";")[0] for form in ExportForm))


def export(
    context: RequestContext, devices: DeviceFilter, form: ExportForm, level: Level | None = None
) -> Response:
    """Return all devices that match as a file.

    :raises MissingExtraError: If a workbook needs the extra.
    :raises ExportLevelError: If the format has no level of detail for others.
    """
    check_level(Format(form), level)
    described = FORMATS[Format(form)]
    name = f"overzicht-{devices.as_of.isoformat()}{described.ending}"
    headers: Mapping[str, str] = attachment(name)
    if form in LISTS:
        content = _list(context, devices, form)
    else:
        actor = Actor(devices.as_of, SYSTEM_ACTOR, now())
        report = make_register_overview(context.store, devices, actor)
        content = render(report, Format(form), context.words.lang, level)
    if isinstance(content, str | bytes):
        return Response(content, media_type=described.media_type, headers=headers)
    return StreamingResponse(iter(content), media_type=described.media_type, headers=headers)


def _list(context: RequestContext, devices: DeviceFilter, form: ExportForm) -> Content:
    words = context.words
    lines = all_devices(context.store, devices)
    if form is ExportForm.CSV:
        return _csv(lines, words)
    return _json(lines, devices) if form is ExportForm.JSON else _xlsx(lines, words)


def _csv(lines: Sequence[DeviceLine], words: Words) -> Iterator[str]:
    yield from csv_lines([[words.say(heading) for heading, _ in COLUMNS]], DELIMITERS[words.lang])
    rows = ([value(line, words) for _, value in COLUMNS] for line in lines)
    yield from csv_lines(rows, DELIMITERS[words.lang], mark="")


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
