"""The devices for the import of assets in TOPdesk: a table whose columns its import wizard maps to fields.

https://docs.topdesk.com/en/import-wizard.html. The columns are those of an asset overview, in the language of
the export. The conclusion about the manufacturer has a column of its own, which no reader of inventories
reads as the name on the box.
"""

from collections.abc import Callable, Iterator, Sequence

from overzicht.evidence import Text, text
from overzicht.register.merging import Level
from overzicht.reports.csv_report import DELIMITERS, csv_lines
from overzicht.reports.exports.device_values import Conclusions
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.overview_report import DeviceRow, OverviewReport
from overzicht.reports.tables import Cell
from overzicht.reports.vocabulary import KINDS, word

COLUMNS: Sequence[tuple[Text, Callable[[DeviceRow, Words], Cell]]] = (
    (text("Asset ID"), lambda row, _: row.label or row.id),
    (text("Asset type"), lambda row, words: words.say(word(KINDS, row.kind))),
    (text("Make"), lambda row, _: row.brand),
    (text("Model number"), lambda row, _: row.model),
    (text("Serial number"), lambda row, _: row.serial),
    (text("MAC address"), lambda row, _: row.mac),
    (text("IP address"), lambda row, _: row.address),
    (text("Firmware"), lambda row, _: row.firmware),
    (text("Department"), lambda row, _: row.organisation),
    (text("Building"), lambda row, _: row.site),
    (text("Room"), lambda row, _: row.place),
    (text("Purchase date"), lambda row, _: row.bought),
    (text("Quantity"), lambda row, _: row.quantity),
    (text("Status"), lambda row, _: row.status),
)
CONCLUSION = text("Manufacturer according to Overzicht")


def render_topdesk(report: OverviewReport, language: Language, level: Level | None) -> Iterator[str]:
    """Yield the table; the device of an unlabelled row is named by its id."""
    del level
    words = words_for(language)
    delimiter = DELIMITERS[language]
    conclusions = Conclusions(report)
    headings = [words.say(heading) for heading, _ in COLUMNS]
    yield from csv_lines([[*headings, words.say(CONCLUSION)]], delimiter)
    rows = (
        [*(cell(row, words) for _, cell in COLUMNS), conclusions.of(row).get("manufacturer", "")]
        for row in report.devices
    )
    yield from csv_lines(rows, delimiter, mark="")
