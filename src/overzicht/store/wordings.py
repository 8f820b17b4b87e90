"""Which wording of each record is loaded, told by hashes alone: what an index asks to see what changed."""

from sqlalchemy import Connection, exists, select

from overzicht.store import schema


def named_hashes(connection: Connection, snapshot_key: int) -> dict[str, str]:
    """Return for each record of a snapshot that has a name the hash of what it says, by record id."""
    table, name = schema.record, schema.party_name
    same = (name.c.snapshot_id == snapshot_key) & (name.c.record_id == table.c.record_id)
    query = select(table.c.record_id, table.c.content_hash).where(
        table.c.snapshot_id == snapshot_key, exists().where(same)
    )
    return {row.record_id: row.content_hash for row in connection.execute(query)}
