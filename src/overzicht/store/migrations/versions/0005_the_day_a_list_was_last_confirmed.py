"""The day a list was last confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("snapshot") as batch_op:
        batch_op.add_column(sa.Column("confirmed", sa.String(length=10), nullable=True))
