"""KvK number, the eight digits by which the Dutch business register knows a business.

There is no public check digit, so a valid form proves nothing. A number of seven digits is taken for one
whose leading zero a spreadsheet dropped. RSIN (9 digits) and establishment numbers (12) are other things.
"""

import re
from typing import NewType

KvkNumber = NewType("KvkNumber", str)

_LABEL = re.compile(
    r"^\s*(?:KvK|K\.v\.K\.|CoC|Chamber of Commerce)(?:[\s-]*(?:nr|no|nummer|number))?\s*[.:#]*\s*",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"\d{7,8}")


def normalize(text: str) -> KvkNumber | None:
    """Return the eight digits in a text such as `KvK-nr. 1234.5678`, or None when it is no such number."""
    compact = re.sub(r"[\s.\-]", "", _LABEL.sub("", text, count=1))
    if _SHAPE.fullmatch(compact) is None or len(set(compact)) == 1:
        return None
    return KvkNumber(compact.zfill(8))


def is_valid(text: str) -> bool:
    """Return whether the text is a KvK number in its normal form."""
    return normalize(text) == text


def format(value: KvkNumber) -> str:  # noqa: A001  # the name every identifier module shares
    """Return the number as the register writes it: eight digits without separators."""
    return str(value)
