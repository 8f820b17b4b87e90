"""The tables of the census: rolls, rounds, requests, returns with their counts, claims and surveys."""

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

from overzicht.store.tables.metadata import metadata, signed

ROUND = "census_round.id"

census_roll = Table(
    "census_roll",  # a loaded version of a roll; the newest of a name counts
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, index=True),
    Column("day", String(10), nullable=False),  # on which it was checked
    Column("filename", String(300), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("report", JSON, nullable=False),  # checks of totals, second list, notes
    *signed(),
)

census_body = Table(
    "census_body",  # a body of a version of a roll, with its period; ended bodies too
    metadata,
    Column("roll_id", Integer, ForeignKey("census_roll.id"), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("name", String(300), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("country", String(2), nullable=False),
    Column("region", String(80), nullable=False),
    Column("size", Integer),  # inhabitants
    Column("parent", String(120), nullable=False),
    Column("start", String(10)),
    Column("end", String(10)),  # the first day without the body
    Column("codes", JSON, nullable=False),
    Column("names", JSON, nullable=False),
    Column("successors", JSON, nullable=False),
    Column("source", Text, nullable=False),
)

census_round = Table(
    "census_round",  # one questioning of the bodies of a roll
    metadata,
    Column("id", String(80), primary_key=True),
    Column("title", String(300), nullable=False),
    Column("roll_id", Integer, ForeignKey("census_roll.id"), nullable=False),
    Column("reference_date", String(10), nullable=False),
    Column("settings", JSON, nullable=False),  # kinds, scopes, legal basis, clocks, calendar, highest level
    *signed(),
)

census_request = Table(
    "census_request",  # the frozen roll of a round: one request for each body
    metadata,
    Column("round_id", String(80), ForeignKey(ROUND), primary_key=True),
    Column("body_id", String(120), primary_key=True),
    Column("name", String(300), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("region", String(80), nullable=False),
    Column("size", Integer),
    Column("code_hash", String(64), nullable=False),  # of the code in the newest letter; empty before it
)

census_request_event = Table(
    "census_request_event",  # what happened to a request; append-only
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", String(80), ForeignKey(ROUND), nullable=False),
    Column("body_id", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("day", String(10), nullable=False),
    Column("detail", Text, nullable=False),
    *signed(),
    Index("ix_census_request_event_body", "round_id", "body_id"),
)

census_key = Table(
    "census_key",  # the key that a body signs with, trusted from its first date to its last
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body_id", String(120), nullable=False, index=True),
    Column("public_key", String(120), nullable=False),
    Column("basis", String(20), nullable=False),  # letter, or old key
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    *signed(),
)

census_return = Table(
    "census_return",  # an accepted version of a return; it counts until a newer one
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", String(80), ForeignKey(ROUND), nullable=False),
    Column("body_id", String(120), nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),  # of the signed file, which is a raw file
    Column("depth", String(20), nullable=False),
    Column("level", String(20), nullable=False),
    Column("is_partial", Boolean, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("ground", String(200), nullable=False),
    Column("least", Integer, nullable=False),  # own devices
    Column("most", Integer),
    Column("replaced", Integer, nullable=False),
    Column("answers_for", JSON, nullable=False),
    Column("present", String(10)),  # whether it has any equipment; empty before version 0020
    Column("excludes", String(3)),  # letters of questions, see `ReturnSummary`
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    *signed(),
    UniqueConstraint("round_id", "body_id", "number"),
)

census_count = Table(
    "census_count",  # the lines of an accepted return
    metadata,
    Column("return_id", Integer, ForeignKey("census_return.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("round_id", String(80), nullable=False),
    Column("scope", String(20), nullable=False),
    Column("depth", String(20), nullable=False),
    Column("maker", String(200), nullable=False),  # id of a maker's card, else the name as written
    Column("kind", String(80), nullable=False),
    Column("model", String(200), nullable=False),
    Column("tenure", String(20), nullable=False),
    Column("owner", String(120), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("least", Integer, nullable=False),
    Column("most", Integer),
    Column("replaced", Integer, nullable=False),
    Index("ix_census_count_round_id", "round_id", "maker"),
)

census_sum = Table(
    "census_sum",  # devices of a return by maker and by kind: national pages read these and no lines
    metadata,
    Column("return_id", Integer, ForeignKey("census_return.id"), primary_key=True),
    Column("by", String(10), primary_key=True),  # maker or kind
    Column("key", String(200), primary_key=True),
    Column("owner", String(120), primary_key=True),  # empty: the body itself; `?`: not named
    Column("least", Integer, nullable=False),
)

census_fault = Table(
    "census_fault",  # a file that was not accepted, with the reason; it never counts
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", String(80), ForeignKey(ROUND), nullable=False, index=True),
    Column("body_id", String(120), nullable=False),
    Column("filename", String(300), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("day", String(10), nullable=False),
    *signed(),
)

census_claim = Table(
    "census_claim",  # what somebody else stated about a body; never a return
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("number", Integer, nullable=False),
    Column("body_id", String(120), nullable=False, index=True),  # empty: no body of a roll has this name
    Column("name", String(300), nullable=False),
    Column("country", String(2), nullable=False),
    Column("day", String(10), nullable=False),
    Column("answer", String(40), nullable=False),
    Column("makers", JSON, nullable=False),
    Column("least", Integer),
    Column("most", Integer),
    Column("as_stated", String(200), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("status", String(200), nullable=False),
    Column("group", String(80), nullable=False),
    Column("stated_by", String(120), nullable=False),
    Column("source", Text, nullable=False),
    Column("is_sum", Boolean, nullable=False),
    Column("body_kind", String(80), nullable=False),  # empty: not stated
    Column("content", String(64), nullable=False),  # hash without the kind of the body and the file
    Column("file", String(300), nullable=False),  # its name; empty: not known
    *signed(),
)

census_survey = Table(
    "census_survey",  # a question of a survey that another held, with its numbers
    metadata,
    Column("survey", String(80), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("payload", JSON, nullable=False),
    *signed(),
)
