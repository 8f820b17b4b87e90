"""Sums of coordinators: signed with their coverage, and added only if no body is in two of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from overzicht.errors import InputFileError
from overzicht.evidence import Text, text
from overzicht.evidence.faults import in_words
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.signing import Signer, read_statement
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.store.database import Store
from overzicht.subjects.census.estimates import Estimate, Tally, estimate, total_of
from overzicht.subjects.census.overview import NationalOverview
from overzicht.subjects.census.returns import SUM_KIND
from overzicht.subjects.census.round_records import CensusError

MAX_BYTES = 50_000_000
LONGEST = 300  # characters of a title or question


class SumContent(StrictModel):
    """Content of a signed sum: the frozen roll, the coverage, and the public tally of one question."""

    title: str = Field(max_length=LONGEST)
    question: str = Field(max_length=LONGEST)
    reference_date: date
    day: date
    bodies: tuple[str, ...] = Field(max_length=200_000)
    answered: int = Field(ge=0)
    settled: int = Field(ge=0)
    have: int = Field(ge=0)
    makers: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReadSum:
    """A sum with a right signature, and the name of the key that signed it."""

    file: str
    key: str
    content: SumContent

    @property
    def tally(self) -> Tally:
        """The tally of the question."""
        return Tally(len(self.content.bodies), self.content.settled, self.content.have)


@dataclass(frozen=True, slots=True)
class SumTotal:
    """The sums of several coordinators together, with the coverage first."""

    parts: tuple[ReadSum, ...]
    tally: Tally
    answered: int
    estimate: Estimate | None
    makers: tuple[tuple[str, int], ...]

    @property
    def sentences(self) -> tuple[Text, ...]:
        """Coverage, bounds and estimate."""
        tally = self.tally
        coverage = text(
            "{count} coordinators: {answered} of {roll} bodies had answered.",
            count=len(self.parts),
            answered=self.answered,
            roll=tally.roll,
        )
        bounds = text(
            "{answered} of these answered the question, and {have} of them have it. "
            "Between {least} and {most} of {roll} have it.",
            answered=tally.answered,
            have=tally.have,
            least=tally.have,
            most=tally.most,
            roll=tally.roll,
        )
        if self.estimate is None or not tally.silent:
            return coverage, bounds
        return (
            coverage,
            bounds,
            text(
                "If those who kept silent are like those who answered, about {number}, and in 95 of 100 "
                "such cases {low} to {high}. Whether they are alike is unknown.",
                number=round(self.estimate.number),
                low=self.estimate.low,
                high=self.estimate.high,
            ),
        )


def make_sum(store: Store, overview: NationalOverview) -> bytes:
    """Return the signed sum of an overview, as a file."""
    tally = overview.outcome.tally
    return _signed(
        store,
        title=overview.title,
        question=str(overview.question),
        reference_date=overview.reference_date,
        day=overview.day,
        bodies=tuple(body.id for body in overview.bodies),
        answered=overview.coverage.answered,
        settled=tally.answered,
        have=tally.have,
        makers={row.key: row.number for row in overview.makers},
    )


def make_total(store: Store, total: SumTotal, title: str = "") -> bytes:
    """Return the signed sum of several sums, as a file for a coordinator above, with the latest date."""
    parts = [part.content for part in total.parts]
    return _signed(
        store,
        title=title or "; ".join(part.title for part in parts)[:LONGEST],
        question=parts[0].question,
        reference_date=parts[0].reference_date,
        day=max(part.day for part in parts),
        bodies=tuple(sorted(body for part in parts for body in part.bodies)),
        answered=total.answered,
        settled=total.tally.answered,
        have=total.tally.have,
        makers=dict(total.makers),
    )


def _signed(store: Store, **values: Any) -> bytes:
    """Return a signed sum as a file; CensusError if a value is too long for one."""
    try:
        content = SumContent(**values)
    except ValidationError as error:
        raise CensusError(
            in_words(error.errors()), fix="give a shorter title, fewer makers, or fewer bodies"
        ) from error
    signer = Signer.open(store.receipts.key)
    return signer.sign(SUM_KIND, content.model_dump(mode="json")).to_bytes()


@in_child(Limits())
def read_sum(path: Path) -> ReadSum:
    """Return the sum in a file; SignatureError or InputFileError if it is wrong."""
    with LocalFile(path, max_bytes=MAX_BYTES).open() as stream:
        statement = read_statement(stream.read(), SUM_KIND, path.name)
    try:
        content = SumContent.model_validate(statement.content)
        read = ReadSum(path.name, statement.key_name, content)
        Tally(len(content.bodies), content.settled, content.have)
    except ValidationError as error:
        raise InputFileError(path.name, in_words(error.errors()), fix="ask for a new file") from error
    except ValueError as error:
        raise InputFileError(path.name, str(error), fix="ask for a new file") from error
    return read


def add_sums(paths: Sequence[Path]) -> SumTotal:
    """Return several sums together; CensusError if they share a body, a question or a date differs."""
    parts = tuple(read_sum(path) for path in paths)
    owners: dict[str, str] = {}
    for part in parts:
        for body in part.content.bodies:
            if body in owners:
                raise CensusError(
                    f"{body} is in {owners[body]} and in {part.file}", fix="leave one of the two files out"
                )
            owners[body] = part.file
    if len({(part.content.question, part.content.reference_date) for part in parts}) > 1:
        raise CensusError(
            "the files have different questions or reference dates", fix="add sums of one question and date"
        )
    makers = Counter[str]()
    for part in parts:
        makers.update(part.content.makers)
    return SumTotal(
        parts=parts,
        tally=total_of([part.tally for part in parts]),
        answered=sum(part.content.answered for part in parts),
        estimate=estimate([part.tally for part in parts]),
        makers=tuple(sorted(makers.items(), key=lambda row: (-row[1], row[0]))),
    )
