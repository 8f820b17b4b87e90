"""accounts and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "account",
        sa.Column("name", sa.String(200), sa.ForeignKey("actor.name"), primary_key=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("created_by", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("closed_at", sa.String(40)),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("parameters", sa.JSON, nullable=False),
        sa.Column("step", sa.JSON),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("result", sa.JSON),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False, index=True),
        sa.Column("beat_at", sa.String(40), nullable=False),
        sa.Column("finished_at", sa.String(40)),
    )
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account", sa.String(200), sa.ForeignKey("account.name"), nullable=False, index=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("organisation", sa.String(300), nullable=False),
        sa.Column("created_by", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.String(40)),
        sa.Column("revoked_at", sa.String(40)),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_table(
        "account_grant",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.String(200), sa.ForeignKey("account.name"), nullable=False, index=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("organisation", sa.String(300), nullable=False),
        sa.UniqueConstraint("account", "organisation"),
    )
    op.create_table(
        "login_session",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(200), sa.ForeignKey("account.name"), nullable=False, index=True),
        sa.Column("opened_at", sa.String(40), nullable=False),
        sa.Column("seen_at", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.String(40), nullable=False),
    )
