"""Records of lists that contain a word anywhere."""

from collections.abc import Sequence

from sqlalchemy import Connection, Text, cast, func, or_, select

from overzicht.store import schema

SHORTEST = 4  # shorter words are in too many records to be useful


def records_with_words(
    connection: Connection, snapshot_keys: Sequence[int], words: Sequence[str]
) -> list[tuple[str, str]]:
    """Return (list id, record id) of the records in these snapshots with one of the words, in order.

    Case is ignored. A word of letters beyond ASCII is not found, because records are stored as escaped JSON.
    """
    terms = [word.lower() for word in words if len(word) >= SHORTEST]
    if not terms or not snapshot_keys:
        return []
    table, snapshots = schema.record, schema.snapshot
    content = func.lower(cast(table.c.payload, Text))
    query = (
        select(snapshots.c.source, table.c.record_id)
        .join(snapshots, snapshots.c.id == table.c.snapshot_id)
        .where(table.c.snapshot_id.in_(list(snapshot_keys)))
        .where(or_(*(content.contains(word, autoescape=True) for word in terms)))
        .distinct()
        .order_by(snapshots.c.source, table.c.record_id)
    )
    return [(row.source, row.record_id) for row in connection.execute(query)]
