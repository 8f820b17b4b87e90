"""Cells of tables that carry their heading, so that a narrow page can show each row as a card."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, repeat

from markupsafe import Markup, escape

_TAG = re.compile(r"<(?P<name>tr|th|td)(?=[\s>])")
LABEL = "data-label"


def with_labels(rows: Markup, headings: Sequence[str]) -> Markup:
    """Return the rows of a table with the heading of its column in each `td`; the `th` of a row has none.

    >>> with_labels(Markup("<tr><th>a</th><td>1</td></tr>"), ["name", "number"])
    Markup('<tr><th>a</th><td data-label="number">1</td></tr>')
    """
    names: Iterator[str] = iter(())

    def labelled(tag: re.Match[str]) -> str:
        nonlocal names
        if tag["name"] == "tr":
            names = chain(headings, repeat(""))
            return tag[0]
        heading = next(names, "")
        label = escape(heading.striptags() if isinstance(heading, Markup) else heading)
        return f'{tag[0]} {LABEL}="{label}"' if heading and tag["name"] == "td" else tag[0]

    return Markup(_TAG.sub(labelled, rows))  # noqa: S704 - the rows are markup, and the headings are escaped
