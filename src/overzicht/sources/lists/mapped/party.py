"""A party of a mapped list: its fields as the mapping finds them, and what could not be read of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from overzicht.sources.lists.mapped import list_words as words
from overzicht.sources.lists.mapped.days import read_days
from overzicht.sources.lists.mapped.expressions import Lookups, Value, values_of
from overzicht.sources.lists.mapped.mapping import Expression, ListMapping
from overzicht.sources.lists.mapped.paths import Scope, text_of

DAY_FIELDS = ("listed", "until", "last_day")
TEXT_FIELDS = ("programme", "measure", "act", "act_address", "reason", "notes", "addresses")
LONGEST_NUMBER = 100
_COMMENT = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that could not be read: the key of the mapping, the value, the reason and what to write."""

    key: str
    value: str
    reason: str
    fix: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a party: its kind, in our word, the number, and the label that the list gives it."""

    kind: str
    value: str
    label: str = ""


@dataclass(slots=True)
class Party:
    """A party as a mapping reads it. Days are ISO days, months or years; countries are codes.

    `texts` are the values of fields that stay as they are; `left` are texts that were read only in part.
    """

    place: str
    names: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()
    previous_names: tuple[str, ...] = ()
    kind: str = ""
    birth: tuple[str, ...] = ()
    days: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_endless: bool = False
    numbers: tuple[Number, ...] = ()
    countries: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    record_id: str = ""
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every name but the first: other names, weak names and previous names."""
        others = dict.fromkeys((*self.names[1:], *self.weak_names, *self.previous_names))
        return tuple(name for name in others if name not in self.names[:1])


