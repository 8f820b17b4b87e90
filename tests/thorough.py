"""How much the longest tests try: a part of it each time, and all of it with OVERZICHT_THOROUGH=1.

A thorough run also draws new examples for the property tests, which otherwise try the same each time.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

IS_THOROUGH = os.environ.get("OVERZICHT_THOROUGH") == "1"


def a_part(items: Sequence[Item], every: int, start: int = 0) -> Sequence[Item]:
    """Return one item in `every` from `start` on, or all of them where tests are to be thorough."""
    return items if IS_THOROUGH else items[start::every]
