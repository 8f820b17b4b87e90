"""Collects the statements of one record: clean, distinct values for properties of its schema."""

from functools import lru_cache

from followthemoney import model
from followthemoney.exc import InvalidData

from overzicht.dates import Period
from overzicht.entities.record import NO_DATES, Statement
from overzicht.sources.lists.values import collapse

NO_TEXT = frozenset({"", "-", "--", "n/a", "N/A"})  # what sources print for "none"


@lru_cache(maxsize=64)
def properties_of(schema: str) -> frozenset[str]:
    """Return the names of the properties that a FollowTheMoney schema has; ValueError for no schema."""
    try:
        definition = model[schema]
    except (KeyError, InvalidData) as error:
        raise ValueError(f"{schema!r} is not a FollowTheMoney schema") from error
    return frozenset(definition.properties)


class Statements:
    """The distinct statements of a record of `schema`, in order.

    Values are trimmed; a changed spelling is stored as `original`. A value without a property in the schema
    becomes a note with its label.
    """

    def __init__(self, schema: str) -> None:
        self._properties = properties_of(schema)
        self._added: dict[tuple[str, str], Statement] = {}

    def add(
        self,
        prop: str,
        text: str,
        *,
        lang: str = "",
        period: Period = NO_DATES,
        original: str = "",
        label: str = "",
    ) -> None:
        """Add one value, unless it is empty or a duplicate.

        `original` is the source's spelling if more than blanks changed; `label` names the value in a note if
        the schema lacks `prop` (default: the property's name).
        """
        value = collapse(text)
        if value in NO_TEXT:
            return
        if prop not in self._properties:
            self.note(f"{label or prop}: {value}")
            return
        spelling = original or (text if text.strip() != value else "")
        self._added.setdefault((prop, value), Statement(prop, value, lang, spelling, period))

    def add_read(self, prop: str, value: str, printed: str, label: str) -> None:
        """Add a value as it was read from what is printed; where nothing could be read, a note."""
        if value:
            self.add(prop, value, original=printed if printed != value else "", label=label)
        elif printed:
            self.note(f"{label}: {printed}")

    def note(self, text: str) -> None:
        """Add a remark in words."""
        value = collapse(text)
        if value not in NO_TEXT:
            spelling = text if text.strip() != value else ""
            self._added.setdefault(("notes", value), Statement("notes", value, "", spelling))

    def has(self, prop: str, value: str) -> bool:
        """Return whether the property already has the value."""
        return (prop, collapse(value)) in self._added

    def all(self) -> tuple[Statement, ...]:
        """Return what was added: first what identifies the party, the notes last."""
        statements = self._added.values()
        return tuple(s for s in statements if s.prop != "notes") + tuple(
            s for s in statements if s.prop == "notes"
        )
