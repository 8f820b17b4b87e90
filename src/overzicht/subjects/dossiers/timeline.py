"""The timeline of a dossier: claims, responses, steps, questions, replies and listings, by date."""

from collections.abc import Sequence

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
    # the first day of each listing, without duplicates from several dates
    first_days: list[Moment] = []
    rows = (row for listing in listings for row in listing.listings)
    seen: dict[tuple[str, str, str, LegalDate], ListingRow] = {}
    for listing_row in rows:
        if listing_row.since is not None:
            seen.setdefault(
                (
                    listing_row.party_id,
                    listing_row.list_id,
                    listing_row.measure,
                    listing_row.since,
                ),
                listing_row,
            )
    for (_, _, _, since), listing_row in seen.items():
        sentence = text(
            "{party} was added to {title} ({measure}).",
            party=listing_row.party_name,
            title=listing_row.list_title,
            measure=listing_row.measure,
        )
        first_days.append(Moment(since, "listing", sentence, (listing_row.citation,), None))
    by_date += first_days
    return tuple(sorted(by_date, key=lambda moment: moment.when.day))
