"""The census: the kind of the body in a claim, so that a claim about a shared name has one body."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("census_claim") as table:
        table.add_column(sa.Column("body_kind", sa.String(80), nullable=False, server_default=""))
    with op.batch_alter_table("census_claim") as table:
        table.alter_column("body_kind", server_default=None)
