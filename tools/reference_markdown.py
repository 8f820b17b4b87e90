"""Small pieces of Markdown that the generated pages share."""

import re
from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells lose their line breaks, and a bar in them is escaped."""
    lines = [_row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def code(text: str) -> str:
    """Return text as code, or nothing for nothing."""
    return f"`{text}`" if text else ""


def bullets(items: Iterable[str]) -> str:
    """Return a list, one line per item."""
    return "\n".join(f"- {' '.join(item.split())}" for item in items)


def prose(docstring: str | None) -> str:
    """Return a docstring as Markdown: its indentation gone, double backticks single."""
    text = re.sub(r"^ {4}", "", docstring or "", flags=re.MULTILINE).replace("\b\n", "")
    return text.replace("``", "`").strip()


def yes(value: bool) -> str:
    """Return yes or no."""
    return "yes" if value else "no"
