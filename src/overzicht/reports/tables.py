"""The tables of the overview, as plain values: what CSV and Excel write, and both say the same.

A cell is a text, a number, a day, or None for nothing. Texts stand as in their source; whoever writes a
format guards against what that format would execute.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from overzicht.evidence import Citation, Reason, Text, text
from overzicht.reports import vocabulary
from overzicht.reports.citations import CitationIndex
from overzicht.reports.i18n import Words
from overzicht.reports.model import DeviceRow, ListingRow, MakerRow, OverviewReport
from overzicht.reports.places import place_words
from overzicht.reports.vocabulary import on_a_list, word

Cell = str | int | float | date | None

SEPARATOR = " | "  # between several values in one cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table: an id for machines, a title for people, headings, and rows as wide as the headings."""

    id: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def overview_tables(report: OverviewReport, words: Words) -> tuple[Table, ...]:
    """Return all tables: summary, devices, makers, listings, places, ownership, sources, inputs."""
    index = CitationIndex(report)
    return (
        summary_table(report, words),
        devices_table(report, words, index),
        makers_table(report, words, index),
        listings_table(report, words, index),
        places_table(report, words),
        ownership_table(report, words, index),
        sources_table(index, words),
        inputs_table(report, words),
    )


def summary_table(report: OverviewReport, words: Words) -> Table:
    """Return the headline counts, the conclusions, the unknowns and how far each list could tell."""
    counts = (
        (text("devices"), report.device_count),
        (text("devices of makers on a list"), report.listed_count),
        (text("devices sold under another brand than the maker's"), report.relabelled_count),
        (text("devices whose maker is unknown"), report.unknown_count),
    )
    rows: list[tuple[Cell, ...]] = [
        (words.say(text("as of")), report.as_of, ""),
        (words.say(text("run")), report.run_id, ""),
        *((words.say(label), count, "") for label, count in counts),
        *((words.say(label), count, "") for count, label in apart(report)),
        *((words.say(text("conclusion")), words.say(sentence), "") for sentence in report.conclusions),
        *((words.say(text("unknown")), words.say(sentence), "") for sentence in report.unknowns),
    ]
    for entry in report.lists:
        answer = words.say(word(vocabulary.BASES, entry.basis))
        name = words.either(entry.title, entry.title_nl)
        rows.append((words.say(text("list")), name, f"{answer}: {words.say(entry.note)}"))
    return _table("summary", text("Summary"), words, (text("what"), text("value"), text("remark")), rows)


def apart(report: OverviewReport) -> list[tuple[int, Text]]:
    """Return what is in the inventories and not among the devices: how many, and what; none for zero."""
    counts = report.counts
    rows = (
        (counts["other_equipment"], text("other equipment, not surveillance, counted apart")),
        (counts["planned"], text("named only in notices of purchases, counted apart")),
        (counts["later"], text("bought or first seen after this day, not counted")),
        (counts["duplicate_rows"], text("rows that repeat a device, not counted again")),
        (counts["rows_left_out"], text("rows that are not devices: totals, titles, notes, empty rows")),
    )
    return [row for row in rows if row[0]]


DEVICE_HEADINGS = (
    text("id"), text("label"), text("organisation"), text("site"), text("place"), text("address"),
    text("brand"), text("model"), text("MAC address"), text("kind"), text("product line"),
    text("quantity"), text("bought"), text("status"), text("maker"), text("undecided between"),
    text("confidence"), text("relabelled"), text("maker on a list"), text("reasons"), text("conflicts"),
    text("citations"), text("serial number"), text("counted as"), text("why it is one device"),
)  # fmt: skip


def devices_table(report: OverviewReport, words: Words, index: CitationIndex) -> Table:
    """Return one row per device with its verdict, reasons, conflicts and citation numbers."""
    rows = device_rows(report, words, index)
    return _table("devices", text("Devices"), words, DEVICE_HEADINGS, rows)


