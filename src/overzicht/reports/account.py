"""The account of an inventory in sentences: the outcome of its records, and what a person must hear."""

from collections.abc import Iterator

from overzicht.evidence import Text, text
from overzicht.evidence.account import RecordAccount
from overzicht.reports.overview_report import InputFile

MOST_DOUBTS = 12  # sentences of one file; the report has all


def account_line(records: RecordAccount) -> Text:
    """Return the sums of the records of an inventory in one line."""
    return text(
        "{read} records = {devices} devices + {merged} merged + {apart} not devices + {unread} unread",
        read=records.read,
        devices=records.devices,
        merged=records.merged,
        apart=records.apart,
        unread=len(records.unread),
    )


def record_sentences(records: RecordAccount) -> Iterator[Text]:
    """Yield the sums of the records, then what is not counted and why."""
    yield account_line(records)
    for group in records.not_devices:
        if group.include:
            yield text(
                "{count} records are not counted: {reason} (--include “{include}” counts them)",
                count=group.count,
                reason=group.reason,
                include=group.include,
            )
        else:
            yield text(
                "{count} records are not counted: {reason} ({examples})",
                count=group.count,
                reason=group.reason,
                examples="; ".join(
                    ": ".join(filter(None, (row.place, row.words))) for row in group.examples[:2]
                ),
            )


def account_sentences(entry: InputFile) -> Iterator[Text]:
    """Yield the outcome of the records, then the end of a torn file, doubts and a proposal."""
    yield from record_sentences(entry.records)
    if entry.whole is False and entry.end is not None:
        yield text("The file is incomplete: {end}", end=entry.end)
    for doubt in entry.doubts[:MOST_DOUBTS]:
        yield text("{place}: {reason}", place=doubt.place, reason=doubt.reason)
    if len(entry.doubts) > MOST_DOUBTS:
        yield text("{count} more doubts are in the report", count=len(entry.doubts) - MOST_DOUBTS)
    if entry.proposed is not None:
        yield text(
            "No known format explains this file. A reading is proposed ({records}: {columns}). Check it in "
            "the report, then add --accept-reading",
            records=entry.proposed.records,
            columns=", ".join(f"{name}={field}" for name, field in entry.proposed.columns.items()),
        )
    if entry.row_problems:
        yield text(
            "Rows that could not be read in full: {count}; the report lists them",
            count=len(entry.row_problems),
        )
