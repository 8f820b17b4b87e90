"""The page on provable state names every table that the log does not prove, with the reason of the code."""

import re
from pathlib import Path

from overzicht.store import schema
from overzicht.store.proof.rows import UNPROVEN

PAGE = Path(__file__).resolve().parents[4] / "docs/explanation/provable-state.md"


def test_the_page_has_the_tables_and_reasons_of_the_code() -> None:
    part = (
        PAGE.read_text(encoding="utf-8").partition("## Tables that are not proven")[2].partition("\n## ")[0]
    )
    assert dict(re.findall(r"\| `(\w+)` \| (.+) \|", part)) == dict(UNPROVEN)
    assert UNPROVEN.keys() - {"alembic_version"} <= schema.metadata.tables.keys()


def test_the_database_fills_no_column_of_a_proven_table_itself() -> None:
    """The hash of a new row is made of the values that are written."""
    for table in schema.metadata.tables.values():
        if table.name not in UNPROVEN:
            columns = table.columns
            assert [c.name for c in columns if c.server_default is not None or c.default is not None] == []
