"""The tables of the service: who may come in, with what, and the long work that somebody started.

No password, token or cookie is kept: only what a library made of the password, and the hash of the others.
"""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from overzicht.store.tables.metadata import metadata

account = Table(
    "account",  # who may log in, or a program that holds tokens; the name is the actor's in the log
    metadata,
    Column("name", String(200), ForeignKey("actor.name"), primary_key=True),
    Column("password_hash", Text, nullable=False),  # as the library writes it; empty: nobody can log in
    Column("created_by", String(200), ForeignKey("actor.name"), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("closed_at", String(40)),  # from then on nothing of this account opens anything
)

account_grant = Table(
    "account_grant",  # what an account may do, and for which organisation; empty: for all
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String(200), ForeignKey("account.name"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("organisation", String(300), nullable=False),
    UniqueConstraint("account", "organisation"),
)

login_session = Table(
    "login_session",  # an open session of a browser; its cookie holds the token of which this is the hash
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account", String(200), ForeignKey("account.name"), nullable=False, index=True),
    Column("opened_at", String(40), nullable=False),
    Column("seen_at", String(40), nullable=False),
    Column("expires_at", String(40), nullable=False),
)

access_token = Table(
    "access_token",  # a token for a program; it can do no more than its account
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account", String(200), ForeignKey("account.name"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("organisation", String(300), nullable=False),
    Column("created_by", String(200), ForeignKey("actor.name"), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("expires_at", String(40)),
    Column("revoked_at", String(40)),
)

job = Table(
    "job",  # long work that goes on when the page is closed; `beat_at` tells that its process still lives
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("step", JSON),  # the sentence of what is being done
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("result", JSON),
    Column("actor", String(200), ForeignKey("actor.name"), nullable=False),
    Column("created_at", String(40), nullable=False, index=True),
    Column("beat_at", String(40), nullable=False),
    Column("finished_at", String(40)),
)
