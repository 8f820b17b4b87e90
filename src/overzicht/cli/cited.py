"""A citation and a listing as lines in the terminal."""

from overzicht.evidence import Answer, Citation
from overzicht.workflows.listings import FoundListing


def cited(citation: Citation) -> str:
    """Return a citation as one line: title, place, address, bytes, day, and what is wrong with it."""
    parts = [citation.title, citation.place, citation.address]
    if citation.snapshot:
        parts.append(f"snapshot {citation.snapshot[:12]}")
    parts += [f"published {citation.published}"] if citation.published else []
    parts += [] if citation.official else ["NOT OFFICIAL"]
    parts += [] if citation.complete else ["INCOMPLETE"]
    return "; ".join(part for part in parts if part)


def listing_lines(found: FoundListing) -> list[str]:
    """Return a listing with its score, every reason and its source, a line each."""
    state = found.state
    held = "in force" if state.answer is Answer.FOUND else f"{state.answer} on that day"
    until = f", until {state.until}" if state.until else ""
    what = f"{state.listing.measure} {state.listing.id}"
    lines = [
        f"{state.record.caption}: {what}, since {state.since}{until}; {held}",
        f"  score {found.match.score:.2f} on {found.match.matched_on}",
    ]
    lines += [f"  {'against: ' if reason.against else ''}{reason.text}" for reason in found.match.reasons]
    lines += [f"  {note}" for note in state.notes]
    if state.listing.act:
        lines.append(f"  act: {state.listing.act} {state.listing.act_address}".rstrip())
    return [*lines, f"  source: {cited(found.citation)}"]
