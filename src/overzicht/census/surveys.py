"""Surveys of others as rounds: response rate, bounds, estimate, and a check of published percentages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product
from math import ceil

from overzicht.census.estimates import Estimate, Tally, estimate, exact_interval, totals_of, whole_numbers
from overzicht.evidence import Text, text

RATE = re.compile(r"(\d{1,3}(?:[.,]\d{1,9})?) ?(?:%|per ?cent|procent)")
COUNTRY = re.compile(r"([a-z]{2}) ", re.IGNORECASE)  # at the start of a roll such as `nl municipalities`
PERCENTAGE = re.compile(r"(\d{1,9}) is (\d{1,3}(?:\.\d+)?) ?%")


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A question of a survey, with its numbers as ranges; None is an open side. `day` may be a year."""

    survey: str
    number: int
    day: str
    asked_by: str
    roll: str
    question: str
    answered_as_said: str
    with_as_said: str
    published_rate: str
    source: str
    roll_size: int | None
    requested: int | None
    answered_least: int | None
    answered_most: int | None
    with_least: int | None
    with_most: int | None
    country: str = ""

    @property
    def place(self) -> str:
        """The country of the bodies: as stated, or the code that the roll begins with; else empty."""
        match = COUNTRY.match(self.roll)
        return self.country or (match[1].upper() if match else "")

    def is_known_on(self, day: date) -> bool:
        """Return whether its date is not after another; a year or month counts from its beginning."""
        return self.day <= day.isoformat()

    @property
    def answered_numbers(self) -> tuple[int, ...]:
        """The smallest, the middle and the largest number that answered, without repeats."""
        least = self.answered_least if self.answered_least is not None else self.answered_most
        most = self.answered_most if self.answered_most is not None else least
        if least is None or most is None:
            return ()
        return tuple(sorted({least, (least + most) // 2, most}))

    @property
    def having_numbers(self) -> tuple[int, ...]:
        """The smallest and the largest number that has it, without repeats; an open side is left out."""
        stated = {number for number in (self.with_least, self.with_most) if number is not None}
        return tuple(sorted(stated))


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
        numbers, total = row.answered_numbers, row.roll_size
        if not numbers or not total:
            return text("{survey}: the survey does not state how many answered.", survey=row.survey)
        rate = _span(round(100 * numbers[0] / total), round(100 * numbers[-1] / total))
        return text(
            "{survey} ({day}): {answered} of {roll} answered ({rate} %).",
            survey=row.survey,
            day=row.day,
            answered=_span(numbers[0], numbers[-1]),
            roll=total,
            rate=rate,
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
        if not having or not total or self.row.answered_numbers:
            return None
        return text(
            "{survey} ({day}): {have} of {roll}: {question}.",
            survey=self.row.survey,
            day=self.row.day,
            have=_span(having[0], having[-1]),
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


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def read_row(row: SurveyRow) -> SurveyView:
    """Return a row with its readings and remarks; without a number that has it there are no readings."""
    total, readings = row.roll_size, []
    for answered, have in product(row.answered_numbers, row.having_numbers):
        if total is not None and have <= answered <= total:
            tally = Tally(total, answered, have)
            readings.append(SurveyReading(tally, estimate([tally]), exact_interval(tally)))
    return SurveyView(row, tuple(readings), tuple(_remarks(row)))


def read_rows(rows: Sequence[SurveyRow]) -> tuple[SurveyView, ...]:
    """Return the rows with their readings; one that a later number corrects has a remark."""
    views = []
    for row in rows:
        view = read_row(row)
        later = [
            other
            for other in rows
            if (other.survey, other.question) == (row.survey, row.question)
            and other.number > row.number
            and other.having_numbers
        ]
        if later and row.having_numbers and later[-1].having_numbers != row.having_numbers:
            view = replace(view, remarks=(*view.remarks, _correction(row, later[-1])))
        views.append(view)
    return tuple(views)


def _correction(row: SurveyRow, later: SurveyRow) -> Text:
    return text(
        "Question {number} corrects this later: {have} instead of {before}.",
        number=later.number,
        have=_span(later.having_numbers[0], later.having_numbers[-1]),
        before=_span(row.having_numbers[0], row.having_numbers[-1]),
    )


def _remarks(row: SurveyRow) -> Iterator[Text]:
    """Yield what contradicts the numbers of a row, or explains them."""
    pairs = [(int(number), Decimal(rate)) for number, rate in PERCENTAGE.findall(row.answered_as_said)]
    if pairs:
        totals = common_total(pairs, row.roll_size or max(number for number, _ in pairs) * 10)
        written = ", ".join(f"{number} = {rate} %" for number, rate in pairs)
        shown = ", ".join(map(str, totals))
        no_total = text("No total fits {pairs}.", pairs=written)
        yield text("{pairs} fits a total of {totals}.", pairs=written, totals=shown) if totals else no_total
    numbers, having, total = row.answered_numbers, row.having_numbers, row.roll_size or 0
    for larger, smaller in ((numbers, (total,)), (having, numbers or (total,))):
        if larger and smaller[-1] and larger[0] > smaller[-1]:
            yield text(
                "{number} is more than the {total} that it is a part of.", number=larger[0], total=smaller[-1]
            )
    match = RATE.fullmatch(row.published_rate.strip())
    if match is not None:
        yield from _rate_remarks(row, Decimal(match[1].replace(",", ".")))


def _rate_remarks(row: SurveyRow, rate: Decimal) -> Iterator[Text]:
    """Yield what a published rate is the rate of, or that it fits none of the numbers."""
    numbers, having, total = row.answered_numbers, row.having_numbers, row.roll_size or 0
    if having and numbers and total and numbers[-1] < total:
        fitting = next((n for n in numbers if _fits(rate, having, n)), None)
        if fitting is not None:
            yield text(
                "{rate} % is the share of the {number} answers that have it.", rate=str(rate), number=fitting
            )
            return
        if _fits(rate, having, total):
            yield text(
                "{rate} % is the share of all {total} that is known to have it.", rate=str(rate), total=total
            )
            return
    if numbers and total and numbers[-1] < total:
        yield from rate_remarks(rate, numbers, total)
    elif having and total:
        have = str(having[0]) if having[0] == having[-1] else f"{having[0]}–{having[-1]}"
        if _fits(rate, having, total):
            fits = whole_numbers(rate, total)
            yield text(
                "{rate} % of {total} is {least} to {most}; {have} fits.",
                rate=str(rate),
                total=total,
                least=fits[0],
                most=fits[-1],
                have=have,
            )
        else:
            yield text("{rate} % of {total} does not fit {have}.", rate=str(rate), total=total, have=have)


def _fits(rate: Decimal, having: Sequence[int], total: int) -> bool:
    """Return whether a number of a range is this percentage of a total, as it is written."""
    fits = whole_numbers(rate, total)
    return bool(fits) and fits[0] <= having[-1] and having[0] <= fits[-1]


def rate_remarks(rate: Decimal, numbers: Sequence[int], total: int) -> Iterator[Text]:
    """Yield that a published rate fits none of the numbers, with the totals that it does fit."""
    if set(whole_numbers(rate, total)) & set(range(numbers[0], numbers[-1] + 1)):
        return
    for number in numbers:
        right = round(100 * number / total)
        yield text(
            "{rate} % was published, and {number} of {total} is {right} %.",
            rate=str(rate),
            number=number,
            total=total,
            right=right,
        )
        for other in totals_of(rate, number, ceil(total)):
            yield text(
                "{number} is {rate} % of {other}: {count} bodies are in the number and not in the total.",
                number=number,
                rate=str(rate),
                other=other,
                count=total - other,
            )


def common_total(pairs: Sequence[tuple[int, Decimal]], most: int) -> tuple[int, ...]:
    """Return the totals up to `most` that fit each number and its percentage; empty if none does.

    >>> common_total([(12, Decimal(33)), (11, Decimal(30))], 60)
    ()
    """
    fitting = [set(totals_of(percent, number, most)) for number, percent in pairs]
    return tuple(sorted(set.intersection(*fitting))) if fitting else ()
