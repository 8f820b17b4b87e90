"""A product with its stated facts: each with its source; contradictions and missing units are refused."""

import datetime
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import Field, ValidationError

from overzicht.errors import InputFileError, OverzichtError
from overzicht.evidence import Citation
from overzicht.evidence.faults import faults_of
from overzicht.evidence.packaged import StrictModel
from overzicht.subjects.control_list.classification.interview import answer_of
from overzicht.subjects.control_list.classification.result import ItemAnswer
from overzicht.subjects.control_list.classification.vocabulary import (
    Derivation,
    FactKind,
    FactSpec,
    vocabulary,
)
from overzicht.subjects.control_list.path import (
    ControlPath,
    NotAControlPathError,
    entry_of,
    parse_path,
)
from overzicht.subjects.control_list.quantity import Quantity, UnitMismatchError, convert, units

Words = Annotated[str, Field(min_length=1, max_length=2_000)]
Value = bool | Quantity | str | frozenset[str]
UNKNOWN = "unknown"
YES_WORDS = {"yes": True, "no": False, True: True, False: False}


class ItemSource(StrictModel):
    """A document with facts on the product: title, address, publication date and reading date."""

    title: Words
    address: Annotated[str, Field(pattern=r"^https?://\S+$")]
    date: datetime.date | None = None
    read: datetime.date | None = None


class _StatedRow(StrictModel):
    value: Any
    unit: str = ""
    source: str = ""
    place: str = ""
    by: str = ""
    day: datetime.date | None = None


class _FactRow(_StatedRow):
    fact: Words
    reading: str = ""


class _AnswerRow(_StatedRow):
    criterion: Words


class _ItemFile(StrictModel):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$")]
    name: Words
    maker: str = ""
    functions: tuple[Words, ...] = Field(min_length=1)
    sources: dict[str, ItemSource] = Field(default_factory=dict)
    facts: tuple[_FactRow, ...] = Field(max_length=1_000)
    entries: tuple[Words, ...] = Field(default=(), max_length=100)
    answers: tuple[_AnswerRow, ...] = Field(default=(), max_length=2_000)


