"""suggested merges."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "suggested_merge",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("first_list", sa.String(80), nullable=False),
        sa.Column("first_record", sa.String(300), nullable=False, index=True),
        sa.Column("second_list", sa.String(80), nullable=False),
        sa.Column("second_record", sa.String(300), nullable=False, index=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("first_list", "first_record", "second_list", "second_record"),
    )
