"""licences and denials."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "licence_case",
        sa.Column("id", sa.String(60), primary_key=True),
        sa.Column("issuing_state", sa.String(2), nullable=False),
        sa.Column("status", sa.String(40), nullable=False, index=True),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("filed_on", sa.String(10)),
        sa.Column("changed_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "denial",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("denial_id", sa.String(60), nullable=False, index=True),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("issuing_state", sa.String(2), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("denial_id", "hash"),
    )
    op.create_table(
        "denial_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("denial_id", sa.String(60), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "licence_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", sa.String(60), sa.ForeignKey("licence_case.id"), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
