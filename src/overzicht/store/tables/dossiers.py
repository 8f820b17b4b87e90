"""The tables of dossiers: their heads, and every version of every entry; append-only, nothing is edited."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from overzicht.store.tables.metadata import metadata, signed

dossier = Table(
    "dossier",  # all that is known of one party; its head never changes, a corrected title is an entry
    metadata,
    Column("id", String(80), primary_key=True),
    Column("about", String(300), nullable=False, index=True),  # a maker's id, or a party's own id
    Column("is_example", Boolean, nullable=False),  # ships with the product, shown as such
    Column("payload", JSON, nullable=False),  # title, names
    *signed(),
)

dossier_entry = Table(
    "dossier_entry",  # one version of a source, claim, response, step, question, reply or presence
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", String(80), ForeignKey("dossier.id"), nullable=False),
    Column("entry", String(80), nullable=False),  # its id within the dossier
    Column("version", Integer, nullable=False),  # from 1
    Column("kind", String(20), nullable=False),
    Column("day", String(10)),  # date of the statement, act or start; empty for a source
    Column("hash", String(64), nullable=False),  # of the payload
    Column("payload", JSON, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("reason", Text, nullable=False),  # of a correction or withdrawal
    *signed(),
    UniqueConstraint("dossier_id", "entry", "version"),
    Index("ix_dossier_entry_kind", "kind", "day"),
)
