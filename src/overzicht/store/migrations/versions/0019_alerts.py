"""Alerts: checked list versions, the alerts of each, and the messages about them."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "alert_change",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("list_id", sa.String(80), nullable=False),
        sa.Column("part", sa.String(200), nullable=False),
        sa.Column("before_sha256", sa.String(64), nullable=False),
        sa.Column("before_day", sa.String(10)),
        sa.Column("after_sha256", sa.String(64), nullable=False),
        sa.Column("after_day", sa.String(10), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("list_id", "part", "after_sha256"),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("change_id", sa.Integer(), sa.ForeignKey("alert_change.id"), nullable=False, index=True),
        sa.Column("use", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False, index=True),
        sa.Column("party", sa.String(500), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("task_id", sa.Integer(), sa.ForeignKey("task.id"), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "alert_message",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("target", sa.String(500), nullable=False),
        sa.Column("change_id", sa.Integer(), sa.ForeignKey("alert_change.id"), nullable=False),
        sa.Column("alert_id", sa.String(40), sa.ForeignKey("alert.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(40), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Index("ix_alert_message_due", "state", "due_at"),
    )
