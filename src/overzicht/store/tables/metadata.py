"""The one collection of tables, with the rule by which constraints are named."""

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def signed() -> tuple[Column[Any], Column[Any]]:
    """Return the columns for who wrote a row, and when."""
    return (
        Column("actor", String(200), ForeignKey("actor.name"), nullable=False),
        Column("at", String(40), nullable=False),
    )