@dataclass(frozen=True, slots=True)
class ItemFact:
    """A stated fact: its value in the unit of the vocabulary, and its source.

    `shown` is the value as printed; `reading` explains how it follows from the source.
    """

    name: str
    value: Value
    shown: str
    citation: Citation
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A product: what it is, and its facts by name. `unused` are names that no rule knows.

    `entries` are further entries to walk; `answers` are answers to criteria of the list's text, by criterion.
    """

    id: str
    name: str
    maker: str
    functions: tuple[str, ...]
    facts: Mapping[str, ItemFact] = field(hash=False)
    unused: tuple[str, ...] = ()
    entries: tuple[ControlPath, ...] = ()
    answers: Mapping[str, ItemAnswer] = field(default_factory=dict, hash=False)

    def with_fact(self, fact: ItemFact) -> "Item":
        """Return the item with one more fact."""
        return replace(self, facts={**self.facts, fact.name: fact})


def read_item(data: Any, file: str) -> Item:
    """Return the item that a file states; InputFileError names file, place, reason and fix."""
    try:
        read = _ItemFile.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        reason = faults_of([first])[0].reason if first["loc"] else "it holds no fields"
        fix = "see docs/how-to/classify-a-product.md, or print a file with `overzicht control template`"
        raise InputFileError(file, reason, record=_place(first["loc"]), fix=fix) from error
    known = vocabulary().functions
    for name in read.functions:
        if name not in known:
            raise InputFileError(
                file, f"unknown function {name!r}", record="functions", fix=f"known: {', '.join(known)}"
            )
    facts: dict[str, ItemFact] = {}
    unused: dict[str, None] = {}
    for number, stated in enumerate(read.facts, start=1):
        place = f"fact {number} ({stated.fact})"
        if stated.fact not in vocabulary().facts:
            near = difflib.get_close_matches(stated.fact, vocabulary().facts, n=1, cutoff=0.8)
            unused[(f"{stated.fact} (perhaps {near[0]})" if near else stated.fact)] = None
        elif stated.value != UNKNOWN:
            _add(facts, _fact(stated, read, file, place), file, place)
    return Item(
        read.id,
        read.name,
        read.maker,
        vocabulary().with_general(read.functions),
        facts,
        tuple(unused),
        tuple(dict.fromkeys(entry_of(parse_path(code)) for code in read.entries)),
        _answers(read, file),
    )


def _answers(read: _ItemFile, file: str) -> dict[str, ItemAnswer]:
    answers: dict[str, ItemAnswer] = {}
    for number, row in enumerate(read.answers, start=1):
        place = f"answer {number} ({row.criterion})"
        try:
            cited = _citation(row, row.criterion, read, file, place)
            answer = answer_of(row.criterion, row.value, row.unit, cited)
        except UnitMismatchError as error:
            raise InputFileError(
                file, error.message, record=place, fix="write yes, no, unknown or a number with a unit"
            ) from error
        if answer is not None and answers.setdefault(row.criterion, answer).value != answer.value:
            raise InputFileError(file, "contradicts an earlier answer", record=place, fix="keep one of them")
    return answers


def _place(loc: tuple[int | str, ...]) -> str:
    """Return a place in the file as a person counts it: `fact 3, unit`, `sources, sheet, address`."""
    match loc:
        case ("facts", int(number), *rest):
            return ", ".join([f"fact {number + 1}", *map(str, rest)])
        case ():
            return "the file"
        case _:
            return ", ".join(str(part) for part in loc)


def answered(name: str, value: Any, unit: str, *, by: str, day: datetime.date) -> ItemFact:
    """Return a fact as a person answers it; InputFileError where the value has not the form of the fact."""
    return _fact(_FactRow(fact=name, value=value, unit=unit, by=by, day=day), None, "answer", name)


def _add(facts: dict[str, ItemFact], fact: ItemFact, file: str, place: str) -> None:
    before = facts.get(fact.name)
    if before is not None and before.value != fact.value:
        raise InputFileError(
            file,
            f"contradicts what is stated before: {before.shown} ({before.citation.title}), here {fact.shown}",
            record=place,
            fix="find out which holds and keep that one; or state it as unknown",
        )
    facts.setdefault(fact.name, fact)


def _fact(stated: _FactRow, read: _ItemFile | None, file: str, place: str) -> ItemFact:
    spec = vocabulary().facts[stated.fact]
    try:
        value = _value(stated, spec)
    except (ValueError, UnitMismatchError, NotAControlPathError) as error:
        fix = getattr(error, "fix", "")
        if not fix:
            match spec.kind:
                case FactKind.YES_NO:
                    fix = "write yes, no or unknown"
                case FactKind.QUANTITY:
                    fix = (
                        f"give a number and a unit such as {spec.unit}" if spec.unit else "give a bare number"
                    )
                case FactKind.CODES:
                    fix = "give a list of codes such as [5A001.f]"
                case _:
                    fix = f"known: {', '.join(spec.values)}"
        raise InputFileError(file, getattr(error, "message", str(error)), record=place, fix=fix) from error
    citation = _citation(stated, stated.fact, read, file, place)
    if isinstance(stated.value, bool):
        shown = "yes" if stated.value else "no"
    elif isinstance(stated.value, list):
        shown = ", ".join(str(part) for part in stated.value)
    else:
        shown = f"{stated.value} {stated.unit}".rstrip()
    return ItemFact(stated.fact, value, shown, citation, stated.reading)


def _value(stated: _FactRow, spec: FactSpec) -> Value:
    match spec.kind:
        case FactKind.YES_NO:
            if not isinstance(stated.value, (bool, str)) or stated.value not in YES_WORDS:
                raise ValueError(f"{stated.value!r} is neither yes nor no")
            return YES_WORDS[stated.value]
        case FactKind.QUANTITY:
            if isinstance(stated.value, bool) or not isinstance(stated.value, (int, float, str)):
                raise ValueError(f"{stated.value!r} is not a number")  # noqa: TRY004 - a fault of the file
            try:
                number = Decimal(str(stated.value).replace(",", "."))
            except InvalidOperation as error:
                raise ValueError(f"{stated.value!r} is not a number") from error
            if not number.is_finite() or number < 0 or (number and abs(number.adjusted()) > MOST_POWERS):
                raise ValueError(f"{stated.value!r} is not a valid amount")
            if not stated.unit and spec.unit:
                raise ValueError("the unit is missing")
            unit = spec.also.get(stated.unit, stated.unit)
            name = units().get(unit, "") if unit else ""
            if unit and not name:
                raise ValueError(f"the unit {stated.unit!r} is not known")
            return convert(Quantity(number, name), spec.unit)
        case FactKind.CODES:
            return frozenset(parse_path(str(code)) for code in _several(stated.value))
        case FactKind.CHOICE:
            return next(iter(_words((stated.value,), spec)))
        case FactKind.CHOICES:
            return _words(_several(stated.value), spec)


def _several(value: Any) -> tuple[Any, ...]:
    values = tuple(value) if isinstance(value, list) else (value,)
    if not values:
        raise ValueError("the list is empty")
    return values


def _words(values: tuple[Any, ...], spec: FactSpec) -> frozenset[str]:
    wrong = [str(value) for value in values if value not in spec.values]
    if wrong:
        raise ValueError(f"not known here: {', '.join(wrong)}")
    return frozenset(values)


def _citation(stated: _StatedRow, subject: str, read: _ItemFile | None, file: str, place: str) -> Citation:
    if stated.source:
        source = read.sources.get(stated.source) if read else None
        if source is None:
            known = ", ".join(read.sources) if read and read.sources else "none"
            raise InputFileError(
                file,
                f"there is no source {stated.source!r}",
                record=place,
                fix=f"sources of the file: {known}",
            )
        return Citation(
            source=f"item: {read.id if read else ''}",
            title=source.title,
            place=stated.place,
            address=source.address,
            published=source.date,
            retrieved=source.read,
            official=False,
        )
    if stated.by and stated.day:
        return Citation(source="answer", title=stated.by, place=subject, published=stated.day, official=False)
    raise InputFileError(
        file,
        "the fact has no source",
        record=place,
        fix="name a source of the file with `source`, or who answered it when with `by` and `day`",
    )


TOLERANCE = Decimal("0.05")  # data sheets round: 128 lanes of 32.75 Gb/s are sold as 4.2 Tb/s
DIGITS = Decimal("0.0001")
MOST_POWERS = 24  # of ten, above and below one: no characteristic of a product is larger or smaller


class ContradictoryFactsError(OverzichtError):
    """Stated facts do not agree with each other, or with what follows from them."""

    def __init__(self, item: str, name: str, reason: str) -> None:
        super().__init__(
            f"{item}, {name}: contradictory facts: {reason}",
            fix="find out which holds and correct the other, or leave the doubtful one out",
        )


def with_derived(item: Item) -> Item:
    """Return the item with the facts that follow from its own; ContradictoryFactsError on disagreement."""
    for order in vocabulary().orders:
        low, high = item.facts.get(order.low), item.facts.get(order.high)
        if low is not None and high is not None and _amount(low) > _amount(high):
            reason = f"{order.low} ({low.shown}) lies above {order.high} ({high.shown})"
            raise ContradictoryFactsError(item.id, order.low, reason)
    for name, spec in vocabulary().facts.items():
        if spec.derived is None:
            continue
        derived = _derive(item, name, spec.derived, spec.unit)
        if derived is None:
            continue
        stated = item.facts.get(name)
        if stated is None:
            item = item.with_fact(derived)
        elif not (
            abs(_amount(stated) - _amount(derived)) <= TOLERANCE * max(_amount(stated), _amount(derived))
        ):
            reason = (
                f"stated as {stated.shown} ({stated.citation.title}), "
                f"but {derived.shown} follows from {derived.reading}"
            )
            raise ContradictoryFactsError(item.id, name, reason)
    return item


def _derive(item: Item, name: str, how: Derivation, unit: str) -> ItemFact | None:
    inputs = [item.facts.get(part) for pair in how.pairs for part in pair]
    known = [fact for fact in inputs if fact is not None]
    if len(known) < len(inputs):
        return None
    values: list[Decimal | None] = []
    for first, second in how.pairs:
        own_first = item.facts[first]
        own_second = item.facts[second]
        left, right = _amount(own_first), _amount(own_second)
        if how.by == "lesser_ratio" and right == 0:
            values.append(None)
            continue
        value = left * right if how.by == "product" else left / right
        given = own_first.value.unit if isinstance(own_first.value, Quantity) else ""
        values.append(convert(Quantity(value, given), unit).value)
    if any(value is None for value in values):
        return None
    value = min(value for value in values if value is not None)
    shown = f"{value.quantize(DIGITS, context=Context(prec=4 * MOST_POWERS)).normalize():f} {unit}".rstrip()
    reading = ", ".join(f"{fact.name} = {fact.shown}" for fact in known)
    citation = Citation(source="eu-dual-use", title=how.note, place=how.at)
    return ItemFact(name, Quantity(value, unit), shown, citation, reading)


def _amount(fact: ItemFact) -> Decimal:
    if not isinstance(fact.value, Quantity):
        raise TypeError(fact.name)
    return fact.value.value
