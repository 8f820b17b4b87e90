"""The headline sentences, and what stays unknown; facts only, the judgement is a person's."""

from collections.abc import Sequence

from overzicht.evidence import Answer, Confidence, Text, text
from overzicht.evidence.bilingual import in_a_row
from overzicht.reports.model import DeviceRow, ListingRow, ListStatus, MakerRow
from overzicht.workflows.overview.listings import Screened


def conclusions(
    devices: Sequence[DeviceRow],
    makers: Sequence[MakerRow],
    screened: Screened,
    lists: Sequence[ListStatus],
) -> tuple[Text, ...]:
    """Return what the overview comes to, the most important first."""
    total = sum(device.quantity for device in devices)
    listed = sum(device.quantity for device in devices if device.maker_is_listed)
    hidden = sum(device.quantity for device in devices if device.maker_is_listed and device.is_relabelled)
    found = [
        text(
            "Of {total} devices, {listed} are of a maker that stands on an official list; {hidden} of these "
            "carry another brand.",
            total=total, listed=listed, hidden=hidden,
        )
    ]  # fmt: skip
    found += _binding(screened.listings, lists)
    owners = sorted({row.name for row in makers if row.owner_is_listed and not row.is_listed})
    if owners:
        found.append(
            text(
                "An owner of {makers} stands on a list; that is a listing of the owner, not of the maker.",
                makers=", ".join(owners),
            )
        )
    unknown = sum(device.quantity for device in devices if not device.maker_id)
    if unknown:
        found.append(text("Of {unknown} devices the maker is unknown or undecided.", unknown=unknown))
    return tuple(found)


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


def unknowns(
    devices: Sequence[DeviceRow], screened: Screened, lists: Sequence[ListStatus]
) -> tuple[Text, ...]:
    """Return what the overview cannot tell, each with what would help."""
    found: list[Text] = []
    undecided = sum(device.quantity for device in devices if device.undecided)
    if undecided:
        found.append(
            text(
                "{count} devices carry a brand that more than one maker supplies; the model number or a "
                "network scan would settle it.",
                count=undecided,
            )
        )
    bare = sum(device.quantity for device in devices if not device.maker_id and not device.undecided)
    if bare:
        found.append(
            text(
                "{count} devices show no trace that leads to a maker; look at the device itself.", count=bare
            )
        )
    low = sum(d.quantity for d in devices if d.maker_id and d.confidence is Confidence.LOW)
    if low:
        found.append(text("For {count} devices the maker is a lead with low confidence.", count=low))
    conflicts = sum(device.quantity for device in devices if device.conflicts)
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
