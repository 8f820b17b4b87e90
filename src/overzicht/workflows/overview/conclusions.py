"""The headline sentences, and what stays unknown; facts only, the judgement is a person's."""

from collections.abc import Sequence
from dataclasses import replace

from overzicht.evidence import Answer, Confidence, Text, text
from overzicht.evidence.bilingual import in_a_row
from overzicht.reports.model import ListingRow, ListStatus, OverviewReport
from overzicht.workflows.overview.listings import Screened


def with_sentences(report: OverviewReport, screened: Screened) -> OverviewReport:
    """Return a report with its headline sentences and what stays unknown."""
    return replace(report, conclusions=_conclusions(report), unknowns=_unknowns(report, screened))


def _conclusions(report: OverviewReport) -> tuple[Text, ...]:
    """Return what the overview comes to, the most important first."""
    makers, lists = report.makers, report.lists
    found = [
        text(
            "Of {total} devices, {listed} are of a maker that stands on an official list; {hidden} of these "
            "carry another brand.",
            total=report.device_count, listed=report.listed_count,
            hidden=report.count(lambda device: device.maker_is_listed and device.is_relabelled),
        )
    ]  # fmt: skip
    found += _binding(report.listings, lists)
    owners = sorted({row.name for row in makers if row.owner_is_listed and not row.is_listed})
    if owners:
        found.append(
            text(
                "An owner of {makers} stands on a list; that is a listing of the owner, not of the maker.",
                makers=", ".join(owners),
            )
        )
    if report.unknown_count:
        found.append(
            text("Of {unknown} devices the maker is unknown or undecided.", unknown=report.unknown_count)
        )
    return (*found, *_apart(report))


def _apart(report: OverviewReport) -> list[Text]:
    """Return what is in the inventories and not among the devices."""
    counts = report.counts
    sentences = {
        "other_equipment": text(
            "{count} devices are not surveillance equipment (printers, phones, computers, servers, network "
            "equipment) and are counted apart; {listed} of these are of a maker on an official list.",
            count=counts["other_equipment"], listed=counts["other_equipment_listed"],
        ),
        "planned": text(
            "{count} devices are named only in notices of purchases and are counted apart; {listed} of these "
            "are of a maker on an official list.",
            count=counts["planned"], listed=counts["planned_listed"],
        ),
        "later": text(
            "{count} devices were bought or first seen after {day} and are not counted.",
            count=counts["later"], day=report.as_of,
        ),
        "duplicate_rows": text(
            "{count} rows repeat a device that another row of the same file shows; each device counts once.",
            count=counts["duplicate_rows"],
        ),
    }  # fmt: skip
    return [sentence for name, sentence in sentences.items() if counts[name]]


def _binding(listings: Sequence[ListingRow], lists: Sequence[ListStatus]) -> list[Text]:
    """Return what the lists say that bind a Dutch public body, and what the others are."""
    current = [row for row in listings if row.is_current]
    binding = sorted({(row.party_name, row.list_title) for row in current if row.binds_reader}, key=str)
    found = [
        text(
            "{party} stands on a list that binds a public body in the Netherlands: {title}.",
            party=party, title=title,
        )
        for party, title in binding
    ]  # fmt: skip
    unchecked = [s.title for s in lists if s.binds_reader and s.answer is not Answer.FOUND]
    if not binding and unchecked:
        found.append(
            text(
                "In the data at hand, none of the lists that bind a public body in the Netherlands names a "
                "maker found here or an owner of one; not checked, for want of the whole list: {titles}.",
                titles=in_a_row(unchecked),
            )
        )
    elif not binding:
        found.append(
            text(
                "None of the lists that bind a public body in the Netherlands names a maker found here or an "
                "owner of one."
            )
        )
    elif unchecked:
        found.append(text("Not checked, for want of the whole list: {titles}.", titles=in_a_row(unchecked)))
    others = sorted({row.list_title for row in current if not row.binds_reader}, key=str)
    if others:
        found.append(
            text(
                "None of these binds a public body in the Netherlands by itself: {titles}.",
                titles=in_a_row(others),
            )
        )
    return found


def _unknowns(report: OverviewReport, screened: Screened) -> tuple[Text, ...]:
    """Return what the overview cannot tell, each with what would help."""
    found: list[Text] = []
    lists = report.lists
    undecided = report.count(lambda device: bool(device.undecided))
    if undecided:
        found.append(
            text(
                "{count} devices carry a brand that more than one maker supplies; the model number or a "
                "network scan would settle it.",
                count=undecided,
            )
        )
    bare = report.count(lambda device: not device.maker_id and not device.undecided)
    if bare:
        found.append(
            text(
                "{count} devices show no trace that leads to a maker; look at the device itself.", count=bare
            )
        )
    low = report.count(lambda device: bool(device.maker_id) and device.confidence is Confidence.LOW)
    if low:
        found.append(text("For {count} devices the maker is a lead with low confidence.", count=low))
    conflicts = report.count(lambda device: bool(device.conflicts))
    if conflicts:
        found.append(text("{count} devices show traces that contradict each other.", count=conflicts))
    found += [
        text("{title}: {note}", title=status.title, note=status.note)
        for status in lists
        if status.answer is not Answer.FOUND
    ]
    found += [
        text("{party} may be {entry} on {title}; only a name that the list itself calls weak agrees.",
             party=lead.party_name, entry=lead.entry_name, title=lead.list_title)
        for lead in screened.leads
    ]  # fmt: skip
    return tuple(found)
