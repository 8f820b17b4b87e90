"""the register of equipment."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "register_maker_day",
        sa.Column("as_of", sa.String(10), primary_key=True),
        sa.Column("maker_id", sa.String(80), primary_key=True),
        sa.Column("basis", sa.String(64), nullable=False),
        sa.Column("is_listed", sa.Boolean, nullable=False),
        sa.Column("owner_is_listed", sa.Boolean, nullable=False),
        sa.Column("is_checked", sa.Boolean, nullable=False),
        sa.Column("run_id", sa.String(40), nullable=False),
    )
    op.create_table(
        "register_trace",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("maker_id", sa.String(80), nullable=False, index=True),
        sa.Column("maker_name", sa.String(200), nullable=False),
        sa.Column("brand", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False, index=True),
        sa.Column("product_line", sa.String(200), nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.Column("is_relabelled", sa.Boolean, nullable=False),
        sa.Column("undecided", sa.JSON, nullable=False),
        sa.Column("is_undecided", sa.Boolean, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("sighting", sa.JSON, nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "register_organisation",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "register_import",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "organisation_id",
            sa.String(80),
            sa.ForeignKey("register_organisation.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("site", sa.String(300), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("is_whole", sa.Boolean, nullable=False),
        sa.Column("filename", sa.String(300), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("columns", sa.JSON, nullable=False),
        sa.Column("records", sa.Integer, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.String(200), sa.ForeignKey("actor.name")),
        sa.Column("decided_at", sa.String(40)),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "register_organisation_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "organisation_id",
            sa.String(80),
            sa.ForeignKey("register_organisation.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10)),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("parent_id", sa.String(80), sa.ForeignKey("register_organisation.id"), index=True),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("citation", sa.JSON),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "register_plan",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organisation_id", sa.String(80), sa.ForeignKey("register_organisation.id"), index=True),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due", sa.String(10)),
        sa.Column("opened_on", sa.String(10), nullable=False),
        sa.Column("selection", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("closed_by", sa.String(200), sa.ForeignKey("actor.name")),
        sa.Column("closed_at", sa.String(40)),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_table(
        "register_site",
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column(
            "organisation_id",
            sa.String(80),
            sa.ForeignKey("register_organisation.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10)),
        sa.Column("citation", sa.JSON),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "register_statement",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "organisation_id",
            sa.String(80),
            sa.ForeignKey("register_organisation.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("filename", sa.String(300), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("said", sa.String(10), nullable=False),
        sa.Column("said_as", sa.String(80), nullable=False),
        sa.Column("maker_named", sa.String(300), nullable=False),
        sa.Column("makers", sa.JSON, nullable=False),
        sa.Column("quantity", sa.String(120), nullable=False),
        sa.Column("at_least", sa.Integer),
        sa.Column("at_most", sa.Integer),
        sa.Column("kind", sa.String(120), nullable=False),
        sa.Column("use", sa.Text, nullable=False),
        sa.Column("status", sa.String(300), nullable=False),
        sa.Column("citation", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("withdrawn_by", sa.String(200), sa.ForeignKey("actor.name")),
        sa.Column("withdrawn_at", sa.String(40)),
        sa.UniqueConstraint("content_hash"),
    )
    op.create_table(
        "task_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("task_id", sa.Integer, sa.ForeignKey("task.id"), nullable=False, index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "register_device",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(
            "organisation_id",
            sa.String(80),
            sa.ForeignKey("register_organisation.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("import_id", sa.Integer, sa.ForeignKey("register_import.id")),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "register_import_row",
        sa.Column("import_id", sa.Integer, sa.ForeignKey("register_import.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("device_id", sa.String(40), index=True),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("matched_by", sa.String(40), nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("candidates", sa.JSON, nullable=False),
        sa.Column("choice", sa.String(40)),
        sa.Column("why", sa.JSON),
        sa.Column("trace_key", sa.String(40), sa.ForeignKey("register_trace.key")),
        sa.Column("sighting", sa.JSON),
        sa.Index("ix_register_import_row_outcome", "import_id", "outcome"),
    )
    op.create_table(
        "register_device_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "device_id", sa.String(40), sa.ForeignKey("register_device.id"), nullable=False, index=True
        ),
        sa.Column(
            "organisation_id", sa.String(80), sa.ForeignKey("register_organisation.id"), nullable=False
        ),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10)),
        sa.Column("life", sa.String(20), nullable=False),
        sa.Column("not_seen_since", sa.String(10)),
        sa.Column("replaced_by", sa.String(40), sa.ForeignKey("register_device.id")),
        sa.Column("label", sa.String(300), nullable=False),
        sa.Column("site_id", sa.String(120), sa.ForeignKey("register_site.id"), index=True),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("brand_said", sa.String(300), nullable=False),
        sa.Column("model", sa.String(300), nullable=False, index=True),
        sa.Column("mac", sa.String(300), nullable=False, index=True),
        sa.Column("serial", sa.String(300), nullable=False, index=True),
        sa.Column("kind_said", sa.String(300), nullable=False),
        sa.Column("status_said", sa.String(300), nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("bought", sa.String(10)),
        sa.Column("supplier", sa.String(300), nullable=False),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.Column(
            "trace_key", sa.String(40), sa.ForeignKey("register_trace.key"), nullable=False, index=True
        ),
        sa.Column("import_id", sa.Integer),
        sa.Column("row_number", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey("actor.name"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id", "row_number"],
            ["register_import_row.import_id", "register_import_row.number"],
            name="fk_register_device_state_row",
        ),
        sa.Index("ix_register_device_state_standing", "organisation_id", "valid_to"),
    )
    op.create_table(
        "register_plan_device",
        sa.Column("plan_id", sa.Integer, sa.ForeignKey("register_plan.id"), primary_key=True),
        sa.Column(
            "device_id", sa.String(40), sa.ForeignKey("register_device.id"), primary_key=True, index=True
        ),
        sa.Column("added_on", sa.String(10), nullable=False),
    )
    op.create_table(
        "register_evidence",
        sa.Column("state_id", sa.Integer, sa.ForeignKey("register_device_state.id"), primary_key=True),
        sa.Column("said", sa.JSON, nullable=False),
    )
