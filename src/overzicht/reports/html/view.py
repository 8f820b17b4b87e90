"""The content of the page; the template only lays it out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from overzicht.dates import DateBasis
from overzicht.evidence import Answer, Confidence, Text, text
from overzicht.grouping import by_key
from overzicht.reports import vocabulary
from overzicht.reports.html import charts
from overzicht.reports.html.charts import AMBER, BLUE, GREY, RED, Bar, Picture
from overzicht.reports.html.svg import Caption
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import (
    CheckRow,
    DeviceRow,
    ListingRow,
    ListStatus,
    OverviewReport,
    Part,
)
from overzicht.reports.tables import apart, by_count, vulnerable_label

NAMES_SHOWN = 3  # organisations at the top of the page
ROWS_DRAWN = 15  # bars in a chart; the table has all rows


@dataclass(frozen=True, slots=True)
class Headline:
    """A number that people see first; `tone` is a class of the stylesheet."""

    value: str
    part: str
    label: str
    tone: str
    target: str  # the id of the section that explains it


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its legend as (class, words)."""

    caption: Caption
    picture: Picture | None
    legend: tuple[tuple[str, str], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ListingGroup:
    """The entries on one list that have one effect in law, the oldest first."""

    title: str
    effect: str
    binds_reader: bool
    entries: tuple[ListingRow, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A site and its devices, in the order of the report."""

    name: str
    devices: tuple[DeviceRow, ...]
    count: int
    listed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parties against lists: one answer for each, and the remarks that go with answers."""

    headings: tuple[tuple[str, str], ...]  # `t` for a column of text, and the list's title
    rows: tuple[tuple[str, tuple[CheckRow | None, ...]], ...]  # name, and one check per list
    remarks: tuple[tuple[str, str, tuple[str, ...]], ...]  # list title, remark, names of the parties


def headlines(report: OverviewReport, words: Words) -> tuple[Headline, ...]:
    """Return the numbers of the top of the page."""
    total = report.device_count
    counts = (
        (report.listed_count, text("made by a listed manufacturer"), "listed", "listings"),
        (
            report.relabelled_count,
            text("sold under another brand than the manufacturer's"),
            "relabelled",
            "makers",
        ),
        (report.unknown_count, text("with an unknown or undecided manufacturer"), "unknown", "unknowns"),
    )
    # the devices with a known exploited vulnerability; no number if that was not checked
    count, label = report.vulnerable_count, words.say(vulnerable_label(report))
    if count is None:
        vulnerability_headline = Headline("–", "", label, "plain", "vulnerabilities")
    else:
        tone = "listed" if count else "plain"
        vulnerability_headline = Headline(
            words.number(count), words.part(count, report.device_count), label, tone, "vulnerabilities"
        )
    # the entries that bind; no number, not even zero, if no list covers the date
    lists = [entry for entry in report.lists if entry.binds_reader]
    covered = [entry for entry in lists if entry.answer in (Answer.FOUND, Answer.NOT_FOUND)]
    binding = sum(1 for row in report.listings if row.binds_reader and row.is_current)
    entries = text("entries on a list that binds a Dutch public body")
    if len(covered) < len(lists) or not lists:
        entries = text(
            "entries on a list that binds a Dutch public body; {covered} of {all} such lists cover this date",
            covered=len(covered),
            all=len(lists),
        )
    value = words.number(binding) if binding or covered else "–"
    return (
        Headline(words.number(total), "", words.text("devices in the inventory"), "plain", "devices"),
        *(
            Headline(words.number(count), words.part(count, total), words.say(label), tone, target)
            for count, label, tone, target in counts
        ),
        vulnerability_headline,
        *(
            Headline(words.number(count), "", words.say(label), "plain", "inputs")
            for count, label in apart(report)
        ),
        Headline(value, "", words.say(entries), "plain", "checks"),
    )


def makers_figure(report: OverviewReport, words: Words) -> Figure:
    """Return devices per maker, own brand and relabelled."""
    caption = _caption(
        words,
        "fig-makers",
        text("Devices per manufacturer"),
        text(
            "Bars for {makers} manufacturers, largest first; each is split in devices under the own brand "
            "and devices sold under another brand.",
            makers=len(report.makers),
        ),
    )
    makers = sorted(report.makers, key=lambda row: (-row.devices, row.name))
    bars = [Bar(m.name, ((m.own_brand, BLUE), (m.relabelled, AMBER))) for m in makers]
    legend = _legend(words, ("own", text("own brand")), ("relabelled", text("sold under another brand")))
    return _figure(bars, caption, legend, words)


def places_figure(report: OverviewReport, words: Words) -> Figure:
    """Return devices per site: of makers on a list, of other makers, of unknown makers."""
    caption = _caption(
        words,
        "fig-places",
        text("Devices per place"),
        text(
            "Bars for {places} places, largest first; each is split in devices of listed manufacturers, "
            "of other manufacturers, and of unknown manufacturers.",
            places=len(report.places),
        ),
    )
    bars = []
    for place in sorted(report.places, key=lambda row: (-row.devices, row.site)):
        other = max(place.devices - place.of_listed_makers - place.unknown, 0)
        parts = ((place.of_listed_makers, RED), (other, BLUE), (place.unknown, GREY))
        bars.append(Bar(site_name(place.site, words), parts))
    legend = _legend(
        words,
        ("listed", text("listed manufacturer")),
        ("own", text("other manufacturer")),
        ("unknown", text("manufacturer unknown")),
    )
    return _figure(bars, caption, legend, words)


def confidence_figure(report: OverviewReport, words: Words) -> Figure:
    """Return devices per confidence of their maker."""
    caption = _caption(
        words,
        "fig-confidence",
        text("Confidence in the manufacturer"),
        text("Bars for the four levels of confidence, in devices."),
    )
    counts = confidence_counts(report)
    colours = {Confidence.NONE: GREY}
    bars = [
        Bar(
            f"{words.say(vocabulary.CONFIDENCES[level])}: {words.say(vocabulary.CONFIDENCE_MEANINGS[level])}",
            ((counts[level], colours.get(level, BLUE)),),
        )
        for level in sorted(Confidence, key=attrgetter("rank"), reverse=True)
    ]
    return _figure(bars, caption, (), words)


def confidence_counts(report: OverviewReport) -> Mapping[Confidence, int]:
    """Return devices per confidence, every level present."""
    counts = dict.fromkeys(sorted(Confidence, key=attrgetter("rank"), reverse=True), 0)
    for device in report.devices:
        counts[device.confidence] += device.quantity if device.part is Part.DEVICE else 0
    return counts


def entries_figure(entries: Sequence[ListingRow], as_of: date, words: Words) -> Figure:
    """Return entries on lists along the years, up to a date."""
    caption = _caption(
        words,
        "fig-timeline",
        text("Start dates"),
        text(
            "A time line of {entries} entries on lists; each bar runs from the first day of the entry to "
            "its last, or to {day}.",
            entries=len(entries),
            day=as_of,
        ),
    )
    listings = by_date(entries)[:ROWS_DRAWN]
    legend = [("own", text("in force, does not bind a Dutch public body"))]
    if any(row.binds_reader for row in listings):
        legend.insert(0, ("listed", text("binds a Dutch public body")))
    if any(not row.is_current for row in listings):
        legend.append(("unknown", text("no longer in force")))
    bases = {row.since.basis if row.since else None for row in listings}
    if DateBasis.DERIVED in bases:
        legend.append(("open", text("first day derived")))
    if bases & {None, DateBasis.NOT_LATER_THAN}:
        legend.append(("pale", text("may have been listed earlier: the first day is not stated")))
    picture = charts.timeline(listings, as_of, caption, words)
    return Figure(caption, picture, _legend(words, *legend), len(entries) - len(listings))


def by_date(listings: Sequence[ListingRow]) -> list[ListingRow]:
    """Return the entries with the oldest first day first, those without a day last."""
    return sorted(listings, key=_age)


def listing_groups(report: OverviewReport, words: Words) -> tuple[ListingGroup, ...]:
    """Return the entries by list and effect: lists that bind the reader first, then the fullest."""
    groups = by_key(((row.list_id, row.effect), row) for row in by_date(report.listings))
    ordered = sorted(
        groups.items(), key=lambda pair: (not pair[1][0].binds_reader, -len(pair[1]), str(pair[0]))
    )
    matches: list[ListingGroup] = []
    for _, rows in ordered:
        first = rows[0]
        matches.append(
            ListingGroup(
                words.say(first.list_title), words.say(first.effect), first.binds_reader, tuple(rows)
            )
        )
    return tuple(matches)


def organisations(report: OverviewReport) -> tuple[str, ...]:
    """Return the owners of the devices, those with most first, at most three and an ellipsis."""
    counts = Counter(device.organisation for device in report.devices if device.organisation)
    names = [name for name, _ in by_count(counts)]
    return tuple(names) if len(names) <= NAMES_SHOWN else (*names[:NAMES_SHOWN], "…")


def _age(row: ListingRow) -> tuple[bool, str, str, str]:
    return (row.since is None, row.since.day.isoformat() if row.since else "", row.party_name, row.id)


def matrix(report: OverviewReport, words: Words) -> Matrix:
    """Return the answers per party and list, lists in the order of the report, found parties first."""
    titles = {entry.list_id: words.say(entry.title) for entry in report.lists}
    for check in report.checks:
        titles.setdefault(check.list_id, check.list_id)
    answers = {(check.party_id, check.list_id): check for check in report.checks}
    parties = {check.party_id: check.party_name for check in report.checks}
    rows = tuple(
        (name, tuple(answers.get((party_id, list_id)) for list_id in titles))
        for party_id, name in parties.items()
    )
    rows = tuple(sorted(rows, key=lambda row: all(c is None or c.answer is not Answer.FOUND for c in row[1])))
    headings = tuple(("t", title) for title in titles.values())
    # equal remarks once, with their parties
    about = by_key(
        ((titles[check.list_id], remark), check.party_name)
        for check in report.checks
        if (remark := words.say(check.note))
    )
    remarks = tuple((title, remark, tuple(names)) for (title, remark), names in about.items())
    return Matrix(headings, rows, remarks)


def sites(report: OverviewReport, words: Words) -> tuple[Site, ...]:
    """Return the sites with their devices, in the order of the report's places."""
    by_site: dict[str, list[DeviceRow]] = {place.site: [] for place in report.places}
    for device in report.devices:
        by_site.setdefault(device.site, []).append(device)
    shown: list[Site] = []
    for name, devices in by_site.items():
        if devices:
            counted = [device for device in devices if device.part is Part.DEVICE]
            shown.append(
                Site(
                    site_name(name, words),
                    tuple(devices),
                    sum(device.quantity for device in counted),
                    sum(device.quantity for device in counted if device.maker_is_listed),
                    sum(device.quantity for device in counted if not device.maker_id),
                )
            )
    return tuple(shown)


def site_name(name: str, words: Words) -> str:
    """Return the site as the inventory calls it, or words for none."""
    return name or words.text("(no place given)")


def silent_lists(report: OverviewReport) -> tuple[ListStatus, ...]:
    """Return the lists that do not cover the date."""
    return tuple(e for e in report.lists if e.answer in (Answer.NOT_CHECKED, Answer.COULD_NOT_READ))


def _figure(
    bars: Sequence[Bar], caption: Caption, legend: tuple[tuple[str, str], ...], words: Words
) -> Figure:
    drawn = bars[:ROWS_DRAWN]
    return Figure(caption, charts.bar_chart(drawn, caption, words), legend, len(bars) - len(drawn))


def _caption(words: Words, caption_id: str, title: Text, description: Text) -> Caption:
    return Caption(caption_id, words.say(title), words.say(description))


def _legend(words: Words, *entries: tuple[str, Text]) -> tuple[tuple[str, str], ...]:
    return tuple((style, words.say(label)) for style, label in entries)