class PartyReader:
    """Reads parties from the rows of a record, by one mapping."""

    def __init__(self, mapping: ListMapping, lookups: Lookups) -> None:
        self.mapping, self.lookups = mapping, lookups

    def read(self, place: str, scopes: Sequence[Scope]) -> Party:
        """Return the party of a record."""
        party = Party(place)
        self._names(party, scopes)
        self._kind(party, scopes)
        self._days(party, scopes)
        self._numbers(party, scopes)
        for name in ("countries", "nationalities"):
            setattr(party, name, tuple(self._countries(name, party, scopes)))
        for name in TEXT_FIELDS:
            if texts := self._texts(name, scopes):
                party.texts[name] = texts
        for prop, expressions in self.mapping.properties.items():
            if texts := tuple(dict.fromkeys(value.text for value in self._values(expressions, scopes))):
                party.properties[prop] = texts
        party.record_id = next(iter(self._first("record_id", scopes)), "")
        return party

    def _values(self, expressions: Sequence[Expression], scopes: Sequence[Scope]) -> Iterator[Value]:
        for expression in expressions:
            yield from values_of(expression, scopes, self.lookups)

    def _found(self, name: str, scopes: Sequence[Scope]) -> Iterator[Value]:
        yield from self._values(self.mapping.fields.get(name, ()), scopes)

    def _texts(self, name: str, scopes: Sequence[Scope]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.text for value in self._found(name, scopes)))

    def _first(self, name: str, scopes: Sequence[Scope]) -> tuple[str, ...]:
        """Return the texts of the first expression of a field that gives any."""
        for expression in self.mapping.fields.get(name, ()):
            if values := values_of(expression, scopes, self.lookups):
                return tuple(dict.fromkeys(value.text for value in values))
        return ()

    def _names(self, party: Party, scopes: Sequence[Scope]) -> None:
        roles: dict[str, dict[str, None]] = {"": {}, words.ALIAS: {}, words.PREVIOUS: {}}
        for name, own in (("name", ""), ("aliases", words.ALIAS), ("previous_names", words.PREVIOUS)):
            for value in self._found(name, scopes):
                roles[value.role or own][value.text] = None
        names = {**roles[""], **roles[words.ALIAS]}
        if not names:
            names = dict.fromkeys(roles[words.PREVIOUS])
        first = next(iter(names), "")
        party.names = tuple(names)
        party.previous_names = tuple(name for name in roles[words.PREVIOUS] if name != first)
        party.weak_names = tuple(name for name in self._texts("weak_aliases", scopes) if name not in names)

    def _kind(self, party: Party, scopes: Sequence[Scope]) -> None:
        printed = self._first("kind", scopes)
        kinds = [kind for text in printed if (kind := words.kind_of(text))]
        if printed and not kinds:
            known = ", ".join(words.names_of("kinds"))
            fix = f"write `kind: {{from: …, map: {{{printed[0]}: person}}}}`; kinds: {known}"
            party.unread.append(Unread("fields.kind", printed[0], "it is an unknown kind of party", fix))
            party.left.append(f"Kind: {printed[0]}")
        distinct = dict.fromkeys(kinds)
        first = next(iter(distinct), "")
        if len(distinct) < 2:
            party.kind = first
        elif set(distinct) <= {"organisation", "company", "public body"}:
            party.kind = "organisation"
        else:
            party.kind = first if set(distinct) - {"party"} == {first} else "party"

    def _days(self, party: Party, scopes: Sequence[Scope]) -> None:
        for name in ("birth", *DAY_FIELDS):
            days: dict[str, None] = {}
            for expression in self.mapping.fields.get(name, ()):
                for value in values_of(expression, scopes, self.lookups):
                    if name in ("until", "last_day") and words.is_endless(value.text):
                        party.is_endless = True
                        continue
                    days.update(dict.fromkeys(self._read_days(name, value.text, expression, party)))
                if days and name != "birth":
                    break  # the next expression is another choice
            if name == "birth":
                party.birth = tuple(days)
            elif days:
                party.days[name] = tuple(days)
        start = min(party.days.get("listed", ()), default="")
        for name in ("until", "last_day"):
            end = max(party.days.get(name, ()), default="")
            if start and end and end < start[: len(end)]:
                party.left.append(f"{_LABELS[name]}: {end}")
                reason = f"it is before the day of listing, {start}"
                party.unread.append(
                    Unread(f"fields.{name}", end, reason, "write `order: month` if the month stands first")
                )
                del party.days[name]

    def _read_days(self, name: str, text: str, expression: Expression, party: Party) -> tuple[str, ...]:
        read = read_days(text, expression.order, is_recent=name != "birth")
        if (
            name in ("until", "last_day")
            and not read.values
            and re.search(r"\b[2-9][1-9]\d\d\b|\b9999\b", text)
        ):
            party.is_endless = True  # a year such as 9999 stands for no end
            return ()
        if not read.is_whole:
            party.left.append(f"{_LABELS[name]}: {text}")
        if not read.values and not read.is_whole:
            fix = "write `order: month` if the month stands first, or `match:` for the part that is a day"
            party.unread.append(
                Unread(expression.key, text, "it is not a day, month or year that we can read", fix)
            )
        return read.values

    def _numbers(self, party: Party, scopes: Sequence[Scope]) -> None:
        numbers: dict[tuple[str, str], Number] = {}
        for kind, expression in self.mapping.numbers:
            for value in values_of(expression, scopes, self.lookups):
                number = self._number(kind, value, expression, scopes)
                if len(number.value) > LONGEST_NUMBER:
                    fix = "write `match:` for the part that is the number, or `split:` if there are several"
                    party.unread.append(
                        Unread(expression.key, number.value[:60], "it is too long for a number", fix)
                    )
                    party.left.append(f"Number: {number.value}")
                elif number.value:
                    numbers.setdefault((number.kind, number.value), number)
        party.numbers = tuple(numbers.values())

    def _number(self, kind: str, value: Value, expression: Expression, scopes: Sequence[Scope]) -> Number:
        """Return a number, its label and country cut off; a label says more of its kind than the column."""
        text, label = value.text, ""
        if kind != "wallet":
            match = words.number_label().match(text)
            if match is not None:
                label, text = match[0].strip(" :#."), text[match.end() :]
                named = words.meaning("numbers", match["label"])
                kind = named if kind == "other" or named not in ("", "other", "national id") else kind
            # a number without words in brackets after it, such as `(Iran)`; `(5)` belongs to the number
            text = text.rstrip()
            comment = _COMMENT.search(text)
            if comment and _WORD.search(comment[0]):
                text = text[: comment.start()].rstrip() or text
        if expression.kind is not None:
            printed = self._label(expression.kind, value.scope, scopes)
            label = label or printed
            kind = words.meaning("numbers", printed) or (kind if printed == "" else "other")
        text = re.sub(r"^IMO\D{0,3}", "", text) if kind == "imo" else text
        return Number(kind, text.strip(" .,;:"), label)

    def _label(self, kind: Expression, scope: Scope, scopes: Sequence[Scope]) -> str:
        """Return the kind that is next to a number, else in the record."""
        at: Scope | None = scope
        while at is not None:
            if labels := values_of(kind, [at], self.lookups):
                return labels[0].text
            at = at.above
        labels = values_of(kind, scopes, self.lookups)
        return labels[0].text if labels else ""

    def _countries(self, name: str, party: Party, scopes: Sequence[Scope]) -> Iterator[str]:
        seen: dict[str, None] = {}
        for expression in self.mapping.fields.get(name, ()):
            for value in values_of(expression, scopes, self.lookups):
                pieces = (
                    [value.text]
                    if words.country_in(value.text)
                    else map(str.strip, re.split(r"[;/|\n,]", value.text))
                )
                for piece in filter(None, pieces):
                    if code := words.country_in(piece):
                        seen[code] = None
                        continue
                    party.left.append(f"{_LABELS[name]}: {piece}")
                    fix = f"write `map: {{{piece}: nl}}` with the code of the country"
                    party.unread.append(Unread(expression.key, piece, "it is an unknown country", fix))
        yield from seen


_LABELS = {
    "birth": "Date of birth", "listed": "Date of listing", "until": "End", "last_day": "Last day",
    "countries": "Country", "nationalities": "Nationality",
}  # fmt: skip


def lookups_of(mapping: ListMapping, root: object) -> Mapping[str, Mapping[str, str]]:
    """Return the tables that the mapping finds in the document itself; the first value of a key counts."""
    tables: dict[str, dict[str, str]] = {}
    for name, lookup in mapping.lookups.items():
        table: dict[str, str] = {}
        for place in lookup.path.select(Scope(root)):
            value = next((text for at in lookup.value.select(place) if (text := text_of(at.node))), "")
            for key in lookup.key.select(place):
                if value and (text := text_of(key.node)):
                    table.setdefault(text, value)
        tables[name] = table
    return tables
