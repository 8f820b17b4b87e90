"""Parties that a list binds: the terms on a list card, read for the public body that asks.

What the law says: a freeze of the European Union binds everyone in the Union (for human rights, Regulation
(EU) 2020/1998). A national listing binds everyone in its state. The Security Council binds states, which
transpose its lists into their own law (in the Union by regulation). American lists bind persons under
American law, American buyers, or the trade in American goods.

What we check: whether one of the card's terms binds a public body of a state of the Union directly.

What we cannot see: contracts, grants or goods through which a foreign rule may apply to a body.
"""

from collections.abc import Iterable

BINDS_EVERYBODY = frozenset({"eu"})  # in the Union
BINDS_EVERY_STATE = BINDS_EVERYBODY | {"un-members"}


def binds_public_body(binds: Iterable[str], state: str = "NL") -> bool:
    """Return whether a list binds a public body of a state (ISO code) directly, by the terms of its card."""
    return not (BINDS_EVERYBODY | {state.lower()}).isdisjoint(binds)


def binds_authority(binds: Iterable[str], state: str) -> bool:
    """Return whether a list binds the authorities of a state, which carry out the duties of the state."""
    return not (BINDS_EVERY_STATE | {state.lower()}).isdisjoint(binds)
