"""Write the table of FollowTheMoney's schemata that `overzicht.entities.schemata` reads.

Run `python tools/make_schemata.py` after an update of the library; a test fails if the table is out of date.
"""

import json
from pathlib import Path

from followthemoney import model

TABLE = Path(__file__).resolve().parent.parent / "src/overzicht/entities/data/schemata.json"


def table() -> str:
    """Return a JSON object with a line per schema: the type of each property by its name."""
    types = {
        name: {prop.name: prop.type.name for prop in schema.properties.values()}
        for name, schema in sorted(model.schemata.items())
    }
    lines = [f"{json.dumps(name)}: {json.dumps(row, sort_keys=True)}" for name, row in types.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table(), encoding="utf-8")
