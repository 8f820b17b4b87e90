"""Dumps of PostgreSQL: the rows of each `COPY table (columns) FROM stdin;` up to its closing mark."""

import re
from typing import Any

START = re.compile(
    rb"^(?:--\s*\r?\n)?-- PostgreSQL database dump|^COPY \S+ \([^)]*\) FROM stdin;", re.MULTILINE
)
_COPY = re.compile(r"COPY (?:\w+\.)?\"?(\w+)\"? \(([^)]*)\) FROM stdin;")
_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def starts_as_dump(head: bytes) -> bool:
    """Return whether a file starts as a dump does."""
    return START.search(head[:4096]) is not None


def rows_of_dump(content: str) -> tuple[list[dict[str, Any]], int]:
    """Return the rows as `{model, pk, fields}`, and the line at which the dump ends inside a table; 0 if not.

    The model of table `dcim_device` is `dcim.device`; a column `site_id` is the field `site`.
    """
    rows: list[dict[str, Any]] = []
    columns: list[str] = []
    model, number = "", 0
    lines = content.split("\n")
    for number, line in enumerate(lines, start=1):
        if match := _COPY.match(line):
            model = match[1].replace("_", ".", 1)
            columns = [name.strip(' "') for name in match[2].split(",")]
        elif line.rstrip("\r") == "\\.":
            model = ""
        elif model and number < len(lines):
            values = [
                None if value == "\\N" else re.sub(r"\\[tnr\\]", lambda match: _ESCAPES[match[0]], value)
                for value in line.rstrip("\r").split("\t")
            ]
            fields = {
                name.removesuffix("_id"): value for name, value in zip(columns, values, strict=False) if value
            }
            rows.append({"model": model, "pk": fields.pop("id", ""), "fields": fields})
    return rows, number if model else 0
