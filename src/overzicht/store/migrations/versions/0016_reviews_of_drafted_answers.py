"""Reviews of the sentences of drafted answers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "sentence_review",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("set_number", sa.String(80), nullable=False, index=True),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("sentence", sa.String(12), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("drafted", sa.JSON(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("withdrawn_by", sa.String(200), sa.ForeignKey("actor.name")),
        sa.Column("withdrawn_at", sa.String(40)),
    )
