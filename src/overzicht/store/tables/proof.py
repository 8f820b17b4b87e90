"""The table of sums: what the rows of each table add up to; the log covers it."""

from sqlalchemy import Column, Integer, String, Table

from overzicht.store.tables.metadata import metadata

table_digest = Table(
    "table_digest",  # per table the sum of the hashes of its rows, so that the next change can follow it
    metadata,
    Column("name", String(63), primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("digest", String(64), nullable=False),  # of the sum
    Column("total", String(1024), nullable=False),  # the sum, 4,096 bits in hexadecimal
)
