"""The headline sentences of an overview, and its unknowns; facts only, without a judgement."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from overzicht.devices.vulnerabilities.affected_products import Grade
from overzicht.evidence import Answer, Confidence, Text, text
from overzicht.evidence.phrases import joined_titles
from overzicht.reports.overview_report import (
    CATALOGUE,
    ListingRow,
    ListStatus,
    OverviewReport,
    Part,
)
from overzicht.reports.vocabulary import BRANDS_ALONE, SUPPLIERS_LISTED
from overzicht.subjects.overview.listings import Screened

MOST_NAMES = 5  # of brands or suppliers in one sentence


def with_sentences(report: OverviewReport, screened: Screened) -> OverviewReport:
    """Return a report with its headline sentences and its unknowns."""
    # the headline sentences, the most important first
    hidden = report.count(lambda device: device.maker_is_listed is True and device.is_relabelled)
    total = text(
        "Of {total} devices, {listed} were made by a listed manufacturer; {hidden} of these are sold "
        "under another brand.",
        total=report.device_count,
        listed=report.listed_count,
        hidden=hidden,
    )
    # what the headline leaves out: listed owners, unknown manufacturers, and what is counted apart
    limits: list[Text] = []
    counts = report.counts
    owned = sorted({row.name for row in report.makers if row.owner_is_listed and not row.is_listed})
    if owned:
        limits.append(
            text(
                "An owner of {makers} is listed. This is a listing of the owner, not of the manufacturer.",
                makers=", ".join(owned),
            )
        )
    if unknown := report.unknown_count:
        limits.append(text("The manufacturer of {unknown} devices is unknown or undecided.", unknown=unknown))
    for name, sentence in APART.items():
        if counts[name]:
            limits.append(sentence.filled(count=counts[name], listed=counts[f"{name}_listed"]))
    if later := counts["later"]:
        limits.append(
            text(
                "{count} devices were bought or first seen after {day} and are not counted.",
                count=later,
                day=report.as_of,
            )
        )
    if repeated := counts["duplicate_rows"]:
        limits.append(
            text(
                "{count} rows repeat a device that another row of the same file shows; "
                "each device counts once.",
                count=repeated,
            )
        )
    conclusions = (
        total,
        *_suppliers(report, Answer.FOUND, SUPPLIERS_LISTED),
        *_vulnerabilities(report),
        *_binding(report.listings, report.lists),
        *limits,
    )
    return replace(report, conclusions=conclusions, unknowns=_unknowns(report))


APART = {  # devices that are in no other count, and how many of them a listed manufacturer made
    "other_equipment": text(
        "{count} devices are not surveillance equipment (printers, phones, computers, servers, network "
        "equipment) and are counted separately; {listed} of these were made by a listed manufacturer."
    ),
    "planned": text(
        "{count} devices are planned or ordered by their own list or by a notice of "
        "a purchase, and are counted separately; "
        "{listed} of these were made by a listed manufacturer."
    ),
    "out_of_use": text(
        "{count} devices are out of use or in store by their own list and are counted separately; "
        "{listed} of these were made by a listed manufacturer."
    ),
}


def _vulnerabilities(report: OverviewReport) -> Iterator[Text]:
    """Yield the devices with a known exploited vulnerability; nothing if that was not checked."""
    count, possible = report.vulnerable_count, report.count(lambda device: device.may_be_vulnerable)
    if count is None:
        return
    if count:
        yield text(
            "{count} devices have a vulnerability that is known to be exploited, the first since {day}: "
            "{names}.",
            count=count,
            day=min(row.since.day for row in report.vulnerabilities if row.grade is Grade.FIRMWARE),
            names=", ".join(vulnerabilities_of(report)),
        )
    else:
        yield text(
            "No device has a vulnerability that is known to be exploited, as far as the sources state."
        )
    inherited = report.count(lambda device: device.is_vulnerable and device.is_relabelled)
    if inherited:
        yield text(
            "{count} of these are sold under another brand; a relabelled device has the firmware of its "
            "manufacturer.",
            count=inherited,
        )
    if possible:
        yield text(
            "For {count} other devices, the manufacturer and the kind match such a vulnerability and the "
            "version is unknown. Check their firmware.",
            count=possible,
        )
    if count:
        yield text(
            "The due dates for these vulnerabilities bind American federal agencies, not a Dutch public body."
        )


def vulnerabilities_of(report: OverviewReport) -> tuple[str, ...]:
    """Return the CVE numbers that affect the model and firmware of a device, the oldest listing first."""
    rows = sorted(report.vulnerabilities, key=lambda row: (row.since.day, row.cve))
    return tuple(dict.fromkeys(row.cve for row in rows if row.grade is Grade.FIRMWARE))


def _binding(listings: Sequence[ListingRow], lists: Sequence[ListStatus]) -> Iterator[Text]:
    """Yield the listings on lists that bind a Dutch public body, and the other lists."""
    current = [row for row in listings if row.is_current]
    binding = sorted({(row.party_name, row.list_title) for row in current if row.binds_reader}, key=str)
    for party, title in binding:
        yield text(
            "{party} is listed on {title}, which binds a public body in the Netherlands.",
            party=party,
            title=title,
        )
    unchecked = [s.title for s in lists if s.binds_reader and s.answer is not Answer.FOUND]
    if not binding and unchecked:
        yield text(
            "In the loaded data, no list that binds a public body in the Netherlands names a manufacturer in "
            "this report or its owner. Not checked, because the full list is not loaded: {titles}.",
            titles=joined_titles(unchecked),
        )
    elif not binding:
        yield text(
            "No list that binds a public body in the Netherlands names a manufacturer in this report or its "
            "owner."
        )
    elif unchecked:
        titles = joined_titles(unchecked)
        yield text("Not checked, because the full list is not loaded: {titles}.", titles=titles)
    others = sorted({row.list_title for row in current if not row.binds_reader}, key=str)
    if others:
        yield text(
            "None of these lists binds a public body in the Netherlands by itself: {titles}.",
            titles=joined_titles(others),
        )


def _suppliers(report: OverviewReport, answer: Answer, sentence: Text) -> Iterator[Text]:
    """Yield the sentence on the suppliers with this answer of the lists together, if there are any."""
    rows = (row for row in report.suppliers if row.answer is answer and row.devices)
    if devices := Counter({f"{row.name} ({row.devices})": row.devices for row in rows}):
        yield sentence.filled(suppliers=_most_common(devices))


def _most_common(devices: Counter[str]) -> str:
    names = [name for name, _ in devices.most_common(MOST_NAMES)]
    return ", ".join(names) + (", …" if len(devices) > MOST_NAMES else "")


def _unknowns(report: OverviewReport) -> tuple[Text, ...]:
    """Return the unknowns of the overview, with what helps to resolve them."""
    undecided = report.count(lambda device: device.is_undecided)
    # the number of devices per brand, of those whose manufacturer is unknown
    brands: Counter[str] = Counter()
    for traits, count in report.by_traits:
        if traits.part is Part.DEVICE and traits.lone_brand:
            brands[traits.lone_brand] += count
    bare = report.count(lambda device: not (device.has_maker or device.is_undecided or device.lone_brand))
    low = report.count(lambda device: device.has_maker and device.confidence is Confidence.LOW)
    conflicts = report.count(lambda device: device.has_conflicts)
    counted = (
        (
            undecided,
            text(
                "{count} devices carry a brand that more than one manufacturer supplies. The model "
                "number or a network scan can show the manufacturer.",
                count=undecided,
            ),
        ),
        (
            brands.total(),
            BRANDS_ALONE.filled(count=brands.total(), brands=_most_common(brands)),
        ),
        (
            bare,
            text("{count} devices show no trace of a manufacturer. Look at the device itself.", count=bare),
        ),
        (low, text("For {count} devices the manufacturer is a lead with low confidence.", count=low)),
        (conflicts, text("{count} devices show traces that contradict each other.", count=conflicts)),
    )
    return (
        *(sentence for count, sentence in counted if count),
        *(
            text("{title}: {note}", title=status.title, note=status.note)
            for status in report.lists
            if status.answer is not Answer.FOUND
        ),
        *(
            text("Known exploited vulnerabilities: {note}", note=status.note)
            for status in report.vulnerability_lists
            if status.list_id == CATALOGUE and not status.answer.covers_date
        ),
    )
