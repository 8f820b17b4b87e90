"""USCC, the Unified Social Credit Code of China (统一社会信用代码): 17 characters and a check character.

The standard is GB 32100-2015. Older registration numbers of 13 or 15 digits are other numbers and are not
accepted.
"""

import re
import unicodedata
from typing import NewType

from rigour.ids import USCC

Uscc = NewType("Uscc", str)

_LENGTH = 18
_LABEL = re.compile(
    r"^\s*(?:USCC|USCI|统一社会信用代码|Unified Social Credit (?:Code|Identifier)(?: \(USC[CI]\))?)"
    r"\s*[:：#]?\s*",
    re.IGNORECASE,
)


def normalize(text: str) -> Uscc | None:
    """Return the code in a text (blanks, hyphens, full-width digits and a label are dropped), or None."""
    plain = unicodedata.normalize("NFKC", text)
    compact = re.sub(r"[\s\-]", "", _LABEL.sub("", plain, count=1)).upper()
    if len(compact) != _LENGTH or len(set(compact)) < 3 or not USCC.is_valid(compact):
        return None
    return Uscc(compact)
