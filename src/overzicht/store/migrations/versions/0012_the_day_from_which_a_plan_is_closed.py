"""The date from which a plan is closed; for plans closed before, the date of the record."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("register_plan") as batch_op:
        batch_op.add_column(sa.Column("closed_on", sa.String(length=10), nullable=True))
    op.execute("UPDATE register_plan SET closed_on = substr(closed_at, 1, 10) WHERE closed_at IS NOT NULL")
