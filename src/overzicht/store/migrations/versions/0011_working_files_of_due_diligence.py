"""Working files of due diligence, and what was written into them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "diligence_file",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.String(length=80), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("run_id", sa.String(length=80), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.name"], name=op.f("fk_diligence_file_actor")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["register_organisation.id"], name=op.f("fk_diligence_file_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diligence_file")),
    )
    op.create_table(
        "diligence_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("risk", sa.String(length=300), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.name"], name=op.f("fk_diligence_entry_actor")),
        sa.ForeignKeyConstraint(["file_id"], ["diligence_file.id"], name=op.f("fk_diligence_entry_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diligence_entry")),
        sa.UniqueConstraint("file_id", "number", name=op.f("uq_diligence_entry_file_id")),
    )
    with op.batch_alter_table("diligence_entry", schema=None) as batch_op:
        batch_op.create_index("ix_diligence_entry_day", ["file_id", "day"], unique=False)
