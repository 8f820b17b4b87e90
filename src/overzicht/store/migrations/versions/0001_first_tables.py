"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "actor",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("first_seen", sa.String(40), nullable=False),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("part", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("filename", sa.String(300), nullable=False),
        sa.Column("size_bytes", sa.Integer, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("published", sa.String(10)),
        sa.Column("retrieved", sa.String(10)),
        sa.Column("layout", sa.String(80), nullable=False),
        sa.Column("official", sa.Boolean, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("is_starter", sa.Boolean, nullable=False),
        sa.Column("remarks", sa.JSON, nullable=False),
        sa.Column("record_count", sa.Integer, nullable=False),
        sa.Column("ignored", sa.JSON, nullable=False),
        sa.Column("problems", sa.JSON, nullable=False),
        sa.Column("validators", sa.JSON, nullable=False),
        sa.Column("added_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("source", "part", "sha256"),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("finding_id", sa.String(200), nullable=False, index=True),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("withdrawn_by", sa.String(200), sa.ForeignKey("actor.name")),
        sa.Column("withdrawn_at", sa.String(40)),
    )
    op.create_table(
        "log",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("action", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "party_identifier",
        sa.Column(
            "snapshot_id", sa.Integer, sa.ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("record_id", sa.String(300), primary_key=True),
        sa.Column("prop", sa.String(60), primary_key=True),
        sa.Column("value", sa.String(200), primary_key=True, index=True),
    )
    op.create_table(
        "party_name",
        sa.Column(
            "snapshot_id", sa.Integer, sa.ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("record_id", sa.String(300), primary_key=True),
        sa.Column("name_key", sa.String(500), primary_key=True, index=True),
    )
    op.create_table(
        "record",
        sa.Column(
            "snapshot_id", sa.Integer, sa.ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("record_id", sa.String(300), primary_key=True, index=True),
        sa.Column("schema", sa.String(40), nullable=False),
        sa.Column("caption", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("citation", sa.JSON),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("command", sa.String(80), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("inputs", sa.JSON, nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "stake",
        sa.Column(
            "snapshot_id", sa.Integer, sa.ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("record_id", sa.String(300), primary_key=True),
        sa.Column("owner_id", sa.String(300), primary_key=True, index=True),
        sa.Column("asset_id", sa.String(300), primary_key=True, index=True),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("subject", sa.String(300), nullable=False, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due", sa.String(10)),
        sa.Column("opened_by", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("opened_at", sa.String(40), nullable=False),
        sa.Column("closed_by", sa.String(200), sa.ForeignKey("actor.name")),
        sa.Column("closed_at", sa.String(40)),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_table(
        "finding",
        sa.Column("run_id", sa.String(40), sa.ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False, index=True),
        sa.Column("object", sa.String(300), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
    )
    op.create_table(
        "subject_name",
        sa.Column("run_id", sa.String(40), sa.ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("subject", sa.String(300), primary_key=True),
        sa.Column("name", sa.String(300), primary_key=True, index=True),
    )
