"""The timeline of a dossier: claims, responses, steps, questions, replies and listings, by date."""

from collections.abc import Iterable, Iterator, Sequence

from overzicht.dates import LegalDate
from overzicht.evidence import text
from overzicht.reports.overview_report import ListingRow
from overzicht.subjects.dossiers.views import (
    ClaimView,
    ListingDay,
    Moment,
    ReplyView,
    StepView,
    undated,
)


def moments(
    claims: Sequence[ClaimView],
    steps: Sequence[StepView],
    replies: Sequence[ReplyView],
    listings: Sequence[ListingDay],
) -> tuple[Moment, ...]:
    """Return all moments by date; on one date: claims, responses, steps, questions, replies, listings."""
    dated = [
        (view.said_on[finding.id], kind, finding, view.recorded_on)
        for view in claims
        for kind, findings in (("claim", view.reports), ("response", view.responses))
        for finding in findings
    ]
    others: list[StepView | ReplyView] = [*steps, *replies]
    dated += [(view.on, view.kind.value, view.finding, view.recorded_on) for view in others]
    by_date = [
        Moment(when, kind, undated(finding.statement), finding.citations, recorded_on)
        for when, kind, finding, recorded_on in dated
    ]
    by_date += _first_days(row for listing in listings for row in listing.listings)
    return tuple(sorted(by_date, key=lambda moment: moment.when.day))


def _first_days(rows: Iterable[ListingRow]) -> Iterator[Moment]:
    """Yield the first day of each listing, without duplicates from several dates."""
    seen: dict[tuple[str, str, str, LegalDate], ListingRow] = {}
    for row in rows:
        if row.since is not None:
            seen.setdefault((row.party_id, row.list_id, row.measure, row.since), row)
    for (_, _, _, since), row in seen.items():
        sentence = text(
            "{party} was added to {title} ({measure}).",
            party=row.party_name,
            title=row.list_title,
            measure=row.measure,
        )
        yield Moment(since, "listing", sentence, (row.citation,), None)
