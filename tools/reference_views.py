"""The page and the JSON Schema of the values that programs read, for `make_reference.py`."""

import json

from reference_markdown import code, table

from overzicht.views.contracts import contracts, schemas

ABOUT = """
# What programs read

The command line with `--json`, the service below `/api/v1` and exported files give the same values. One
serialiser writes them. [`json.schema.json`](json.schema.json) describes each value under the name in this
table (JSON Schema, draft 2020-12). Dates are ISO texts. Sentences are in the requested language.
Identifiers and the words of enumerations are never translated. The whole overview has
[its own schema](report-schema.md).
[`json-changes.csv`](json-changes.csv) lists renamed fields.
"""


def page() -> str:
    """Return the page: a row for each value, with the command and the address that return it."""
    _, names = schemas()
    rows = [
        (code(name), _codes(contract.command), _codes(contract.address))
        for name, contract in sorted(zip(names, contracts(), strict=True), key=lambda pair: pair[0])
    ]
    return f"{ABOUT.strip()}\n\n{table(('value', 'command', 'address below /api/v1'), rows)}"


def schema() -> str:
    """Return the schema, a line for each definition."""
    whole, _ = schemas()
    definitions = (
        f"  {json.dumps(name)}: {json.dumps(whole['$defs'][name])}" for name in sorted(whole["$defs"])
    )
    return (
        f'{{\n "$schema": {json.dumps(whole["$schema"])},\n "$defs": {{\n'
        + ",\n".join(definitions)
        + "\n }\n}\n"
    )


def _codes(places: str) -> str:
    return ", ".join(code(place) for place in places.split(", ") if place)
