"""Answers of one body in a return: depth, scope, tenure, unit and quantity."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.grouping import by_key


class Depth(WordedEnum):
    """How much a body answers, the deepest first; *silent* is never *none*."""

    REGISTER = "register", text("full register")
    MODELS = "models", text("models")
    COUNTS = "counts", text("counts")
    PRESENT = "present", text("present only")
    NONE = "none", text("none")
    NOT_HELD = "not held", text("not held")
    REFUSED = "refused", text("refused")
    SILENT = "silent", text("silent")


ANSWERED = (Depth.REGISTER, Depth.MODELS, Depth.COUNTS, Depth.PRESENT, Depth.NONE, Depth.NOT_HELD)
POSITIVE = (Depth.REGISTER, Depth.MODELS, Depth.COUNTS, Depth.PRESENT)
DEEPEST = {depth: place for place, depth in enumerate(Depth)}


class Scope(WordedEnum):
    """The part of the equipment that an answer is about."""

    ALL = "all", text("all equipment")
    BUILDINGS = "buildings", text("buildings")
    PUBLIC_SPACE = "public space", text("public space")
    VEHICLES = "vehicles", text("vehicles and drones")
    BODY_WORN = "body-worn", text("body-worn")


class Tenure(WordedEnum):
    """Relation of the body to the equipment."""

    OWN = "own", text("own")
    USED = "used", text("used but owned by another")
    SEEN = "seen", text("seen but not run")


class Unit(WordedEnum):
    """Unit of a quantity; different units never add up."""

    DEVICE = "device", text("devices")
    SYSTEM = "system", text("systems")
    SITE = "site", text("sites")
    OFFICE = "office", text("offices")


class Level(WordedEnum):
    """How much of a return others may see."""

    COVERAGE = "coverage", text("named in coverage only")
    COUNTS = "counts", text("counts")
    MODELS = "models", text("models")
    FULL = "full", text("full register")


class Basis(WordedEnum):
    """Basis of an answer."""

    INVENTORY = "inventory", text("inventory")
    SCAN = "scan", text("scan")
    CONTRACTS = "contracts", text("contracts")
    MEMORY = "memory", text("memory")


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of a return, as it is stored: a quantity by maker and kind, in a scope.

    An empty maker or kind is any. `replaced` are devices of the line that were replaced since they were
    first counted. `owner` is the id of the body that owns equipment that this one uses.
    """

    scope: Scope
    depth: Depth
    maker: str = ""
    kind: str = ""
    model: str = ""
    tenure: Tenure = Tenure.OWN
    owner: str = ""
    unit: Unit = Unit.DEVICE
    least: int = 0
    most: int | None = None
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a round: equipment of these makers (empty: any), of this kind (empty: any)."""

    makers: frozenset[str] = frozenset()
    kind: str = ""

    def is_about(self, line: CountLine) -> bool:
        """Return whether a line counts what the question asks, if its quantity is positive."""
        is_kind = not self.kind or line.kind in ("", self.kind)
        return is_kind and (not self.makers or line.maker in self.makers)


def deepest(lines: Collection[CountLine]) -> Depth:
    """Return the depth of a return: that of its deepest line; silent without lines."""
    return min((line.depth for line in lines), key=DEEPEST.__getitem__, default=Depth.SILENT)


def missing_scopes(lines: Collection[CountLine], scopes: Sequence[Scope]) -> tuple[Scope, ...]:
    """Return the scopes of a round that a return does not answer, in the order of the round."""
    answered = {line.scope for line in lines}
    return () if Scope.ALL in answered else tuple(scope for scope in scopes if scope not in answered)


def has(question: Question, lines: Sequence[CountLine], scopes: Sequence[Scope]) -> Holds:
    """Return whether a body has what a question asks, by its own return.

    No only if every scope of the round has an answer that excludes it: a "none" about these makers or about
    all, or counts by maker without an unknown rest. What a body only sees does not count.
    """
    own = [line for line in lines if line.tenure is not Tenure.SEEN]
    # whether a positive line shows what the question asks: an unnamed kind may be another
    if any(
        line.depth in POSITIVE
        and bool(line.least)
        and question.is_about(line)
        and (not question.kind or line.kind == question.kind)
        for line in own
    ):
        return Holds.YES
    named = {line.scope for line in own}
    parts = {scope if scope in named else Scope.ALL for scope in scopes or (Scope.ALL,)}  # unnamed are alike
    return Holds.NO if all(_excludes(question, own, scope) for scope in parts) else Holds.UNKNOWN


def _excludes(question: Question, lines: Sequence[CountLine], scope: Scope) -> bool:
    within = [line for line in lines if line.scope in (Scope.ALL, scope)]
    if any(line.depth in POSITIVE and line.most != 0 and _may_be_meant(question, line) for line in within):
        return False
    # whether a "none" covers the whole question: all its makers, and its kind
    none = [
        line for line in within if line.depth is Depth.NONE or (line.most == 0 and line.depth in POSITIVE)
    ]
    covering = [line for line in none if not line.kind or line.kind == question.kind]
    makers = {line.maker for line in covering}
    is_none = "" in makers or (bool(question.makers) and question.makers <= makers)
    return is_none or any(
        line.depth in POSITIVE and line.maker and (not question.kind or line.kind) for line in within
    )


def _may_be_meant(question: Question, line: CountLine) -> bool:
    is_kind = not question.kind or line.kind in ("", question.kind)
    return is_kind and (not question.makers or line.maker in ("", *question.makers))


@dataclass(frozen=True, slots=True)
class ReturnSummary:
    """Answers of a return to general questions, stored so that national answers need not read its lines.

    `present` is its answer to the question about any equipment. `excludes` has the letters of the questions
    about something that no line names and that it excludes: m a maker, k a kind, b both.
    """

    present: Holds
    excludes: str


UNNAMED = "?"  # the key of sums of makers without a card, of free kinds, and of cells that were joined
NOBODY = "\0"  # a maker or kind that no line can name


def summary_of(lines: Sequence[CountLine], scopes: Sequence[Scope]) -> ReturnSummary:
    """Return the summary of the lines of a return to a round with these scopes."""
    unnamed = {
        "m": Question(frozenset({NOBODY})),
        "k": Question(kind=NOBODY),
        "b": Question(frozenset({NOBODY}), NOBODY),
    }
    excluded = (letter for letter, question in unnamed.items() if has(question, lines, scopes) is Holds.NO)
    return ReturnSummary(has(Question(), lines, scopes), "".join(excluded))


def unnamed_letter(question: Question) -> str:
    """Return the letter of a question in the summary of a return without a line about it."""
    return "b" if question.makers and question.kind else "m" if question.makers else "k"


Range = tuple[int, int | None]  # at least, and at most; None: open


@dataclass(frozen=True, slots=True)
class DeviceSum:
    """Devices of a return by one key: `by` is maker or kind. An empty `owner` is the body itself."""

    by: str
    key: str
    owner: str
    least: int


def device_sums(lines: Sequence[CountLine]) -> tuple[DeviceSum, ...]:
    """Return the devices of a return by maker and by kind, its own and those it uses, by owner.

    What a body only sees is not counted.
    """
    groups: dict[tuple[str, str, str], list[CountLine]] = {}
    for line in lines:
        if _is_counted(line) and line.tenure is not Tenure.SEEN:
            for by, key in (("maker", line.maker), ("kind", line.kind)):
                if key:
                    # the owner at whom a line counts: empty for the body itself, `?` for one that is not
                    # named
                    groups.setdefault(
                        (by, key, "" if line.tenure is Tenure.OWN else line.owner or UNNAMED), []
                    ).append(line)
    sums = (DeviceSum(*key, _total(own, LEVELS_OF_TOTALS)[0]) for key, own in sorted(groups.items()))
    return tuple(own for own in sums if own.least)


def device_total(lines: Sequence[CountLine]) -> Range:
    """Return the devices of a body's own, at least and at most (None: open).

    A total and its parts never add up. Parts are scopes, kinds, makers and models.
    """
    return _total(
        [line for line in lines if _is_counted(line) and line.tenure is Tenure.OWN], LEVELS_OF_TOTALS
    )


def replaced_total(lines: Sequence[CountLine]) -> int:
    """Return the devices that were replaced; a total and its parts never add up."""
    own = [replace(line, least=line.replaced, most=line.replaced) for line in lines if line.replaced]
    return _total(own, LEVELS_OF_TOTALS)[0]


def _is_counted(line: CountLine) -> bool:
    return line.unit is Unit.DEVICE and line.depth in (*POSITIVE, Depth.NONE)


WHOLE = {"scope": Scope.ALL, "kind": "", "maker": "", "model": ""}  # the value of a total, by part
LEVELS_OF_TOTALS = tuple(WHOLE)


def _total(lines: Sequence[CountLine], levels: Sequence[str]) -> Range:
    """Return the larger of a total and the sum of its parts, by the first level and then by the others."""
    if not lines:
        return 0, 0
    if not levels:
        tops = [line.most for line in lines]
        return sum(line.least for line in lines), None if None in tops else sum(top or 0 for top in tops)
    level, *others = levels
    parts = by_key((getattr(line, level), line) for line in lines)
    whole = parts.pop(WHOLE[level], None)
    sums = [_total(part, others) for part in parts.values()]
    tops = [most for _, most in sums]
    rest = sum(least for least, _ in sums), None if None in tops else sum(top or 0 for top in tops)
    if whole is None:
        return rest
    stated = _total(whole, others)
    return stated if not sums or stated[0] >= rest[0] else rest
