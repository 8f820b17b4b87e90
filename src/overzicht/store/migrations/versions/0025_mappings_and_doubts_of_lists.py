"""The mapping of an own list, and why a version does not prove that a party is absent."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Apply the change. Older rows have no value: a default could only be removed by rebuilding the table.

    SQLite would then delete the records of every list, which are deleted with their snapshot.
    """
    op.add_column("snapshot", sa.Column("mapping", sa.Text(), nullable=True))
    op.add_column("snapshot", sa.Column("doubt", sa.Text(), nullable=True))
