"""The tables of parliamentary questions: entries of the index, readings of papers, and their words.

A changed paper or entry is a new row; the newest counts. Only the words are overwritten: they serve searching
and are rebuilt from the newest rows.
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

from overzicht.store.tables.metadata import metadata, signed

ACTOR = "actor.name"

question_entry = Table(
    "question_entry",  # an index entry about a set, by its number
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(40), nullable=False),
    Column("hash", String(64), nullable=False),  # of the payload
    Column("asked", String(10), index=True),
    Column("is_finished", Boolean),
    Column("is_current", Boolean, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("source", String(64), nullable=False),  # sha256 of the file
    *signed(),
    UniqueConstraint("number", "hash"),
)

question_paper = Table(
    "question_paper",  # one reading of one paper; readings of a paper share names
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(120), nullable=False, index=True),
    Column("layout", String(60), nullable=False),
    Column("hash", String(64), nullable=False),  # of the payload without its origin
    Column("asked", String(10), index=True),
    Column("known_from", String(10)),
    Column("is_current", Boolean, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("source", String(64), nullable=False),  # sha256 of the file
    *signed(),
    UniqueConstraint("key", "layout", "hash"),
)

question_paper_name = Table(
    "question_paper_name",  # all ids of a paper: unedited, edited, document number
    metadata,
    Column("paper_id", Integer, ForeignKey("question_paper.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(120), primary_key=True),
    Index("ix_question_paper_name_name", "name"),
)

question_paper_set = Table(
    "question_paper_set",  # which sets a paper serves; how we know: printed, a shared id, or agreement
    metadata,
    Column("paper_id", Integer, ForeignKey("question_paper.id", ondelete="CASCADE"), primary_key=True),
    Column("number", String(120), primary_key=True),
    Column("basis", String(20), nullable=False),
    Index("ix_question_paper_set_number", "number"),
)

question_word = Table(
    "question_word",  # the folded words of current rows, by part: title, question, answer, note
    metadata,
    Column("word", String(60), primary_key=True),
    Column("owner", String(20), primary_key=True),  # e and the id of an entry, or p and that of a paper
    Column("part", String(10), primary_key=True),
    Column("count", Integer, nullable=False),
    Index("ix_question_word_owner", "owner"),
)

sentence_review = Table(
    "sentence_review",  # a reviewer's decision on a sentence of a drafted answer; withdrawn, never deleted
    metadata,
    Column("id", Integer, primary_key=True),
    Column("set_number", String(80), nullable=False, index=True),
    Column("question", Integer, nullable=False),
    Column("part", String(20), nullable=False),  # first, facts, more, judgement or missing
    Column("sentence", String(12), nullable=False),  # hash of the sentence, without the date of the draft
    Column("decision", String(20), nullable=False),
    Column("drafted", JSON, nullable=False),  # template and values, as the reviewer saw them
    Column("wording", Text, nullable=False),  # of the reviewer; empty unless the sentence was edited
    Column("as_of", String(10), nullable=False),  # date of the draft
    Column("reason", Text, nullable=False),
    *signed(),
    Column("withdrawn_by", String(200), ForeignKey(ACTOR)),
    Column("withdrawn_at", String(40)),
)
