"""The tables of the overview, as plain values: what CSV and Excel write, and both say the same.

A cell is a text, a number, a day, or None for nothing. Texts are as in their source; the writer of a
format guards against content that the format would execute.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from overzicht.devices.vulnerabilities.affected_products import Grade
from overzicht.evidence import Citation, Reason, Text, text
from overzicht.evidence.claim import UNCHECKED, short_words_of
from overzicht.reports import vocabulary
from overzicht.reports.citation_places import place_words
from overzicht.reports.citations import CitationIndex
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import (
    DeviceRow,
    InputFile,
    ListingRow,
    MakerRow,
    OverviewReport,
    OwnershipEdge,
    PlaceRow,
    RowProblem,
    VulnerabilityRow,
)
from overzicht.reports.vocabulary import word

R = TypeVar("R")
Cell = str | int | float | date | None

SEPARATOR = " | "  # between several values in one cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table: an id for machines, a title for people, headings, and rows as wide as the headings."""

    id: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its heading, and its cell for a row."""

    heading: Text
    cell: Callable[[R], Cell]


class OverviewTables:
    """The tables of one overview in one language, built when they are asked for."""

    def __init__(self, report: OverviewReport, words: Words) -> None:
        self._report = report
        self._words = words
        self._say = words.say
        self._index = CitationIndex(report)
        self._claims = report.claims_by_party

    def all(self) -> tuple[Table, ...]:
        """Return all tables: a summary, the parts of the report, its sources and its inputs."""
        report = self._report
        return (
            self._summary(),
            self._table("devices", text("Devices"), report.devices, self._device_columns()),
            self._table("makers", text("Manufacturers"), report.makers, self._maker_columns()),
            self._table("listings", text("Listings"), report.listings, self._listing_columns()),
            self._table(
                "vulnerabilities",
                text("Vulnerabilities"),
                report.vulnerabilities,
                self._vulnerability_columns(),
            ),
            self._table("places", text("Places"), report.places, self._place_columns()),
            self._table("ownership", text("Ownership"), report.ownership, self._stake_columns()),
            self._table(
                "sources", text("Sources"), enumerate(self._index.all, start=1), self._source_columns()
            ),
            self._table("inputs", text("Inputs"), self._input_rows(), self._input_columns()),
        )

    def device_lines(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the headings of the table of devices and then its rows, one at a time."""
        columns = self._device_columns()
        yield tuple(self._say(column.heading) for column in columns)
        for device in self._report.devices:
            yield tuple(column.cell(device) for column in columns)

    def _table(self, table_id: str, title: Text, rows: Iterable[R], columns: Sequence[Column[R]]) -> Table:
        headings = tuple(self._say(column.heading) for column in columns)
        cells = tuple(tuple(column.cell(row) for column in columns) for row in rows)
        return Table(table_id, self._say(title), headings, cells)

    def _summary(self) -> Table:
        """Return the headline counts, the conclusions, the unknowns and whether each list covers the date."""
        report, say = self._report, self._say
        rows: list[tuple[Text, Cell, str]] = [
            (text("as of"), report.as_of, ""),
            (text("run"), report.run_id, ""),
            (text("devices"), report.device_count, ""),
            (text("devices of listed manufacturers"), report.listed_count, ""),
            (text("devices of manufacturers not checked on every list"), report.unchecked_count, ""),
            (text("devices sold under another brand than the manufacturer's"), report.relabelled_count, ""),
            (text("devices whose manufacturer is unknown"), report.unknown_count, ""),
            (vulnerable_label(report), report.vulnerable_count, ""),
            *((label, count, "") for count, label in apart(report)),
            *((text("conclusion"), say(sentence), "") for sentence in report.conclusions),
            *((text("unknown"), say(sentence), "") for sentence in report.unknowns),
            *((text("plan"), plan.title, say(plan.statement)) for plan in report.plans),
        ]
        for entry in report.lists:
            remark = f"{say(word(vocabulary.BASES, entry.basis))}: {say(entry.note)}"
            rows.append((text("list"), self._say(entry.title), remark))
        columns: list[Column[tuple[Text, Cell, str]]] = [
            Column(text("what"), lambda row: say(row[0])),
            Column(text("value"), lambda row: row[1]),
            Column(text("remark"), lambda row: row[2]),
        ]
        return self._table("summary", text("Summary"), rows, columns)

    def _device_columns(self) -> list[Column[DeviceRow]]:
        """Return a device with its verdict, reasons, conflicts and citation numbers."""
        return [
            Column(text("id"), lambda row: row.id),
            Column(text("label"), lambda row: row.label),
            Column(text("organisation"), lambda row: row.organisation),
            Column(text("site"), lambda row: row.site),
            Column(text("place"), lambda row: row.place),
            Column(text("address"), lambda row: row.address),
            Column(text("brand"), lambda row: row.brand),
            Column(text("model"), lambda row: row.model),
            Column(text("MAC address"), lambda row: row.mac),
            Column(text("kind"), lambda row: self._word(vocabulary.KINDS, row.kind)),
            Column(text("product line"), lambda row: row.product_line),
            Column(text("quantity"), lambda row: row.quantity),
            Column(text("bought"), lambda row: row.bought),
            Column(text("status"), lambda row: row.status),
            Column(text("maker"), lambda row: row.maker_name),
            Column(text("undecided between"), lambda row: SEPARATOR.join(row.undecided)),
            Column(text("confidence"), lambda row: self._word(vocabulary.CONFIDENCES, row.confidence)),
            Column(text("relabelled"), lambda row: self._yes_no(row.is_relabelled)),
            Column(
                text("maker on a list"),
                lambda row: self._on_a_list(row.maker_id) if row.maker_id else None,
            ),
            Column(text("reasons"), lambda row: self._reasons(row.reasons)),
            Column(text("conflicts"), lambda row: SEPARATOR.join(map(self._say, row.conflicts))),
            Column(text("citations"), lambda row: self._numbers(*row.citations, reasons=row.reasons)),
            Column(text("serial number"), lambda row: row.serial),
            Column(text("counted as"), lambda row: self._say(vocabulary.PARTS[row.part])),
            Column(text("why it is one device"), lambda row: self._reasons(row.identity)),
            Column(text("firmware"), lambda row: row.firmware),
            Column(text("known exploited vulnerabilities"), self._vulnerabilities),
        ]

    def _vulnerabilities(self, device: DeviceRow) -> str:
        return SEPARATOR.join(
            f"{item.cve}: {self._word(vocabulary.GRADES, item.grade)}" for item in device.vulnerabilities
        )

    def _vulnerability_columns(self) -> list[Column[VulnerabilityRow]]:
        """Return a vulnerability of devices with the same maker, model and firmware."""
        say, day = self._say, self._words.legal_date
        return [
            Column(text("id"), lambda row: row.id),
            Column(text("vulnerability"), lambda row: row.cve),
            Column(text("match"), lambda row: self._word(vocabulary.GRADES, row.grade)),
            Column(text("title"), lambda row: row.title),
            Column(text("list"), lambda row: say(row.list_title)),
            Column(text("since"), lambda row: row.since.day),
            Column(text("since is"), lambda row: day(row.since)),
            Column(text("due date"), lambda row: row.due),
            Column(text("effect"), lambda row: say(row.effect)),
            Column(text("binds a Dutch public body"), lambda row: self._yes_no(row.binds_reader)),
            Column(text("reasons"), lambda row: self._reasons(row.reasons)),
            Column(text("citations"), lambda row: self._numbers(row.citation, reasons=row.reasons)),
        ]

    def _maker_columns(self) -> list[Column[MakerRow]]:
        """Return a maker with its devices: own brand, relabelled, by brand, kind and confidence."""
        return [
            Column(text("id"), lambda row: row.maker_id),
            Column(text("maker"), lambda row: row.name),
            Column(text("country"), lambda row: row.country.upper()),
            Column(text("devices"), lambda row: row.devices),
            Column(text("own brand"), lambda row: row.own_brand),
            Column(text("relabelled"), lambda row: row.relabelled),
            Column(text("brands"), lambda row: self._counted(row.by_brand)),
            Column(text("kinds"), lambda row: self._counted(row.by_kind, vocabulary.KINDS)),
            Column(text("confidence"), lambda row: self._counted(row.by_confidence, vocabulary.CONFIDENCES)),
            Column(text("on a list itself"), lambda row: self._on_a_list(row.maker_id)),
            Column(text("owner on a list"), lambda row: self._yes_no(row.owner_is_listed)),
            Column(text("reply of the maker"), lambda row: self._words.catalogue.gettext(row.reply)),
            Column(text("citations"), lambda row: self._numbers(row.reply_citation)),
        ]

    def _listing_columns(self) -> list[Column[ListingRow]]:
        """Return an entry on a list, of a maker or of one of its owners."""
        say, day = self._say, self._words.legal_date
        return [
            Column(text("id"), lambda row: row.id),
            Column(text("party"), lambda row: row.party_name),
            Column(text("relation"), lambda row: self._word(vocabulary.RELATIONS, row.relation)),
            Column(text("maker"), lambda row: row.maker_id),
            Column(text("list"), lambda row: say(row.list_title)),
            Column(text("name on the list"), lambda row: row.entry_name),
            Column(text("measure"), lambda row: row.measure),
            Column(text("programme"), lambda row: row.programme),
            Column(text("since"), lambda row: row.since.day if row.since else None),
            Column(text("since is"), lambda row: day(row.since)),
            Column(text("until"), lambda row: row.until.day if row.until else None),
            Column(text("until is"), lambda row: day(row.until) if row.until else ""),
            Column(text("in force"), lambda row: self._yes_no(row.is_current)),
            Column(text("act"), lambda row: row.act),
            Column(text("address of the act"), lambda row: row.act_address),
            Column(text("effect"), lambda row: say(row.effect)),
            Column(text("binds a Dutch public body"), lambda row: self._yes_no(row.binds_reader)),
            Column(text("confidence"), lambda row: self._word(vocabulary.CONFIDENCES, row.confidence)),
            Column(text("reasons"), lambda row: self._reasons(row.reasons)),
            Column(text("citations"), lambda row: self._numbers(row.citation, reasons=row.reasons)),
        ]

    def _place_columns(self) -> list[Column[PlaceRow]]:
        """Return a site with its devices."""
        unknown = self._say(text("unknown"))
        names = {maker.maker_id: maker.name for maker in self._report.makers} | {"": unknown}
        return [
            Column(text("site"), lambda row: row.site),
            Column(text("devices"), lambda row: row.devices),
            Column(text("makers on a list"), lambda row: row.of_listed_makers),
            Column(text("maker unknown"), lambda row: row.unknown),
            Column(
                text("makers"),
                lambda row: self._counted({names.get(key, key): n for key, n in row.by_maker.items()}),
            ),
        ]

    def _stake_columns(self) -> list[Column[OwnershipEdge]]:
        """Return a stake; empty percentages mean that the share is unknown."""
        return [
            Column(text("owner"), lambda row: row.owner_name),
            Column(text("owned party"), lambda row: row.asset_name),
            Column(text("share from, %"), lambda row: row.min_percent),
            Column(text("share to, %"), lambda row: row.max_percent),
            Column(text("share"), lambda row: self._words.share(row.min_percent, row.max_percent)),
            Column(text("relation"), lambda row: self._word(vocabulary.RELATIONS, row.relation)),
            Column(text("since"), lambda row: row.since),
            Column(text("until"), lambda row: row.until),
            Column(text("owner on a list"), lambda row: self._on_a_list(row.owner_id)),
            Column(text("remark"), lambda row: self._words.catalogue.gettext(row.note)),
            Column(text("citations"), lambda row: self._numbers(row.citation)),
        ]

    def _source_columns(self) -> list[Column[tuple[int, Citation]]]:
        """Return a citation under the number by which the other tables name it."""
        return [
            Column(text("number"), lambda row: row[0]),
            Column(text("title"), lambda row: row[1].title),
            Column(text("place"), lambda row: place_words(row[1].place, self._words)),
            Column(text("address"), lambda row: row[1].address),
            Column(text("published"), lambda row: row[1].published),
            Column(text("retrieved"), lambda row: row[1].retrieved),
            Column(text("snapshot (sha256)"), lambda row: row[1].snapshot),
            Column(text("official"), lambda row: self._yes_no(row[1].official)),
            Column(text("complete"), lambda row: self._yes_no(row[1].complete)),
            Column(text("source"), lambda row: row[1].source),
        ]

    def _input_rows(self) -> Iterator[tuple[InputFile, RowProblem | None]]:
        for entry in self._report.inputs:
            yield entry, None
            yield from (
                (entry, row) for row in (*entry.problems, *entry.doubts, *entry.duplicates, *entry.left_out)
            )

    def _input_columns(self) -> list[Column[tuple[InputFile, RowProblem | None]]]:
        """Return an inventory, or a record of it that was not read in full or not counted."""
        return [
            Column(text("file"), lambda row: row[0].filename),
            Column(text("kind"), lambda row: self._word(vocabulary.INPUT_KINDS, row[0].kind)),
            Column(text("records"), lambda row: None if row[1] else row[0].records.read),
            Column(text("devices"), lambda row: None if row[1] else row[0].records.devices),
            Column(text("merged"), lambda row: None if row[1] else row[0].records.merged),
            Column(text("not devices"), lambda row: None if row[1] else row[0].records.apart),
            Column(text("unread"), lambda row: None if row[1] else len(row[0].records.unread)),
            Column(text("sha256"), lambda row: "" if row[1] else row[0].sha256),
            Column(text("record"), lambda row: place_words(row[1].place, self._words) if row[1] else ""),
            Column(text("problem"), lambda row: self._say(row[1].reason) if row[1] else ""),
        ]

    def _word(self, table: Mapping[str, Text], key: str) -> str:
        return self._say(word(table, key))

    def _yes_no(self, value: bool | None) -> str:
        if value is None:
            return self._say(text("not checked"))
        return self._say(text("yes") if value else text("no"))

    def _on_a_list(self, party_id: str) -> str:
        return self._say(short_words_of(self._claims.get(party_id, UNCHECKED)))

    def _counted(self, counts: Mapping[str, int], table: Mapping[str, Text] | None = None) -> str:
        named = ((self._word(table or {}, key), count) for key, count in by_count(counts))
        return SEPARATOR.join(f"{name}: {self._words.number(count)}" for name, count in named)

    def _reasons(self, reasons: Iterable[Reason]) -> str:
        against = self._say(text("against"))
        return SEPARATOR.join(
            f"{against}: {self._say(reason.text)}" if reason.against else self._say(reason.text)
            for reason in reasons
        )

    def _numbers(self, *citations: Citation | None, reasons: Iterable[Reason] = ()) -> str:
        cited = [*citations, *(citation for reason in reasons for citation in reason.citations)]
        return ", ".join(map(str, self._index.numbers(citation for citation in cited if citation)))


def apart(report: OverviewReport) -> list[tuple[int, Text]]:
    """Return rows of the inventories that are not among the devices: number and kind; none for zero."""
    counts = report.counts
    rows = (
        (counts["other_equipment"], text("other equipment, not surveillance, counted apart")),
        (counts["planned"], text("planned or ordered, counted apart")),
        (counts["out_of_use"], text("out of use or in store, counted apart")),
        (counts["later"], text("bought or first seen after this day, not counted")),
        (counts["duplicate_rows"], text("rows that repeat a device, not counted again")),
        (counts["rows_left_out"], text("rows that are not devices: totals, titles, notes, empty rows")),
    )
    return [row for row in rows if row[0]]


def vulnerable_label(report: OverviewReport) -> Text:
    """Return the label of the number of devices with a known exploited vulnerability."""
    if report.vulnerable_count is None:
        return text("vulnerabilities that are known to be exploited: not checked")
    days = [row.since.day for row in report.vulnerabilities if row.grade is Grade.FIRMWARE]
    if not days:
        return text("with a vulnerability that is known to be exploited")
    return text("with a vulnerability that is known to be exploited, since {day}", day=min(days))


def by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the pairs of a count, largest first, equal ones by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
