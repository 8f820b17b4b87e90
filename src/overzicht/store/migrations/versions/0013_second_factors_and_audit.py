"""Second factors, single sign-on, settings and the audit trail of the service; the share of jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

NEW_COLUMNS = {
    "account": [("used_at", 40), ("unlocked_at", 40), ("sso_subject", 500)],
    "account_grant": [("granted_by", 200), ("granted_at", 40)],
    "login_session": [("challenge", 200)],
    "access_token": [("used_at", 40)],
    "job": [("cancelled_by", 200)],
}


def upgrade() -> None:
    """Apply the change."""
    for table, columns in NEW_COLUMNS.items():
        for name, length in columns:
            op.add_column(table, sa.Column(name, sa.String(length)))
    op.add_column("login_session", sa.Column("stage", sa.String(20), nullable=False, server_default="open"))
    for name, length in (("organisation", 300), ("process", 200)):
        op.add_column("job", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_index("ix_account_sso_subject", "account", ["sso_subject"], unique=True)
    op.create_table(
        "account_factor",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.String(200), sa.ForeignKey("account.name"), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("credential", sa.String(2000), nullable=False),
        sa.Column("counter", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("confirmed_at", sa.String(40)),
        sa.Column("used_at", sa.String(40)),
    )
    op.create_table(
        "service_setting",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )
