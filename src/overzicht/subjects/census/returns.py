"""The return of a body: the content of its signed file, its lines for the store, and checks on arrival."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from overzicht.evidence import Text, text
from overzicht.evidence.limited import Plain
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.phrases import joined
from overzicht.subjects.census.answers import (
    POSITIVE,
    Basis,
    CountLine,
    Depth,
    Level,
    Scope,
    Tenure,
    Unit,
    missing_scopes,
)

KIND = "census-return"  # of the signed statement
KEY_KIND = "census-key"
RECEIPT_KIND = "census-receipt"
SUM_KIND = "census-sum"
FORM: Final = "overzicht-census-return"
VERSION: Final = 1
MOST_LINES = 20_000
MOST_DEVICES = 10_000_000  # of one line; more is a typing error
CODE = r"^[^\s/\x00]{1,120}$"
PlainText = Annotated[str, Plain]


class AnswerLine(StrictModel):
    """A line of a return: its scope and depth, and for a count its range, maker, kind and unit."""

    scope: Scope = Scope.ALL
    depth: Literal[Depth.MODELS, Depth.COUNTS, Depth.PRESENT, Depth.NONE, Depth.NOT_HELD, Depth.REFUSED]
    tenure: Tenure = Tenure.OWN
    owner: PlainText = Field(default="", max_length=120)
    kind: PlainText = Field(default="", max_length=80)
    maker: PlainText = Field(default="", max_length=200)
    model: PlainText = Field(default="", max_length=200)
    unit: Unit = Unit.DEVICE
    least: int | None = Field(default=None, ge=0, le=MOST_DEVICES)
    most: int | None = Field(default=None, ge=0, le=MOST_DEVICES)
    replaced: int = Field(default=0, ge=0, le=MOST_DEVICES)
    basis: Basis | None = None
    covers: PlainText = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.most is not None and (self.least or 0) > self.most:
            raise ValueError(
                f"the number is {self.least} to {self.most}: the smallest is larger than the largest"
            )
        if self.depth in (Depth.COUNTS, Depth.MODELS) and self.least is None and self.most is None:
            raise ValueError("a count needs a number: give least, most or both")
        if self.depth is Depth.NONE and (self.least or self.most):
            raise ValueError("a none has no number. Use the depth counts for a number")
        if self.depth is Depth.NONE and self.basis is None:
            raise ValueError("a none needs its basis: inventory, scan, contracts or memory")
        return self

    def line(self, maker_id: str) -> CountLine:
        """Return the line as it is stored, with the id of its maker."""
        is_none = self.depth is Depth.NONE
        return CountLine(
            scope=self.scope,
            depth=self.depth,
            maker=maker_id,
            kind=self.kind,
            model=self.model,
            tenure=self.tenure,
            owner=self.owner,
            unit=self.unit,
            replaced=self.replaced,
            least=self.least or int(self.depth is Depth.PRESENT),
            most=0 if is_none else self.most,
        )


class ReturnContent(StrictModel):
    """Content that a body signs. `previous` is the SHA-256 of its file of the version before, or empty.

    `role` is the name of the role that signs, never of a person. `answers_for` are members that a joint
    service answers for. `register` is a file of `overzicht register publish`. `is_withdrawn`: the body takes
    its answers back. `code` is that of the letter, for the first return with a key. `remark` is private.
    """

    form: Literal["overzicht-census-return"] = FORM
    version: Literal[1] = VERSION
    round: str = Field(pattern=CODE)
    body: str = Field(pattern=CODE)
    number: int = Field(ge=1, le=10_000)
    previous: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    reference_date: date
    role: PlainText = Field(default="", max_length=200)
    level: Level = Level.COUNTS
    answers_for: tuple[Annotated[str, Field(pattern=CODE)], ...] = Field(default=(), max_length=1_000)
    ground: PlainText = Field(default="", max_length=200)
    answers: tuple[AnswerLine, ...] = Field(default=(), max_length=MOST_LINES)
    published_register: dict[str, Any] | None = Field(default=None, alias="register")
    is_withdrawn: bool = False
    code: PlainText = Field(default="", max_length=80)
    remark: PlainText = Field(default="", max_length=5_000)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if bool(self.previous) != (self.number > 1):
            raise ValueError("a first version has no previous hash, and each later version has one")
        if any(line.depth is Depth.REFUSED for line in self.answers) and not self.ground:
            raise ValueError("a refusal needs its ground: the article of law")
        if not (self.is_withdrawn or self.answers or self.published_register):
            raise ValueError("it has no answer: give answers, a register, or is_withdrawn")
        return self


def register_lines(register: Mapping[str, Any]) -> Iterator[CountLine]:
    """Yield the lines of a published register: by maker and kind if it has models, else by maker alone."""
    rows: dict[tuple[str, str, str], int] = {}
    if register.get("models") is not None:
        for row in register["models"]:
            key = (row["maker"] or "", row["kind"], f"{row['brand']} {row['model']}".strip())
            rows[key] = rows.get(key, 0) + int(row["devices"])
    else:
        rows = {(row["maker"] or "", "", ""): int(row["devices"]) for row in register["makers"]}
    for (maker, kind, model), number in sorted(rows.items()):
        yield CountLine(Scope.ALL, Depth.REGISTER, maker, kind, model, least=number, most=number)
    replaced = int(register["counts"].get("replaced", 0))
    if replaced or not rows:
        yield CountLine(Scope.ALL, Depth.REGISTER, least=0, most=0, replaced=replaced)


def arrival_notes(
    lines: Sequence[CountLine], scopes: Sequence[Scope], owners_with_returns: frozenset[str]
) -> Iterator[Text]:
    """Yield what a coordinator should ask about: parts above a whole, double counts, missing scopes."""
    missing = missing_scopes(lines, scopes)
    if missing:
        yield text("not answered: {scopes}", scopes=joined(scope.words for scope in missing))
    for line in lines:
        if line.tenure is Tenure.USED and line.owner in owners_with_returns:
            yield text(
                "{owner} answers for the equipment that this body uses; it counts there", owner=line.owner
            )
    for scope, kind in sorted({(line.scope, line.kind) for line in lines}):
        own = [
            line
            for line in lines
            if (line.scope, line.kind, line.unit) == (scope, kind, Unit.DEVICE) and line.depth in POSITIVE
        ]
        whole = [line.most for line in own if not line.maker and line.most is not None]
        parts = sum(line.least for line in own if line.maker)
        if whole and parts > sum(whole):
            yield text(
                "{scope}: the makers add up to {parts}, more than the total of {whole}",
                scope=scope.words,
                parts=parts,
                whole=sum(whole),
            )
