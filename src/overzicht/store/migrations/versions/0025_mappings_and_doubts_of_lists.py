"""The mapping of an own list, and why a version does not prove that a party is absent."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Apply the change. The columns keep their default: without it SQLite would make the table anew."""
    op.add_column("snapshot", sa.Column("mapping", sa.Text(), nullable=False, server_default=""))
    op.add_column("snapshot", sa.Column("doubt", sa.Text(), nullable=False, server_default=""))
