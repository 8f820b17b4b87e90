"""The log proves the stored answers about makers too; existing rows are sealed afterwards."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Change no table."""
