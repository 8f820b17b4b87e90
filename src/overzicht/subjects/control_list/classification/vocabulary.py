"""What can be stated about a product: every fact that a rule asks for, with its kind, unit and words."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from pydantic import Field, model_validator

from overzicht.evidence.packaged import LocalizedText, StrictModel, packaged_facts
from overzicht.subjects.control_list.quantity import units


class FactKind(StrEnum):
    """Type of value: `choices` is a set of words, several may apply; `codes` are provisions of the list."""

    YES_NO = "yes_no"
    QUANTITY = "quantity"
    CHOICE = "choice"
    CHOICES = "choices"
    CODES = "codes"


class Derivation(StrictModel):
    """How a fact follows from others, and the note of the list with this definition.

    `product` multiplies the facts of the pair; `lesser_ratio` is the smallest quotient of all pairs.
    """

    by: str = Field(pattern=r"^(product|lesser_ratio)$")
    pairs: tuple[tuple[str, str], ...] = Field(min_length=1)
    at: str
    note: str


class FactSpec(LocalizedText):
    """A fact that can be stated; `unit` is a unit of the list's table, empty for a bare number.

    `also` are equivalent units (`fps` for Hz); `values` are the words of a choice; `is_judgement` marks a
    fact that a person must assess.
    """

    kind: FactKind
    unit: str = ""
    also: dict[str, str] = Field(default_factory=dict)
    values: tuple[str, ...] = ()
    is_judgement: bool = False
    derived: Derivation | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "FactSpec":
        if (self.kind in {FactKind.CHOICE, FactKind.CHOICES}) != bool(self.values):
            raise ValueError("a choice, and only a choice, names its values")
        if self.unit and (self.kind is not FactKind.QUANTITY or self.unit not in units()):
            raise ValueError(f"{self.unit!r} is not a unit of a quantity")
        if self.derived is not None and self.kind is not FactKind.QUANTITY:
            raise ValueError("only a quantity is derived")
        return self


class Function(LocalizedText):
    """A function of a product, one word of `functions`; `is_unlisted` if no entry names it.

    `entries` are the entries whose text could describe a product with this function. `kind_of` is a more
    general function that the product has as well. `first` are the facts that decide most, in order.
    """

    is_unlisted: bool = False
    kind_of: str = ""
    first: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


class Order(StrictModel):
    """Two facts; the first may not exceed the second."""

    low: str
    high: str


class Vocabulary(StrictModel):
    """Everything of `facts.yaml`."""

    functions: dict[str, Function]
    facts: dict[str, FactSpec]
    orders: tuple[Order, ...]

    @model_validator(mode="after")
    def _names_only_what_it_holds(self) -> "Vocabulary":
        named = [name for order in self.orders for name in (order.low, order.high)]
        named += [name for function in self.functions.values() for name in function.first]
        for spec in self.facts.values():
            named += [name for pair in (spec.derived.pairs if spec.derived else ()) for name in pair]
        unknown = sorted(set(named) - set(self.facts))
        if unknown:
            raise ValueError(f"unknown facts: {', '.join(unknown)}")
        general = {spec.kind_of for spec in self.functions.values()} - {""}
        if unknown := sorted(general - set(self.functions)):
            raise ValueError(f"unknown functions: {', '.join(unknown)}")
        return self

    def with_general(self, functions: Iterable[str]) -> tuple[str, ...]:
        """Return functions, each followed by the more general one, without duplicates."""
        names = (name for function in functions for name in (function, self.functions[function].kind_of))
        return tuple(dict.fromkeys(name for name in names if name))

    def first_facts(self, functions: Iterable[str]) -> tuple[str, ...]:
        """Return the facts that decide most for these functions, in order, without duplicates."""
        return tuple(dict.fromkeys(fact for name in functions for fact in self.functions[name].first))


@cache
def vocabulary() -> Vocabulary:
    """Return the packaged vocabulary, read once; PackagedFactError where it is wrong."""
    return packaged_facts(Vocabulary, "overzicht.subjects.control_list", "data/classification/facts.yaml")
