"""The tables of alerts: checked list versions, the alerts of each, and the messages about them.

A message is stored in the transaction of its alert, so that a stopped process loses none. It is sent later.
"""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from overzicht.store.tables.metadata import metadata, signed

alert_change = Table(
    "alert_change",  # a version of a part of a list, compared with the one before it; each version once
    metadata,
    Column("id", Integer, primary_key=True),
    Column("list_id", String(80), nullable=False),
    Column("part", String(200), nullable=False),
    Column("before_sha256", String(64), nullable=False),  # empty: it was the first version
    Column("before_day", String(10)),
    Column("after_sha256", String(64), nullable=False),
    Column("after_day", String(10), nullable=False),
    Column("added", Integer, nullable=False),  # records, also those that touch nobody here
    Column("removed", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    *signed(),
    UniqueConstraint("list_id", "part", "after_sha256"),
)

alert = Table(
    "alert",  # what one change of a list means for one use of one party
    metadata,
    Column("id", String(40), primary_key=True),  # follows from versions, party and use; the id of the event
    Column("change_id", Integer, ForeignKey("alert_change.id"), nullable=False, index=True),
    Column("use", String(20), nullable=False),
    Column("subject", String(300), nullable=False, index=True),
    Column("party", String(500), nullable=False),
    Column("about", JSON, nullable=False),  # the sentence on the use
    Column("entries", JSON, nullable=False),  # the changed entries, each with reasons and citation
    Column("task_id", Integer, ForeignKey("task.id"), nullable=False),
    *signed(),
)

alert_message = Table(
    "alert_message",  # a mail about a change, or a webhook call about an alert, and how often it was tried
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("target", String(500), nullable=False),  # mail address, or address of the webhook
    Column("change_id", Integer, ForeignKey("alert_change.id"), nullable=False),
    Column("alert_id", String(40), ForeignKey("alert.id")),  # empty for a mail, which has all alerts
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", String(40), nullable=False),  # of the next attempt
    Column("error", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Index("ix_alert_message_due", "state", "due_at"),
)
