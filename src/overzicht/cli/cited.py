"""Citations, findings, judgements and listings as lines in the terminal."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from overzicht.evidence import Answer, Citation, Finding
from overzicht.store.decisions import Judgement
from overzicht.workflows.listings import FoundListing

if TYPE_CHECKING:
    from overzicht.reports.model import ListStatus, VulnerabilityRow


def cited(citation: Citation) -> str:
    """Return a citation as one line: title, place, address, snapshot, date, and what is wrong with it."""
    parts = [citation.title, citation.place, citation.address]
    if citation.snapshot:
        parts.append(f"snapshot {citation.snapshot[:12]}")
    parts += [f"published {citation.published}"] if citation.published else []
    parts += [] if citation.official else ["NOT OFFICIAL"]
    parts += [] if citation.complete else ["INCOMPLETE"]
    return "; ".join(part for part in parts if part)


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield a finding with every reason and its sources."""
    sure = f", confidence {finding.confidence}" if finding.answer is Answer.FOUND else ""
    yield f"{finding.statement} [{finding.kind}: {finding.answer}{sure}] ({finding.id})"
    for reason in finding.reasons:
        yield f"  - {reason.text} ({'against' if reason.against else reason.strength})"
        yield from (f"      {cited(citation)}" for citation in reason.citations)


def vulnerability_lines(rows: "Iterable[VulnerabilityRow]", catalogue: "ListStatus") -> Iterator[str]:
    """Yield the known exploited vulnerabilities of a device with reasons, or that they were not checked."""
    for row in rows:
        yield f"  {row.cve} [{row.grade}], listed since {row.since}"
        yield from (f"    {reason.text}" for reason in row.reasons)
    if not catalogue.answer.covers_date:
        yield f"  known exploited vulnerabilities [{catalogue.answer}]: {catalogue.note}"


def judgement_line(judgement: Judgement) -> str:
    """Return the verdict with its author, date and reason on one line."""
    mark = " (withdrawn)" if judgement.withdrawn_at else ""
    verdict = f"judgement {judgement.id}: {judgement.verdict} by {judgement.actor} on {judgement.at[:10]}"
    return f"{verdict}, {judgement.reason}{mark}"


def listing_lines(match: FoundListing) -> list[str]:
    """Return a listing with its score, every reason and its source, a line each."""
    state = match.state
    force = "in force" if state.answer is Answer.FOUND else f"{state.answer} on that day"
    until = f", until {state.until}" if state.until else ""
    measure = f"{state.listing.measure} {state.listing.id}"
    lines = [
        f"{state.record.caption}: {measure}, since {state.since}{until}; {force}",
        f"  score {match.match.score:.2f} on {match.match.matched_on}",
    ]
    lines += [f"  {'against: ' if reason.against else ''}{reason.text}" for reason in match.match.reasons]
    lines += [f"  {note}" for note in state.notes]
    if state.listing.act:
        lines.append(f"  act: {state.listing.act} {state.listing.act_address}".rstrip())
    return [*lines, f"  source: {cited(match.citation)}"]
