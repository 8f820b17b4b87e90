"""What the evidence on a claim comes to: its status, its independent originals, and the other side.

No score and no verdict: counts and positions, each of somebody. A claim that many repeat from one original
rests on one source.
"""

from collections.abc import Iterable, Sequence

from overzicht.dossiers.model import PartyQuestion, Position, Reply, Report, Response
from overzicht.evidence import text
from overzicht.evidence.worded import WordedEnum


class ClaimStatus(WordedEnum):
    """Where a claim stands by what others hold of it; `not confirmed` is not `contradicted`.

    `without source`: every document in which it was reported was withdrawn, whatever others hold of it.
    """

    REPORTED = "reported", text("reported, not weighed by others")
    CONFIRMED = "confirmed", text("confirmed")
    CONFIRMED_IN_PART = "confirmed in part", text("confirmed in part")
    CONTRADICTED = "contradicted", text("contradicted")
    DISPUTED = "disputed", text("disputed")
    NOT_CONFIRMED = "not confirmed", text("could not be confirmed")
    WITHOUT_SOURCE = "without source", text("without a source")


def originals(reports: Sequence[Report], among: Sequence[Report] | None = None) -> tuple[str, ...]:
    """Return the sources on which reports rest in the end, each once, sorted.

    A report that repeats a source that repeats another leads to the last; a circle ends where it closes.
    `among` are all reports that tell who repeats whom, where some of them do not stand any more.
    """
    told = reports if among is None else among
    repeats = {report.source: report.original for report in told if report.original}
    return tuple(sorted({_last(report.original or report.source, repeats) for report in reports}))


def _last(source: str, repeats: dict[str, str]) -> str:
    seen: list[str] = []
    while source in repeats and source not in seen:
        seen.append(source)
        source = repeats[source]
    return min(seen[seen.index(source) :]) if source in seen else source


def status_of(responses: Iterable[Response]) -> ClaimStatus:
    """Return the status of a claim from the responses to it."""
    held = {response.position for response in responses}
    is_confirmed = Position.CONFIRMS in held
    is_partly = Position.CONFIRMS_IN_PART in held
    if Position.CONTRADICTS in held:
        return ClaimStatus.DISPUTED if is_confirmed or is_partly else ClaimStatus.CONTRADICTED
    if is_confirmed:
        return ClaimStatus.CONFIRMED
    if is_partly:
        return ClaimStatus.CONFIRMED_IN_PART
    return ClaimStatus.NOT_CONFIRMED if held else ClaimStatus.REPORTED


class Completeness(WordedEnum):
    """Whether the other side is heard; a dossier without is incomplete, whatever else it holds."""

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


def completeness_of(replies: Sequence[Reply], asked: Sequence[PartyQuestion]) -> Completeness:
    """Return how far the other side was heard."""
    if replies:
        return Completeness.REPLIED
    return Completeness.ASKED if asked else Completeness.MISSING
