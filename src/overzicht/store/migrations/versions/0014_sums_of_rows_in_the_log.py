"""The sums of rows, and the state of the rows in entries of the log; existing rows are sealed afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "table_digest",
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("total", sa.String(length=1024), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_table_digest")),
    )
    for name, kind in (
        ("state_before", sa.String(length=64)),
        ("state", sa.String(length=64)),
        ("changes", sa.JSON()),
    ):
        op.add_column("log", sa.Column(name, kind, nullable=True))
