"""The table of suggested merges: subject of a judgement on two records of different lists."""

from sqlalchemy import JSON, Column, Float, String, Table, UniqueConstraint

from overzicht.store.tables.metadata import metadata

suggested_merge = Table(
    "suggested_merge",  # two records of different lists that may be one party, as they were shown to a person
    metadata,
    Column("id", String(40), primary_key=True),  # what a judgement names; of the two records alone
    Column("first_list", String(80), nullable=False),
    Column("first_record", String(300), nullable=False, index=True),
    Column("second_list", String(80), nullable=False),
    Column("second_record", String(300), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("at", String(40), nullable=False),  # when it was first shown
    UniqueConstraint("first_list", "first_record", "second_list", "second_record"),
)
