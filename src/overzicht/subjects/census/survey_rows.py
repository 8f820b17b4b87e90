"""A question of a survey of others, as it is stored."""

import re
from dataclasses import dataclass
from datetime import date

from overzicht.register.quantities import Quantity

COUNTRY = re.compile(r"([a-z]{2}) ", re.IGNORECASE)  # at the start of a roll such as `nl municipalities`


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A question of a survey, with its numbers as ranges; None is an open side. `day` may be a year.

    The fields with `as_said` hold the words of the source. `previous` is the number of an earlier round, and
    `change` the difference as it was published. `part_of` is the number of the question that it is a part
    of.
    """

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
    note: str = ""
    previous: int | None = None
    change: str = ""
    part_of: int | None = None

    @property
    def place(self) -> str:
        """The country of the bodies: as stated, or the code that the roll begins with; else empty."""
        match = COUNTRY.match(self.roll)
        return self.country or (match[1].upper() if match else "")

    def is_known_on(self, day: date) -> bool:
        """Return whether its date is not after another; a year or month counts from its beginning.

        One without a date is known on no date.
        """
        return bool(self.day) and self.day <= day.isoformat()

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

    @property
    def answered(self) -> Quantity:
        """The number that is known to have answered, as a range; an open side is the other one."""
        return _range(self.answered_numbers)

    @property
    def having(self) -> Quantity:
        """The number that is known to have it, as a range; an open side is the other one."""
        return _range(self.having_numbers)

    @property
    def may_have_answered(self) -> Quantity:
        """The number that answered, with an open side where the survey states none."""
        return Quantity(self.answered_least, self.answered_most)

    @property
    def may_have(self) -> Quantity:
        """The number that has it, with an open side where the survey states none."""
        return Quantity(self.with_least, self.with_most)


def _range(numbers: tuple[int, ...]) -> Quantity:
    return Quantity(numbers[0], numbers[-1]) if numbers else Quantity()


def span(numbers: Quantity) -> str:
    """Return a range as text: one number, or two with a dash; empty for an open one."""
    if numbers.at_least is None or numbers.at_most is None:
        return ""
    ends = (numbers.at_least, numbers.at_most)
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def shown(numbers: Quantity) -> str:
    """Return a range as text, with a sign for an open side; empty for a range that is open on both."""
    if numbers.at_least is None or numbers.at_most is None:
        least, most = numbers.at_least, numbers.at_most
        return f"≥ {least}" if least is not None else f"≤ {most}" if most is not None else ""
    return span(numbers)
