"""The cards of the own lists of the store in use: set when a store is opened, read when a card is needed.

It is below the reader of cards, so that a command that needs no list does not load one.
"""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

Card = TypeVar("Card")


class OwnLists(Generic[Card]):
    """The cards by the id of the list. `find` reads them again from the store for an unknown id."""

    def __init__(self) -> None:
        self._cards: Mapping[str, Card] | None = {}
        self._find: Callable[[], Mapping[str, Card]] | None = None

    def use(self, find: Callable[[], Mapping[str, Card]], *, is_empty: bool) -> None:
        """Use the own lists of another store; `is_empty` if it has none, so that nothing is read."""
        self._find, self._cards = find, {} if is_empty else None

    def set(self, cards: Mapping[str, Card]) -> None:
        """Set the cards, as they were read from the store."""
        self._cards = cards

    @property
    def cards(self) -> Mapping[str, Card]:
        """The cards by id."""
        if self._cards is None:
            self._cards = {} if self._find is None else self._find()
        return self._cards

    def card(self, list_id: str) -> Card | None:
        """Return the card of an own list; None if the store has no such list, also not after another look."""
        if list_id not in self.cards and self._find is not None:
            self._cards = self._find()
        return self.cards.get(list_id)


OWN_LISTS: OwnLists = OwnLists()  # type: ignore[type-arg]  # the type of cards is defined above this layer
