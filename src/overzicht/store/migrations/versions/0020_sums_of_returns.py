"""The census: sums of a return by maker and kind, and its summary, so that national answers read no lines."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

# The sums of returns that were accepted before: own devices, and used ones by their owner.
SUMS = """
    INSERT INTO census_sum (return_id, "by", key, owner, least)
    SELECT return_id, '{by}', {by}, CASE WHEN tenure = 'own' THEN '' WHEN owner = '' THEN '?' ELSE owner END,
        SUM(least)
    FROM census_count
    WHERE unit = 'device' AND model = '' AND tenure <> 'seen' AND {by} <> '' AND least > 0
    GROUP BY 1, 3, 4
"""


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table("census_return") as table:
        table.add_column(sa.Column("present", sa.String(10)))
        table.add_column(sa.Column("excludes", sa.String(3)))
    op.create_table(
        "census_sum",
        sa.Column("return_id", sa.Integer, sa.ForeignKey("census_return.id"), primary_key=True),
        sa.Column("by", sa.String(10), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("owner", sa.String(120), primary_key=True),
        sa.Column("least", sa.Integer, nullable=False),
    )
    for by in ("maker", "kind"):
        op.execute(SUMS.format(by=by))
