"""The census: the file of a claim, so that its next version corrects the kind of a body."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Apply the change; the hash of a claim until now is that of its content, without a kind and a file."""
    with op.batch_alter_table("census_claim") as table:
        table.add_column(sa.Column("content", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("file", sa.String(300), nullable=False, server_default=""))
    op.execute("UPDATE census_claim SET content = hash")
    with op.batch_alter_table("census_claim") as table:
        table.alter_column("content", server_default=None)
        table.alter_column("file", server_default=None)
