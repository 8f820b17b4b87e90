"""A name as an id in addresses and in other programs."""

import re
import unicodedata

LONGEST = 80


def slug(name: str) -> str:
    """Return a name as an id: up to 80 lower case letters, digits and hyphens; empty if no sign is Latin.

    >>> slug("Gemeente 's-Hertogenbosch")
    'gemeente-s-hertogenbosch'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST]
