"""Enumerations whose members carry their labels, so that no table repeats them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from overzicht.evidence.text import Text

NO_WORDS = Text("")  # so that a type checker allows a look-up by value


class WordedEnum(StrEnum):
    """A member is declared as `NAME = "value", text("words")`; the value is what files and JSON hold."""

    words: Text

    def __new__(cls, value: str, words: Text = NO_WORDS) -> Self:
        """Return the member of a value with its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member


def words_of(kind: type[WordedEnum]) -> Mapping[Any, Text]:
    """Return the labels of every member."""
    return {member: member.words for member in kind}
