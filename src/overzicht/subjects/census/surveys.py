"""Surveys of others as rounds: response rate, bounds, estimate, and a check of what was published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from overzicht.evidence import Text, text
from overzicht.register.quantities import Quantity
from overzicht.subjects.census.amounts import read_amount
from overzicht.subjects.census.estimates import Estimate, Tally, estimate, exact_interval
from overzicht.subjects.census.survey_checks import completed, contradictions, remarks
from overzicht.subjects.census.survey_rows import SurveyRow, span


@dataclass(frozen=True, slots=True)
class SurveyReading:
    """One reading of a row: numbers that answered and that have it, the bounds, and both intervals."""

    tally: Tally
    estimate: Estimate | None
    exact: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SurveyView:
    """A row with its readings, one for each possible number of answers, and what contradicts it."""

    row: SurveyRow
    readings: tuple[SurveyReading, ...]
    remarks: tuple[Text, ...]

    @property
    def coverage(self) -> Text:
        """The sentence before every number."""
        row = self.row
        numbers, total, sample = row.answered_numbers, row.roll_size, row.requested
        if not numbers and row.answered_as_said and not read_amount(row.answered_as_said):
            return text(
                "{survey}: the number of answers is not known; the survey states “{words}”.",
                survey=row.survey,
                words=row.answered_as_said,
            )
        if not numbers:
            return text("{survey}: the survey does not state how many answered.", survey=row.survey)
        values: dict[str, str | int | Text] = {
            "survey": row.survey,
            "day": row.day or text("date unknown"),
            "answered": span(row.answered),
        }
        if total or sample:
            whole = total or sample or 0
            rates = Quantity(round(100 * numbers[0] / whole), round(100 * numbers[-1] / whole))
            values |= {"roll": whole, "rate": span(rates)}
        if total:
            return text("{survey} ({day}): {answered} of {roll} answered ({rate} %).", **values)
        if sample:
            return text(
                "{survey} ({day}): {answered} of the {roll} that were asked answered ({rate} %). How many "
                "bodies there are is not stated, so the coverage cannot be known.",
                **values,
            )
        return text(
            "{survey} ({day}): {answered} answered. How many bodies there are is not stated, so the coverage "
            "cannot be known.",
            **values,
        )

    @property
    def summary(self) -> Text | None:
        """The coverage and the bounds over all readings; None without a number that has it."""
        having, total = self.row.having_numbers, self.row.roll_size
        if self.readings:
            return text(
                "{coverage} Between {least} and {most} of {roll}: {question}.",
                coverage=self.coverage,
                least=min(reading.tally.have for reading in self.readings),
                most=max(reading.tally.most for reading in self.readings),
                roll=total or 0,
                question=self.row.question,
            )
        if having and self.row.answered_numbers and not total:
            return text(
                "{coverage} {have} of those that answered: {question}.",
                coverage=self.coverage,
                have=span(self.row.having),
                question=self.row.question,
            )
        if not having or not total or self.row.answered_numbers:
            return None
        return text(
            "{survey} ({day}): {have} of {roll}: {question}.",
            survey=self.row.survey,
            day=self.row.day or text("date unknown"),
            have=span(self.row.having),
            roll=total,
            question=self.row.question,
        )

    @property
    def sentences(self) -> Iterator[Text]:
        """Bounds, estimate and remarks, in order."""
        for reading in self.readings:
            tally = reading.tally
            yield text(
                "With {answered} answers: between {least} and {most} have it ({question}).",
                answered=tally.answered,
                least=tally.have,
                most=tally.most,
                question=self.row.question,
            )
            if reading.estimate is not None and tally.silent:
                yield text(
                    "If those who kept silent are like those who answered, about {number}, and in 95 of 100 "
                    "such cases {low} to {high}. Whether they are alike is unknown.",
                    number=round(reading.estimate.number),
                    low=reading.estimate.low,
                    high=reading.estimate.high,
                )
        yield from self.remarks


def read_row(row: SurveyRow) -> SurveyView:
    """Return a row with its readings and remarks; without a number that has it there are no readings.

    Without the size of the roll there are none either: nobody is known to be silent.
    """
    own, derived = completed(row)
    readings = []
    for answered, have in product(own.answered_numbers, own.having_numbers):
        if own.roll_size is not None and have <= answered <= own.roll_size:
            tally = Tally(own.roll_size, answered, have)
            readings.append(SurveyReading(tally, estimate([tally]), exact_interval(tally)))
    return SurveyView(own, tuple(readings), (*derived, *remarks(own, is_completed=bool(derived))))


def read_rows(rows: Sequence[SurveyRow]) -> tuple[SurveyView, ...]:
    """Return the rows with their readings; one that another question corrects or contradicts has a remark."""
    views = []
    against = contradictions(rows)
    for place, row in enumerate(rows):
        view = read_row(row)
        later = [
            other
            for other in rows
            if (other.survey, other.question) == (row.survey, row.question)
            and other.number > row.number
            and other.day != row.day
            and other.having_numbers
        ]
        more = list(against.get(place, ()))
        if later and row.having_numbers and later[-1].having_numbers != row.having_numbers:
            more.append(
                text(
                    "Question {number} corrects this later: {have} instead of {before}.",
                    number=later[-1].number,
                    have=span(later[-1].having),
                    before=span(row.having),
                )
            )
        views.append(replace(view, remarks=(*view.remarks, *more)) if more else view)
    return tuple(views)