def device_rows(report: OverviewReport, words: Words, index: CitationIndex) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of the table of devices, under `DEVICE_HEADINGS`, one at a time."""
    checked = report.checked_parties
    return (_device_cells(device, words, index, checked) for device in report.devices)


def _device_cells(
    device: DeviceRow, words: Words, index: CitationIndex, checked: Collection[str]
) -> tuple[Cell, ...]:
    listed = on_a_list(device.maker_is_listed, device.maker_id in checked)
    cited = [*device.citations, *(c for reason in device.reasons for c in reason.citations)]
    return (
        device.id, device.label, device.organisation, device.site, device.place, device.address,
        device.brand, device.model, device.mac, words.say(word(vocabulary.KINDS, device.kind)),
        device.product_line, device.quantity, device.bought, device.status, device.maker_name,
        SEPARATOR.join(device.undecided), words.say(word(vocabulary.CONFIDENCES, device.confidence)),
        _yes_no(device.is_relabelled, words), words.say(listed) if device.maker_id else None,
        _reasons(device.reasons, words), SEPARATOR.join(words.say(c) for c in device.conflicts),
        _numbers(cited, index), device.serial, words.say(vocabulary.PARTS[device.part]),
        _reasons(device.identity, words),
    )  # fmt: skip


def makers_table(report: OverviewReport, words: Words, index: CitationIndex) -> Table:
    """Return one row per maker with its devices: own brand, relabelled, by brand, kind and confidence."""
    headings = (
        text("id"), text("maker"), text("country"), text("devices"), text("own brand"), text("relabelled"),
        text("brands"), text("kinds"), text("confidence"), text("on a list itself"), text("owner on a list"),
        text("reply of the maker"), text("citations"),
    )  # fmt: skip
    checked = report.checked_parties
    return _table(
        "makers",
        text("Makers"),
        words,
        headings,
        (_maker_cells(maker, words, index, maker.maker_id in checked) for maker in report.makers),
    )


def _maker_cells(maker: MakerRow, words: Words, index: CitationIndex, is_checked: bool) -> tuple[Cell, ...]:
    counted = partial(_counted, words=words)
    return (
        maker.maker_id, maker.name, maker.country.upper(), maker.devices, maker.own_brand, maker.relabelled,
        counted(maker.by_brand), counted(maker.by_kind, vocabulary.KINDS),
        counted(maker.by_confidence, vocabulary.CONFIDENCES),
        words.say(on_a_list(maker.is_listed, is_checked)),
        _yes_no(maker.owner_is_listed, words), maker.reply,
        _numbers([maker.reply_citation] if maker.reply_citation else [], index),
    )  # fmt: skip


def listings_table(report: OverviewReport, words: Words, index: CitationIndex) -> Table:
    """Return one row per entry on a list, of a maker or of one of its owners."""
    headings = (
        text("id"), text("party"), text("relation"), text("maker"), text("list"), text("name on the list"),
        text("measure"), text("programme"), text("since"), text("since is"), text("until"), text("until is"),
        text("in force"), text("act"), text("address of the act"), text("effect"),
        text("binds a Dutch public body"), text("confidence"), text("reasons"), text("citations"),
    )  # fmt: skip
    rows = (_listing_cells(listing, words, index) for listing in report.listings)
    return _table("listings", text("Listings"), words, headings, rows)


def _listing_cells(listing: ListingRow, words: Words, index: CitationIndex) -> tuple[Cell, ...]:
    since, until = listing.since, listing.until
    cited = [listing.citation, *(c for reason in listing.reasons for c in reason.citations)]
    return (
        listing.id, listing.party_name, words.say(word(vocabulary.RELATIONS, listing.relation)),
        listing.maker_id, words.either(listing.list_title, listing.list_title_nl), listing.entry_name,
        listing.measure, listing.programme, since.day if since else None, words.legal_date(since),
        until.day if until else None, words.legal_date(until) if until else "",
        _yes_no(listing.is_current, words), listing.act, listing.act_address,
        words.either(listing.effect, listing.effect_nl),
        _yes_no(listing.binds_reader, words), words.say(word(vocabulary.CONFIDENCES, listing.confidence)),
        _reasons(listing.reasons, words), _numbers(cited, index),
    )  # fmt: skip


def places_table(report: OverviewReport, words: Words) -> Table:
    """Return one row per site with its devices."""
    headings = (
        text("site"),
        text("devices"),
        text("makers on a list"),
        text("maker unknown"),
        text("makers"),
    )
    names = {maker.maker_id: maker.name for maker in report.makers}
    unknown = words.say(text("unknown"))
    rows = (
        (place.site, place.devices, place.of_listed_makers, place.unknown,
         _counted({names.get(key, key) or unknown: n for key, n in place.by_maker.items()}, words=words))
        for place in report.places
    )  # fmt: skip
    return _table("places", text("Places"), words, headings, rows)


def ownership_table(report: OverviewReport, words: Words, index: CitationIndex) -> Table:
    """Return one row per stake; empty percentages mean that the share is unknown."""
    headings = (
        text("owner"), text("owned party"), text("share from, %"), text("share to, %"), text("share"),
        text("relation"), text("since"), text("until"), text("owner on a list"), text("remark"),
        text("citations"),
    )  # fmt: skip
    checked = report.checked_parties
    rows = (
        (edge.owner_name, edge.asset_name, edge.min_percent, edge.max_percent,
         words.share(edge.min_percent, edge.max_percent),
         words.say(word(vocabulary.RELATIONS, edge.relation)),
         edge.since, edge.until, words.say(on_a_list(edge.owner_is_listed, edge.owner_id in checked)),
         edge.note,
         _numbers([edge.citation], index))
        for edge in report.ownership
    )  # fmt: skip
    return _table("ownership", text("Ownership"), words, headings, rows)


def sources_table(index: CitationIndex, words: Words) -> Table:
    """Return every citation under the number by which the other tables name it."""
    headings = (
        text("number"), text("title"), text("place"), text("address"), text("published"), text("retrieved"),
        text("snapshot (sha256)"), text("official"), text("complete"), text("source"),
    )  # fmt: skip
    rows = (
        (number, c.title, place_words(c.place, words), c.address, c.published, c.retrieved, c.snapshot,
         _yes_no(c.official, words), _yes_no(c.complete, words), c.source)
        for number, c in enumerate(index.all, start=1)
    )  # fmt: skip
    return _table("sources", text("Sources"), words, headings, rows)


def inputs_table(report: OverviewReport, words: Words) -> Table:
    """Return one row per inventory, and one per record that was not read in full or not counted."""
    headings = (
        text("file"), text("kind"), text("records"), text("devices seen"), text("sha256"), text("record"),
        text("problem"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for entry in report.inputs:
        kind = words.say(word(vocabulary.INPUT_KINDS, entry.kind))
        rows.append((entry.filename, kind, entry.records, entry.sightings, entry.sha256, "", ""))
        rows.extend(
            (entry.filename, kind, None, None, "", place_words(p.place, words), words.say(p.reason))
            for p in (*entry.problems, *entry.duplicates, *entry.left_out)
        )
    return _table("inputs", text("Inputs"), words, headings, rows)


def by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the pairs of a count, largest first, equal ones by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _table(
    table_id: str, title: Text, words: Words, headings: Iterable[Text], rows: Iterable[tuple[Cell, ...]]
) -> Table:
    return Table(table_id, words.say(title), tuple(words.say(h) for h in headings), tuple(rows))


def _counted(counts: Mapping[str, int], table: Mapping[str, Text] | None = None, *, words: Words) -> str:
    named = ((words.say(word(table or {}, key)), count) for key, count in by_count(counts))
    return SEPARATOR.join(f"{name}: {words.number(count)}" for name, count in named)


def _reasons(reasons: Iterable[Reason], words: Words) -> str:
    against = words.say(text("against"))
    return SEPARATOR.join(
        f"{against}: {words.say(reason.text)}" if reason.against else words.say(reason.text)
        for reason in reasons
    )


def _numbers(citations: Iterable[Citation], index: CitationIndex) -> str:
    return ", ".join(str(number) for number in index.numbers(citations))


def _yes_no(value: bool, words: Words) -> str:
    return words.say(text("yes") if value else text("no"))
