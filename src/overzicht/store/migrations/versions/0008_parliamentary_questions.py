"""Parliamentary questions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "question_word",
        sa.Column("word", sa.String(60), primary_key=True),
        sa.Column("owner", sa.String(20), primary_key=True, index=True),
        sa.Column("part", sa.String(10), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "question_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("asked", sa.String(10), index=True),
        sa.Column("is_finished", sa.Boolean),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("number", "hash"),
    )
    op.create_table(
        "question_paper",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(120), nullable=False, index=True),
        sa.Column("layout", sa.String(60), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("asked", sa.String(10), index=True),
        sa.Column("known_from", sa.String(10)),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("key", "layout", "hash"),
    )
    op.create_table(
        "question_paper_name",
        sa.Column(
            "paper_id", sa.Integer, sa.ForeignKey("question_paper.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("name", sa.String(120), primary_key=True, index=True),
    )
    op.create_table(
        "question_paper_set",
        sa.Column(
            "paper_id", sa.Integer, sa.ForeignKey("question_paper.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.String(120), primary_key=True, index=True),
        sa.Column("basis", sa.String(20), nullable=False),
    )
