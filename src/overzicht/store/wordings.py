"""The content hash of each loaded record, for indexes that need only the changes."""

from sqlalchemy import Connection, exists, select

from overzicht.store import schema


def named_hashes(connection: Connection, snapshot_key: int) -> dict[str, str]:
    """Return the content hash of each record of a snapshot that has a name, by record id."""
    table, name = schema.record, schema.party_name
    same = (name.c.snapshot_id == snapshot_key) & (name.c.record_id == table.c.record_id)
    query = select(table.c.record_id, table.c.content_hash).where(
        table.c.snapshot_id == snapshot_key, exists().where(same)
    )
    return {row.record_id: row.content_hash for row in connection.execute(query)}
