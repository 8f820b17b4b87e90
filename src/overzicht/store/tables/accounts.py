"""The tables of the service: who may come in, with what, and the long work that somebody started.

No password, token or cookie is kept: only what a library made of the password, and the hash of the others.
The secret of an app for codes is encrypted with a key outside the database.
"""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from overzicht.store.tables.metadata import metadata, signed

account = Table(
    "account",  # who may log in, or a program that holds tokens; the name is the actor's in the log
    metadata,
    Column("name", String(200), ForeignKey("actor.name"), primary_key=True),
    Column("password_hash", Text, nullable=False),  # as the library writes it; empty: nobody can log in
    Column("created_by", String(200), ForeignKey("actor.name"), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("closed_at", String(40)),  # from then on nothing of this account opens anything
    Column("used_at", String(40)),  # the last log-in
    Column("unlocked_at", String(40)),  # failed log-ins before this time no longer count
    Column("sso_subject", String(500), unique=True, index=True),  # issuer and subject of an OpenID provider
)

account_grant = Table(
    "account_grant",  # what an account may do, and for which organisation; empty: for all
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String(200), ForeignKey("account.name"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("organisation", String(300), nullable=False),
    Column("granted_by", String(200)),  # empty for a grant from before these were recorded
    Column("granted_at", String(40)),
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
    Column("stage", String(20), nullable=False),  # what is missing before it opens
    Column("challenge", String(200)),  # for a security key; it is used once
)

account_factor = Table(
    "account_factor",  # a second factor of an account: an app, a security key or a recovery code
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String(200), ForeignKey("account.name"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("label", String(200), nullable=False),
    Column("secret", Text, nullable=False),  # encrypted (app), public key (security key), hash (code)
    Column("credential", String(2000), nullable=False),  # id of a security key; session of a new app
    Column("counter", Integer, nullable=False),  # last time step of an app, or count of signatures of a key
    Column("created_at", String(40), nullable=False),
    Column("confirmed_at", String(40)),  # empty until its first right answer
    Column("used_at", String(40)),
)

service_setting = Table(
    "service_setting",  # what an administrator has set for the service
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
    *signed(),
)

audit_event = Table(
    "audit_event",  # log-ins, refusals and readings of confidential records; destroyed after a period
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(40), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("account", String(200), nullable=False),  # as it was typed; it may not exist
    Column("address", String(60), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("detail", JSON, nullable=False),
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
    Column("used_at", String(40)),
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
    Column("organisation", String(300), nullable=False, server_default=""),  # whose share of the work it is
    Column("process", String(200), nullable=False, server_default=""),  # machine and number of the process
    Column("cancelled_by", String(200)),
)
