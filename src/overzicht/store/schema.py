"""The tables, with what each is for. Days are ISO texts, times are ISO texts in UTC.

One schema for SQLite and PostgreSQL. Sources are kept as they came (`snapshot`, `record`); people's decisions
are rows of their own (`judgement`, `task`) and never change a source; `log` says who changed what and when.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from overzicht.store.tables import (  # noqa: F401 - their tables belong to the schema
    accounts,
    alerts,
    census,
    diligence,
    dossiers,
    proof,
    questions,
    register,
    sameparty,
    tasks,
)
from overzicht.store.tables.metadata import metadata as metadata  # noqa: PLC0414 - tables elsewhere ask for it here
from overzicht.store.tables.metadata import signed

actor = Table(
    "actor",  # who acts: a person's name as given with --by, or the product itself
    metadata,
    Column("name", String(200), primary_key=True),
    Column("first_seen", String(40), nullable=False),
)

log = Table(
    "log",  # append-only; each row's hash covers the row and the hash before it
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(200), ForeignKey("actor.name"), nullable=False),
    Column("action", String(80), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("state_before", String(64)),  # hash over all proven rows before the entry, and after it; empty
    Column("state", String(64)),  # if no row changed
    Column("changes", JSON(none_as_null=True)),  # [rows added, rows removed] by table
)

snapshot = Table(
    "snapshot",  # one loaded version of one part of a source; the bytes are in the snapshot folder
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(80), nullable=False),
    Column("part", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("filename", String(300), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("address", Text, nullable=False),
    Column("published", String(10)),
    Column("retrieved", String(10)),
    Column("layout", String(80), nullable=False),
    Column("official", Boolean, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("is_starter", Boolean, nullable=False),  # facts that ship with the product, not a list's own file
    Column("remarks", JSON, nullable=False),
    Column("record_count", Integer, nullable=False),
    Column("ignored", JSON, nullable=False),  # source fields left out on purpose, with how often
    Column("problems", JSON, nullable=False),  # records that could not be read, when loaded with --partial
    Column("confirmed", String(10)),  # the last day on which the publisher still served these bytes
    Column("validators", JSON, nullable=False),  # ETag and Last-Modified, for the next conditional request
    Column("added_at", String(40), nullable=False),
    Column("mapping", Text),  # of an own list, as it was given; else empty, as in rows older than the column
    Column("doubt", Text),  # why it proves no absence; empty if it does, as in rows older than the column
    Column("newest", String(10)),  # the day of the newest entry, of a file that states no date
    UniqueConstraint("source", "part", "sha256"),
)

record = Table(
    "record",  # an entry as the source states it, in the FollowTheMoney vocabulary
    metadata,
    Column("snapshot_id", ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", String(300), primary_key=True),
    Column("schema", String(40), nullable=False),
    Column("caption", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),  # of the payload: equal means unchanged
    Column("payload", JSON, nullable=False),
    Column("citation", JSON),  # the document of a starter fact; empty if the snapshot is the source
    Index("ix_record_record_id", "record_id"),
)

party_name = Table(
    "party_name",  # every name of every party record in its normal form, for look-ups by equality
    metadata,
    Column("snapshot_id", ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", String(300), primary_key=True),
    Column("name_key", String(500), primary_key=True),
    Index("ix_party_name_name_key", "name_key"),
)

party_identifier = Table(
    "party_identifier",  # registration numbers by FollowTheMoney property
    metadata,
    Column("snapshot_id", ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", String(300), primary_key=True),
    Column("prop", String(60), primary_key=True),
    Column("value", String(200), primary_key=True),
    Index("ix_party_identifier_value", "value"),
)

stake = Table(
    "stake",  # `Ownership` records by their ends, for walking from a party to its owners
    metadata,
    Column("snapshot_id", ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", String(300), primary_key=True),
    Column("owner_id", String(300), primary_key=True),
    Column("asset_id", String(300), primary_key=True),
    Index("ix_stake_asset_id", "asset_id"),
    Index("ix_stake_owner_id", "owner_id"),
)

run = Table(
    "run",  # one command's work on one set of inputs
    metadata,
    Column("id", String(40), primary_key=True),
    Column("command", String(80), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("inputs", JSON, nullable=False),
    Column("version", String(40), nullable=False),
    Column("summary", JSON, nullable=False),
    *signed(),
)

finding = Table(
    "finding",  # what a run found, with the chain of reasons or what differs from an equal finding
    metadata,
    Column("run_id", String(40), ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("object", String(300), nullable=False),
    Column("answer", String(20), nullable=False),
    Column("payload", JSON, nullable=False),
    Index("ix_finding_subject", "subject"),
)

subject_name = Table(
    "subject_name",  # what a person may call a subject of a run: asset number, address, MAC, maker's name
    metadata,
    Column("run_id", String(40), ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("subject", String(300), primary_key=True),
    Column("name", String(300), primary_key=True),
    Index("ix_subject_name_name", "name"),
)

judgement = Table(
    "judgement",  # a person's decision on a finding; withdrawn, never deleted
    metadata,
    Column("id", Integer, primary_key=True),
    Column("finding_id", String(200), nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    *signed(),
    Column("withdrawn_by", String(200), ForeignKey("actor.name")),
    Column("withdrawn_at", String(40)),
)

# Licences and denials (export control): records as filed, with all events in order.

licence_case = Table(
    "licence_case",  # an application for an export authorisation, and where it stands
    metadata,
    Column("id", String(60), primary_key=True),
    Column("issuing_state", String(2), nullable=False),
    Column("status", String(40), nullable=False, index=True),
    Column("payload", JSON, nullable=False),  # the newest application; earlier ones stay among the events
    Column("filed_on", String(10)),
    Column("changed_at", String(40), nullable=False),
)

licence_event = Table(
    "licence_event",  # all that happened to a case: filing, screening, weighing, decisions; append-only
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", String(60), ForeignKey("licence_case.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("payload", JSON, nullable=False),
    *signed(),
)

denial = Table(
    "denial",  # own and received denials, confidential; a changed record is a new row
    metadata,
    Column("id", Integer, primary_key=True),
    Column("denial_id", String(60), nullable=False, index=True),
    Column("origin", String(10), nullable=False),  # own or received
    Column("issuing_state", String(2), nullable=False),
    Column("hash", String(64), nullable=False),  # of the canonical record, as in the exchange file
    Column("payload", JSON, nullable=False),
    *signed(),
    UniqueConstraint("denial_id", "hash"),
)

denial_event = Table(
    "denial_event",  # reviews of a denial, and who read it when (its access log); append-only
    metadata,
    Column("id", Integer, primary_key=True),
    Column("denial_id", String(60), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("payload", JSON, nullable=False),
    *signed(),
)

# The control list: its versions are snapshots; these tables have people's records about a provision.

authorisation_use = Table(
    "authorisation_use",  # an export under a Union general authorisation that somebody relies on
    metadata,
    Column("id", Integer, primary_key=True),
    Column("authorisation", String(20), nullable=False),
    Column("path", String(60), nullable=False, index=True),
    Column("destination", String(2), nullable=False),
    Column("consignee", String(300), nullable=False),
    Column("since", String(10), nullable=False),
    Column("ended", String(10)),  # empty while it is relied on
    *signed(),
)

classification = Table(
    "classification",  # the classification of a product with its provisions; the newest of an item is open
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item", String(80), nullable=False, index=True),
    Column("version", String(80), nullable=False),
    Column("day", String(10), nullable=False),
    Column("cited", JSON, nullable=False),
    Column("payload", JSON, nullable=False),  # the whole answer: facts with sources, paths, reasons, quotes
    *signed(),
)
