"""The time line of a dossier: what was said, done, asked and answered, and what lists did, by day."""

from collections.abc import Iterable, Iterator, Sequence

from overzicht.dates import LegalDate
from overzicht.evidence import Text, text
from overzicht.reports.dossiers.model import ClaimView, ListingDay, Moment, ReplyView, StepView, undated
from overzicht.reports.model import ListingRow


def moments(
    claims: Sequence[ClaimView],
    steps: Sequence[StepView],
    replies: Sequence[ReplyView],
    listings: Sequence[ListingDay],
) -> tuple[Moment, ...]:
    """Return all moments by day; of equal days, in the order claim, response, step, question, reply, list."""
    found = [
        *(each for view in claims for each in _said(view)),
        *(_done(view, view.kind.value) for view in steps),
        *(_done(view, view.kind.value) for view in replies),
        *_listed(row for each in listings for row in each.listings),
    ]
    return tuple(sorted(found, key=lambda moment: moment.when.day))


def _done(view: StepView | ReplyView, kind: str) -> Moment:
    found = view.finding
    return Moment(view.on, kind, undated(found.statement), found.citations, view.recorded_on)


def _said(view: ClaimView) -> Iterator[Moment]:
    for kind, findings in (("claim", view.reports), ("response", view.responses)):
        for finding in findings:
            when = view.said_on[finding.id]
            yield Moment(when, kind, undated(finding.statement), finding.citations, view.recorded_on)


def _listed(rows: Iterable[ListingRow]) -> Iterator[Moment]:
    """Yield the first day of each listing, each once, whichever days were asked for."""
    seen: dict[tuple[str, str, str, LegalDate], ListingRow] = {}
    for row in rows:
        if row.since is not None:
            seen.setdefault((row.party_id, row.list_id, row.measure, row.since), row)
    for (_, _, _, since), row in seen.items():
        yield Moment(since, "listing", _listing_text(row), (row.citation,), None)


def _listing_text(row: ListingRow) -> Text:
    return text(
        "{party} was put on {title} ({measure}).",
        party=row.party_name, title=row.list_title, measure=row.measure,
    )  # fmt: skip
