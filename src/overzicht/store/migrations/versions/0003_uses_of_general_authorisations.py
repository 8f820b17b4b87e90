"""uses of general authorisations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "authorisation_use",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("authorisation", sa.String(20), nullable=False),
        sa.Column("path", sa.String(60), nullable=False, index=True),
        sa.Column("destination", sa.String(2), nullable=False),
        sa.Column("consignee", sa.String(300), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("ended", sa.String(10)),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
