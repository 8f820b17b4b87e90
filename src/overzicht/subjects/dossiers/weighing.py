"""Assessment of the evidence on a claim: status, independent originals, and the party's statement.

No score and no verdict: counts and positions, each with its party. A claim repeated from one original is
based on one source.
"""

from collections.abc import Iterable, Sequence

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.dossiers.model import PartyQuestion, Position, Reply, Report, Response


class ClaimStatus(WordedEnum):
    """Status of a claim by the positions of others; `not confirmed` is not `contradicted`.

    `without source`: every document that reported it was withdrawn, whatever the positions of others.
    """

    REPORTED = "reported", text("reported, not weighed by others")
    CONFIRMED = "confirmed", text("confirmed")
    CONFIRMED_IN_PART = "confirmed in part", text("confirmed in part")
    CONTRADICTED = "contradicted", text("contradicted")
    DISPUTED = "disputed", text("disputed")
    NOT_CONFIRMED = "not confirmed", text("could not be confirmed")
    WITHOUT_SOURCE = "without source", text("without a source")


def originals(reports: Sequence[Report], among: Sequence[Report] | None = None) -> tuple[str, ...]:
    """Return the original sources of reports, sorted, without duplicates.

    A chain of repetitions leads to the last source; a circle ends where it closes. `among` are all reports
    that state who repeats whom, if some of `reports` no longer count.
    """
    known_reports = reports if among is None else among
    repeats = {report.source: report.original for report in known_reports if report.original}
    sources: set[str] = set()
    for report in reports:
        source = report.original or report.source
        seen: list[str] = []
        while source in repeats and source not in seen:
            seen.append(source)
            source = repeats[source]
        sources.add(min(seen[seen.index(source) :]) if source in seen else source)
    return tuple(sorted(sources))


def status_of(responses: Iterable[Response]) -> ClaimStatus:
    """Return the status of a claim from the responses to it."""
    positions = {response.position for response in responses}
    is_confirmed = Position.CONFIRMS in positions
    is_partly = Position.CONFIRMS_IN_PART in positions
    if Position.CONTRADICTS in positions:
        return ClaimStatus.DISPUTED if is_confirmed or is_partly else ClaimStatus.CONTRADICTED
    if is_confirmed:
        return ClaimStatus.CONFIRMED
    if is_partly:
        return ClaimStatus.CONFIRMED_IN_PART
    return ClaimStatus.NOT_CONFIRMED if positions else ClaimStatus.REPORTED


class Completeness(WordedEnum):
    """Whether the party was heard; without that a dossier is incomplete."""

    REPLIED = (
        "the party's own statement is in the dossier",
        text("the party's own statement is in the dossier"),
    )
    ASKED = (
        "the party was asked; no statement is in the dossier",
        text("the party was asked; no statement of it is in the dossier"),
    )
    MISSING = (
        "incomplete: neither a statement of the party nor a record of having asked",
        text("incomplete: neither a statement of the party nor a record of having asked it"),
    )

    @property
    def is_complete(self) -> bool:
        """Whether the dossier may be called complete."""
        return self is not Completeness.MISSING


def completeness_of(replies: Sequence[Reply], questions: Sequence[PartyQuestion]) -> Completeness:
    """Return how far the party was heard."""
    if replies:
        return Completeness.REPLIED
    return Completeness.ASKED if questions else Completeness.MISSING
