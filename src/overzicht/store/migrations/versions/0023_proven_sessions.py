"""Sessions of browsers: the log proves their rows, so the database fills no column itself."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Remove the default of a column. The log entry about the migration states the sums of the rows."""
    with op.batch_alter_table("login_session") as table:
        table.alter_column("stage", existing_type=sa.String(20), existing_nullable=False, server_default=None)
