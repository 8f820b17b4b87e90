"""The brands of devices without a known maker that lists name on a date."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "register_brand_day",
        sa.Column("as_of", sa.String(10), primary_key=True),
        sa.Column("trace_key", sa.String(40), primary_key=True),
        sa.Column("party_id", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
    )
