"""Records of lists that hold a word, wherever it stands in them."""

from collections.abc import Sequence

from sqlalchemy import Connection, Text, cast, func, or_, select

from overzicht.store import schema

SHORTEST = 4  # shorter words stand in too many records to mean anything


def records_with_words(
    connection: Connection, snapshot_keys: Sequence[int], words: Sequence[str]
) -> list[tuple[str, str]]:
    """Return (list id, record id) of the records in these snapshots that hold one of the words, in order.

    Case does not count. A word of letters beyond ASCII is not found, for records are kept as escaped JSON.
    """
    wanted = [word.lower() for word in words if len(word) >= SHORTEST]
    if not wanted or not snapshot_keys:
        return []
    table, snapshots = schema.record, schema.snapshot
    held = func.lower(cast(table.c.payload, Text))
    query = (
        select(snapshots.c.source, table.c.record_id)
        .join(snapshots, snapshots.c.id == table.c.snapshot_id)
        .where(table.c.snapshot_id.in_(list(snapshot_keys)))
        .where(or_(*(held.contains(word, autoescape=True) for word in wanted)))
        .distinct()
        .order_by(snapshots.c.source, table.c.record_id)
    )
    return [(row.source, row.record_id) for row in connection.execute(query)]
