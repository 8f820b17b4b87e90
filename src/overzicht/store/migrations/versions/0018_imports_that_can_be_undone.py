"""Imports: how many devices one would retire, and who undid it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("register_import") as table:
        table.add_column(sa.Column("expected", sa.Integer()))
        table.add_column(sa.Column("retired", sa.Integer()))
        table.add_column(sa.Column("undone_by", sa.String(200)))
        table.add_column(sa.Column("undone_at", sa.String(40)))
