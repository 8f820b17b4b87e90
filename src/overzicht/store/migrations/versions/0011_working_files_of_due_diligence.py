"""Working files of due diligence, and what was written into them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "diligence_file",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("organisation_id", sa.String(80), sa.ForeignKey("register_organisation.id")),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("run_id", sa.String(80), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "diligence_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("file_id", sa.String(80), sa.ForeignKey("diligence_file.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("risk", sa.String(300), nullable=False),
        sa.Column("about", sa.Integer),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("file_id", "number"),
        sa.Index("ix_diligence_entry_day", "file_id", "day"),
    )
