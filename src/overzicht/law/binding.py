"""Whom a list binds: the words on a list card, read for the public body that asks.

What the law says: a freeze of the European Union binds everybody in the Union (for human rights, Regulation
(EU) 2020/1998); a national listing binds everybody in its state; the Security Council binds states, which
carry its lists into their own law (in the Union by regulation). American lists bind those under American law,
American buyers, or the trade in American goods.
What we check: whether one of the card's words reaches a public body of a state of the Union by itself.
What we cannot see: contracts, grants or goods by which a foreign rule may reach a body all the same.
"""

from collections.abc import Iterable

BINDS_EVERYBODY = frozenset({"eu"})  # in the Union
BINDS_EVERY_STATE = BINDS_EVERYBODY | {"un-members"}


def binds_public_body(binds: Iterable[str], state: str = "NL") -> bool:
    """Return whether a list binds a public body of a state (ISO code) by itself, by the words of its card."""
    return not (BINDS_EVERYBODY | {state.lower()}).isdisjoint(binds)


def binds_authority(binds: Iterable[str], state: str) -> bool:
    """Return whether a list binds the authorities of a state, which carry out what binds the state."""
    return not (BINDS_EVERY_STATE | {state.lower()}).isdisjoint(binds)
