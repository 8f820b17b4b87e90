"""The dossiers: their heads, and every version of every entry."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "dossier",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("about", sa.String(300), nullable=False, index=True),
        sa.Column("is_example", sa.Boolean, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "dossier_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dossier_id", sa.String(80), sa.ForeignKey("dossier.id"), nullable=False),
        sa.Column("entry", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.String(10)),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("dossier_id", "entry", "version"),
        sa.Index("ix_dossier_entry_kind", "kind", "day"),
    )
