"""The day of the newest entry of a list file that states no date."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Apply the change. Older rows have no value; their remark has that day."""
    op.add_column("snapshot", sa.Column("newest", sa.String(10), nullable=True))
