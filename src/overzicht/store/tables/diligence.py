"""The tables of due diligence: working files and what was written into them; append-only, never edited."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from overzicht.store.tables.metadata import metadata, signed

diligence_file = Table(
    "diligence_file",  # a working file by the OECD's six steps; its head never changes
    metadata,
    Column("id", String(80), primary_key=True),
    Column("organisation_id", String(80), ForeignKey("register_organisation.id")),  # empty: rests on a run
    Column("name", String(300), nullable=False),
    Column("run_id", String(80), nullable=False),  # of the overview that it began with; empty: the register
    Column("day", String(10), nullable=False),
    *signed(),
)

diligence_entry = Table(
    "diligence_entry",  # a map, judgement, action, progress, record or withdrawal
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", String(80), ForeignKey("diligence_file.id"), nullable=False),
    Column("number", Integer, nullable=False),  # within the file, from 1
    Column("kind", String(20), nullable=False),
    Column("day", String(10), nullable=False),  # that it counts for
    Column("risk", String(300), nullable=False),  # the id of a risk; empty for none
    Column("about", Integer),  # the number of the entry that it follows or withdraws
    Column("hash", String(64), nullable=False),  # of the payload; the log has it too
    Column("payload", JSON, nullable=False),
    *signed(),
    UniqueConstraint("file_id", "number"),
    Index("ix_diligence_entry_day", "file_id", "day"),
)
