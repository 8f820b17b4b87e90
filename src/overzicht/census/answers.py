"""Answers of one body in a return: depth, scope, tenure, unit and quantity."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.evidence.worded import WordedEnum


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
    if any(_is_positive(line) and _is_sure(question, line) for line in own):
        return Holds.YES
    return (
        Holds.NO
        if all(_excludes(question, own, scope) for scope in scopes or (Scope.ALL,))
        else Holds.UNKNOWN
    )


def _is_positive(line: CountLine) -> bool:
    return line.depth in POSITIVE and bool(line.least)


def _may_be_positive(line: CountLine) -> bool:
    return line.depth in POSITIVE and line.most != 0


def _is_sure(question: Question, line: CountLine) -> bool:
    """Return whether a positive line shows what the question asks: an unnamed kind may be another."""
    return question.is_about(line) and (not question.kind or line.kind == question.kind)


def _excludes(question: Question, lines: Sequence[CountLine], scope: Scope) -> bool:
    within = [line for line in lines if line.scope in (Scope.ALL, scope)]
    if any(_may_be_positive(line) and _may_be_meant(question, line) for line in within):
        return False
    return _is_none(question, within) or any(
        line.depth in POSITIVE and line.maker and (not question.kind or line.kind) for line in within
    )


def _may_be_meant(question: Question, line: CountLine) -> bool:
    is_kind = not question.kind or line.kind in ("", question.kind)
    return is_kind and (not question.makers or line.maker in ("", *question.makers))


def _is_none(question: Question, lines: Sequence[CountLine]) -> bool:
    """Return whether a "none" covers the whole question: all its makers, and its kind."""
    none = [line for line in lines if line.depth is Depth.NONE or (line.most == 0 and line.depth in POSITIVE)]
    covering = [line for line in none if not line.kind or line.kind == question.kind]
    makers = {line.maker for line in covering}
    return "" in makers or (bool(question.makers) and question.makers <= makers)


def device_total(lines: Sequence[CountLine]) -> tuple[int, int | None]:
    """Return the devices of a body's own, at least and at most (None: open).

    A line without maker or kind is a total, and lines with them are its parts: they never add up with it.
    """
    own = [
        line for line in lines
        if line.tenure is Tenure.OWN and line.unit is Unit.DEVICE and not line.model
    ]  # fmt: skip
    least, most, is_open = 0, 0, False
    for scope in {line.scope for line in own}:
        parts = [line for line in own if line.scope is scope and line.depth in (*POSITIVE, Depth.NONE)]
        by_kind = {
            kind: max((_sum(parts, kind, is_made=made) for made in (False, True)), key=lambda pair: pair[0])
            for kind in sorted({line.kind for line in parts})
        }
        whole = [pair for kind, pair in by_kind.items() if not kind]
        rest = [pair for kind, pair in by_kind.items() if kind]
        chosen = max((whole, rest), key=lambda group: sum(pair[0] for pair in group)) or rest
        least += sum(pair[0] for pair in chosen)
        is_open = is_open or any(pair[1] is None for pair in chosen)
        most += sum(pair[1] or 0 for pair in chosen)
    return least, None if is_open else most


def _sum(lines: Sequence[CountLine], kind: str, *, is_made: bool) -> tuple[int, int | None]:
    """Return the sum of the lines of a kind, of named makers or without a maker."""
    own = [line for line in lines if line.kind == kind and bool(line.maker) is is_made]
    tops = [line.most for line in own]
    return sum(line.least for line in own), None if None in tops else sum(top or 0 for top in tops)
