"""The census: rolls, rounds, requests, returns, claims and surveys."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ACTOR, ROUND = "actor.name", "census_round.id"


def upgrade() -> None:
    """Apply the change."""
    _rolls()
    _rounds()
    _returns()
    _claims()


def _rolls() -> None:
    """Create the tables of rolls."""
    op.create_table(
        "census_roll",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, index=True),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("filename", sa.String(300), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "census_body",
        sa.Column("roll_id", sa.Integer, sa.ForeignKey("census_roll.id"), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("region", sa.String(80), nullable=False),
        sa.Column("size", sa.Integer),
        sa.Column("parent", sa.String(120), nullable=False),
        sa.Column("start", sa.String(10)),
        sa.Column("end", sa.String(10)),
        sa.Column("codes", sa.JSON, nullable=False),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("successors", sa.JSON, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
    )


def _rounds() -> None:
    """Create the tables of rounds and requests."""
    op.create_table(
        "census_round",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("roll_id", sa.Integer, sa.ForeignKey("census_roll.id"), nullable=False),
        sa.Column("reference_date", sa.String(10), nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "census_request",
        sa.Column("round_id", sa.String(80), sa.ForeignKey(ROUND), primary_key=True),
        sa.Column("body_id", sa.String(120), primary_key=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("region", sa.String(80), nullable=False),
        sa.Column("size", sa.Integer),
        sa.Column("code_hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "census_request_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.String(80), sa.ForeignKey(ROUND), nullable=False),
        sa.Column("body_id", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("ix_census_request_event_body", "census_request_event", ["round_id", "body_id"])
    op.create_table(
        "census_key",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("body_id", sa.String(120), nullable=False, index=True),
        sa.Column("public_key", sa.String(120), nullable=False),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10)),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def _returns() -> None:
    """Create the tables of returns."""
    op.create_table(
        "census_return",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.String(80), sa.ForeignKey(ROUND), nullable=False),
        sa.Column("body_id", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("depth", sa.String(20), nullable=False),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("is_partial", sa.Boolean, nullable=False),
        sa.Column("is_withdrawn", sa.Boolean, nullable=False),
        sa.Column("ground", sa.String(200), nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("most", sa.Integer),
        sa.Column("replaced", sa.Integer, nullable=False),
        sa.Column("answers_for", sa.JSON, nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10)),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("round_id", "body_id", "number"),
    )
    op.create_table(
        "census_count",
        sa.Column("return_id", sa.Integer, sa.ForeignKey("census_return.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.String(80), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("depth", sa.String(20), nullable=False),
        sa.Column("maker", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("tenure", sa.String(20), nullable=False),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("most", sa.Integer),
        sa.Column("replaced", sa.Integer, nullable=False),
    )
    op.create_index("ix_census_count_round_id", "census_count", ["round_id", "maker"])
    op.create_table(
        "census_fault",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("round_id", sa.String(80), sa.ForeignKey(ROUND), nullable=False, index=True),
        sa.Column("body_id", sa.String(120), nullable=False),
        sa.Column("filename", sa.String(300), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )


def _claims() -> None:
    """Create the tables of claims and surveys."""
    op.create_table(
        "census_claim",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body_id", sa.String(120), nullable=False, index=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("makers", sa.JSON, nullable=False),
        sa.Column("least", sa.Integer),
        sa.Column("most", sa.Integer),
        sa.Column("as_stated", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("status", sa.String(200), nullable=False),
        sa.Column("group", sa.String(80), nullable=False),
        sa.Column("stated_by", sa.String(120), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("is_sum", sa.Boolean, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "census_survey",
        sa.Column("survey", sa.String(80), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(200), sa.ForeignKey(ACTOR), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
