"""LEI, the Legal Entity Identifier of ISO 17442: 18 letters and digits and two check digits."""

import re
from typing import NewType

from rigour.ids import LEI

Lei = NewType("Lei", str)

_SHAPE = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_LABEL = re.compile(r"^\s*LEI(?:[\s-]*(?:CODE|NO|NR))?\s*[.:#]?\s*", re.IGNORECASE)


def normalize(text: str) -> Lei | None:
    """Return the LEI in a text such as `lei: 3003 0000 …`, or None when shape or check digits fail."""
    compact = re.sub(r"[\s.\-]", "", _LABEL.sub("", text, count=1)).upper()
    if _SHAPE.fullmatch(compact) is None or not LEI.is_valid(compact):
        return None
    return Lei(compact)
