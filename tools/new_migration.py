"""Write the migration from the newest version to the tables of `store/schema.py`.

Usage: python tools/new_migration.py "what changes"
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from overzicht.store.engines import create_sqlite_engine
from overzicht.store.migrating import MIGRATIONS, newest_revision, upgrade, write_connection


def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = create_sqlite_engine(Path(folder) / "empty.sqlite")
        with write_connection(engine) as connection:  # by name: at `head` an empty store gets the new tables
            upgrade(connection, newest_revision())
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message=message, autogenerate=True, rev_id=next_revision())
        engine.dispose()


def next_revision() -> str:
    numbers = [int(path.name[:4]) for path in (MIGRATIONS / "versions").glob("[0-9]*.py")]
    return f"{max(numbers, default=0) + 1:04d}"


if __name__ == "__main__":
    main(sys.argv[1])
