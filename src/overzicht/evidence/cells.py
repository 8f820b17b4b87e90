"""Texts in the cells of a spreadsheet: written so that none runs as a formula, and read back as they were.

A text that a spreadsheet would execute gets a leading apostrophe (OWASP, "CSV Injection").
"""

import re

NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
EXECUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# the last four are full-width signs, which spreadsheets with East Asian settings treat alike


def guarded(cell: str) -> str:
    """Return the text, with a leading apostrophe if a spreadsheet would run it as a formula.

    A signed number stays as it is: it computes nothing. A text that already looks guarded gets one
    apostrophe more, so that reading gives every text back.
    """
    return f"'{cell}" if _is_executed(cell.lstrip("'")) else cell


def unguarded(cell: str) -> str:
    """Return the text that `guarded` got.

    >>> unguarded("'-1st floor"), unguarded("'s-Hertogenbosch")
    ('-1st floor', "'s-Hertogenbosch")
    """
    return cell[1:] if cell.startswith("'") and _is_executed(cell.lstrip("'")) else cell


def _is_executed(cell: str) -> bool:
    return not NUMBER.fullmatch(cell) and cell.lstrip(" ").startswith(EXECUTED)
