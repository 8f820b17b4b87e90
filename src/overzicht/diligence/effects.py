"""Whom a list binds: the words on a list card, read for the one who asks.

What the law says: a freeze of the European Union binds everybody in the Union (for human rights, Regulation
(EU) 2020/1998); a Dutch national listing binds everybody in the Netherlands; the Security Council binds
states, which carry its lists into their own law (in the Union by regulation). American lists bind those under
American law, American buyers, or the trade in American goods.
What we check: whether one of the card's words reaches a public body in the Netherlands by itself.
What we cannot see: contracts, grants or goods by which a foreign rule may reach a body all the same.
"""

from collections.abc import Iterable

BINDS_DUTCH_PUBLIC_BODY = frozenset({"eu", "nl", "un-members"})


def binds_dutch_public_body(binds: Iterable[str]) -> bool:
    """Return whether a list binds a public body in the Netherlands, by the `binds` words of its card."""
    return not BINDS_DUTCH_PUBLIC_BODY.isdisjoint(binds)
