"""Dutch and English: sentences from the packaged catalogue, dates and numbers by locale.

Messages are written in English in the code; `locale/nl.po` is the one catalogue.
"""

import gettext
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache

from overzicht.dates import DateBasis, LegalDate
from overzicht.evidence import Text, text
from overzicht.evidence.places import territory_names
from overzicht.evidence.text import Value
from overzicht.evidence.worded import WordedEnum
from overzicht.reports.catalogue import dutch, reworded

GROUPED_FROM = 10_000  # below it no thousands separator: 2021 as a year and as a count look right


class Language(StrEnum):
    """The languages a report can be read in."""

    EN = "en"
    NL = "nl"


_SIGNS = {Language.EN: {}, Language.NL: str.maketrans(",.", ".,")}
_MONTHS = {
    Language.EN: ("January", "February", "March", "April", "May", "June", "July", "August", "September",
                  "October", "November", "December"),
    Language.NL: ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
                  "oktober", "november", "december"),
}  # fmt: skip
_SHORT_MONTHS = {
    Language.EN: ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
    Language.NL: ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """One language: says sentences, and writes days, numbers and shares as its readers do."""

    lang: Language
    catalogue: gettext.NullTranslations

    def say(self, sentence: Text) -> str:
        """Return the sentence in this language; an untranslated template stays English."""
        return sentence.render(self.catalogue.gettext, self.show)

    __call__ = say  # so that words are a `Say` of a declared command

    def text(self, template: str, /, **values: Value) -> str:
        """Return a sentence in this language; the template is collected for translation."""
        return self.say(text(template, **values))

    def choices(self, members: Iterable[WordedEnum]) -> list[tuple[str, str]]:
        """Return the value and the word of each member, as the options of a form."""
        return [(member.value, self.say(member.words)) for member in members]

    def reworded(self, sentence: str) -> str:
        """Return an English sentence that was filled in already in this language."""
        return reworded(sentence) if self.lang is Language.NL else sentence

    def value(self, value: Value) -> str:
        """Return a value of a sentence: a sentence in this language, another value as a reader writes it."""
        return self.say(value) if isinstance(value, Text) else self.show(value)

    def show(self, value: str | float | date) -> str:
        """Return a value as a reader writes it: long days, numbers with the locale's signs."""
        if isinstance(value, date):
            return self.day(value)
        return value if isinstance(value, str) else self.number(value)

    def day(self, value: date | None) -> str:
        """Return `22 March 2021` or `22 maart 2021`, or an empty text for None."""
        return f"{value.day} {_MONTHS[self.lang][value.month - 1]} {value.year}" if value else ""

    def moment(self, value: datetime) -> str:
        """Return `22 Mar 2021 09:05` or `22 mrt 2021 09:05`."""
        month = _SHORT_MONTHS[self.lang][value.month - 1]
        return f"{value.day} {month} {value.year} {value:%H:%M}"

    def country(self, code: str) -> str:
        """Return the name of a country; the code if it has no name."""
        return territory_names(self.lang).get(code.upper(), code)

    def number(self, value: float) -> str:
        """Return a number with the signs of the language: up to three decimals, grouped from 10,000 up."""
        grouping = "," if abs(value) >= GROUPED_FROM else ""
        whole, _, decimals = f"{Decimal(str(value)):{grouping}.3f}".partition(".")
        decimals = decimals.rstrip("0")
        return f"{whole}.{decimals}".removesuffix(".").translate(_SIGNS[self.lang])

    def part(self, count: int, total: int) -> str:
        """Return `count` of `total` as a whole percentage; `<1%` or `>99%` rather than none or all."""
        if not total:
            return ""
        if 0 < count / total < 0.01:
            return "<1%"
        if 0.99 < count / total < 1:
            return ">99%"
        return f"{Decimal(str(count / total)):.0%}"

    def legal_date(self, value: LegalDate | None) -> str:
        """Return the day with how it is known; `date unknown` for None."""
        if value is None:
            return self.say(text("date unknown"))
        match value.basis:
            case DateBasis.STATED:
                return self.day(value.day)
            case DateBasis.DERIVED:
                return self.say(text("{day} (derived)", day=value.day))
            case DateBasis.NOT_LATER_THAN:
                return self.say(text("not later than {day}", day=value.day))

    def share(self, low: float | None, high: float | None) -> str:
        """Return `34.88%`, `25–50%` or `share unknown`; both ends are percentages."""
        if low is None or high is None:
            return self.say(text("share unknown"))
        ends = self.number(low) if low == high else f"{self.number(low)}–{self.number(high)}"
        return f"{ends}%"

    def either(self, english: str, dutch: str) -> str:
        """Return the one of two texts that is in this language; the English when there is no Dutch."""
        return dutch if self.lang is Language.NL and dutch else english


@cache
def words_for(lang: Language | str) -> Words:
    """Return the words of a language; ValueError for one that we do not have."""
    language = Language(lang)
    catalogue = dutch() if language is Language.NL else gettext.NullTranslations()
    return Words(language, catalogue)
